"""The champion: per outcome and support-size stratum, a stacked blend, or the best baseline where that is better.

Chosen on tuning subjects only. Strata and outcomes are partially pooled (`borrowing`). What is served is decided by
`gate`, with exceptions for single cohorts where enough of the tuning subjects have a larger error with the blend.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from meta_med import run_files
from meta_med.calibrate.borrowing import Problem, cross_fitted, fit_blends
from meta_med.calibrate.gate import Candidates, decide, neighbourhoods
from meta_med.calibrate.stacking import Stack
from meta_med.calibrate.strata import BLEND, STRATA, Decision, stratum_name, stratum_of
from meta_med.cohorts.record_table import Floats, Ints
from meta_med.episodes.scaling import Scaling
from meta_med.forecast import Forecast, pool, pooled_df
from meta_med.outcomes import OutcomeLayout

__all__ = ["BLEND", "Champion", "Tuning", "choose_champion", "describe"]

SMALLEST = 1e-6  # lower bound of the unit of scores, for an outcome that a baseline predicts exactly
UNCHOSEN = "hierarchical_mixed"  # needs no choice: its weights are those of the cohort's own series
COHORTS_TO_CHOOSE = 6  # validation cohorts; with fewer, the blend that is best in them is chance
STRONG = ("mixed_model", "boosted_lags", "cohort_offset")  # share the prior's weight with the learners
STRONG_ALONE = ("population", "mixed_model", "boosted_lags", "cohort_offset")  # where there is no own record


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

    @property
    def used(self) -> frozenset[str]:
        """The predictors that move any of its forecasts."""
        found = {name for d in self.decisions for name, weight in d.weights.items() if weight > 0}
        found |= {d.centre for d in self.decisions if d.centre}
        return frozenset(found | {d.best_baseline for d in self.decisions if d.exceptions})

    def forecast(
        self, forecasts: Mapping[str, Forecast], layout: OutcomeLayout, own: Ints, cohort: Ints
    ) -> Forecast:
        """The champion's forecast of R records.

        Args:
            forecasts: of all predictors; layout: the outcomes.
            own: (R, D) own values of each outcome that were used; cohort: (R,) index of the cohort.

        """
        parts = [forecasts[name] for name in self.predictors]
        outcomes, strata = range(parts[0].mean.shape[1]), range(len(STRATA))
        rows = [self._rows(d, stratum_of(own[:, d]), cohort) for d in outcomes]
        weights, centres, width, shift = (np.stack(part, -1) for part in zip(*rows, strict=True))
        # one df per outcome: a forecast must not depend on the other rows of the batch
        overall = np.stack([np.mean([self.weights(d, s) for s in strata], 0) for d in outcomes], 1)
        pooled = pool(parts, weights, layout, pooled_df(parts, overall), centres)
        mean = pooled.mean + np.where(shift == 0, 0.0, shift * width * pooled.normal_scale())
        for d in layout.unscaled:
            kind = layout.kinds[d]
            mean[:, d] = kind.inverse_link(width[:, d] * kind.link(pooled.mean[:, d]))
        return Forecast(mean, width * pooled.scale, pooled.df)

    def _rows(self, outcome: int, stratum: Ints, cohort: Ints) -> tuple[Floats, Floats, Floats, Floats]:
        """Weights of scales and of centres (P, R), width (R,) and shift (R,) of one outcome's forecasts."""
        decisions = [self._decision(outcome, s) for s in range(len(STRATA))]
        weights = np.stack([self._vector(d.weights) for d in decisions], 1)[:, stratum]
        moved = [{d.centre: 1.0} if d.centre else d.weights for d in decisions]
        centres = np.stack([self._vector(w) for w in moved], 1)[:, stratum]
        width, shift = (np.asarray([getattr(d, k) for d in decisions])[stratum] for k in ("width", "shift"))
        for s, decision in enumerate(decisions):
            kept = (stratum == s) & np.isin(cohort, [e.cohort for e in decision.exceptions])
            best = self._vector({decision.best_baseline: 1.0})[:, None]
            weights[:, kept], centres[:, kept] = best, best
            width[kept], shift[kept] = 1.0, 0.0
        return weights, centres, width, shift

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
        return cls(tuple(facts["predictors"]), tuple(map(Decision.from_json, facts["decisions"])))


def read_champion(folder: Path) -> Champion:
    """The champion of a run folder."""
    return Champion.from_json(json.loads((folder / run_files.CHAMPION).read_text()))


@dataclass(frozen=True)
class Tuning:
    """Forecasts and truth of tuning records, on which the champion is chosen.

    Attributes:
        forecasts: predictor -> forecast of R tuning records and D outcomes.
        y: (R, D) truth on model scale, NaN where not observed.
        own: (R, D) own values of each outcome that were used.
        subject, cohort: (R,) index of the subject, index of the cohort.
        new_cohorts: whether the predictors were trained without these cohorts.

    """

    forecasts: Mapping[str, Forecast]
    y: Floats
    own: Ints
    subject: Ints
    cohort: Ints
    new_cohorts: bool = False


def choose_champion(
    tuning: Tuning,
    layout: OutcomeLayout,
    learners: Sequence[str],
    baselines: Sequence[str],
    scaling: Scaling | None = None,
) -> Champion:
    """Choose the predictor per outcome and stratum, with exceptions for cohorts that the blend clearly harms.

    Args:
        tuning: forecasts and truth of tuning subjects.
        layout: the outcomes.
        learners, baselines: names among the forecasts.
        scaling: candidates are compared in clinical units; without it on model scale.

    """
    names = (*learners, *baselines)
    whole = [_stack(tuning, layout, names, d) for d in range(len(layout.outcomes))]
    units = [_units(s, names, baselines) if s.kind.has_scale else np.ones(len(s.y)) for s in whole]
    stacks = [s.in_units_of(unit) if s.kind.has_scale else s for s, unit in zip(whole, units, strict=True)]
    priors = (_prior(STRONG_ALONE, learners, baselines), _prior(STRONG, learners, baselines))
    problem = Problem(stacks, priors, tuning.new_cohorts)
    blends = fit_blends(problem)
    pools = cross_fitted(problem, blends)
    places = {b: names.index(b) for b in baselines}
    few = _too_few_cohorts(tuning)
    preferred = {UNCHOSEN: names.index(UNCHOSEN)} if few and UNCHOSEN in learners else {}
    decisions: list[Decision] = []
    for d, outcome in enumerate(layout.outcomes):
        back = partial(scaling.clinical, outcome=d) if scaling else _unchanged
        own = preferred if stacks[d].kind.has_scale else {}
        found = Candidates(stacks[d], pools[d], units[d], places, back, own, few)
        decisions += decide(found, blends[d], outcome.name, names)
    return Champion(names, tuple(decisions))


def _too_few_cohorts(tuning: Tuning) -> int:
    """The number of new cohorts, where they are too few to choose by; else 0."""
    cohorts = len(np.unique(tuning.cohort))
    return cohorts if tuning.new_cohorts and cohorts < COHORTS_TO_CHOOSE else 0


def _unchanged(values: Floats) -> Floats:
    return values


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
        stratum=stratum_of(tuning.own[rows, d]),
        cohort=tuning.cohort[rows],
        kind=kind,
    )


def _units(stack: Stack, names: Sequence[str], baselines: Sequence[str]) -> Floats:
    """(R,) unit of scores: the best baseline's MAE / sqrt(2) in each stratum, its CRPS if its scale were right.

    Errors shrink as own records increase; with one unit for all strata the first ones would dominate the fit.
    """
    out = np.ones(len(stack.y))
    own = [names.index(b) for b in baselines]
    for here, around in neighbourhoods(stack):
        error = np.abs(stack.y[around] - stack.mean[own][:, around])
        out[here] = max(float(error.mean(1).min() / np.sqrt(2)), SMALLEST)
    return out


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
