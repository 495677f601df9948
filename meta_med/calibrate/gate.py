"""The gate: which candidate is served for an outcome and stratum, judged by the two scores that the evaluation shows.

Candidates are the blend, the blend's scale around the centre of a baseline, and each baseline alone. They are compared
on tuning subjects, the blend cross-fitted, by the proper score (the whole distribution) and by the error that pages
show (the centre), both in clinical units and within hard ranges, as the evaluation computes them. An outcome with many
equal values is why one score is not enough: a smooth distribution has a lower CRPS than a baseline that repeats the
last value, and a much larger absolute error.

The best of several baselines on few subjects is partly luck, and the blend contains the baselines, so a candidate is
worse than the best baseline only beyond two standard errors, or beyond one and a half where it is worse by a tenth.
These are over patients: of a few new cohorts they say nothing about further ones, so there no baseline displaces the
blend.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from scipy import stats

from meta_med.calibrate.stacking import Blend, Pool, Stack
from meta_med.calibrate.strata import (
    BLEND,
    MIN_SUBJECTS,
    CohortDecision,
    Comparison,
    Decision,
    with_neighbours,
)
from meta_med.cohorts.record_table import Bools, Floats
from meta_med.enough import needed
from meta_med.forecast import NORMAL
from meta_med.metrics import per_subject_mean
from meta_med.outcomes import CalibratedForecast

TOLERANCE = 2.0  # standard errors beyond which a candidate is worse than the best baseline
LARGE, LARGE_TOLERANCE = 0.10, 1.5  # share of the best baseline's score beyond which fewer standard errors do
MIN_COHORT_SUBJECTS = needed("decide alone")  # tuning subjects of a cohort that may have its own decision
SAFE = (
    "mixed_model",
    "boosted_lags",
    "patient_mean",
)  # served where too few subjects allow no comparison: the first one that the study has

Transform = Callable[[Floats], Floats]


@dataclass(frozen=True)
class Candidates:
    """The candidates for one outcome on its R tuning records.

    Attributes:
        stack: the predictors' forecasts, in the unit that blends are fitted in.
        blend: the cross-fitted blend, in the same unit; unit: (R,) of the stack, on model scale.
        places: baseline -> its place in the stack.
        back: from model scale to the unit of the scores.
        preferred: a learner -> its place in the stack, where it is served unless it is worse than a baseline.
        few_cohorts: the number of new cohorts that these records are of, where they are too few to choose by; else 0.

    """

    stack: Stack
    blend: Pool
    unit: Floats
    places: Mapping[str, int]
    back: Transform
    preferred: Mapping[str, int] = field(default_factory=dict)
    few_cohorts: int = 0

    @property
    def measures(self) -> tuple[str, str]:
        """The proper score, and the error that pages show."""
        return self.stack.kind.proper, self.stack.kind.metrics[0].name

    def scores(self, pool: Pool) -> Floats:
        """(R, 2) both scores of a candidate."""
        kind, unit = self.stack.kind, self.unit
        forecast = CalibratedForecast(
            mean=kind.inverse_link(pool.centre * unit),  # the unit is 1 for a kind with a link
            scale=pool.scale * unit,
            df=NORMAL,
            half_width=np.full(len(unit), np.nan),
        )
        found = kind.scores(self.stack.y * unit, forecast, self.back)
        return np.stack([found[name] for name in self.measures], 1)

    def alone(self, predictor: str) -> Pool:
        """A baseline or the preferred learner with its best width in each stratum, so that scales do not decide."""
        return self._with_best_width(self.stack.of({**self.places, **self.preferred}[predictor]))[0]

    def around(self, baseline: str) -> tuple[Pool, Floats]:
        """The blend's scale around a baseline's centre, and (R,) the factor on the scale in each stratum."""
        centre = self.stack.mean[[self.places[baseline]]]
        return self._with_best_width(replace(self.stack, mean=centre, scale=self.blend.scale[None]))

    def _with_best_width(self, alone: Stack) -> tuple[Pool, Floats]:
        width = np.ones(len(alone.y))
        for here, around in neighbourhoods(self.stack):
            width[here] = alone.take(around).fit(Blend(np.ones(1)), 1.0).width
        if alone.kind.has_scale:
            return Pool(alone.mean[0], width * alone.scale[0]), width
        return Pool(width * alone.mean[0], alone.scale[0]), width


def decide(found: Candidates, blends: Sequence[Blend], outcome: str, names: Sequence[str]) -> list[Decision]:
    """The decision of each stratum.

    Args:
        found: the candidates.
        blends: the blend of each stratum, fitted on all tuning subjects.
        outcome: its name; names: of the predictors, in the order of the blends' weights.

    """
    judged = _Judged(found, names)
    return [judged.decide(outcome, s, blend) for s, blend in enumerate(blends)]


class _Judged:
    """All candidates' scores (R, 2) of one outcome."""

    def __init__(self, found: Candidates, names: Sequence[str]) -> None:
        self.found, self.names, self.stack = found, names, found.stack
        self.blend = found.scores(found.blend)
        self.baselines = {b: found.scores(found.alone(b)) for b in found.places}
        self.preferred = {name: found.scores(found.alone(name)) for name in found.preferred}
        self.centred: dict[str, tuple[Floats, Floats]] = {}

    def decide(self, outcome: str, s: int, blend: Blend) -> Decision:
        stack = self.stack
        rows = with_neighbours(stack.stratum, stack.subject, s)
        n = len(np.unique(stack.subject[rows]))
        if n < MIN_SUBJECTS:
            return self._without_comparison(outcome, s)
        best = self._best(rows)
        choice = self._choice(best, rows)
        compared = self._compared(self.preferred.get(choice, self.blend), best, rows)
        if choice in self.preferred:
            few = self.found.few_cohorts
            return Decision(outcome, s, choice, best[0], {choice: 1.0}, n, compared, few_cohorts=few)
        if choice in self.baselines:
            return Decision(outcome, s, choice, best[0], {choice: 1.0}, n, compared)
        centre = choice.removeprefix(BLEND).strip()
        own = rows & (stack.stratum == s)
        factor = float(self._around(centre)[1][own if own.any() else rows].mean()) if centre else 1.0
        weights = {n: round(float(w), 6) for n, w in zip(self.names, blend.weights, strict=True)}
        return Decision(
            *(outcome, s, BLEND, best[0], weights, n, compared),
            width=round(blend.width * factor, 6),
            shift=0.0 if centre else round(blend.shift, 6),
            centre=centre,
            exceptions=self._exceptions(best[0], (stack.stratum == 0) == (s == 0)),
            few_cohorts=self.found.few_cohorts,
        )

    def _without_comparison(self, outcome: str, s: int) -> Decision:
        safe = next((b for b in SAFE if b in self.baselines), next(iter(self.baselines)))
        served = next(iter(self.preferred), safe)
        return Decision(outcome, s, served, safe, {served: 1.0}, 0)

    def _best(self, rows: Bools) -> tuple[str, str]:
        """The baseline of the lowest proper score, and the one of the lowest error."""
        mean = {b: self._by_subject(scores[rows], rows).mean(0) for b, scores in self.baselines.items()}
        first, second = (min(mean, key=lambda b: float(mean[b][i])) for i in (0, 1))
        return first, second

    def _choice(self, best: tuple[str, str], rows: Bools) -> str:
        """The first candidate that is not worse than the best baselines by either score; else the least bad one.

        A candidate is the preferred learner, BLEND, BLEND and the baseline that its centre is of, or a baseline. Of too
        few new cohorts, BLEND is served where no learner is preferred.
        """
        if self.found.few_cohorts and not self.preferred:
            return BLEND
        offered = [
            *self.preferred,
            BLEND,
            *([f"{BLEND} {best[1]}"] if self.stack.kind.has_scale else []),
            *dict.fromkeys(best),
        ]
        worst = []
        for name in offered:
            verdicts = [self._worse(self._scores(name), b, i, rows) for i, b in enumerate(best)]
            if not any(is_worse for is_worse, _ in verdicts):
                return name
            worst.append(max(difference for _, difference in verdicts))
        return offered[int(np.argmin(worst))]

    def _scores(self, name: str) -> Floats:
        if name in self.baselines or name in self.preferred:
            return {**self.baselines, **self.preferred}[name]
        centre = name.removeprefix(BLEND).strip()
        return self._around(centre)[0] if centre else self.blend

    def _around(self, centre: str) -> tuple[Floats, Floats]:
        if centre not in self.centred:
            pool, factor = self.found.around(centre)
            self.centred[centre] = self.found.scores(pool), factor
        return self.centred[centre]

    def _worse(self, scores: Floats, baseline: str, measure: int, rows: Bools) -> tuple[bool, float]:
        """Whether a candidate is worse than a baseline by one score, and the mean difference relative to its score."""
        mean, error, base = self._paired(scores, baseline, measure, rows)
        large = mean > LARGE_TOLERANCE * error and mean > LARGE * base
        return mean > TOLERANCE * error or large, mean / base

    def _compared(self, scores: Floats, best: tuple[str, str], rows: Bools) -> tuple[Comparison, ...]:
        titles = {m.name: m.title for m in self.stack.kind.metrics}
        return tuple(
            Comparison(titles[measure], b, *self._interval(scores, b, i, rows))
            for i, (measure, b) in enumerate(zip(self.found.measures, best, strict=True))
        )

    def _interval(
        self, scores: Floats, baseline: str, measure: int, rows: Bools
    ) -> tuple[float, float, float]:
        """Mean difference over subjects with its 95 % t interval, relative to the baseline's mean score."""
        mean, error, base = self._paired(scores, baseline, measure, rows)
        half = float(stats.t.ppf(0.975, max(len(np.unique(self.stack.subject[rows])) - 1, 1))) * error
        return mean / base, (mean - half) / base, (mean + half) / base

    def _paired(self, scores: Floats, baseline: str, measure: int, rows: Bools) -> tuple[float, float, float]:
        """Mean over subjects of the difference, its standard error, and the baseline's mean score."""
        own, other = (s[rows][:, [measure]] for s in (scores, self.baselines[baseline]))
        difference, base = (
            self._by_subject(own - other, rows)[:, 0],
            float(self._by_subject(other, rows).mean()),
        )
        error = float(difference.std(ddof=1)) / len(difference) ** 0.5
        size = base if base > 0 else max(float(np.abs(difference).max()), 1.0)
        return float(difference.mean()), error, size

    def _by_subject(self, scores: Floats, rows: Bools) -> Floats:
        subject = self.stack.subject[rows]
        return np.stack([per_subject_mean(column, subject)[0] for column in scores.T], 1)

    def _exceptions(self, best: str, rows: Bools) -> tuple[CohortDecision, ...]:
        """Cohorts whose tuning subjects, over all strata, score worse with the blend: 95 % interval above 0."""
        out, stack = [], self.stack
        for c in np.unique(stack.cohort[rows]):
            own = rows & (stack.cohort == c)
            n = len(np.unique(stack.subject[own]))
            if n >= MIN_COHORT_SUBJECTS:
                difference, low, high = self._interval(self.blend, best, 0, own)
                if low > 0:
                    out.append(CohortDecision(int(c), difference, low, high, n))
        return tuple(out)


def neighbourhoods(stack: Stack) -> list[tuple[Bools, Bools]]:
    """(records of strata, records that these strata are fitted on): strata with the same fitting records are merged."""
    found: dict[bytes, tuple[Bools, Bools]] = {}
    for s in np.unique(stack.stratum):
        here = stack.stratum == s
        around = with_neighbours(stack.stratum, stack.subject, int(s))
        before, _ = found.get(around.tobytes(), (np.zeros_like(here), around))
        found[around.tobytes()] = before | here, around
    return list(found.values())
