"""The gate alone: files in, verdict and report out, nothing kept but the report."""

import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import RenderableType
from rich.table import Table

from orchestration.errors import StudyError
from orchestration.intake import require_data, source_files
from orchestration.study_file import LoadedStudy
from orchestration.workspace import Workspace

REPORT = "validate.html"


@dataclass(frozen=True)
class Judgement:
    """The gate's verdict as JSON-able values."""

    content: Mapping[str, Any]
    exit_code: int


def judge(
    study: LoadedStudy, workspace: Workspace, previous: Path | None = None, timezone: str | None = None
) -> Judgement:
    """Judge the files by the study's contract; raises only when there is nothing to judge by.

    `timezone`: the site's, for timestamp columns to which the contract gives none.
    """
    from data_contracts import gate, report
    from data_contracts.contract import load
    from data_contracts.site_time import in_timezone

    contract = load(study.contract)
    contract = in_timezone(contract, timezone) if timezone else contract
    options = {"now": workspace.now(), **_previous(gate.validate, study, previous)}
    files = source_files(study, workspace)
    require_data(study, files)
    result = gate.validate(contract, files, **options)
    page = workspace.reports(study.name) / REPORT
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(report.render(result, contract, f"{study.spec.title}: data quality"), encoding="utf-8")
    return Judgement({**result.to_dict(), "report": str(page)}, result.exit_code)


def _previous(validate: Any, study: LoadedStudy, previous: Path | None) -> dict[str, Any]:
    if previous is None:
        return {}
    if "previous" not in inspect.signature(validate).parameters:
        raise StudyError(
            "--previous: this version of the gate has no rules between deliveries; leave it out."
        )
    return {"previous": {next(iter(study.sources)): previous}}


def verdict_text(judgement: Judgement) -> list[RenderableType]:
    """The verdict for a reader: first the word, then what was found."""
    content = judgement.content
    counts = (
        f"{content['verdict'].upper()}: {content['rows_in']:,} rows in, "
        f"{content['rows_accepted']:,} accepted, {content['rows_quarantined']:,} quarantined "
        f"({content['patients_quarantined']:,} patients)."
    )
    table = Table("code", "column", "rows", "first lines", "what")
    for finding in content["findings"]:
        lines = ", ".join(str(line) for line in finding["lines"][:5])
        table.add_row(finding["code"], finding["column"], f"{finding['count']:,}", lines, finding["message"])
    return [counts, table if content["findings"] else "", f"Report: {content['report']}"]
