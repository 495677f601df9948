"""Compares two contracts: every change, whom it breaks, and the semantic version it requires."""

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Literal

from data_contracts.contract.model import Contract, Table
from data_contracts.difference.changes import (
    Change,
    column_changes,
    harmless,
    replaced,
    rule_changes,
    tightened,
)

Level = Literal["none", "patch", "minor", "major"]
_SEMANTIC = re.compile(r"(\d+)\.(\d+)\.(\d+)")


@dataclass(frozen=True, kw_only=True)
class Difference:
    """The changes from contract `before` to contract `after`."""

    before: Contract
    after: Contract
    changes: tuple[Change, ...]

    @property
    def breaks_producer(self) -> bool:
        """Whether a file that was accepted may now be quarantined or rejected."""
        return any(c.producer == "breaking" for c in self.changes)

    @property
    def breaks_consumer(self) -> bool:
        """Whether accepted rows may now hold values that were excluded before."""
        return any(c.consumer == "breaking" for c in self.changes)

    @property
    def breaks(self) -> bool:
        """Whether a producer or a consumer must act."""
        return self.breaks_producer or self.breaks_consumer

    @property
    def level(self) -> Level:
        """The part of a semantic version that must rise."""
        if self.breaks:
            return "major"
        if any(not c.words_only for c in self.changes):
            return "minor"
        return "patch" if self.changes else "none"

    @property
    def advised_version(self) -> str:
        """The lowest version the new contract should have; "" if the old version is not of the form `1.2.3`."""
        return _bumped(self.before.version, self.level)

    @property
    def version_is_enough(self) -> bool:
        """Whether the new contract has at least the advised version, or none is advised."""
        new, least = (_SEMANTIC.fullmatch(v) for v in (self.after.version, self.advised_version))
        return least is None or (new is not None and _numbers(new) >= _numbers(least))

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain values."""
        return {
            "before": {
                "name": self.before.name,
                "version": self.before.version,
                "sha256": self.before.sha256,
            },
            "after": {"name": self.after.name, "version": self.after.version, "sha256": self.after.sha256},
            "breaks_producer": self.breaks_producer,
            "breaks_consumer": self.breaks_consumer,
            "level": self.level,
            "advised_version": self.advised_version,
            "version_is_enough": self.version_is_enough,
            "changes": [asdict(c) for c in self.changes],
        }


def compare(before: Contract, after: Contract) -> Difference:
    """Every change from one contract to the other: tables, then columns, then rules.

    Args:
        before: the old contract.
        after: the new contract.

    Returns:
        The difference, breaking changes first.

    """
    changes = sorted(_changes(before, after), key=lambda c: not c.breaks)
    return Difference(before=before, after=after, changes=tuple(changes))


def _changes(before: Contract, after: Contract) -> Iterator[Change]:
    for name, table in before.tables.items():
        if name in after.tables:
            yield from _table_changes(table, after.tables[name])
        else:
            yield replaced(name, "the table is removed: its file is refused, and nothing is read from it")
    for name in after.tables:
        if name not in before.tables:
            what = "a table is added: its file must be delivered"
            yield Change(place=name, what=what, producer="breaking", consumer="additive")
    if (before.title, before.description) != (after.title, after.description):
        yield Change(place=after.name, what="the title or the purpose differs", words_only=True)


def _table_changes(a: Table, b: Table) -> Iterator[Change]:
    yield from _option_changes(a, b)
    if a.description != b.description:
        yield Change(place=b.name, what="the description differs", words_only=True)
    yield from column_changes(a, b)
    known = {c.name for c in a.columns} & {c.name for c in b.columns}
    # the rules of an added or removed column are not listed separately
    old, new = ([r for r in t.rules if not _is_of_unpaired_column(t, r.column, known)] for t in (a, b))
    yield from rule_changes(old, new)


def _is_of_unpaired_column(table: Table, column: str, known: set[str]) -> bool:
    return bool(column) and column not in known and column in {c.name for c in table.columns}


def _option_changes(a: Table, b: Table) -> Iterator[Change]:
    if a.delimiter != b.delimiter:
        yield tightened(b.name, "the delimiter differs", repr(a.delimiter), repr(b.delimiter))
    if a.final_newline != b.final_newline:
        what = f"the final newline is {'optional' if a.final_newline else 'required'}"
        yield (harmless if a.final_newline else tightened)(b.name, what)
    limits = a.max_quarantine_fraction, b.max_quarantine_fraction
    if limits[0] != limits[1]:
        make = tightened if limits[1] < limits[0] else harmless
        yield make(b.name, "the share of rows that may be held back differs", *limits)
    for what, old, new in (
        ("words for a missing value", a.null_tokens, b.null_tokens),
        ("numbers for a missing value", a.sentinels, b.sentinels),
    ):
        if set(old) != set(new):
            make = harmless if set(old) < set(new) else tightened
            yield make(b.name, f"{what} differ", ", ".join(map(str, old)), ", ".join(map(str, new)))


def _bumped(version: str, level: Level) -> str:
    """The version raised by that level; below 1.0.0 a breaking change raises the minor number."""
    match = _SEMANTIC.fullmatch(version)
    if match is None:
        return ""
    major, minor, patch = _numbers(match)
    if level == "none":
        return version
    if level == "patch":
        return f"{major}.{minor}.{patch + 1}"
    return f"{major + 1}.0.0" if level == "major" and major else f"{major}.{minor + 1}.0"


def _numbers(match: "re.Match[str]") -> tuple[int, int, int]:
    return int(match[1]), int(match[2]), int(match[3])
