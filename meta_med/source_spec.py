"""How a study's source tables become records: which columns, which rows, whose, and when."""

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class TimeSpec:
    """A record's time: a number of `unit` since an origin, or an ISO date ("date").

    "order" is a count of records without dates: their order is known, but no days, years or ages. Without a column all
    records have time 0: one record per subject. Where rows differ in their unit, `unit_column` holds it and `unit_days`
    maps each unit to days. Times are rounded down to multiples of `step` days where it is given, so that records within
    a step share one time. `of_record`: the time is when the record was made. It is asked for where a number could as
    well be follow-up time, because every subject has one record and an outcome is yes or no.
    """

    column: str = ""
    unit: Literal["hours", "days", "years", "date", "order"] = "days"
    unit_column: str = ""
    unit_days: dict[str, float] = field(default_factory=dict)
    step: float = 0.0
    of_record: bool = False


@dataclass(frozen=True, kw_only=True)
class LongSpec:
    """A measurements table with one row per value: column `name` holds the test, column `value` its result."""

    name: str
    value: str


@dataclass(frozen=True, kw_only=True)
class SubjectsSpec:
    """A second table with one row per subject, joined on `key`."""

    source: str
    key: str


@dataclass(frozen=True, kw_only=True)
class EventsSpec:
    """A third table of dated events; each becomes a covariate 'has happened by this record' (0/1)."""

    source: str
    subject: str
    time: TimeSpec
    event: str


@dataclass(frozen=True, kw_only=True)
class DosesSpec:
    """Dose rows among the records: `amount` given at the row's time, infused at `rate` per hour where there is one.

    The doses given before a record enter as covariates (`meta_med.cohorts.doses`). Those up to the newest record that
    may be used are known ahead of the predicted one, and their rest decays until then. `planned`: so are those given
    after it, because they are prescribed ahead; where the next record is served, the delivery's dose rows hold them.
    A dose row may hold an outcome too: the dose then begins at that time and counts for later records only.
    `per_minute`: rows, by column and values, whose rate is per minute. `at_start`: a subject without dose rows
    had one dose at time 0, and this column holds its amount (1 where it is missing).
    """

    amount: str
    rate: str = ""
    per_minute: dict[str, tuple[str, ...]] = field(default_factory=dict)
    at_start: str = ""
    planned: bool = False


@dataclass(frozen=True, kw_only=True)
class RecordsSpec:
    """How source tables become records: one row per (subject, time).

    `where` keeps rows whose column has one of the values, `where_not` leaves such rows out, `between` keeps rows
    whose column lies in [low, high]; all are part of the study's question, not of the data's quality.
    `first`: how many of each subject's first records are used. `gap_days`: the minimum distance of own records from the
    predicted one; nearer ones are not used for it.
    `series`: columns that divide a subject's rows into series with their own time axis (hospital stays, occasions);
    each series is then a subject of the study. `person`: who a series belongs to, because splits are by person: the
    column `subject`, unless patterns give the part of each column that identifies the person ("": the whole text).
    `same_time`: rows of a subject at one time are refused, or become one record with the mean of their numbers and
    the classes on which they agree (`meta_med.cohorts.times`); measurements of one test as well.
    `rows_without_outcome`: they are no records. "history": the last value before a record, of each covariate that is
    measured at a record and that they hold, is one more covariate, known ahead; "ignore": they are not used.
    `share`: only this share of persons, drawn by a hash of their identifier.
    """

    source: str
    subject: str
    time: TimeSpec = TimeSpec()
    long: LongSpec | None = None
    subjects: SubjectsSpec | None = None
    events: EventsSpec | None = None
    doses: DosesSpec | None = None
    where: dict[str, tuple[str, ...]] = field(default_factory=dict)
    where_not: dict[str, tuple[str, ...]] = field(default_factory=dict)
    between: dict[str, tuple[float, float]] = field(default_factory=dict)
    first: int | None = None
    gap_days: float = 0.0
    series: tuple[str, ...] = ()
    person: dict[str, str] = field(default_factory=dict)
    same_time: Literal["refuse", "mean"] = "refuse"
    share: float = 1.0
    rows_without_outcome: Literal["history", "ignore"] = "history"
