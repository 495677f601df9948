"""What a finished run has to say: the evaluation, the gate's counts, and where everything is."""

import shlex
from dataclasses import asdict
from typing import Any

from rich.console import RenderableType

from orchestration import gate_stage, record_account, sentinel_stage
from orchestration.command.evaluation_table import (
    error_by_support,
    error_table,
    evaluation_of,
    evaluation_rows,
)
from orchestration.execution import RunOutcome
from orchestration.inbox import PassedOver, passed_over
from orchestration.study_file import LoadedStudy
from orchestration.workspace import Workspace


def run_content(study: LoadedStudy, workspace: Workspace, outcome: RunOutcome) -> dict[str, Any]:
    """Everything as JSON-able values."""
    verdict = gate_stage.judgement(outcome.folder)
    published = outcome.published
    return {
        "study": study.name,
        "fingerprint": outcome.folder.fingerprint,
        "release_id": published.release_id if published else None,
        "sequence": published.sequence if published else None,
        "changed": published.changed if published else False,
        **{name: verdict[name] for name in ("verdict", "rows_in", "rows_accepted", "rows_quarantined")},
        "records": record_account.account(outcome.folder),
        "sentinels": sentinel_stage.verdicts(outcome.folder),
        "too_few": _too_few(outcome),
        "evaluation": evaluation_rows(evaluation_of(outcome.folder)),
        "inbox_not_read": [asdict(entry) for entry in not_read(study, workspace)],
        "report": str(workspace.reports(study.name) / gate_stage.REPORT),
        "store": shown_url(workspace.store_url),
        "quarantine": f"meta-med quarantine list --study {study.name} --home {shlex.quote(str(workspace.home))}",
        "dashboard": f"meta-med dashboard --home {shlex.quote(str(workspace.home))}",
    }


def run_text(study: LoadedStudy, content: dict[str, Any], outcome: RunOutcome) -> list[RenderableType]:
    """The same for a reader."""
    table = error_table(error_by_support(evaluation_of(outcome.folder), study), study)
    counts = (
        f"Rows: {content['rows_in']:,} in, {content['rows_accepted']:,} accepted, "
        f"{content['rows_quarantined']:,} quarantined."
    )
    news = "is now served" if content["changed"] else "was served already; nothing changed"
    return [
        "",
        table,
        counts,
        *record_account.lines(content["records"]),
        _sentinels(content["sentinels"]),
        *(f"Too few patients: {few['outcome']}. {few['told']}" for few in content["too_few"]),
        *(f"In the inbox, not read: {entry['name']}: {entry['why']}" for entry in content["inbox_not_read"]),
        f"Release {content['release_id']} {news}.",
        "",
        f"Data-quality report:  {content['report']}",
        *([f"Held rows:            {content['quarantine']}"] if content["rows_quarantined"] else []),
        f"Published store:      {content['store']}",
        f"Dashboard:            {content['dashboard']}",
    ]


def _too_few(outcome: RunOutcome) -> list[dict[str, str]]:
    """What is withheld or not told for want of patients: outcome, told."""
    marker = outcome.folder.marker("calibrate") or {}
    columns = marker.get("summary", {}).get("tables", {}).get("too_few", {"outcome": [], "told": []})
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def not_read(study: LoadedStudy, workspace: Workspace) -> list[PassedOver]:
    """What lies in the study's inbox and is no delivery."""
    return passed_over(workspace.inbox(study.name), study.sources, workspace.now())


def _sentinels(verdicts: dict[str, str]) -> str:
    """A run that gets this far has none that is violated."""
    held = sum(verdict == sentinel_stage.HELD for verdict in verdicts.values())
    rest = len(verdicts) - held
    unjudged = f"; {rest} could not be judged on so few patients, or had no gain to lose" if rest else ""
    return f"Leakage sentinels: {held} of {len(verdicts)} hold{unjudged}."


def shown_url(url: str) -> str:
    """A store's URL without its password, wherever that stands in it."""
    from meta_med.published.engine import parse
    from meta_med.published.failures import shown

    return shown(parse(url))
