"""The findings as the page lists them: what, how many, since when, whom, and what follows."""

from collections.abc import Mapping, Sequence
from typing import Any

from data_contracts.codes import done_about
from data_contracts.report.batch import Batch
from data_contracts.report.small_cells import percent
from data_contracts.report.tally import key_of
from data_contracts.report.trend import highest, line, points
from data_contracts.report.words import advice, title

LINES_TOLD = 8

_SEVERITIES = {
    "critical": "Stopped: these rows, or the whole delivery, are not used",
    "warning": "Look at these: the rows were kept",
    "info": "Put right: nothing to do",
}


def findings_by_severity(
    findings: Sequence[Mapping[str, Any]],
    batch: Batch,
    before: Sequence[Batch],
    reach: Mapping[str, Any],
) -> list[dict[str, Any]]:
    """Findings under their severity, as the gate ordered them."""
    groups = []
    for severity, says in _SEVERITIES.items():
        found = [_told(f, batch, before, reach) for f in findings if f["severity"] == severity]
        if found:
            groups.append({"severity": severity, "says": says, "findings": found})
    return groups


def _told(
    finding: Mapping[str, Any], batch: Batch, before: Sequence[Batch], reach: Mapping[str, Any]
) -> dict[str, Any]:
    code, key = finding["code"], key_of(finding["rule"], finding["code"])
    lines = ", ".join(f"{n:,}" for n in finding["lines"][:LINES_TOLD])
    series = points([*before, batch], key, finding["cohort"])
    return {
        **{name: finding[name] for name in ("code", "message", "rule", "column", "cohort", "count", "kahn")},
        "title": title(code),
        "share": percent(finding["share"]) if finding["share"] else "",
        "of_all": finding["share"],
        "lines": f"{lines}, …" if lines and finding["count"] > LINES_TOLD else lines,
        "done": done_about(code),
        "advice": advice(code) if code[0] in "EQW" else "",
        "trend": line(series, highest(series)),
        "new": bool(before) and all(not p.height for p in series[:-1]),
        "reach": reach["findings"].get(key),
    }
