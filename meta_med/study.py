"""A study: one complete configuration, as plain frozen dataclasses.

The YAML form is parsed and checked by `orchestration.study.load` (unknown keys are refused there);
this module only defines the dataclasses, so that the science never depends on a parser. Every field is a key of the
file; its meaning is its line under `Attributes:`, from which docs/study_reference.md and the JSON Schema are made.
"""

from dataclasses import dataclass, field
from typing import Literal

from meta_med.study_parts.outcomes import OtherUnit, OutcomeSpec
from meta_med.study_parts.protocol import (
    BudgetSpec,
    CohortFactor,
    CohortsSpec,
    EvaluationSpec,
    LearnerSpec,
    PromoteSpec,
    Setting,
    SplitsSpec,
)
from meta_med.study_parts.sources import (
    DosesSpec,
    EventsSpec,
    LongSpec,
    RecordsSpec,
    SubjectsSpec,
    TimeSpec,
)

# All parts of a study can be imported from here.
__all__ = [
    "BudgetSpec",
    "CohortFactor",
    "CohortsSpec",
    "DosesSpec",
    "EvaluationSpec",
    "EventsSpec",
    "LearnerSpec",
    "LongSpec",
    "OtherUnit",
    "OutcomeSpec",
    "PromoteSpec",
    "RecordsSpec",
    "Setting",
    "SplitsSpec",
    "SubjectsSpec",
    "TimeSpec",
]

DAYS_PER_YEAR = 365.25
HORIZON_SHARES = (0.25, 0.5, 1.0, 2.0)  # of `serve.horizon_days`: the horizons of a study that states none


class StudyMismatch(ValueError):
    """The delivered tables do not fit the study. The message holds names of columns and keys, never values."""


class ModelFailure(Exception):
    """Base class of the errors that training, scoring and checkpoints raise.

    It is defined here, where nothing heavy is imported, so that callers can catch it without loading torch.
    """


@dataclass(frozen=True, kw_only=True)
class CovariateSpec:
    """An input of the prediction.

    Attributes:
        name: its name in the model and on screens.
        column: the column it is read from, where that has another name; of an event, the event's word.
        kind: a number, a category, or a dated event that has happened by the record (0 or 1).
        known: "at_record": measured at a record, so hidden in the predicted record; "ahead": known before the predicted
            record is made. A covariate that `advances` is always known ahead. Where the next record is served, the
            predicted record has the value of the newest one, in training and evaluation too; a record that is predicted
            without an earlier one keeps its own.
        scale: "log": modelled on the log scale.
        floor: on a log scale, smaller values are set to it; without it values up to 0 are missing.
        advances: it grows by one per year; the column holds its value at time 0 (at the subject's first record, if
            times are dates), like an age at entry.
        next_column: a column of the newest record that holds the next record's value, such as a dose or a place in the
            day that is planned for the next visit.
        next_value: the value of every next record.
        time_part: it is computed from the record's time (a date), and so always known ahead: the hour of the day
            (0-23), the day of the week (0 is Monday) or the month (1-12).
        aggregate: one value of the column over the patient's rows, those without an outcome too: the last, largest,
            smallest or mean value, their number, their slope per day, or the days since the last one. At a record its
            own rows count. Known ahead, they are strictly before it; where the next record is served, they are those
            up to the newest record that may be used.
        window_days: the rows of an aggregate reach back so many days from the record; all rows without it.
        since_days: it is known from this time on the study's axis only, like a trial's arm; missing in earlier records.
        most: how many levels of a category are kept, the most frequent among training subjects; the others are
            one level.
        groups: `name: pattern`. A category's level is the first name whose pattern matches the whole text, else
            "other".
        values: `text: number`. The number for each text, such as the middle of an age band.
        required: without it, in the predicted record or any record used, the patient's prediction is withheld.
        unit: the unit of its values, as in the contract.
        show: whether the patient's page shows it.
        modifiable: whether the patient's page shows what is predicted for other values of it within the training range,
            as an association and not as an effect. It must be known ahead.

    """

    name: str
    column: str = ""
    kind: Literal["numeric", "category", "event"] = "numeric"
    known: Literal["ahead", "at_record"] = "at_record"
    scale: Literal["identity", "log"] = "identity"
    floor: float | None = None
    advances: bool = False
    next_column: str = ""
    next_value: float | str | None = None
    time_part: Literal["hour", "weekday", "month"] | None = None
    aggregate: Literal["last", "max", "min", "mean", "count", "slope", "time_since"] | None = None
    window_days: float | None = None
    since_days: float | None = None
    most: int | None = None
    groups: dict[str, str] = field(default_factory=dict)
    values: dict[str, float] = field(default_factory=dict)
    required: bool = False
    unit: str = ""
    show: bool = False
    modifiable: bool = False

    @property
    def known_ahead(self) -> bool:
        """Whether it is visible in the predicted record."""
        return self.known == "ahead" or self.advances or self.time_part is not None

    @property
    def source_column(self) -> str:
        """The column it is read from: `column`, or its own name."""
        return self.column or self.name

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of a record that it is read from; none where it is an event or part of the record's time."""
        own = () if self.kind == "event" or self.time_part else (self.source_column,)
        return (*own, self.next_column) if self.next_column else own


@dataclass(frozen=True, kw_only=True)
class ServeSpec:
    """Who a prediction is published for, and when it is withheld.

    Attributes:
        record: what is predicted. "next": a future record, with the covariates known ahead as the newest one tells
            them. "newest": the newest record itself from those before it, for predictions that are made at the
            record, such as at discharge: for subjects whose newest record has no outcome yet, and for held-out
            subjects, whose outcome is hidden and was not used in training.
        horizon_days: how far after the newest record the next one is expected.
        horizons_days: how far after the newest record a forecast over time looks, in several steps; `horizon_days` is
            always one of them. By default a quarter, half and twice of it too. Those that too few held-out patients can
            vouch for are not published.
        max_age_days: an outcome last measured longer before prediction time is withheld.
        max_silence_days: everything is withheld of a subject whose newest record is so much older than the delivery's
            newest (times must be dates, the one clock that subjects share).
        replay_records: of how many of their newest records each patient's page shows what would have been predicted
            before them, beside what came; 0: of none. The work of a night grows with it.
        where: `column: values`. Only subjects whose newest record has one of these values in the column.
        worse_than_baseline: what happens where the champion is worse than a baseline on held-out patients, beyond
            doubt. "say": it is published and said at the run, in the status and on the page; "refuse": it is not
            published, and the release before stays served.

    """

    record: Literal["next", "newest"] = "next"
    horizon_days: float = 365.25
    horizons_days: tuple[float, ...] | None = None
    max_age_days: float = 1100.0
    max_silence_days: float | None = None
    replay_records: int = 20
    where: dict[str, tuple[str, ...]] = field(default_factory=dict)
    worse_than_baseline: Literal["say", "refuse"] = "say"


@dataclass(frozen=True, kw_only=True)
class StudySpec:
    """One complete configuration of data, outcomes, cohorts, splits, predictors and budget.

    Attributes:
        study: its name, also of folders, pages and releases.
        title: its name on screens.
        contract: the contract's file, or the name of a bundled one.
        sources: `table: file`. A file for each table of the contract, beside the study; "data:" before it reads it
            below the folder of --data, "bundled:" from the product.
        records: which columns and rows become records, whose, and when.
        outcomes: what is predicted, all of it jointly.
        covariates: what the prediction may look at.
        cohorts: the cohort rule; each cohort is one task of meta-training.
        splits: how patients are divided.
        learners: what is trained; at least one.
        baselines: what the learners are compared with; at least one.
        budget: limits of meta-training.
        evaluation: how predictions are judged.
        promote: when a newly trained model replaces the one that serves.
        serve: who a prediction is published for.
        seed: the seed of everything random except the division of patients, which has `splits.seed`.
        delivery: what a delivered file of a table has. "full": all rows. "delta": all rows of the patients who are new
            or changed since the delivery before; their earlier rows are replaced, and all other patients stay. The
            first file is the whole table, and so is one with the word "full" in its name, such as `visits_full.csv`.
        mappings: `table: file`. The mapping of a source that is an export in a clinical standard.
        note: a caveat for readers of the study's figures, shown on its page.

    """

    study: str
    title: str
    contract: str
    sources: dict[str, str]
    records: RecordsSpec
    outcomes: tuple[OutcomeSpec, ...]
    covariates: tuple[CovariateSpec, ...]
    cohorts: CohortsSpec = field(default_factory=CohortsSpec)
    splits: SplitsSpec = field(default_factory=SplitsSpec)
    learners: tuple[LearnerSpec, ...] = ()
    baselines: tuple[str, ...] = (
        "population", "cohort_offset", "last_value", "patient_mean", "shrunk_mean", "mixed_model", "boosted_lags",
    )  # fmt: skip
    budget: BudgetSpec = field(default_factory=BudgetSpec)
    evaluation: EvaluationSpec = field(default_factory=EvaluationSpec)
    promote: PromoteSpec = field(default_factory=PromoteSpec)
    serve: ServeSpec = ServeSpec()
    seed: int = 0
    delivery: Literal["full", "delta"] = "full"
    mappings: dict[str, str] = field(default_factory=dict)
    note: str = ""

    @property
    def dated(self) -> bool:
        """Whether time is measured in days; false where it is an order."""
        return self.records.time.unit != "order"

    @property
    def years_ahead(self) -> float:
        """How far after the newest record the next one is expected; one position where times are an order."""
        return self.serve.horizon_days / DAYS_PER_YEAR if self.dated else 1.0

    @property
    def horizons(self) -> tuple[float, ...]:
        """How many days ahead a forecast over time looks, nearest first; `serve.horizon_days` is one of them.

        None where times are an order, or where the newest record itself is predicted. Own records within
        `records.gap_days` are not used, so that no horizon is nearer.
        """
        if not self.dated or self.serve.record == "newest":
            return ()
        own, stated = self.serve.horizon_days, self.serve.horizons_days
        every = [share * own for share in HORIZON_SHARES] if stated is None else stated
        return tuple(sorted({own, *(days for days in every if days >= self.records.gap_days)}))
