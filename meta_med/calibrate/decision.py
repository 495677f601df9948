"""Who is champion of one outcome in one stratum, and the evidence in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from meta_med.enough import needed

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
