"""Support-size strata, and the decision that each outcome gets in each of them.

A stratum is the numbers of own records that are evaluated and calibrated together.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from meta_med.cohorts.record_table import Bools, Ints
from meta_med.enough import BORROWING, needed

STRATA: tuple[tuple[int, int], ...] = ((0, 0), (1, 1), (2, 2), (3, 5), (6, 10**6))
ENOUGH = BORROWING  # subjects; a stratum with fewer asks its neighbours too


def stratum_of(size: Ints) -> Ints:
    """(R,) index of the stratum that each support size belongs to."""
    starts = np.asarray([a for a, _ in STRATA])
    return np.searchsorted(starts, size, side="right") - 1


def stratum_name(stratum: int) -> str:
    """How a stratum is called on screens: "0", "3-5", "6+"."""
    low, high = STRATA[stratum]
    return f"{low}" if low == high else (f"{low}+" if high >= 10**6 else f"{low}-{high}")


def with_neighbours(stratum: Ints, subject: Ints, s: int) -> Bools:
    """(R,) mask of a stratum's records, and of its neighbours' while fewer than ENOUGH subjects are among them.

    k = 0 is its own kind: it never borrows from subjects who have records, nor lends to them.

    Args:
        stratum, subject: (R,) of each record; s: the stratum that is meant.

    """
    rows = np.zeros(len(stratum), dtype=bool)
    for reach in range(len(STRATA)):
        rows = (np.abs(stratum - s) <= reach) & ((stratum == 0) == (s == 0))
        if len(np.unique(subject[rows])) >= ENOUGH:
            break
    return rows


BLEND = "blend"
MIN_SUBJECTS = needed("compare")  # fewer tuning subjects compare nothing


@dataclass(frozen=True)
class CohortDecision:
    """A cohort whose tuning subjects are harmed by the blend: the best baseline is served there instead."""

    cohort: int
    difference: float
    ci_low: float
    ci_high: float
    n_subjects: int


@dataclass(frozen=True)
class Decision:
    """Who is champion of one outcome in one stratum, and why.

    `difference` is the blend's score minus the best baseline's, mean over tuning subjects, cross-fitted, with
    its 95 % interval; a continuous outcome's in units of the best baseline's. `width` multiplies the pooled scale
    (the log-odds of a binary outcome) and `shift` moves the pooled centre by so many scales.
    `exceptions` are cohorts where the best baseline is served though the blend is served elsewhere.
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
        """One sentence for a screen."""
        if self.n_subjects == 0:
            few = f"Fewer than {MIN_SUBJECTS} tuning patients have this outcome here"
            return f"{few}: {self.predictor} is served without a contest."
        verb = "served" if self.predictor == BLEND else f"not served, {self.best_baseline} is"
        return (
            f"On {self.n_subjects} tuning patients the blend scored {self.difference:+.3f} against "
            f"{self.best_baseline} (95 % interval {self.ci_low:+.3f} to {self.ci_high:+.3f}, lower is better): {verb}."
        )

    def evidence_by_cohort(self, names: Sequence[str]) -> str:
        """The sentence with one more for each cohort that is served otherwise."""
        more = [
            f" In cohort {names[e.cohort] if e.cohort < len(names) else e.cohort} it harmed {e.n_subjects} tuning "
            f"patients ({e.ci_low:+.3f} to {e.ci_high:+.3f}): {self.best_baseline} is served there."
            for e in self.exceptions
        ]
        return self.evidence + "".join(more)
