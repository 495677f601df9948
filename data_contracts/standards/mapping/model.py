"""The model of a mapping file as frozen dataclasses: how the events of an export become records.

Values are converted from the units that the mapping declares; a value in any other unit is not used.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

import numpy as np
import numpy.typing as npt

Standard = Literal["fhir-r4", "omop-cdm", "meds"]
Take = Literal["first", "last", "mean", "median", "min", "max", "sum", "any", "count"]
PatientField = Literal[
    "gender", "birth_date", "birth_sex", "race", "ethnicity", "marital_status", "organization", "location"
]
VisitField = Literal["class", "type", "organization", "days"]


@dataclass(frozen=True)
class StandardFacts:
    """What is known of a standard before its files are read: its title, and the facts it has of a patient."""

    title: str
    patient_fields: frozenset[str]


STANDARDS: Mapping[Standard, StandardFacts] = {
    "fhir-r4": StandardFacts("FHIR R4", frozenset(get_args(PatientField)) - {"location"}),
    "omop-cdm": StandardFacts(
        "OMOP CDM", frozenset({"gender", "birth_date", "race", "ethnicity", "organization", "location"})
    ),
    "meds": StandardFacts("MEDS", frozenset({"birth_date"})),
}


@dataclass(frozen=True, kw_only=True)
class Unit:
    """A unit; `value * factor + offset` converts a value in it to the column's unit."""

    factor: float = 1.0
    offset: float = 0.0


@dataclass(frozen=True, kw_only=True)
class CodeUse:
    """What a code means for a column: a factor for its values, or the index of a level (-1 for none)."""

    factor: float = 1.0
    level: int = -1


@dataclass(frozen=True, kw_only=True)
class MeasuredValue:
    """A column of events of a record, aggregated to one value by `take`.

    Attributes:
        codes: token ("http://loinc.org|8480-6", "3004249", "LAB//50912//mg/dL") -> use; a final "*" matches every code
            with that prefix, a final "+" an OMOP concept with its descendants.
        take: the aggregation.
        units: unit -> conversion; None accepts any unit.
        levels: the categories of a column of text.
        categories: coded answer -> index of its level.

    """

    name: str
    codes: Mapping[str, CodeUse]
    take: Take = "last"
    units: Mapping[str, Unit] | None = None
    levels: tuple[str, ...] = ()
    categories: Mapping[str, int] = field(default_factory=dict)
    bounds: bool = False
    """Whether a value such as "<0.1" counts as its bound."""

    @property
    def needs_value(self) -> bool:
        """Whether an event without a value is not used."""
        return self.take not in ("any", "count")

    @property
    def by_code(self) -> bool:
        """Whether the code itself is the answer."""
        return bool(self.levels) and not self.categories


@dataclass(frozen=True, kw_only=True)
class HistoryMapping:
    """A column of the patient's earlier events within so many days: whether any (0 or 1), or how many."""

    name: str
    codes: Mapping[str, CodeUse]
    count: bool = False
    within_days: float | None = None


@dataclass(frozen=True, kw_only=True)
class Static:
    """A static fact, which MEDS stores as an event without time: a level by code, or the event's number."""

    name: str
    codes: Mapping[str, CodeUse]
    levels: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PatientFact:
    """A fact about the patient; `values` renames values, and with it an undeclared value is missing."""

    name: str
    what: PatientField
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class VisitFact:
    """A fact about the visit, if records are visits; `values` as in `PatientFact`."""

    name: str
    what: VisitField
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Age:
    """Age at the start of the record, from the date of birth."""

    name: str
    unit: Literal["years", "days"] = "years"


@dataclass(frozen=True, kw_only=True)
class Constant:
    """The same text in every record, such as the name of the site."""

    name: str
    text: str


Column = MeasuredValue | HistoryMapping | Static | PatientFact | VisitFact | Age | Constant


@dataclass(frozen=True, kw_only=True)
class RecordRule:
    """What one record is.

    Attributes:
        by: one record per visit, per calendar day in `timezone`, or per bucket of so many microseconds from midnight
            UTC.
        time: which end of visit or bucket is the record's time; at "end", everything in the record was known.
        timezone: IANA name, also for times without a UTC offset.
        visits: requested visit classes; empty for all.
        empty: whether visits without any value are kept.

    """

    by: Literal["visit", "day"] | int = "visit"
    time: Literal["start", "end"] = "end"
    timezone: str = "UTC"
    visits: tuple[str, ...] = ()
    empty: bool = False


@dataclass(frozen=True, kw_only=True)
class RecordMapping:
    """A whole mapping file; `identifier` names an identifier system of patients, "" for the export's own key."""

    name: str
    standard: Standard
    sha256: str
    records: RecordRule
    subject: str
    time: str
    columns: tuple[Column, ...]
    visit: str = ""
    """Column with the visit's identifier; "" for none."""
    identifier: str = ""
    final_newline: bool = True
    """Whether a CSV table without a final newline is refused as truncated."""

    @property
    def column_names(self) -> tuple[str, ...]:
        """The columns of the resulting table, in order."""
        return tuple(n for n in (self.subject, self.time, self.visit) if n) + tuple(
            c.name for c in self.columns
        )

    @property
    def needs_birth(self) -> bool:
        """Whether a column needs the date of birth."""
        return any(
            isinstance(c, Age) or (isinstance(c, PatientFact) and c.what == "birth_date")
            for c in self.columns
        )


NO_UNIT = "none"
"""The key under `units` for values without a unit."""
OTHER_UNIT = "another"

_KNOWN_TEXT = """
    % /min 1 10*3/uL 10*6/uL 10*9/L 10*12/L IU/L IU/mL U/L U/mL mU/L bpm breaths/min beats/min cm m mm in ft
    [in_i] [ft_i] kg g mg ug µg ng pg lb [lb_av] oz kg/m2 mm[Hg] mmHg kPa cm[H2O] Cel C °C degC [degF] F °F degF
    mg/dL g/dL ug/dL µg/dL ng/dL g/L mg/L ug/L µg/L ng/L ng/mL pg/mL ug/mL mmol/L umol/L µmol/L nmol/L pmol/L
    mEq/L meq/L mmol/mol mg/g mg/mmol mL/min mL/min/{1.73_m2} mL/min/1.73m2 mL L L/min mL/h fL pg/dL s sec min h
    d mo a wk {score} {ratio} ratio
    """
_KNOWN = frozenset(_KNOWN_TEXT.split())
_KNOWN_CONCEPTS = frozenset(
    {"8840", "8753", "8749", "8713", "8554", "8876", "8541", "8582", "9529", "8645", "8636", "8842", "8736",
     "8848", "8815", "8564", "8583", "586323", "9289", "9330", "9327", "8739", "9557", "8523", "9448", "9531"}
)  # fmt: skip


def unit_label(unit: str) -> str:
    """The unit if it is a well-known one, else "another": a misplaced cell may hold anything."""
    return unit if unit in _KNOWN or unit in _KNOWN_CONCEPTS else OTHER_UNIT


def to_column_unit(
    values: npt.NDArray[np.float64], units: Any, declared: Mapping[str, Unit]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Converts values to the column's unit.

    Args:
        values: (n,) numbers.
        units: (n,) Arrow column of units; null for none.
        declared: unit -> conversion.

    Returns:
        (n,) converted values, mask of values without a unit, mask of values with an undeclared unit.

    """
    import pyarrow as pa
    import pyarrow.compute as pc

    coded = units.cast(pa.string()).dictionary_encode()
    distinct = [*coded.dictionary.to_pylist(), NO_UNIT]
    rules = [declared.get(unit) for unit in distinct]
    place = pc.fill_null(coded.indices, len(distinct) - 1).to_numpy(zero_copy_only=False)
    factor = np.array([rule.factor if rule else np.nan for rule in rules])[place]
    offset = np.array([rule.offset if rule else np.nan for rule in rules])[place]
    undeclared = np.isnan(factor)
    absent = place == len(distinct) - 1
    return values * factor + offset, undeclared & absent, undeclared & ~absent
