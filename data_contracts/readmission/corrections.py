"""What people decided about held rows, as the gate takes it, and what becomes of a row by it."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from data_contracts.readmission.row_text import RowForm, rewritten


@dataclass(frozen=True, kw_only=True)
class Correction:
    """One row let in again. The row is known by its content: its table, its header and its very text.

    So a correction holds in every later delivery that still has the row, and is idle in one whose source has put
    the row right or taken it out.
    """

    number: int
    """Decisions count upwards; of two about one row the later is here."""
    source: str
    header: tuple[str, ...]
    raw: str
    changes: Mapping[str, str] = field(default_factory=dict)
    """Column, as the header writes it -> its corrected text; empty where the row is confirmed as it is."""
    rules: tuple[str, ...] = ()
    """Rules that a confirmed row need not keep."""
    by: str


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a delivered row becomes."""

    text: str
    changes: Mapping[str, str]
    rules: tuple[str, ...]
    by: tuple[str, ...]


def outcome_of(raw: str, corrections: Mapping[str, Correction], form: RowForm) -> Outcome:
    """The row after every correction: a corrected row that was held may itself have been corrected or confirmed."""
    text, changes, by, last = raw, dict[str, str](), list[str](), 0
    while (found := corrections.get(text)) is not None and found.number > last:
        last = found.number
        by.append(found.by)
        if not found.changes:
            return Outcome(text=text, changes=changes, rules=found.rules, by=tuple(by))
        changes |= found.changes
        text = rewritten(text, form, found.changes)
    return Outcome(text=text, changes=changes, rules=(), by=tuple(by))


def to_plain(corrections: Iterable[Correction]) -> list[dict[str, Any]]:
    """For a JSON file; it holds patients' data."""
    return [asdict(c) for c in corrections]


def from_plain(entries: Iterable[Mapping[str, Any]]) -> tuple[Correction, ...]:
    """Back from `to_plain`."""
    return tuple(
        Correction(**{**entry, "header": tuple(entry["header"]), "rules": tuple(entry["rules"])})
        for entry in entries
    )
