"""Support-size strata, and the decision that each outcome gets in each of them.

A stratum is the numbers of own records that are evaluated and calibrated together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from meta_med.cohorts.record_table import Bools, Ints
from meta_med.enough import POOLED_BELOW, needed

STRATA: tuple[tuple[int, int], ...] = ((0, 0), (1, 1), (2, 2), (3, 5), (6, 10**6))
ENOUGH = POOLED_BELOW  # subjects; a stratum with fewer is pooled with its neighbours


def stratum_of(size: Ints) -> Ints:
    """(R,) index of the stratum that each support size belongs to."""
    starts = np.asarray([a for a, _ in STRATA])
    return np.searchsorted(starts, size, side="right") - 1


def stratum_name(stratum: int) -> str:
    """The name of a stratum on screens: "0", "3-5", "6+"."""
    low, high = STRATA[stratum]
    return f"{low}" if low == high else (f"{low}+" if high >= 10**6 else f"{low}-{high}")


def with_neighbours(stratum: Ints, subject: Ints, s: int) -> Bools:
    """(R,) mask of a stratum's records, extended to neighbouring strata until ENOUGH subjects are among them.

    k = 0 is never pooled with other strata.

    Args:
        stratum, subject: (R,) of each record.
        s: the stratum.

    """
    rows = np.zeros(len(stratum), dtype=bool)
    for reach in range(len(STRATA)):
        rows = (np.abs(stratum - s) <= reach) & ((stratum == 0) == (s == 0))
        if len(np.unique(subject[rows])) >= ENOUGH:
            break
    return rows


def in_words(predictor: str) -> str:
    """A predictor's name in a sentence."""
    return predictor.replace("_", " ")


BLEND = "blend"
MIN_SUBJECTS = needed("compare")  # tuning subjects that a comparison needs


@dataclass(frozen=True)
class CohortDecision:
    """A cohort whose tuning subjects have a worse proper score with the blend: the best baseline is served there.

    The difference is relative to the best baseline's score.
    """

    cohort: int
    difference: float
    ci_low: float
    ci_high: float
    n_subjects: int


@dataclass(frozen=True)
class Comparison:
    """The blend against the best baseline by one score, on tuning subjects.

    Attributes:
        score: title of the score; baseline: the one of the lowest score.
        difference, ci_low, ci_high: the blend's cross-fitted score minus the baseline's, mean over subjects with its
            95 % interval, relative to the baseline's.

    """

    score: str
    baseline: str
    difference: float
    ci_low: float
    ci_high: float

    @property
    def text(self) -> str:
        """As the rest of a sentence about the blend."""
        share = 100 * abs(self.difference)
        size = (
            "as large as"
            if share < 0.05
            else f"{share:.1f} % {'higher' if self.difference > 0 else 'lower'} than"
        )
        return (
            f"{self.score} was {size} that of {in_words(self.baseline)} (95 % interval {100 * self.ci_low:+.1f} to "
            f"{100 * self.ci_high:+.1f} %)"
        )


@dataclass(frozen=True)
class Decision:
    """The champion of one outcome in one stratum, and the evidence.

    Attributes:
        outcome, stratum: name, and index in STRATA.
        predictor: BLEND, or the name of a baseline or of the learner that is served where cohorts are too few to choose
            from; best_baseline: the baseline of the best proper score.
        weights: predictor -> its weight in the blend.
        n_subjects: tuning subjects; 0 where they were too few to compare.
        comparisons: by the proper score, and by the error that pages show.
        width: factor on the pooled scale, or on the pooled log-odds of a binary outcome.
        shift: added to the pooled centre, in pooled scales.
        centre: the baseline whose centre is served with the blend's scale; "" for the blend's own centre.
        exceptions: cohorts where the best baseline is served although the blend is served elsewhere.
        few_cohorts: the number of new cohorts to choose by, where they are too few; else 0.

    """

    outcome: str
    stratum: int
    predictor: str
    best_baseline: str
    weights: dict[str, float]
    n_subjects: int
    comparisons: tuple[Comparison, ...] = ()
    width: float = 1.0
    shift: float = 0.0
    centre: str = ""
    exceptions: tuple[CohortDecision, ...] = ()
    few_cohorts: int = 0

    @classmethod
    def from_json(cls, facts: Mapping[str, Any]) -> "Decision":
        """Read what `asdict` returned."""
        lists = {"comparisons": Comparison, "exceptions": CohortDecision}
        return cls(
            **{**facts, **{name: tuple(kind(**f) for f in facts[name]) for name, kind in lists.items()}}
        )

    @property
    def evidence(self) -> str:
        """The evidence as one sentence."""
        if self.n_subjects == 0:
            few = f"Fewer than {MIN_SUBJECTS} tuning patients have this outcome here"
            return f"{few}: {in_words(self.predictor)} is served without a comparison."
        verb = f"not served, {in_words(self.predictor)} is"
        if self.predictor == BLEND:
            verb = f"served around the centre of {in_words(self.centre)}" if self.centre else "served"
        compared = ", its ".join(c.text for c in self.comparisons)
        if self.few_cohorts:
            served = f"the {BLEND}" if self.predictor == BLEND else in_words(self.predictor)
            return (
                f"On {self.n_subjects} tuning patients of {self.few_cohorts} new cohorts, too few to choose by, "
                f"{served} is served: its {compared}."
            )
        return f"On {self.n_subjects} tuning patients the blend's {compared}: {verb}."

    def evidence_by_cohort(self, names: Sequence[str]) -> str:
        """The evidence, with one more sentence for each exception."""
        more = [
            f" In cohort {names[e.cohort] if e.cohort < len(names) else e.cohort} it harmed {e.n_subjects} tuning "
            f"patients ({100 * e.ci_low:+.1f} to {100 * e.ci_high:+.1f} %): {in_words(self.best_baseline)} is served "
            "there."
            for e in self.exceptions
        ]
        return self.evidence + "".join(more)
