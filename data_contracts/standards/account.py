"""The account of a conversion: what was read, what was used, and everything that was left out, by reason."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from data_contracts.codes import Severity, severity_of
from data_contracts.standards.ledger import FILES, Ledger
from data_contracts.standards.mapping import RecordMapping
from data_contracts.standards.reasons import REASONS


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """Events, visits, lines or facts that are not in the records, for one reason. Never a value."""

    code: str
    severity: Severity
    kahn: str
    table: str
    column: str
    count: int
    lines: tuple[int, ...] = ()
    message: str


@dataclass(frozen=True, kw_only=True)
class Account:
    """`seen` = `used` + those left out, table by table; an event that two columns want counts for each."""

    mapping: str
    mapping_sha256: str
    standard: str
    files: tuple[Mapping[str, Any], ...]
    files_passed_over: int
    """Files that are not read."""
    passed_over: tuple[Mapping[str, str], ...]
    """Each of them, relative to the folder, with the code of the reason."""
    rows: int
    patients: int
    seen: Mapping[str, int]
    used: Mapping[str, Mapping[str, int]]
    """Table -> column -> events."""
    filled: Mapping[str, int]
    """Column -> records in which it has a value."""
    resources: Mapping[str, int]
    """FHIR resource type -> resources of it in the export, read or not."""
    left_out: tuple[LeftOut, ...]
    codes_never_met: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain values: it is safe to show."""
        return asdict(self)

    def write(self, path: Path) -> None:
        """As JSON, by rename."""
        partial = path.with_name(f".{path.name}.partial")
        partial.write_text(json.dumps(self.to_dict(), indent=1) + "\n", encoding="utf-8")
        partial.replace(path)


def account(mapping: RecordMapping, ledger: Ledger, table: Any, never_met: list[str]) -> Account:
    """The account of a finished conversion."""
    used: dict[str, dict[str, int]] = {}
    for (source, column), count in sorted(ledger.used.items()):
        used.setdefault(source, {})[column] = count
    return Account(
        mapping=mapping.name,
        mapping_sha256=mapping.sha256,
        standard=mapping.standard,
        files=tuple({"table": source, **asdict(facts)} for source, facts in ledger.read),
        files_passed_over=len(ledger.passed_over),
        passed_over=tuple({"file": file, "code": reason} for file, reason in sorted(ledger.passed_over)),
        rows=table.num_rows,
        patients=len(table.column(mapping.subject).unique()),
        seen={table: count for table, count in ledger.seen.items() if count},
        used=used,
        filled={name: table.num_rows - table.column(name).null_count for name in table.column_names},
        resources=dict(sorted(ledger.resources.items())),
        left_out=tuple(_left_out(ledger)),
        codes_never_met=tuple(never_met),
    )


def nothing_used(told: Account) -> str:
    """What is said of an export that became no record: everything that was left out, and the codes nothing had."""
    lines = [
        f"E_NO_ROWS: nothing of the export becomes a record, of {sum(told.seen.values()):,} entries in it."
    ]
    lines += [f"  {entry.code}: {entry.message}" for entry in told.left_out]
    if told.codes_never_met:
        lines.append(f"  Codes of the mapping that nothing had: {', '.join(told.codes_never_met)}")
    return "\n".join(lines)


def _left_out(ledger: Ledger) -> Iterator[LeftOut]:
    def loudest_first(item: tuple[tuple[str, str, str], int]) -> tuple[bool, int, tuple[str, str, str]]:
        (table, code, column), count = item
        return code.startswith("N_"), -count, (table, code, column)

    for (table, code, column), count in sorted(ledger.left_out.items(), key=loudest_first):
        kahn, says = REASONS[code]
        units = _units(ledger.units, column) if code == "W_EVENT_UNIT" else ""
        where = f" for {column!r}" if column else ""
        yield LeftOut(
            code=code,
            severity=severity_of(code),
            kahn=kahn,
            table=table,
            column=column,
            count=count,
            lines=_lines(ledger, table, code),
            message=f"{_what(table, count)}{where} {says}{units}.",
        )


def _what(table: str, count: int) -> str:
    if table == FILES:
        return f"{count:,} {'file' if count == 1 else 'files'}"
    return f"{count:,} entries of {table}"


def _units(units: Counter[tuple[str, str]], column: str) -> str:
    found = {unit: count for (own, unit), count in sorted(units.items()) if own == column}
    return f" ({', '.join(f'{unit}: {count:,}' for unit, count in found.items())})" if found else ""


def _lines(ledger: Ledger, table: str, code: str) -> tuple[int, ...]:
    """Where one file of the table has such lines; of several files a number says nothing."""
    names = {facts.name for source, facts in ledger.read if source == table}
    found = [
        lines for (name, reason), lines in ledger.lines.items() if reason == code and name in names and lines
    ]
    return tuple(found[0]) if len(found) == 1 else ()
