"""`meta-med status` and `rollback`: what is served."""

import getpass
from dataclasses import asdict
from typing import Annotated

import typer

from orchestration.command.options import AnyStudyOption, HomeOption, JsonOption
from orchestration.startup import require_home

LATE = 7
"""Exit code of `status` where a run or a delivery is late."""
NameOption = Annotated[
    str, typer.Option("--study", "-s", help="The study's name, as `meta-med status` shows it.")
]
LiftOption = Annotated[
    bool,
    typer.Option("--lift", help="Lift the holds of earlier rollbacks instead: the next run may publish."),
]


def status(study: AnyStudyOption = None, home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Show each study's current release with its age and counts, and what is late.

    Ends with 7 where something is late, for monitoring.
    """
    require_home(home)
    from orchestration.command.output.terminal import Terminal
    from orchestration.health import health_of, served_studies
    from orchestration.study.registry import own_studies, tables_of
    from orchestration.workspace import open_workspace

    workspace = open_workspace(home)
    own = own_studies()
    names = [study] if study else served_studies(workspace)
    states = [health_of(name, workspace, tables_of(name, own)) for name in names]
    lines = [line for state in states for line in state.lines()]
    broken = [
        f"{file}: this study is left out. {text}" for file, found in own.mistakes.items() for text in found
    ]
    hint = "Nothing is published yet. Start with: meta-med run --study pbc"
    Terminal(as_json=as_json).result(
        {
            "home": str(workspace.home),
            "studies": [s.content() for s in states],
            "studies_left_out": own.mistakes,
        },
        *(lines or [hint]),
        *broken,
    )
    if any(state.is_late for state in states):
        raise typer.Exit(LATE)


def rollback(
    study: NameOption,
    lift: LiftOption = False,
    by: Annotated[
        str, typer.Option("--by", help="Your name, written to the journal. Default: this account.")
    ] = "",
    why: Annotated[
        str, typer.Option("--why", help="Your reason. No patient's data. Needed with --lift.")
    ] = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Serve the release before again, and withdraw the one that was served until --lift.

    No run publishes it, or another release of its delivery or model, before the hold is lifted.
    """
    require_home(home)
    from meta_med.published import writer
    from orchestration.command.output.terminal import Terminal
    from orchestration.workspace import open_workspace

    workspace, terminal = open_workspace(home), Terminal(as_json=as_json)
    url, now, actor = workspace.store_url, workspace.now(), _actor(by, why, signed=lift)
    if lift:
        freed = [hold.release_id for hold in writer.lift(url, study, now, actor=actor)]
        text = f"No longer withdrawn: {', '.join(freed)} of {study}. The next run may publish it."
        terminal.result({"study": study, "lifted": freed}, text)
        return
    done = writer.rollback(url, study, now, actor=actor)
    terminal.result(
        {"study": study, **asdict(done)},
        f"Release {done.release_id} of {study} is served again. {done.withdrawn} is withdrawn: no run publishes it, or "
        "another release of its delivery or model, until `meta-med rollback --lift`.",
    )


def _actor(by: str, why: str, *, signed: bool) -> str:
    """Who acts, with the reason if there is one, for the journal; `signed`: both must be given."""
    from orchestration.errors import StudyError

    who, reason = by.strip(), why.strip()
    if signed and not (who and reason):
        raise StudyError("--lift needs --by and --why: they are written to the journal.")
    return ": ".join(part for part in (who or getpass.getuser(), reason) if part)
