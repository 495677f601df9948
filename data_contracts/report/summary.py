"""What the page says, as plain values: verdict in words, counts, promises kept and broken, missingness."""

from collections import Counter
from typing import Any

import pandas as pd

from data_contracts.checks import check_specs
from data_contracts.codes import Kahn, done_about
from data_contracts.findings import Finding
from data_contracts.result import GateResult
from data_contracts.terms import Contract

SMALL_CELL = 10
"""Counts from 1 to this are not told where they could point at a person."""

_SEVERITIES = {
    "critical": "Critical: rows or the delivery were stopped",
    "warning": "Warnings: rows were kept, look at them",
    "info": "Put right: nothing to do",
}
_KAHN_SAYS: dict[Kahn, str] = {
    "conformance": "Is it written as agreed?",
    "completeness": "Is it there?",
    "plausibility": "Can it be true?",
}


def verdict_words(result: GateResult) -> dict[str, str]:
    """The verdict as a headline and a sentence."""
    held, rows = result.rows_quarantined, result.rows_in
    if result.verdict == "reject":
        return {
            "headline": "Rejected",
            "sentence": "Nothing of this delivery is used. What was published before stays in place. "
            "Mend the critical findings below at the source and deliver again.",
        }
    if result.verdict == "quarantine":
        return {
            "headline": "Accepted, with rows held back",
            "sentence": f"{held:,} of {rows:,} rows ({held / rows:.1%}) are in quarantine and reach neither "
            "training nor any prediction. The other rows go on.",
        }
    aside = f" {held:,} repeated rows were set aside." if held else ""
    return {
        "headline": "Accepted",
        "sentence": f"All promises that hold rows back are kept: {rows - held:,} rows go on.{aside}",
    }


def source_rows(result: GateResult, contract: Contract) -> list[dict[str, Any]]:
    """Each table: what was read, what was accepted, which file exactly."""
    return [
        {
            "table": s.source,
            "description": contract.tables[s.source].description,
            "file": s.file,
            "rows": s.rows,
            "accepted": len(result.valid.get(s.source, ())),
            "bytes": s.bytes,
            "sha256": s.sha256,
        }
        for s in result.sources
    ]


def findings_by_severity(result: GateResult) -> list[dict[str, Any]]:
    """Findings under their severity, each with what was done about it."""
    groups = []
    for severity, says in _SEVERITIES.items():
        found = [_finding(f) for f in result.findings if f.severity == severity]
        if found:
            groups.append({"severity": severity, "says": says, "findings": found})
    return groups


def _finding(finding: Finding) -> dict[str, Any]:
    lines = ", ".join(f"{n:,}" for n in finding.lines[:8])
    more = finding.count > len(finding.lines[:8]) and bool(lines)
    return {
        "code": finding.code,
        "message": finding.message,
        "rule": finding.rule,
        "column": finding.column,
        "count": finding.count,
        "share": finding.share,
        "lines": f"{lines}, ..." if more else lines,
        "kahn": finding.kahn,
        "done": done_about(finding.code),
    }


def kahn_classes(result: GateResult, contract: Contract) -> list[dict[str, Any]]:
    """Promises by Kahn's class: how many there are, how many are broken, and which."""
    stopped = {f.rule: f for f in result.findings if f.severity == "critical"}
    warned = {f.rule: f for f in result.findings if f.severity == "warning"}
    given = {s.source for s in result.sources}
    specs = [s for s in check_specs(contract) if s.table in given]
    total = Counter(s.kahn for s in specs)
    classes = []
    for kahn, says in _KAHN_SAYS.items():
        broken = sum(s.kahn == kahn and s.name in stopped for s in specs)
        doubtful = sum(s.kahn == kahn and s.name in warned and s.name not in stopped for s in specs)
        classes.append(
            {
                "kahn": kahn,
                "says": says,
                "checks": total[kahn],
                "broken": broken,
                "doubtful": doubtful,
                "kept": total[kahn] - broken - doubtful,
            }
        )
    return classes


def cohort_table(result: GateResult) -> dict[str, Any]:
    """Rule x cohort: share of the cohort's rows that break the rule; small counts are not told."""
    frame = result.by_cohort
    if frame.empty:
        return {"cohorts": [], "rules": []}
    cohorts = sorted(frame["cohort"].unique())
    rules = []
    for (rule, code), part in frame.groupby(["rule", "code"], sort=False):
        cells = (
            part.groupby("cohort")[["count", "rows"]].agg({"count": "sum", "rows": "max"}).reindex(cohorts)
        )
        rules.append(
            {"rule": rule, "code": code, "cells": [_cell(c, r) for c, r in cells.itertuples(index=False)]}
        )
    return {"cohorts": cohorts, "rules": rules}


def _cell(count: float, rows: float) -> dict[str, Any]:
    if pd.isna(count) or count == 0:
        return {"text": "", "share": 0.0}
    if count <= SMALL_CELL:
        return {"text": f"<={SMALL_CELL}", "share": 0.0}
    return {"text": f"{count / rows:.1%}", "share": round(count / rows, 4)}


def completeness(result: GateResult, contract: Contract) -> list[dict[str, Any]]:
    """Share of accepted rows that lack a value, column by column."""
    tables = []
    for name, frame in result.valid.items():
        missing = frame.isna().mean()
        columns = [
            {
                "column": c.name,
                "required": c.required,
                "unit": c.unit,
                "missing": round(float(missing[c.name]), 4),
            }
            for c in contract.tables[name].columns
            if c.name in frame
        ]
        tables.append({"table": name, "rows": len(frame), "columns": columns})
    return tables
