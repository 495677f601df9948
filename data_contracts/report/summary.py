"""The verdict as text, its causes, the files read or converted, and which rules hold."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from data_contracts.contract.check_specs import check_specs
from data_contracts.contract.codes import Kahn
from data_contracts.contract.model import Contract
from data_contracts.report.findings import advice, title
from data_contracts.report.shapes import accepted_count
from data_contracts.standards.mapping.model import STANDARDS
from data_contracts.validation.result import GateResult

MOST_CAUSES = 3

_KAHN_QUESTIONS: dict[Kahn, str] = {
    "conformance": "Is it written as agreed?",
    "completeness": "Is it present?",
    "plausibility": "Can it be true?",
}


def verdict_words(result: GateResult) -> dict[str, str]:
    """The verdict as a headline and a sentence."""
    held, rows = result.rows_quarantined, result.rows_in
    if result.verdict == "reject":
        return {
            "headline": "Rejected",
            "sentence": "Nothing of this delivery is used. What was published before stays in place. "
            "Correct the critical findings below at the source and deliver again.",
        }
    if result.verdict == "quarantine":
        return {
            "headline": "Accepted, with rows held back",
            "sentence": f"{held:,} of {rows:,} rows ({held / rows:.1%}) are in quarantine and are used neither for "
            "training nor for any prediction. The other rows are used.",
        }
    aside = f" {held:,} repeated rows were set aside." if held else ""
    return {
        "headline": "Accepted",
        "sentence": f"No rule held back a row: {rows - held:,} rows are used.{aside}",
    }


def source_rows(result: GateResult, contract: Contract) -> list[dict[str, Any]]:
    """One entry per table: file, size, hash, rows read and rows accepted."""
    return [
        {
            "table": s.source,
            "description": contract.tables[s.source].description,
            "file": s.file,
            "rows": s.rows,
            "accepted": accepted_count(result.valid, s.source),
            "bytes": s.bytes,
            "sha256": s.sha256,
        }
        for s in result.sources
    ]


def causes(result: GateResult) -> list[dict[str, Any]]:
    """The most severe critical findings, each with advice for the data steward."""
    stopped = [f for f in result.findings if f.severity == "critical"]
    refused = [f for f in stopped if f.code[0] == "E"] or stopped
    return [
        {
            "title": title(f.code),
            "says": _without_count(f.message),
            "count": f.count,
            "of_held": _share(f.count, result.rows_quarantined) if f.code[0] == "Q" else None,
            "advice": advice(f.code),
        }
        for f in refused[:MOST_CAUSES]
    ]


def _without_count(message: str) -> str:
    """The message without its leading count, which is shown beside it."""
    before, colon, rest = message.partition(" held back: ")
    return rest if colon and before[:1].isdigit() else message


def _share(count: int, of: int) -> float | None:
    return round(min(1.0, count / of), 4) if of else None


def kahn_classes(result: GateResult, contract: Contract) -> list[dict[str, Any]]:
    """Rules by class of Kahn et al. (2016): how many there are, how many are broken, and which."""
    stopped = {f.rule for f in result.findings if f.severity == "critical"}
    warned = {f.rule for f in result.findings if f.severity == "warning"} - stopped
    given = {s.source for s in result.sources}
    specs = [s for s in check_specs(contract) if s.table in given]
    total = Counter(s.kahn for s in specs)
    classes = []
    for kahn, question in _KAHN_QUESTIONS.items():
        own = dict.fromkeys(s.name for s in specs if s.kahn == kahn)
        broken, doubtful = [n for n in own if n in stopped], [n for n in own if n in warned]
        classes.append(
            {
                "kahn": kahn,
                "says": question,
                "checks": total[kahn],
                "broken": len(broken),
                "doubtful": len(doubtful),
                "kept": total[kahn] - len(broken) - len(doubtful),
                "which": [{"rule": n, "broken": n in stopped} for n in (*broken, *doubtful)],
            }
        )
    return classes


Accounts = Mapping[str, Mapping[str, Any]]
"""Contract table name -> the account of its conversion (`data_contracts.standards.convert`), as plain values."""

_SEVERITIES_IN_ORDER = ("critical", "warning", "info")


def conversion_tables(accounts: Accounts) -> list[dict[str, Any]]:
    """One section per table that was converted from an export."""
    return [_conversion_table(table, account) for table, account in sorted(accounts.items())]


def _conversion_table(table: str, account: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "table": table,
        "standard": STANDARDS[account["standard"]].title,
        "mapping": account["mapping"],
        "mapping_sha256": account["mapping_sha256"],
        "files": len(account["files"]),
        "files_passed_over": account["files_passed_over"],
        "passed_over": list(account.get("passed_over", ())),
        "records": account["rows"],
        "patients": account["patients"],
        "sources": list(_sources(account)),
        "left_out": sorted(_left_out(account), key=_severity_order),
        "codes_never_met": list(account["codes_never_met"]),
    }


def _sources(account: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Entries seen and used per source; patients and visits have no column, so used is seen minus left out."""
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


def _severity_order(entry: Mapping[str, Any]) -> tuple[int, int]:
    return _SEVERITIES_IN_ORDER.index(entry["severity"]), -entry["count"]
