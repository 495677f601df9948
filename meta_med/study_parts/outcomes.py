"""What a study predicts, and the units in which it can be shown."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["continuous", "binary"]


@dataclass(frozen=True, kw_only=True)
class OtherUnit:
    """Another unit of an outcome: a value in it is `factor` times the value in the outcome's own unit, plus `offset`.

    Attributes:
        unit: its name, such as umol/L beside mg/dL.
        factor: how many of it one of the outcome's own unit is.
        offset: what is added, where the two scales have different zeros, such as degrees Fahrenheit beside Celsius.

    """

    unit: str
    factor: float
    offset: float = 0.0


@dataclass(frozen=True, kw_only=True)
class OutcomeSpec:
    """What is predicted at the next record.

    Attributes:
        name: its name in tables and files.
        label: its name on screens.
        column: the column it is read from, where that has another name.
        any_positive: a binary outcome that is 1 where any of these columns is above 0; replaces `column`.
        kind: a number, or 0 and 1.
        unit: the unit of its values, as in the contract.
        other_units: units in which a reader may see it instead; it is measured, predicted and published in `unit`.
        scale: "log": modelled on the log scale, shown in its own unit; for what is read in doublings.
        floor: on a log scale, smaller values (zeros too) are set to it for training and evaluation, like the limit of
            detection; without it such a value refuses the study.
        standardise: "cohort": cohorts measure different things under this name (a biomarker each, a drug each), so
            centre and spread are each cohort's own; errors are then in standard deviations only.
        log_cohorts: the cohorts on a log scale, where `scale` is not "log" for all.
        determined: "allow": it may be known before the record, because it is the same in all of a patient's records or
            a covariate tells it; such an outcome refuses the study otherwise.
        reference_range: low and high end of the usual values, drawn on the patient's page.
        hard_range: `[low, high]`, null for no limit. No prediction or interval goes beyond it; by default that of the
            contract's column.

    """

    name: str
    label: str = ""
    column: str = ""
    any_positive: tuple[str, ...] = ()
    kind: Kind = "continuous"
    unit: str = ""
    other_units: tuple[OtherUnit, ...] = ()
    scale: Literal["identity", "log"] = "identity"
    floor: float | None = None
    standardise: Literal["study", "cohort"] = "study"
    log_cohorts: tuple[str, ...] = ()
    determined: Literal["refuse", "allow"] = "refuse"
    reference_range: tuple[float, float] | None = None
    hard_range: tuple[float | None, float | None] | None = None

    @property
    def source_column(self) -> str:
        """The column it is read from: `column`, or its own name."""
        return self.column or self.name

    @property
    def title(self) -> str:
        """Its name on a screen."""
        return self.label or self.name.replace("_", " ")
