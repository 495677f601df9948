"""How a study's source tables become records: which columns, which rows, whose, and when."""

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class TimeSpec:
    """A record's time.

    Attributes:
        column: the column with the time; without one all records have time 0: one record per subject.
        unit: the unit of the column's numbers, which count from an origin; "date": ISO dates; "order": a count of
            records without dates, whose order is known, but no days, years or ages.
        unit_column: where rows differ in their unit, the column with the unit's word.
        unit_days: `word: days`. How many days each word of `unit_column` has.
        step: times are rounded down to multiples of so many days, so that records within a step share one time.
        of_record: whether the time is when the record was made. It is asked for where a number could as well be
            follow-up time, because every subject has one record and an outcome is yes or no.

    """

    column: str = ""
    unit: Literal["hours", "days", "years", "date", "order"] = "days"
    unit_column: str = ""
    unit_days: dict[str, float] = field(default_factory=dict)
    step: float = 0.0
    of_record: bool = False


@dataclass(frozen=True, kw_only=True)
class LongSpec:
    """A measurements table with one row per value.

    Attributes:
        name: the column with the name of the test.
        value: the column with its result.

    """

    name: str
    value: str


@dataclass(frozen=True, kw_only=True)
class SubjectsSpec:
    """A second table with one row per subject.

    Attributes:
        source: the table's name under `sources`.
        key: its column with the subject's identifier.

    """

    source: str
    key: str


@dataclass(frozen=True, kw_only=True)
class EventsSpec:
    """A third table of dated events; each becomes a covariate 'has happened by this record' (0/1).

    Attributes:
        source: the table's name under `sources`.
        subject: its column with the subject's identifier.
        time: when an event happened, counted from the same origin as the records' times.
        event: its column with the word for the event.

    """

    source: str
    subject: str
    time: TimeSpec
    event: str


@dataclass(frozen=True, kw_only=True)
class DosesSpec:
    """Dose rows among the records.

    The doses given before a record enter as covariates (`meta_med.cohorts.doses`). Those up to the newest record that
    may be used are known ahead of the predicted one, and their rest decays until then.
    A dose row may hold an outcome too: the dose then begins at that time and counts for later records only.

    Attributes:
        amount: the column with the amount given at the row's time.
        rate: the column with the rate per hour, where a dose is infused.
        per_minute: `column: values`. Rows whose rate is per minute.
        at_start: a subject without dose rows had one dose at time 0, and this column holds its amount (1 where it is
            missing).
        planned: doses given after the newest record are known ahead too, because they are prescribed ahead; where the
            next record is served, the delivery's dose rows hold them.

    """

    amount: str
    rate: str = ""
    per_minute: dict[str, tuple[str, ...]] = field(default_factory=dict)
    at_start: str = ""
    planned: bool = False


@dataclass(frozen=True, kw_only=True)
class RecordsSpec:
    """How source tables become records: one row per (subject, time).

    Attributes:
        source: the table of records, its name under `sources`.
        subject: its column with the subject's identifier.
        time: when a record was made.
        long: set where the table has one row per measured value.
        subjects: a second table of facts about subjects.
        events: a third table of dated events.
        doses: set where the table has dose rows among the records.
        where: `column: values`. Keeps rows whose column has one of the values, as part of the study's question.
        where_not: `column: values`. Leaves out rows whose column has one of the values.
        between: `column: [low, high]`. Keeps rows whose column lies between the two.
        first: how many of each subject's first records are used; all without it.
        gap_days: the minimum distance of own records from the predicted one; nearer ones are not used for it.
        series: columns that divide a subject's rows into series with their own time axis (hospital stays, occasions);
            each series is then a subject of the study, and splits stay by person.
        person: `column: pattern`. Who a series belongs to, by the part of each column that identifies the person ("":
            the whole text); without it the column `subject`.
        same_time: rows of a subject at one time are refused, or become one record with the mean of their numbers and
            the classes on which they agree; measurements of one test as well.
        rows_without_outcome: they are no records. "history": the last value before a record, of each covariate that is
            measured at a record and that they hold, is one more covariate, known ahead; "ignore": they are not used.
        share: only this share of persons, drawn by a hash of their identifier.

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
