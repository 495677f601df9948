"""`meta-med models`: the model versions of an installation, their states and evidence, and decisions about them."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from orchestration.command.options import (
    AnyStudy,
    ByOption,
    DataOption,
    HomeOption,
    JsonOption,
    LogFormatOption,
    SourceOption,
    StudyOption,
    WhyOption,
)
from orchestration.startup import require_home

if TYPE_CHECKING:
    from orchestration.workspace import Workspace

EXIT_CODES = (
    "Exit codes: 0 done; 2 the command is wrong, and nothing was decided; 5 the journal; 6 the version is damaged, or "
    "must not serve."
)
app = typer.Typer(
    name="models",
    help="Model versions: list, show, promote, retire, recalibrate, diff. " + EXIT_CODES,
    no_args_is_help=True,
    add_completion=False,
)
VersionArgument = Annotated[
    str, typer.Argument(metavar="VERSION", help="A version's name, or its first characters.")
]


@app.command("list", epilog=EXIT_CODES)
def list_versions(study: AnyStudy = None, home: HomeOption = None, as_json: JsonOption = False) -> None:
    """List model versions with their state, since when and by whom; every file is compared with its hash."""
    workspace = _workspace(home)
    from orchestration.command.output.model_tables import versions_table
    from orchestration.command.output.terminal import Terminal
    from orchestration.models.decide import versions

    found = versions(workspace, study)
    hint = "No model was trained yet. Start with: meta-med run --study pbc"
    content = {"versions": [version.content for version in found]}
    Terminal(as_json=as_json).result(content, versions_table(found) if found else hint)


@app.command(epilog=EXIT_CODES)
def show(
    version: VersionArgument, study: AnyStudy = None, home: HomeOption = None, as_json: JsonOption = False
) -> None:
    """Show a version: what it was made of, its scores, its states, and the evidence of each decision."""
    workspace = _workspace(home)
    from orchestration.command.output.model_tables import scores_content, version_shown
    from orchestration.command.output.terminal import Terminal
    from orchestration.models.decide import find, history, pooled_scores

    found = find(workspace, version, study)
    entries = history(workspace, found)
    scores = None if found.damage or not found.manifest else pooled_scores(found)
    content = {**found.content, "history": entries, "scores": scores_content(scores)}
    Terminal(as_json=as_json).result(content, *version_shown(found, entries, scores))


@app.command(epilog=EXIT_CODES)
def promote(
    version: VersionArgument,
    by: ByOption,
    why: WhyOption,
    study: AnyStudy = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make a version the champion by hand, such as one before; it serves from the next run on.

    A version whose leakage checks are violated cannot be promoted.
    """
    _decide("promote", version, by, why, study, home, as_json=as_json)


@app.command(epilog=EXIT_CODES)
def retire(
    version: VersionArgument,
    by: ByOption,
    why: WhyOption,
    study: AnyStudy = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take a version out of use by hand. The release that it made stays served; without a champion no night runs."""
    _decide("retire", version, by, why, study, home, as_json=as_json)


@app.command(epilog=EXIT_CODES)
def recalibrate(
    study: StudyOption,
    home: HomeOption = None,
    source: SourceOption = None,
    data: DataOption = None,
    log_format: LogFormatOption = None,
    as_json: JsonOption = False,
) -> None:
    """Calibrate the champion's predictors again on the newest delivery, without a training.

    The choice among them, the intervals and the guards follow the new outcomes. The result is a version that serves
    only if it is shown to be no worse than the champion.
    """
    require_home(home)
    from orchestration.command.output.terminal import Terminal
    from orchestration.command.prepare import prepared
    from orchestration.monitoring.event_log import use_format

    use_format(log_format)
    terminal = Terminal(as_json=as_json)
    with prepared(terminal, study, home, source, data, publishes=False) as (loaded, workspace):
        from orchestration.execution import recalibrate as run

        done = run(loaded, workspace).promoted
    content = {name: done[name] for name in ("model", "state", "why", "promoted")}
    text = f"Model version {done['model']} of {loaded.name} is {done['state']}. {done['why']}"
    terminal.result({"study": loaded.name, **content}, text)


@app.command(epilog=EXIT_CODES)
def diff(
    version: VersionArgument,
    other: Annotated[str, typer.Argument(metavar="OTHER", help="The version to compare with.")],
    study: AnyStudy = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show what two versions differ in: data, study, contract, code, files and scores.

    Each version's scores are on its own held-out patients; `show` has the comparison on the same ones.
    """
    workspace = _workspace(home)
    from orchestration.command.output.model_tables import difference_shown
    from orchestration.command.output.terminal import Terminal
    from orchestration.models.decide import differences, find, require_files

    one, two = find(workspace, version, study), find(workspace, other, study)
    for found in (one, two):
        require_files(found)
    content = {
        "one": one.latest.version,
        "other": two.latest.version,
        **differences(one, two),
    }
    Terminal(as_json=as_json).result(content, *difference_shown(content))


def _decide(
    what: str, version: str, by: str, why: str, study: str | None, home: Path | None, *, as_json: bool
) -> None:
    """Record a decision of a person, and tell the version's state."""
    workspace = _workspace(home)
    from orchestration.command.output.terminal import Terminal
    from orchestration.models import decide

    found = decide.find(workspace, version, study)
    {"promote": decide.promote, "retire": decide.retire}[what](workspace, found, by, why)
    after = decide.find(workspace, found.latest.version, found.latest.study)
    text = f"Model version {after.latest.version} of {after.latest.study} is {after.latest.state}."
    Terminal(as_json=as_json).result(after.content, text)


def _workspace(home: Path | None) -> "Workspace":
    require_home(home)
    from orchestration.workspace import open_workspace

    return open_workspace(home)
