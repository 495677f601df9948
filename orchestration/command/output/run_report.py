"""The report of a finished run, and of an evaluation with pages, on a terminal and in `--json`.

Of a run: the error by number of own records, the gate's counts, and where everything is. Of an evaluation: the
verdict of each study, with several studies the claims that are met, and where the pages are.
"""

import shlex
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from meta_med import run_files
from meta_med.model_version.sealed_folder import manifest_of
from meta_med.published.errors import without_password
from orchestration.command.output.error_tables import error_tables
from orchestration.command.output.verdict_table import verdict_table
from orchestration.models.versions import version_folder
from orchestration.runs import model_results, stage_results
from orchestration.runs.inbox import PassedOver, unread_entries
from orchestration.runs.run_folder import ADAPT
from orchestration.runs.run_outcome import RunOutcome
from orchestration.study.load import LoadedStudy
from orchestration.workspace import Workspace

if TYPE_CHECKING:
    from orchestration.evaluate_study import Pages

NIGHT_COUNTS = ("adapted", "carried_over", "new_patients", "new_cohorts")


def evaluation_of(place: Path) -> pd.DataFrame:
    """The evaluation table of a training or of a model version, by its folder."""
    return pd.read_parquet(place / run_files.EVALUATION)


def evaluation_rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The table as JSON rows, with null for what was not estimated."""
    known = table.astype(object).where(table.notna(), None)
    return [{str(name): value for name, value in row.items()} for row in known.to_dict(orient="records")]


def run_content(study: LoadedStudy, workspace: Workspace, outcome: RunOutcome) -> dict[str, Any]:
    """The report as JSON-able values."""
    verdict, place = stage_results.gate_verdict(outcome.folder), model_folder(study, workspace, outcome)
    published = outcome.published
    return {
        "study": study.name,
        "fingerprint": outcome.folder.fingerprint,
        "release_id": published.release_id if published else None,
        "sequence": published.sequence if published else None,
        "changed": published.changed if published else False,
        **{name: verdict[name] for name in ("verdict", "rows_in", "rows_accepted", "rows_quarantined")},
        "model": place.name,
        "trained": dict(outcome.promoted),
        **night_counts(outcome),
        "records": stage_results.record_account(outcome.folder, of_the_night=True),
        "cohorts_left_out": manifest_of(place)["cohorts_left_out"],
        "leakage_checks": model_results.leakage_verdicts(place),
        "too_few": model_results.too_few(place),
        "worse_than_baseline": model_results.worse_than_baseline(place),
        "evaluation": evaluation_rows(evaluation_of(place)),
        "remarks": list(outcome.remarks),
        "inbox_not_read": [asdict(entry) for entry in not_read(study, workspace)],
        "report": str(workspace.reports(study.name) / run_files.REPORT),
        "store": shown_url(workspace.store_url),
        "quarantine": f"meta-med quarantine list --study {study.name} --home {shlex.quote(str(workspace.home))}",
        "dashboard": f"meta-med dashboard --single-user --home {shlex.quote(str(workspace.home))}",
    }


def model_folder(study: LoadedStudy, workspace: Workspace, outcome: RunOutcome) -> Path:
    """The folder of the model version that adapted in this run."""
    return version_folder(workspace, study.name, str(outcome.folder.night_model))


def night_counts(outcome: RunOutcome) -> dict[str, Any]:
    """How many patients were adapted, and for how many forecasts were carried over."""
    counts = outcome.folder.counts(ADAPT)
    return {name: counts.get(name) for name in NIGHT_COUNTS}


def run_text(
    study: LoadedStudy, workspace: Workspace, content: dict[str, Any], outcome: RunOutcome
) -> list[RenderableType]:
    """The report for a terminal."""
    counts = (
        f"Rows: {content['rows_in']:,} in, {content['rows_accepted']:,} accepted, "
        f"{content['rows_quarantined']:,} quarantined."
    )
    news = "is now served" if content["changed"] else "was served already; nothing changed"
    return [
        "",
        *error_tables(evaluation_of(model_folder(study, workspace, outcome)), study.spec),
        *stage_results.left_out_lines(content["cohorts_left_out"]),
        *(f"Look at the rows: {line}" for line in stage_results.question_lines(content["records"])),
        counts,
        *stage_results.record_lines(content["records"]),
        _leakage_line(content["leakage_checks"]),
        *model_results.worse_lines(content["worse_than_baseline"]),
        *(f"Too few patients: {few['outcome']}. {few['told']}" for few in content["too_few"]),
        *content["remarks"],
        *(f"In the inbox, not read: {entry['name']}: {entry['why']}" for entry in content["inbox_not_read"]),
        *_model_lines(content),
        f"Release {content['release_id']} {news}.",
        "",
        f"Data-quality report:  {content['report']}",
        *([f"Held rows:            {content['quarantine']}"] if content["rows_quarantined"] else []),
        f"Published store:      {content['store']}",
        f"Dashboard:            {content['dashboard']}",
    ]


def _model_lines(content: dict[str, Any]) -> list[str]:
    """What became of the model that was trained, and whom the serving one was adapted to."""
    trained = content["trained"]
    lines = [f"Model {trained['model']} is {trained['state']}. {trained['why']}"] if trained else []
    if not content["changed"]:
        return [*lines, f"Served by model {content['model']}."]
    new = f", {content['new_patients']:,} new to it" if content["new_patients"] else ""
    adapted = f"{content['adapted']:,} patients adapted{new}, {content['carried_over']:,} unchanged."
    return [*lines, f"Served by model {content['model']}: {adapted}"]


def not_read(study: LoadedStudy, workspace: Workspace) -> list[PassedOver]:
    """Entries of the study's inbox that are not read."""
    return unread_entries(workspace.inbox(study.name), study.sources, workspace.now())


def _leakage_line(verdicts: dict[str, str]) -> str:
    """The number of leakage checks that hold; none is violated in a finished run."""
    held = sum(verdict == model_results.HELD for verdict in verdicts.values())
    rest = len(verdicts) - held
    unjudged = f"; {rest} could not be judged on so few patients, or had no gain to lose" if rest else ""
    return f"Leakage checks: {held} of {len(verdicts)} hold{unjudged}."


def shown_url(url: str) -> str:
    """A store's URL without its password."""
    from meta_med.published.engine import parse

    return without_password(parse(url))


ANSWER = {True: Text("yes", style="green"), False: Text("no", style="red"), None: Text("-")}


def pages_content(pages: "Pages", out: Path) -> dict[str, Any]:
    """The result as JSON-able values: claims, one entry per study, verdicts, pages, and studies without one."""
    written = {study: str(page) for study, page in pages.written.items()}
    verdicts = {study: verdict.to_json() for study, verdict in pages.verdicts.items()}
    return {"pages": written, "verdicts": verdicts, "summary": str(out / "summary.md"), **pages.summary}


def pages_text(pages: "Pages", out: Path) -> Iterator[RenderableType]:
    """The verdict of each study; that over all studies, where there are several, in words and claims; the paths."""
    for verdict in pages.verdicts.values():
        yield from verdict_table(verdict)
    if len(pages.summary.get("studies", ())) > 1:
        yield from pages.summary.get("verdict", [])
        yield claims_table(pages)
    for study, reason in pages.absent.items():
        yield f"{study}: no page, {reason}"
    for page in pages.written.values():
        yield str(page)
    yield str(out / "summary.md")


def claims_table(pages: "Pages") -> Table:
    """The claims over all studies with results in the folder."""
    shown = Table(title="Claims, over all studies with results", title_justify="left")
    for head in ("claim", "required", "found", "met"):
        shown.add_column(head)
    for claim in pages.summary.get("claims", []):
        shown.add_row(claim["text"], claim["wanted"], claim["found"], ANSWER[claim["met"]])
    return shown
