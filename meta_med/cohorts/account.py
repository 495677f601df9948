"""The account of assembling records: how each row that the gate accepted is used.

For each source, rows accepted = rows used + rows left out, each under one code. Further codes count changes in rows
that are used: values, words of the study, patients. Counts only, never a value or an identifier.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

from meta_med.cohorts.record_table import Ints, RecordTable
from meta_med.study import RecordsSpec, StudySpec

Unit = Literal["rows", "values", "words", "patients"]


@dataclass(frozen=True)
class Reason:
    """Meaning of a code: its unit, its data-quality category (Kahn et al., eGEMs 2016) and the text after the count.

    `left_out`: its rows are not used, so that they count in the sum of rows.
    """

    unit: Unit
    kahn: Literal["conformance", "completeness", "plausibility"]
    text: str
    left_out: bool = False


def _row(kahn: Literal["conformance", "completeness", "plausibility"], text: str) -> Reason:
    return Reason("rows", kahn, text, left_out=True)


MOST_WITHOUT_OUTCOME, NO_EARLIER_RECORD = "W_MOST_WITHOUT_OUTCOME", "W_NO_EARLIER_RECORD"
PROMINENT = (MOST_WITHOUT_OUTCOME, NO_EARLIER_RECORD)
"""Codes that change the study's question; they are also told apart from the others."""
MOST_ROWS, MOST_PATIENTS = 0.5, 0.9  # shares; of fewer than LEAST_PATIENTS nothing is said
LEAST_PATIENTS = 10

# N (note): as the study declares it. W (warning): delivered data that could not be used.
REASONS: dict[str, Reason] = {
    "N_ROW_NOT_ASKED": _row("conformance", "are excluded by this key of the study"),
    "N_ROW_OTHER_TEST": _row("conformance", "are measurements that the study does not name"),
    "N_ROW_BEYOND_FIRST": _row("conformance", "come after the first records that the study uses"),
    "N_ROW_NO_OUTCOME": _row("completeness", "have none of the study's outcomes"),
    "N_ROW_HISTORY": Reason(
        "rows", "completeness", "have none of the study's outcomes; their covariates are used at later records"
    ),
    "N_FACTS_OF_NOBODY": _row("conformance", "are of patients without a record"),
    "N_EVENT_NOT_ASKED": _row("conformance", "are events that the study does not name"),
    "N_EVENT_LATER": _row("conformance", "are not the first of their kind; the first one counts"),
    "N_EVENT_OF_NOBODY": _row("conformance", "are of patients without a record"),
    "W_ROW_CHOICE_MISSING": _row("completeness", "lack the value that this key selects by"),
    "W_ROW_NO_SUBJECT": _row("completeness", "name no patient"),
    "W_ROW_NO_TIME": _row("conformance", "have no time that can be read"),
    "W_ROW_TIME_UNIT": _row("conformance", "have a unit of time that the study does not declare"),
    "W_ROW_NO_TEST": _row("completeness", "do not name the test"),
    "W_ROW_NO_VALUE": _row("completeness", "have no value"),
    "W_ROW_CLASSES_DISAGREE": _row("plausibility", "contradict another of their time in every outcome"),
    "W_FACTS_NO_SUBJECT": _row("completeness", "name no patient"),
    "W_EVENT_NO_SUBJECT": _row("completeness", "name no patient"),
    "W_EVENT_NO_NAME": _row("completeness", "do not name the event"),
    "W_EVENT_NO_TIME": _row("conformance", "have no time that can be read"),
    "N_SAME_TIME": Reason(
        "rows", "conformance", "have the time of other rows of their patient, and are merged into one record with them"
    ),
    "N_VALUE_FLOORED": Reason(
        "values", "conformance", "lie below the stated floor of a log scale and are set to the floor"
    ),
    "N_VALUE_OTHER": Reason("values", "conformance", 'belong to no stated group and are "other"'),
    "W_VALUE_NO_LOGARITHM": Reason(
        "values", "plausibility", "are zero or negative on a log scale and count as missing"
    ),
    "W_VALUE_UNDECLARED": Reason("values", "conformance", "are not declared by the study, and count as missing"),
    "W_COHORT_UNDECLARED": Reason(
        "values", "conformance", "are not declared by the study; their cohort is unknown"
    ),
    "W_CLASSES_DISAGREE": Reason(
        "values", "plausibility", "are classes that disagree at one time, and count as missing"
    ),
    "W_DOSE_UNREADABLE": Reason("values", "plausibility", "are doses without an amount above 0, and count as none"),
    "W_WORD_NEVER_MET": Reason("words", "conformance", "of the study match nothing that was delivered"),
    "W_SPELT_ALIKE": Reason(
        "patients", "conformance", "have identifiers that differ only in case or blanks; no split separates them"
    ),
    MOST_WITHOUT_OUTCOME: Reason(
        "rows", "completeness", "have none of the study's outcomes: they are no records, and none of the k own records"
    ),
    NO_EARLIER_RECORD: Reason(
        "patients",
        "completeness",
        "have one record with an outcome only: they have no earlier one to be predicted from (k = 0)",
    ),
    "W_NO_FACTS": Reason("patients", "completeness", "have no row of facts, which are missing"),
}  # fmt: skip


@dataclass(frozen=True)
class Counted:
    """The count of one code in one source and column; `column` may be a key of the study."""

    code: str
    source: str
    column: str
    count: int

    @property
    def reason(self) -> Reason:
        """Meaning of the code."""
        return REASONS[self.code]

    def to_json(self, of_all: Mapping[str, int]) -> dict[str, Any]:
        """As JSON values, with the reason in words; `of_all`: how many there are of a unit."""
        of = f" of {self.source}" + (f", {self.column}," if self.column else "")
        reason = self.reason
        whole = of_all.get(reason.unit, 0)
        unit = reason.unit if max(self.count, whole) != 1 else reason.unit.removesuffix("s")
        among = f" of {whole:,}{' accepted' if reason.unit == 'rows' else ''}" if whole >= self.count else ""
        return {
            "code": self.code,
            "source": self.source,
            "column": self.column,
            "unit": reason.unit,
            "count": self.count,
            "left_out": reason.left_out,
            "kahn": reason.kahn,
            "message": f"{self.count:,}{among} {unit}{of} {reason.text}.",
        }


@dataclass
class RecordCounts:
    """Counters that are filled while records are assembled."""

    accepted: dict[str, int] = field(default_factory=dict)
    used: Counter[str] = field(default_factory=Counter)
    counts: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def add(self, code: str, count: int, source: str, column: str = "") -> None:
        """Add to the count of a code; a count of 0 adds no entry."""
        if code not in REASONS:
            raise KeyError(f"account: unknown code {code}")
        if count:
            self.counts[code, source, column] += int(count)

    def account(self, table: RecordTable, study: StudySpec) -> "RecordAccount":
        """The account, once the records are assembled."""
        self._remark(table, study.records)
        found = tuple(Counted(*key, count) for key, count in sorted(self.counts.items()))
        used = {source: int(self.used[source]) for source in self.accepted}
        return RecordAccount(
            dict(self.accepted), used, found, table.n_records, table.n_persons, table.n_subjects
        )

    def _remark(self, table: RecordTable, spec: RecordsSpec) -> None:
        """Count what changes the question: most rows have no outcome, or nearly no patient has an earlier record."""
        without = sum(self.counts[code, spec.source, ""] for code in ("N_ROW_NO_OUTCOME", "N_ROW_HISTORY"))
        if without > MOST_ROWS * self.accepted[spec.source]:
            self.add(MOST_WITHOUT_OUTCOME, without, spec.source)
        person, known = table.person[table.subject], ~np.isnan(table.y).all(1)
        with_earlier = np.bincount(person[known & (earlier_outcomes(table) > 0)])
        alone = table.n_persons - int(np.count_nonzero(with_earlier))
        repeated = bool(spec.time.column) and spec.first != 1 and table.n_persons >= LEAST_PATIENTS
        if repeated and alone >= MOST_PATIENTS * table.n_persons:
            self.add(NO_EARLIER_RECORD, alone, spec.source)


def earlier_outcomes(table: RecordTable) -> Ints:
    """(n,) how many records with an outcome the subject has before each record."""
    known = (~np.isnan(table.y).all(1)).astype(np.int64)
    before = np.cumsum(known) - known
    return np.asarray(before - before[table.offsets[:-1]][table.subject])


@dataclass(frozen=True)
class RecordAccount:
    """How every accepted row is used.

    Attributes:
        accepted, used: source -> number of rows; counted: all counts by code; records, patients,
            series: their numbers; a patient is a person, and has one series or several.

    """

    accepted: Mapping[str, int]
    used: Mapping[str, int]
    counted: tuple[Counted, ...]
    records: int
    patients: int
    series: int

    def left_out(self, source: str) -> int:
        """Number of rows of a source that are not used."""
        return sum(c.count for c in self.counted if c.source == source and c.reason.left_out)

    def unexplained(self) -> dict[str, int]:
        """Source -> accepted rows that are neither used nor left out under a code; must be empty."""
        rest = {s: n - self.used[s] - self.left_out(s) for s, n in self.accepted.items()}
        return {source: count for source, count in rest.items() if count}

    def _of_all(self, source: str) -> dict[str, int]:
        return {"rows": self.accepted[source], "patients": self.patients}

    def to_json(self) -> dict[str, Any]:
        """As JSON values; safe to show."""
        sources = [
            {"source": s, "accepted": n, "used": self.used[s], "left_out": self.left_out(s)}
            for s, n in self.accepted.items()
        ]
        ordered = sorted(self.counted, key=lambda c: (c.code[0] == "N", -c.count))
        counted = [c.to_json(self._of_all(c.source)) for c in ordered]
        return {
            "records": self.records,
            "patients": self.patients,
            "series": self.series,
            "sources": sources,
            "counted": counted,
        }
