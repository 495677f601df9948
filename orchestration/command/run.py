"""`meta-med run`, `predict` and `publish`: a study's graph as far as each of them goes."""

from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.command.options import (
    DataOption,
    HomeOption,
    JsonOption,
    SourceOption,
    StudyOption,
    prepared,
)
from orchestration.command.output.terminal import Terminal
from orchestration.startup import require_home
from orchestration.study.load import LoadedStudy
from orchestration.workspace import Workspace

if TYPE_CHECKING:
    from orchestration.execution import RunOutcome


def run(
    study: StudyOption,
    home: HomeOption = None,
    as_json: JsonOption = False,
    source: SourceOption = None,
    data: DataOption = None,
) -> None:
    """Run a study's whole graph: ingest, validate, train, calibrate, evaluate, predict, publish.

    What an earlier run with the same data, contract, study and code has done is not done again.
    """
    terminal = Terminal(as_json=as_json)
    loaded, workspace, outcome = _run(terminal, study, home, source, data, last="publish")
    from orchestration.command.output.run_report import run_content, run_text

    content = run_content(loaded, workspace, outcome)
    terminal.result(content, *run_text(loaded, content, outcome))


def predict(
    study: StudyOption,
    home: HomeOption = None,
    as_json: JsonOption = False,
    source: SourceOption = None,
    data: DataOption = None,
) -> None:
    """Predict the next record of each current patient; trains first if need be. Publishes nothing."""
    terminal = Terminal(as_json=as_json)
    loaded, _, outcome = _run(terminal, study, home, source, data, last="predict")
    marker = outcome.folder.marker("predict") or {}
    counts = marker.get("summary", {}).get("counts", {})
    lines = [f"{name.replace('_', ' ')}: {value}" for name, value in counts.items()]
    terminal.result({"study": loaded.name, "counts": counts}, *lines, "Publish with: meta-med publish")


def publish(
    study: StudyOption,
    home: HomeOption = None,
    as_json: JsonOption = False,
    source: SourceOption = None,
    data: DataOption = None,
) -> None:
    """Publish the study's release in one transaction; stages that have not run yet run first."""
    terminal = Terminal(as_json=as_json)
    loaded, _, outcome = _run(terminal, study, home, source, data, last="publish")
    done = outcome.published
    content = {
        "study": loaded.name,
        "release_id": done.release_id if done else None,
        "sequence": done.sequence if done else None,
        "changed": done.changed if done else False,
    }
    news = "is now served" if content["changed"] else "was served already"
    terminal.result(content, f"Release {content['release_id']} of {loaded.name} {news}.")


def _run(
    terminal: Terminal,
    study: str,
    home: Path | None,
    source: list[str] | None,
    data: Path | None,
    *,
    last: str,
) -> "tuple[LoadedStudy, Workspace, RunOutcome]":
    """The graph up to the stage `last`, after home, disk and store were found to be writable."""
    require_home(home)
    with prepared(terminal, study, home, source, data, publishes=last == "publish") as (loaded, workspace):
        from orchestration.execution import run_graph

        return loaded, workspace, run_graph(loaded, workspace, last=last)
