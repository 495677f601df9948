"""`meta-med run`, `predict` and `publish`: a study's graph up to a stage."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from orchestration.command.options import (
    DataOption,
    HomeOption,
    JsonOption,
    LogFormatOption,
    SourceOption,
    StudyOption,
)
from orchestration.monitoring.event_log import json_is_asked_for, tell, use_format
from orchestration.startup import require_home

if TYPE_CHECKING:
    from orchestration.command.output.terminal import Terminal
    from orchestration.runs.run_outcome import RunOutcome
    from orchestration.study.load import LoadedStudy
    from orchestration.workspace import Workspace


TrainOption = Annotated[
    bool,
    typer.Option(
        "--train",
        help="Train a new model first, also where there is one; it serves only if it is shown to be no worse.",
    ),
]
FullOption = Annotated[
    bool, typer.Option("--full", help="Adapt every patient, also those whose records are the same as before.")
]


def run(
    study: StudyOption,
    home: HomeOption = None,
    as_json: JsonOption = False,
    source: SourceOption = None,
    data: DataOption = None,
    train: TrainOption = False,
    full: FullOption = False,
    log_format: LogFormatOption = None,
) -> None:
    """Run a study: train and promote a model where there is none, adapt it to the patients who changed, publish.

    Stages that an earlier run with the same data, contract, study and code has done are reused.
    """
    use_format(log_format)
    terminal, loaded, workspace, outcome = _run(
        study, home, source, data, as_json=as_json, last="publish", train=train, full=full
    )
    from orchestration.command.output.run_report import run_content, run_text

    content = run_content(loaded, workspace, outcome)
    terminal.result(content, *run_text(loaded, workspace, content, outcome))


def predict(
    study: StudyOption,
    home: HomeOption = None,
    as_json: JsonOption = False,
    source: SourceOption = None,
    data: DataOption = None,
    log_format: LogFormatOption = None,
) -> None:
    """Predict the next record of each current patient; trains first if need be. Publishes nothing."""
    use_format(log_format)
    terminal, loaded, _, outcome = _run(study, home, source, data, as_json=as_json, last="predict")
    counts = outcome.folder.counts("predict")
    lines = [f"{name.replace('_', ' ')}: {value}" for name, value in counts.items()]
    terminal.result({"study": loaded.name, "counts": counts}, *lines, "Publish with: meta-med publish")


def publish(
    study: StudyOption,
    home: HomeOption = None,
    as_json: JsonOption = False,
    source: SourceOption = None,
    data: DataOption = None,
    log_format: LogFormatOption = None,
) -> None:
    """Publish the study's release in one transaction; stages that have not run yet run first."""
    use_format(log_format)
    terminal, loaded, workspace, outcome = _run(study, home, source, data, as_json=as_json, last="publish")
    from orchestration.command.output.run_report import model_folder
    from orchestration.runs.model_results import worse_lines, worse_than_baseline

    done = outcome.published
    content: dict[str, Any] = {
        "study": loaded.name,
        "release_id": done.release_id if done else None,
        "sequence": done.sequence if done else None,
        "changed": done.changed if done else False,
        "worse_than_baseline": worse_than_baseline(model_folder(loaded, workspace, outcome)),
    }
    news = "is now served" if content["changed"] else "was served already"
    said = worse_lines(content["worse_than_baseline"])
    terminal.result(content, *said, f"Release {content['release_id']} of {loaded.name} {news}.")


def _run(
    study: str,
    home: Path | None,
    source: list[str] | None,
    data: Path | None,
    *,
    as_json: bool,
    last: str,
    train: bool = False,
    full: bool = False,
) -> "tuple[Terminal, LoadedStudy, Workspace, RunOutcome]":
    """Run the graph up to the stage `last`, after home, disk and store were checked."""
    require_home(home)
    from orchestration.command.output.terminal import Terminal
    from orchestration.command.prepare import prepared

    terminal = Terminal(as_json=as_json)
    publishes = last == "publish"
    with prepared(terminal, study, home, source, data, publishes=publishes, full=full) as (loaded, workspace):
        asked = train or full or not publishes
        done = None if asked else _nothing_to_do(loaded, workspace)
        if done is None:
            from orchestration.execution import run_graph

            done = run_graph(loaded, workspace, last=last, train=train)
        if json_is_asked_for():
            tell("run_ended", "", **_facts(loaded, done))
        return terminal, loaded, workspace, done


def _facts(study: "LoadedStudy", done: "RunOutcome") -> dict[str, object]:
    """What a log has of a finished run: names, hashes and counts."""
    release = done.published
    gate = done.folder.counts("validate")
    return {
        "study": study.name,
        "fingerprint": done.folder.fingerprint,
        "model": done.folder.night_model,
        "release": release.release_id if release else None,
        "changed": release.changed if release else None,
        **{name: gate[name] for name in ("rows_in", "rows_accepted", "rows_quarantined") if name in gate},
    }


def _nothing_to_do(study: "LoadedStudy", workspace: "Workspace") -> "RunOutcome | None":
    """The outcome of a night without news, told before the libraries of a run are loaded; None where there is work."""
    from orchestration.boundary import expected_errors
    from orchestration.openlineage.tell import tell_end, tell_start
    from orchestration.runs.last_run import note_end, note_night, note_start
    from orchestration.runs.run_folder import NIGHTLY
    from orchestration.stages.ingest import watched_files
    from orchestration.stages.nothing_new import unchanged_outcome

    with expected_errors(workspace.runs):
        done = unchanged_outcome(study, workspace, watched_files(study, workspace))
        if done is not None and done.published is not None:
            note_night(workspace, study.name, done.published.release_id)
            run = f"unchanged-{workspace.now().isoformat()}"
            note_start(workspace, study.name, ["night"], run)
            tell_start(study, workspace, ["night"], run)
            ended = note_end(workspace, study.name, ["night"], run)
            folder = done.folder
            tell_end(study, workspace, ended, run, lambda: folder)
    for stage in NIGHTLY if done else ():
        workspace.listener.stage_ended(stage, reused=True, seconds=0.0)
    return done
