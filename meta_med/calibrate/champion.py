"""The champion: per outcome and support-size stratum, a stacked blend, or the best baseline where that is better.

Chosen on tuning subjects only. Strata and outcomes are partially pooled (`borrowing`). The blend's score is
cross-fitted over tuning subjects before it is compared with the best baseline, paired by subject. The best of several
baselines on few subjects is partly luck, and the blend contains the baselines, so a baseline is served only where it
is better by more than two standard errors, or in a single cohort where enough of its tuning subjects have a larger
error with the blend.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
from scipy import stats

from meta_med.calibrate.borrowing import Problem, cross_fitted_scores, fit_blends
from meta_med.calibrate.stacking import Blend, Stack
from meta_med.calibrate.strata import (
    BLEND,
    MIN_SUBJECTS,
    STRATA,
    CohortDecision,
    Decision,
    stratum_name,
    stratum_of,
    with_neighbours,
)
from meta_med.cohorts.record_table import Bools, Floats, Ints
from meta_med.enough import needed
from meta_med.forecast import Forecast, pool, pooled_df
from meta_med.metrics import per_subject_mean
from meta_med.outcomes import OutcomeLayout

__all__ = ["BLEND", "Champion", "Tuning", "choose_champion", "describe"]

TOLERANCE = 2.0  # standard errors by which the blend may be worse than the best baseline and still be served
SMALLEST = 1e-6  # lower bound of the unit of scores, for an outcome that a baseline predicts exactly
MIN_COHORT_SUBJECTS = needed("decide alone")  # tuning subjects of a cohort that may have its own decision
STRONG = ("mixed_model", "boosted_lags", "cohort_offset")  # share the prior's weight with the learners
STRONG_ALONE = ("population", "mixed_model", "boosted_lags", "cohort_offset")  # where there is no own record
SAFE = (
    "mixed_model",
    "boosted_lags",
    "patient_mean",
)  # served where too few subjects allow no comparison: the first one that the study has


@dataclass(frozen=True)
class Champion:
    """The decisions, one per outcome and stratum, and the predictors that they weight."""

    predictors: tuple[str, ...]
    decisions: tuple[Decision, ...]

    def weights(self, outcome: int, stratum: int) -> Floats:
        """(P,) weights of the predictors, without the exceptions of single cohorts."""
        return self._vector(self._decision(outcome, stratum).weights)

    def predictor(self, outcome: int, stratum: int, cohort: int) -> str:
        """The predictor that is served in a cohort: `blend`, or the name of a baseline."""
        found = self._decision(outcome, stratum)
        kept = any(e.cohort == cohort for e in found.exceptions)
        return found.best_baseline if kept else found.predictor

    def forecast(
        self, forecasts: Mapping[str, Forecast], layout: OutcomeLayout, size: Ints, cohort: Ints
    ) -> Forecast:
        """The champion's forecast of R records of these support sizes (R,) and cohorts (R,)."""
        parts = [forecasts[name] for name in self.predictors]
        outcomes, strata = range(parts[0].mean.shape[1]), range(len(STRATA))
        rows = [self._rows(d, stratum_of(size), cohort) for d in outcomes]
        weights, width, shift = (np.stack(part, -1) for part in zip(*rows, strict=True))
        # one df per outcome: a forecast must not depend on the other rows of the batch
        overall = np.stack([np.mean([self.weights(d, s) for s in strata], 0) for d in outcomes], 1)
        pooled = pool(parts, weights, layout, pooled_df(parts, overall))
        mean = pooled.mean + np.where(shift == 0, 0.0, shift * width * pooled.normal_scale())
        for d in layout.unscaled:
            kind = layout.kinds[d]
            mean[:, d] = kind.inverse_link(width[:, d] * kind.link(pooled.mean[:, d]))
        return Forecast(mean, width * pooled.scale, pooled.df)

    def _rows(self, outcome: int, stratum: Ints, cohort: Ints) -> tuple[Floats, Floats, Floats]:
        """Weights (P, R), width (R,) and shift (R,) of one outcome's forecasts."""
        decisions = [self._decision(outcome, s) for s in range(len(STRATA))]
        weights = np.stack([self._vector(d.weights) for d in decisions], 1)[:, stratum]
        width, shift = (np.asarray([getattr(d, k) for d in decisions])[stratum] for k in ("width", "shift"))
        for s, decision in enumerate(decisions):
            kept = (stratum == s) & np.isin(cohort, [e.cohort for e in decision.exceptions])
            weights[:, kept] = self._vector({decision.best_baseline: 1.0})[:, None]
            width[kept], shift[kept] = 1.0, 0.0
        return weights, width, shift

    def _decision(self, outcome: int, stratum: int) -> Decision:
        return self.decisions[outcome * len(STRATA) + stratum]

    def _vector(self, weights: Mapping[str, float]) -> Floats:
        return np.asarray([weights.get(name, 0.0) for name in self.predictors], dtype=np.float64)

    def to_json(self) -> dict[str, Any]:
        """Plain lists and numbers."""
        return {"predictors": list(self.predictors), "decisions": [asdict(d) for d in self.decisions]}

    @classmethod
    def from_json(cls, facts: Mapping[str, Any]) -> "Champion":
        """Read what `to_json` returned."""
        decisions = (
            Decision(**{**d, "exceptions": tuple(CohortDecision(**e) for e in d["exceptions"])})
            for d in facts["decisions"]
        )
        return cls(tuple(facts["predictors"]), tuple(decisions))


@dataclass(frozen=True)
class Tuning:
    """Forecasts and truth of tuning records, on which the champion is chosen.

    Attributes:
        forecasts: predictor -> forecast of R tuning records and D outcomes.
        y: (R, D) truth on model scale, NaN where not observed.
        size, subject, cohort: (R,) own records used, index of the subject, index of the cohort.
        new_cohorts: whether the predictors were trained without these cohorts.

    """

    forecasts: Mapping[str, Forecast]
    y: Floats
    size: Ints
    subject: Ints
    cohort: Ints
    new_cohorts: bool = False


def choose_champion(
    tuning: Tuning, layout: OutcomeLayout, learners: Sequence[str], baselines: Sequence[str]
) -> Champion:
    """Choose the predictor per outcome and stratum, with exceptions for cohorts that the blend clearly harms.

    Args:
        tuning: forecasts and truth of tuning subjects.
        layout: the outcomes.
        learners, baselines: names among the forecasts.

    """
    names = (*learners, *baselines)
    whole = [_stack(tuning, layout, names, d) for d in range(len(layout.outcomes))]
    stacks = [s.in_units_of(_units(s, names, baselines)) if s.kind.has_scale else s for s in whole]
    rivals = [_rivals(stack, names, baselines) for stack in stacks]
    priors = (_prior(STRONG_ALONE, learners, baselines), _prior(STRONG, learners, baselines))
    problem = Problem(stacks, priors, tuning.new_cohorts)
    blends = fit_blends(problem)
    scores = cross_fitted_scores(problem, blends)
    decisions = [
        _decide((outcome.name, s), stacks[d], scores[d], rivals[d], blends[d][s], names)
        for d, outcome in enumerate(layout.outcomes)
        for s in range(len(STRATA))
    ]
    return Champion(names, tuple(decisions))


def _prior(strong: Sequence[str], learners: Sequence[str], baselines: Sequence[str]) -> Floats:
    """Prior weights: learners and strong baselines share equally, the others a tenth of that."""
    raw = np.asarray([1.0] * len(learners) + [1.0 if b in strong else 0.1 for b in baselines])
    return np.asarray(raw / raw.sum())


def _stack(tuning: Tuning, layout: OutcomeLayout, names: Sequence[str], d: int) -> Stack:
    rows = ~np.isnan(tuning.y[:, d])
    parts = [tuning.forecasts[n] for n in names]
    kind = layout.kinds[d]
    mean = np.stack([f.mean[rows, d] for f in parts])
    return Stack(
        # NaN counts as a huge error, so that such a predictor gets no weight
        mean=np.nan_to_num(kind.link(mean), nan=1e6),
        scale=np.stack([f.normal_scale()[rows, d] for f in parts]),
        y=tuning.y[rows, d],
        subject=tuning.subject[rows],
        stratum=stratum_of(tuning.size[rows]),
        cohort=tuning.cohort[rows],
        kind=kind,
    )


def _units(stack: Stack, names: Sequence[str], baselines: Sequence[str]) -> Floats:
    """(R,) unit of scores: the best baseline's MAE / sqrt(2) in each stratum, its CRPS if its scale were right.

    Errors shrink as own records increase; with one unit for all strata the first ones would dominate the fit.
    """
    out = np.ones(len(stack.y))
    own = [names.index(b) for b in baselines]
    for here, around in _neighbourhoods(stack):
        error = np.abs(stack.y[around] - stack.mean[own][:, around])
        out[here] = max(float(error.mean(1).min() / np.sqrt(2)), SMALLEST)
    return out


def _rivals(stack: Stack, names: Sequence[str], baselines: Sequence[str]) -> dict[str, Floats]:
    """Baseline -> (R,) scores, each baseline with its best width in each stratum, so that scales do not decide."""
    out = {b: np.full(len(stack.y), np.nan) for b in baselines}
    for here, around in _neighbourhoods(stack):
        for b in baselines:
            alone = stack.of(names.index(b))
            width = alone.take(around).fit(Blend(np.ones(1)), 1.0)
            out[b][here] = alone.take(here).score(width)
    return out


def _neighbourhoods(stack: Stack) -> list[tuple[Bools, Bools]]:
    """(records of strata, records that these strata are fitted on): strata with the same fitting records are merged."""
    found: dict[bytes, tuple[Bools, Bools]] = {}
    for s in np.unique(stack.stratum):
        here = stack.stratum == s
        around = with_neighbours(stack.stratum, stack.subject, int(s))
        before, _ = found.get(around.tobytes(), (np.zeros_like(here), around))
        found[around.tobytes()] = before | here, around
    return list(found.values())


def _decide(
    head: tuple[str, int],
    stack: Stack,
    scores: Floats,
    rivals: Mapping[str, Floats],
    blend: Blend,
    names: Sequence[str],
) -> Decision:
    rows = with_neighbours(stack.stratum, stack.subject, head[1])
    if len(np.unique(stack.subject[rows])) < MIN_SUBJECTS:
        safe = next((b for b in SAFE if b in rivals), next(iter(rivals)))
        return Decision(*head, safe, safe, {safe: 1.0}, 0.0, 0.0, 0.0, 0)
    best = min(rivals, key=lambda b: float(per_subject_mean(rivals[b][rows], stack.subject[rows])[0].mean()))
    worse = scores - rivals[best]
    evidence, error = _paired(worse[rows], stack.subject[rows])
    if evidence["difference"] > TOLERANCE * error:
        return Decision(*head, best, best, {best: 1.0}, **evidence)
    weights = {n: round(float(w), 6) for n, w in zip(names, blend.weights, strict=True)}
    kept = _exceptions(worse, stack, (stack.stratum == 0) == (head[1] == 0))
    served = Decision(*head, BLEND, best, weights, **evidence)
    return replace(served, width=round(blend.width, 6), shift=round(blend.shift, 6), exceptions=kept)


def _exceptions(worse: Floats, stack: Stack, rows: Bools) -> tuple[CohortDecision, ...]:
    """Cohorts whose tuning subjects, over all strata, have a larger error with the blend: 95 % interval above 0."""
    out = []
    for c in np.unique(stack.cohort[rows]):
        own = rows & (stack.cohort == c)
        if len(np.unique(stack.subject[own])) >= MIN_COHORT_SUBJECTS:
            evidence, _ = _paired(worse[own], stack.subject[own])
            if evidence["ci_low"] > 0:
                out.append(CohortDecision(int(c), **evidence))
    return tuple(out)


def _paired(worse: Floats, subject: Ints) -> tuple[dict[str, Any], float]:
    """Mean difference over subjects with its 95 % t interval, and its standard error."""
    difference, _ = per_subject_mean(worse, subject)
    error = float(difference.std(ddof=1)) / float(np.sqrt(len(difference)))
    mean, half = float(difference.mean()), float(stats.t.ppf(0.975, len(difference) - 1)) * error
    facts = {"difference": mean, "ci_low": mean - half, "ci_high": mean + half, "n_subjects": len(difference)}
    return facts, error


def describe(
    champion: Champion, cohort_names: Sequence[str] = (), withheld: Mapping[str, str] | None = None
) -> list[dict[str, Any]]:
    """Rows of the published `champions` table; `withheld`: outcome -> why it is withheld."""
    return [
        {
            "outcome": d.outcome,
            "support_size": stratum_name(d.stratum),
            "predictor": d.predictor,
            "best_baseline": d.best_baseline,
            "weights": {k: round(v, 3) for k, v in d.weights.items() if v >= 0.005},
            "evidence": f"Withheld. {withheld[d.outcome]}"
            if withheld and d.outcome in withheld
            else d.evidence_by_cohort(cohort_names),
        }
        for d in champion.decisions
    ]
