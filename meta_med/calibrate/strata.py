"""Support-size strata, and the decision that each outcome gets in each of them.

A stratum is the numbers of own records that are evaluated and calibrated together.
"""

from collections.abc import Sequence
from dataclasses import dataclass

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


BLEND = "blend"
MIN_SUBJECTS = needed("compare")  # tuning subjects that a comparison needs


@dataclass(frozen=True)
class CohortDecision:
    """A cohort whose tuning subjects have a larger error with the blend: the best baseline is served there."""

    cohort: int
    difference: float
    ci_low: float
    ci_high: float
    n_subjects: int


@dataclass(frozen=True)
class Decision:
    """The champion of one outcome in one stratum, and the evidence.

    Attributes:
        outcome, stratum: name, and index in STRATA.
        predictor: BLEND or the name of a baseline; best_baseline: the baseline of least score.
        weights: predictor -> its weight in the blend.
        difference, ci_low, ci_high: the blend's cross-fitted score minus the best baseline's, mean over tuning subjects
            with its 95 % interval; for a continuous outcome in units of the best baseline's score.
        n_subjects: tuning subjects; 0 where they were too few to compare.
        width: factor on the pooled scale, or on the pooled log-odds of a binary outcome.
        shift: added to the pooled centre, in pooled scales.
        exceptions: cohorts where the best baseline is served although the blend is served elsewhere.

    """

    outcome: str
    stratum: int
    predictor: str
    best_baseline: str
    weights: dict[str, float]
    difference: float
    ci_low: float
    ci_high: float
    n_subjects: int
    width: float = 1.0
    shift: float = 0.0
    exceptions: tuple[CohortDecision, ...] = ()

    @property
    def evidence(self) -> str:
        """The evidence as one sentence."""
        if self.n_subjects == 0:
            few = f"Fewer than {MIN_SUBJECTS} tuning patients have this outcome here"
            return f"{few}: {self.predictor} is served without a comparison."
        verb = "served" if self.predictor == BLEND else f"not served, {self.best_baseline} is"
        return (
            f"On {self.n_subjects} tuning patients the blend scored {self.difference:+.3f} against "
            f"{self.best_baseline} (95 % interval {self.ci_low:+.3f} to {self.ci_high:+.3f}, lower is better): {verb}."
        )

    def evidence_by_cohort(self, names: Sequence[str]) -> str:
        """The evidence, with one more sentence for each exception."""
        more = [
            f" In cohort {names[e.cohort] if e.cohort < len(names) else e.cohort} it harmed {e.n_subjects} tuning "
            f"patients ({e.ci_low:+.3f} to {e.ci_high:+.3f}): {self.best_baseline} is served there."
            for e in self.exceptions
        ]
        return self.evidence + "".join(more)
