"""The account of assembling: what became of each accepted row, by reason, from the gate to the records.

Of each source: rows accepted = rows used + rows left out, each under one code. Beside it stands what was changed in
rows that are used: values, words of the study, patients. Counts only, never a value and never a patient.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Unit = Literal["rows", "values", "words", "patients"]


@dataclass(frozen=True)
class Reason:
    """What a code counts, its class of quality (Kahn et al., eGEMs 2016), and what is said after the count.

    `left_out`: its rows are used for nothing, so that it is part of the sum of the rows.
    """

    unit: Unit
    kahn: Literal["conformance", "completeness", "plausibility"]
    text: str
    left_out: bool = False


def _row(kahn: Literal["conformance", "completeness", "plausibility"], text: str) -> Reason:
    return Reason("rows", kahn, text, left_out=True)


# N: as the study text it must be. W: worth a look, for something that was delivered could not be used.
REASONS: dict[str, Reason] = {
    "N_ROW_NOT_ASKED": _row("conformance", "are not part of the study's question by this key"),
    "N_ROW_OTHER_TEST": _row("conformance", "are measurements that the study does not name"),
    "N_ROW_BEYOND_FIRST": _row("conformance", "come after the first records that the study asks for"),
    "N_ROW_NO_OUTCOME": _row("completeness", "have none of the study's outcomes"),
    "N_FACTS_OF_NOBODY": _row("conformance", "are of patients without a record"),
    "N_EVENT_NOT_ASKED": _row("conformance", "are events that the study does not name"),
    "N_EVENT_LATER": _row("conformance", "are not the first of their kind; the first one counts"),
    "N_EVENT_OF_NOBODY": _row("conformance", "are of patients without a record"),
    "W_ROW_CHOICE_MISSING": _row("completeness", "lack the value that text whether they are asked about"),
    "W_ROW_NO_SUBJECT": _row("completeness", "name no patient"),
    "W_ROW_NO_TIME": _row("conformance", "have no time that can be read"),
    "W_ROW_TIME_UNIT": _row("conformance", "have a unit of time that the study does not declare"),
    "W_ROW_NO_TEST": _row("completeness", "do not say what was measured"),
    "W_ROW_NO_VALUE": _row("completeness", "have no value"),
    "W_ROW_CLASSES_DISAGREE": _row("plausibility", "contradict another of their time in every outcome"),
    "W_FACTS_NO_SUBJECT": _row("completeness", "name no patient"),
    "W_EVENT_NO_SUBJECT": _row("completeness", "name no patient"),
    "W_EVENT_NO_NAME": _row("completeness", "do not say what happened"),
    "W_EVENT_NO_TIME": _row("conformance", "have no time that can be read"),
    "N_SAME_TIME": Reason(
        "rows", "conformance", "share their time with others of their patient, and were made one record with them"
    ),
    "N_VALUE_FLOORED": Reason(
        "values", "conformance", "lie below the stated floor of a log scale and are used at the floor"
    ),
    "N_VALUE_OTHER": Reason("values", "conformance", 'belong to no stated group and are "other"'),
    "W_VALUE_NO_LOGARITHM": Reason(
        "values", "plausibility", "are zero or negative on a log scale and count as missing"
    ),
    "W_VALUE_UNDECLARED": Reason("values", "conformance", "are none that the study declares, and count as missing"),
    "W_COHORT_UNDECLARED": Reason(
        "values", "conformance", "are none that the study declares; their cohort is unknown"
    ),
    "W_CLASSES_DISAGREE": Reason(
        "values", "plausibility", "are classes that disagree at one time, and count as missing"
    ),
    "W_DOSE_UNREADABLE": Reason("values", "plausibility", "are doses without an amount above 0, and count as none"),
    "W_WORD_NEVER_MET": Reason("words", "conformance", "of the study name nothing that was delivered"),
    "W_SPELT_ALIKE": Reason(
        "patients", "conformance", "have identifiers that differ only in case or blanks; no split parts them"
    ),
    "W_NO_FACTS": Reason("patients", "completeness", "have no row of facts; theirs are missing"),
}  # fmt: skip


@dataclass(frozen=True)
class Counted:
    """So many things of one source and column, for one reason; `column` may be a key of the study."""

    code: str
    source: str
    column: str
    count: int

    @property
    def reason(self) -> Reason:
        """What the code means."""
        return REASONS[self.code]

    def to_json(self) -> dict[str, Any]:
        """With its reason in words."""
        of = f" of {self.source}" + (f", {self.column}," if self.column else "")
        reason = self.reason
        unit = reason.unit if self.count != 1 else reason.unit.removesuffix("s")
        return {
            "code": self.code,
            "source": self.source,
            "column": self.column,
            "unit": reason.unit,
            "count": self.count,
            "left_out": reason.left_out,
            "kahn": reason.kahn,
            "message": f"{self.count:,} {unit}{of} {reason.text}.",
        }


@dataclass
class RecordCounts:
    """What is counted while records are made."""

    accepted: dict[str, int] = field(default_factory=dict)
    used: Counter[str] = field(default_factory=Counter)
    counts: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def add(self, code: str, count: int, source: str, column: str = "") -> None:
        """Count so many more; nothing is kept of none."""
        if code not in REASONS:
            raise KeyError(f"account: {code} is no code")
        if count:
            self.counts[code, source, column] += int(count)

    def account(self, records: int, patients: int) -> "RecordAccount":
        """What was counted, once the records are made."""
        found = tuple(Counted(*key, count) for key, count in sorted(self.counts.items()))
        used = {source: int(self.used[source]) for source in self.accepted}
        return RecordAccount(dict(self.accepted), used, found, records, patients)


@dataclass(frozen=True)
class RecordAccount:
    """What became of every accepted row.

    Attributes:
        accepted, used: source -> rows; counted: everything that has a code; records, patients: how many there are.

    """

    accepted: Mapping[str, int]
    used: Mapping[str, int]
    counted: tuple[Counted, ...]
    records: int
    patients: int

    def left_out(self, source: str) -> int:
        """Rows of a source that are used for nothing."""
        return sum(c.count for c in self.counted if c.source == source and c.reason.left_out)

    def unexplained(self) -> dict[str, int]:
        """Source -> accepted rows that are neither used nor left out under a code; empty, for that is the law."""
        rest = {s: n - self.used[s] - self.left_out(s) for s, n in self.accepted.items()}
        return {source: count for source, count in rest.items() if count}

    def to_json(self) -> dict[str, Any]:
        """Plain values: safe to show."""
        sources = [
            {"source": s, "accepted": n, "used": self.used[s], "left_out": self.left_out(s)}
            for s, n in self.accepted.items()
        ]
        counted = [c.to_json() for c in sorted(self.counted, key=lambda c: (c.code[0] == "N", -c.count))]
        return {"records": self.records, "patients": self.patients, "sources": sources, "counted": counted}
