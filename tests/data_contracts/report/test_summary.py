"""The page shows the account of an export: entries, those used, and the others by reason."""

from typing import Any

from data_contracts.report.summary import conversion_tables


def left_out(code: str, severity: str, table: str, count: int) -> dict[str, Any]:
    return {"code": code, "severity": severity, "kahn": "conformance", "table": table, "column": "",
            "count": count, "lines": (3,), "message": f"{count} entries."}  # fmt: skip


ACCOUNT = {
    "mapping": "visits", "mapping_sha256": "ab", "standard": "meds", "files": ({"table": "events"},),
    "files_passed_over": 1, "rows": 4, "patients": 2, "seen": {"events": 20, "patients": 2},
    "used": {"events": {"sbp": 6, "weight": 3}}, "codes_never_met": ("8867-4",),
    "left_out": (
        left_out("N_EVENT_UNMAPPED", "info", "events", 8),
        left_out("W_EVENT_UNIT", "warning", "events", 1),
        left_out("W_EVENT_NO_TIME", "warning", "events", 2),
    ),
}  # fmt: skip


def test_each_source_tells_what_was_seen_and_used() -> None:
    (shown,) = conversion_tables({"ward": ACCOUNT})
    assert (shown["table"], shown["standard"], shown["files"], shown["records"]) == ("ward", "MEDS", 1, 4)
    assert shown["sources"] == [
        {"source": "events", "seen": 20, "used": 9},
        {"source": "patients", "seen": 2, "used": 2},
    ]


def test_what_was_asked_for_and_lost_comes_before_what_nobody_asked_for() -> None:
    (shown,) = conversion_tables({"ward": ACCOUNT})
    assert [(e["code"], e["share"]) for e in shown["left_out"]] == [
        ("W_EVENT_NO_TIME", 0.1),
        ("W_EVENT_UNIT", 0.05),
        ("N_EVENT_UNMAPPED", 0.4),
    ]


def test_a_delivery_of_tables_has_no_such_part() -> None:
    assert conversion_tables({}) == []
