"""What became of the exports that tables were made from, for the page and its twin: counts by reason."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

Accounts = Mapping[str, Mapping[str, Any]]
"""Contract table name -> the account of its conversion (`data_contracts.standards.account`), as plain values."""

_STANDARDS = {"fhir-r4": "FHIR R4", "omop-cdm": "OMOP CDM", "meds": "MEDS"}
_LOUDEST_FIRST = ("critical", "warning", "info")


def conversion_tables(accounts: Accounts) -> list[dict[str, Any]]:
    """A part of the page for each table that was made from an export."""
    return [_of(table, account) for table, account in sorted(accounts.items())]


def _of(table: str, account: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "table": table,
        "standard": _STANDARDS[account["standard"]],
        "mapping": account["mapping"],
        "mapping_sha256": account["mapping_sha256"],
        "files": len(account["files"]),
        "files_passed_over": account["files_passed_over"],
        "passed_over": list(account.get("passed_over", ())),
        "records": account["rows"],
        "patients": account["patients"],
        "sources": list(_sources(account)),
        "left_out": sorted(_left_out(account), key=_loudness),
        "codes_never_met": list(account["codes_never_met"]),
    }


def _sources(account: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Patients and visits are not counted by column: of them those are used that were not left out."""
    lost: Counter[str] = Counter()
    for entry in account["left_out"]:
        lost[entry["table"]] += entry["count"]
    for source, seen in account["seen"].items():
        by_column = account["used"].get(source)
        used = sum(by_column.values()) if by_column else max(seen - lost[source], 0)
        yield {"source": source, "seen": seen, "used": used}


def _left_out(account: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for entry in account["left_out"]:
        seen = account["seen"].get(entry["table"], 0)
        yield {**entry, "lines": list(entry["lines"]), "share": entry["count"] / seen if seen else None}


def _loudness(entry: Mapping[str, Any]) -> tuple[int, int]:
    return _LOUDEST_FIRST.index(entry["severity"]), -entry["count"]
