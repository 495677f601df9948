"""A study: one complete configuration, as plain frozen dataclasses.

The YAML form is parsed and checked by `orchestration.study.load` (unknown keys are refused there);
this module only defines the dataclasses, so that the science never depends on a parser.
"""

from dataclasses import dataclass, field
from typing import Any, Literal

from meta_med.source_spec import DosesSpec, EventsSpec, LongSpec, RecordsSpec, SubjectsSpec, TimeSpec

# All parts of a study can be imported from here.
__all__ = ["DosesSpec", "EventsSpec", "LongSpec", "RecordsSpec", "SubjectsSpec", "TimeSpec"]

Kind = Literal["continuous", "binary"]
DAYS_PER_YEAR = 365.25


class StudyMismatch(ValueError):
    """The delivered tables do not fit the study. The message holds names of columns and keys, never values."""


class ModelFailure(Exception):
    """Base class of the errors that training, scoring and checkpoints raise.

    It is defined here, where nothing heavy is imported, so that callers can catch it without loading torch.
    """


@dataclass(frozen=True, kw_only=True)
class CovariateSpec:
    """An input of the prediction.

    `known` "at_record": measured at a record, so hidden in the predicted record; "ahead": known before the predicted
    record is made. A covariate that `advances` is always known ahead.
    Where the next record is served, its value of a covariate known ahead is that of the newest record, in training and
    evaluation too. `next_column`: a column of the newest record holds it instead, such as a dose or a place in the day
    that is planned for the next visit; `next_value`: it is this value for every next record. A record that is
    predicted without an earlier one keeps its own value, but for `next_value`.
    `time_part`: computed from the record's time (a date), and so always known ahead: the hour of the day (0-23), the
    day of the week (0 is Monday) or the month (1-12).
    `aggregate`: one value of the column over the patient's rows, those without an outcome too: the last, largest,
    smallest or mean value, their number, their slope per day, or the days since the last one; over `window_days` back
    from the record, or over all rows. At a record its own rows count. Known ahead, they are strictly before it; where
    the next record is served, they are those up to the newest record that may be used.
    `since_days`: known from this time on the study's axis only, like a trial's arm; missing in earlier records.
    `required`: without it, in the predicted record or any record used, the patient's prediction is withheld.
    `most`: how many levels of a category are kept, the most frequent among training subjects; the others are
    one level. `groups`: a category's level is the first of these names whose pattern matches the whole text,
    else "other". `values`: the number for each text, such as the middle of an age band.
    `advances`: grows by one per year; the column holds its value at time 0 (at the subject's first record, if
    times are dates), like an age at entry.
    `floor`: on a log scale, smaller ones are set to it; without it values up to 0 are missing.
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
class OutcomeSpec:
    """What is predicted at the next record. `any_positive` makes a binary outcome of several columns.

    `standardise` "cohort": cohorts measure different things under this name (a biomarker each, a drug each), so
    centre and spread are each cohort's own; errors are then in standard deviations only. `log_cohorts` are the
    cohorts on a log scale, where `scale` is not "log" for all. `floor`: on a log scale, smaller values (zeros too) are
    set to it for training and evaluation, like the limit of detection; without it such a value refuses the study.
    `hard_range`: [low, high], null for no limit: no prediction or interval goes beyond it. By default that of the
    contract's column.
    `determined` "allow": it may be known before the record, because it is the same in all of a patient's records or a
    covariate tells it; such an outcome refuses the study otherwise.
    """

    name: str
    label: str = ""
    column: str = ""
    any_positive: tuple[str, ...] = ()
    kind: Kind = "continuous"
    unit: str = ""
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


@dataclass(frozen=True, kw_only=True)
class CohortFactor:
    """One factor of the cohort rule; a cohort is a combination of the factors' levels.

    `at` "entry" takes the subject's first record, "record" the newest record before prediction time (so a
    subject may move between cohorts, but only by what is known by then). `bands` are inner cut points of
    a numeric column, left-closed.
    """

    column: str
    at: Literal["entry", "record"] = "entry"
    bands: tuple[float, ...] = ()
    labels: tuple[str, ...] = ()
    values: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CohortsSpec:
    """The cohort rule. Cohorts under `min_subjects` persons are pooled into "other cohorts"."""

    factors: tuple[CohortFactor, ...] = ()
    min_subjects: int = 10


@dataclass(frozen=True, kw_only=True)
class SplitsSpec:
    """Shares of subjects; stratified by entry cohort. `fold` of `folds` is held out."""

    folds: int = 5
    fold: int = 0
    tuning: float = 0.15
    calibration: float = 0.2
    leave_cohorts_out: int = 0
    seed: int = 0


@dataclass(frozen=True, kw_only=True)
class LearnerSpec:
    """A learner by name, its options, and how many seeds are averaged."""

    name: str
    options: dict[str, float | int | str | bool] = field(default_factory=dict)
    steps: int | None = None
    learning_rate: float | None = None
    seeds: int = 1

    @property
    def chosen(self) -> dict[str, Any]:
        """The options with own history switched on unless they set it."""
        return {"history": True, **self.options}


@dataclass(frozen=True, kw_only=True)
class BudgetSpec:
    """Limits of meta-training. `processes` 0 is one per core; it changes no result."""

    steps: int = 1500
    batch_subjects: int = 128
    context_records: int = 32
    max_support: int = 10
    max_query: int = 2
    patience: int = 8
    evaluate_every: int = 100
    processes: int = 0


Setting = Literal["next", "recent", "later", "new_cohort"]


@dataclass(frozen=True, kw_only=True)
class EvaluationSpec:
    """Evaluation settings of a study; the first one is the main one.

    `settings`:
        "next": every record, from the most recent ones before it: as many as the largest k that it has. A record with
            fewer earlier ones than the smallest k is not predicted.
        "recent": any record from exactly the k most recent ones before it: for long, dense series.
        "later": all later records from the first k.
        "new_cohort": whole cohorts held out of fitting, tuning and calibration; their subjects are predicted
            in the main setting, with m other subjects of that cohort as context, for each m of `cohort_sizes`.
    `support_sizes`: the k, at most `budget.max_support`; a patient is served from the largest k that they have, too.
    Left out: in "next" every k up to `budget.max_support`, in "recent" and "later" those of `queries.USUAL_SIZES`.
    `most_per_subject`: maximum number of predicted records per subject and support size, evenly spread (0: all of
    them). `repeats`: of cross-fitting, each with new random folds.
    `cohort_folds`, `cohorts_out`: the number of folds, and of cohorts left out per fold, for "new_cohort".
    `groups`: covariates whose values coverage is shown for; `bands`: inner cut points of the numeric ones.
    `claims`: whether the study counts in the verdicts over all studies; false where its outcome proves nothing, like
    one that is interpolated between few measurements.
    `used_in_development`: whether the product's own options were chosen by looking at patients of this study. The
    claims are then also reported without it.
    """

    settings: tuple[Setting, ...] = ("next",)
    support_sizes: tuple[int, ...] | None = None
    most_per_subject: int = 0
    repeats: int = 1
    cohort_sizes: tuple[int, ...] = (0, 5, 20)
    cohort_folds: int = 3
    cohorts_out: int = 1
    groups: tuple[str, ...] = ()
    bands: dict[str, tuple[float, ...]] = field(default_factory=dict)
    claims: bool = True
    used_in_development: bool = False


@dataclass(frozen=True, kw_only=True)
class ServeSpec:
    """Who a prediction is published for, and when it is withheld.

    `record`: what is predicted. "next": a future record, with the covariates known ahead as the newest one tells them
    (see `CovariateSpec`). "newest": the newest record itself from those before it, for predictions that are made at
    the record, such as at discharge: for subjects whose newest record has no outcome yet, and for held-out subjects,
    whose outcome is hidden and was not used in training. `horizon_days`: how far after the newest record the next one
    is expected; `where` keeps subjects whose column (in the newest record) has one of the values; `max_age_days`: an
    outcome last measured longer before prediction time is withheld; `max_silence_days`: so is everything of a
    subject whose newest record is that much older than the delivery's newest (times must be dates, the one clock
    that subjects share). `worse_than_baseline`: what happens where the champion is worse than a baseline on held-out
    patients, beyond doubt. "say": it is published and said at the run, in the status and on the page; "refuse": it is
    not published, and the release before stays served.
    """

    record: Literal["next", "newest"] = "next"
    horizon_days: float = 365.25
    max_age_days: float = 1100.0
    max_silence_days: float | None = None
    where: dict[str, tuple[str, ...]] = field(default_factory=dict)
    worse_than_baseline: Literal["say", "refuse"] = "say"


@dataclass(frozen=True, kw_only=True)
class StudySpec:
    """One complete configuration of data, outcomes, cohorts, splits, predictors and budget.

    `mappings`: table of `sources` -> mapping file, where the source is a folder in a clinical standard.
    `note` is a caveat for readers of the study's figures, shown on its page.
    """

    study: str
    title: str
    contract: str
    sources: dict[str, str]
    records: RecordsSpec
    outcomes: tuple[OutcomeSpec, ...]
    covariates: tuple[CovariateSpec, ...]
    cohorts: CohortsSpec = CohortsSpec()
    splits: SplitsSpec = SplitsSpec()
    learners: tuple[LearnerSpec, ...] = ()
    baselines: tuple[str, ...] = (
        "population",
        "cohort_offset",
        "last_value",
        "patient_mean",
        "shrunk_mean",
        "mixed_model",
        "boosted_lags",
    )
    budget: BudgetSpec = BudgetSpec()
    evaluation: EvaluationSpec = EvaluationSpec()
    serve: ServeSpec = ServeSpec()
    seed: int = 0
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
