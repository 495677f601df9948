"""The gate alone: validates files and writes the report; nothing else is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import RenderableType
from rich.table import Table

from meta_med.published.errors import StoreError
from orchestration.quality.report import history, published_patients, title_of
from orchestration.stages.ingest import account_lines, as_tables, delivered_tables
from orchestration.study.load import LoadedStudy
from orchestration.workspace import Workspace

if TYPE_CHECKING:
    from data_contracts.contract.model import Contract
    from data_contracts.report.findings import PatientFindings
    from data_contracts.report.tally import DeliveryCounts

REPORT = "validate"


@dataclass(frozen=True)
class GateVerdict:
    """The gate's verdict as JSON-able values."""

    content: Mapping[str, Any]
    exit_code: int


def validate_files(
    study: LoadedStudy, workspace: Workspace, previous: Path | None = None, timezone: str | None = None
) -> GateVerdict:
    """Validate the files by the study's contract.

    Args:
        study: whose contract and sources are used.
        workspace: its `given` files replace the study's own.
        previous: the delivery before, for rules between deliveries.
        timezone: the site's, for timestamp columns without one in the contract.

    """
    from data_contracts import gate
    from data_contracts.contract.date_format import in_timezone
    from data_contracts.report.page import facts, write_facts

    contract = study.contract_with_outcomes()
    contract = in_timezone(contract, timezone) if timezone else contract
    before = {next(iter(study.sources)): previous} if previous else {}
    with (
        delivered_tables(study, workspace) as (tables, accounts),
        as_tables(study, before) as (earlier, _),
    ):
        result = gate.validate(contract, tables, previous=earlier, now=workspace.now())
        deliveries = [*history(workspace, study.name), *_previous_counts(contract, earlier, workspace)]
        patients, unread = _published(study, workspace)
        content = facts(result, contract, deliveries, patients, accounts)
        page, json_page = write_facts(content, title_of(study), workspace.reports(study.name), REPORT)
    extra = {**({"conversions": accounts} if accounts else {}), **unread}
    places = {"report": str(page), "report_json": str(json_page)}
    return GateVerdict({**result.to_dict(), **extra, **places}, result.exit_code)


def _published(study: LoadedStudy, workspace: Workspace) -> "tuple[PatientFindings | None, dict[str, str]]":
    """The patients with published predictions; where the store cannot be read, the reason under the key `store`."""
    try:
        return published_patients(study, workspace), {}
    except StoreError as error:
        return None, {"store": f"The report does not show whose predictions are published. {error}"}


def _previous_counts(
    contract: "Contract", previous: Mapping[str, Path], workspace: Workspace
) -> "list[DeliveryCounts]":
    """The counts of the delivery before by the same contract, for comparison in the report."""
    from data_contracts.gate import validate
    from data_contracts.report.tally import delivery_counts

    if not previous:
        return []
    result = validate(contract, previous, now=workspace.now(), partial=True)
    return [delivery_counts(result, contract, "the delivery before")]


def verdict_text(judgement: GateVerdict) -> list[RenderableType]:
    """The verdict for a terminal: the verdict with counts, then the findings."""
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
    shown = table if content["findings"] else ""
    remarks = [content["store"]] if "store" in content else []
    return [
        *account_lines(content.get("conversions", {})),
        counts,
        shown,
        *remarks,
        f"Report: {content['report']}",
    ]
