"""Challenger and champion on the same held-out patients: is the challenger not worse?

The patients are those whom neither model has seen in any fit. Each model predicts the same records of theirs and is
scored by its proper score in clinical units, so that the models' scales do not matter. The difference is relative to
the champion's score, a mean over outcomes, with an interval by a paired bootstrap over patients (Efron and Tibshirani
1993): patients are drawn with all of their records and both models' scores. Not being worse is a claim that needs
evidence, so that the whole interval must lie below the margin (non-inferiority); a wide interval shows nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from meta_med.calibrate.calibration import Calibration
from meta_med.calibrate.champion import Champion
from meta_med.calibrate.choose_and_calibrate import held_out_records
from meta_med.calibrate.record_scores import Key, Scored, score
from meta_med.cohorts.record_table import Bools, Floats, Ints
from meta_med.cohorts.splits import SPLITS
from meta_med.enough import needed
from meta_med.episodes.prepared import Prepared
from meta_med.episodes.queries import main_setting, queries_of
from meta_med.meta_train.predictors import CHAMPION, FittedPredictors
from meta_med.outcomes import kind_of

DRAWS = 2000
AT_ONCE = 100
"""Draws that are in memory at once."""
LEVELS = (0.05, 0.95)
"""Quantiles of the interval: each side by itself is a one-sided test at 5 %."""


@dataclass(frozen=True)
class Judged:
    """A model with the records that it is judged on: its predictors, the choice among them, and their calibration."""

    prepared: Prepared
    fitted: FittedPredictors
    champion: Champion
    calibrations: Mapping[str, Calibration]

    def on(self, subjects: Bools) -> Scored:
        """The scores of what the model serves, on records of these subjects (n_subjects,) only."""
        of = np.where(subjects, SPLITS.index("held_out"), -1)
        ready = replace(self.prepared, splits=replace(self.prepared.splits, of_subject=of))
        queries = queries_of(ready, "held_out", main_setting(ready.study))
        found = self.fitted.forecasts(ready, queries)
        own, cohort = ready.own_values(queries), queries.cohort(ready.table)
        served = self.champion.forecast(found, ready.layout, own, cohort)
        return score(held_out_records(ready), {CHAMPION: served}, self.calibrations)


@dataclass(frozen=True)
class Difference:
    """The challenger's score over the champion's, minus one: above 0 the challenger is worse.

    Attributes:
        outcome: its name, or "all"; patients: who have it.
        value, low, high: with a 90 % interval, of which each end is a one-sided 95 % limit.

    """

    outcome: str
    patients: int
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class ModelComparison:
    """The result: by outcome, over all outcomes, and what follows from it by the margin."""

    patients: int
    margin: float
    overall: Difference | None
    outcomes: tuple[Difference, ...]

    @property
    def shown_not_worse(self) -> bool:
        """Whether the challenger is shown to be not worse by more than the margin, over all outcomes together."""
        return self.overall is not None and self.overall.high <= self.margin and not self.surely_worse

    @property
    def surely_worse(self) -> tuple[str, ...]:
        """The outcomes, or "all", in which the challenger is worse by more than the margin beyond doubt."""
        every = (*self.outcomes, *([self.overall] if self.overall else []))
        return tuple(d.outcome for d in every if d.low > self.margin)

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        every = [*([self.overall] if self.overall else []), *self.outcomes]
        return {
            "held_out_patients": self.patients,
            "margin": self.margin,
            "differences": [vars(d) for d in every],
            "surely_worse": list(self.surely_worse),
            "shown_not_worse": self.shown_not_worse,
        }


def compare(
    challenger: Judged, champion: Judged, subjects: Bools, margin: float, seed: int = 0
) -> ModelComparison:
    """Compare two models on the same subjects.

    Args:
        challenger, champion: the models, with tables of the same rows.
        subjects: (n_subjects,) those whom neither has seen.
        margin: the share of the champion's score by which the challenger may be worse.
        seed: of the bootstrap.

    """
    own, other = challenger.on(subjects), champion.on(subjects)
    scores = {
        name: _paired(own, other, key) for name, key in _in_both(own, other, challenger.prepared).items()
    }
    people = np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *(who for who, _, _ in scores.values())]))
    if len(people) < needed("compare"):
        return ModelComparison(len(people), margin, None, ())
    table = np.full((2, len(people), len(scores)), np.nan)
    for i, (who, *both) in enumerate(scores.values()):
        table[:, np.searchsorted(people, who), i] = both
    value = _relative(table, np.ones((1, len(people))))[0]
    drawn = _bootstrapped(table, np.random.default_rng(seed))
    counts = (~np.isnan(table[0])).sum(0)
    each = [_difference(*found) for found in zip(scores, counts, value, drawn.T, strict=True)]
    overall = _difference("all", len(people), value.mean(), drawn.mean(1))
    return ModelComparison(len(people), margin, overall, tuple(each))


def _in_both(own: Scored, other: Scored, prepared: Prepared) -> dict[str, Key]:
    """Outcome -> its proper score, for outcomes that both models predict in one unit."""
    keys = {
        outcome.name: next(
            (k for k in own.scores[CHAMPION] if k[:2] == (outcome.name, kind_of(outcome.kind).proper)), None
        )
        for outcome in prepared.layout.outcomes
    }
    return {name: key for name, key in keys.items() if key is not None and key in other.scores[CHAMPION]}


def _paired(own: Scored, other: Scored, key: Key) -> tuple[Ints, Floats, Floats]:
    """Persons whom both models have a score for, and the mean of each model's scores for them."""
    means = []
    for scored in (own, other):
        values = scored.scores[CHAMPION][key]
        seen = np.isfinite(values)
        means.append(dict(zip(*_by_person(values[seen], scored.subject[seen]), strict=True)))
    who = np.asarray(sorted(set(means[0]) & set(means[1])), dtype=np.int64)
    return who, *(np.asarray([mean[person] for person in who.tolist()]) for mean in means)  # type: ignore[return-value]


def _by_person(values: Floats, person: Ints) -> tuple[list[int], list[float]]:
    people, place = np.unique(person, return_inverse=True)
    count = np.bincount(place, minlength=len(people))
    return people.tolist(), (np.bincount(place, values, len(people)) / np.maximum(count, 1)).tolist()


def _bootstrapped(table: Floats, rng: np.random.Generator) -> Floats:
    """(DRAWS, D) relative differences of patients drawn with replacement; scores as of `_relative`."""
    n = table.shape[1]
    parts = []
    for _ in range(0, DRAWS, AT_ONCE):
        times = rng.multinomial(n, np.full(n, 1.0 / n), AT_ONCE)
        parts.append(_relative(table, times.astype(np.float64)))
    return np.concatenate(parts)


def _relative(table: Floats, times: Floats) -> Floats:
    """(B, D) the first model's score over the second's, minus one.

    Args:
        table: (2, P, D) mean score of each patient by both models; NaN where the patient lacks the outcome.
        times: (B, P) how often each patient counts.

    """
    own, other = (times @ np.nan_to_num(scores) for scores in table)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(own == other, 0.0, own / other - 1.0)


def _difference(outcome: str, patients: int, value: float, drawn: Floats) -> Difference:
    low, high = np.quantile(drawn, LEVELS)
    return Difference(outcome, int(patients), float(value), float(low), float(high))
