"""`meta-med rollback`: serve the release before the present one again."""

from typing import Annotated

import typer

from orchestration.command.options import HomeOption, JsonOption

NameOption = Annotated[
    str, typer.Option("--study", "-s", help="The study's name, as `meta-med status` shows it.")
]


def rollback(study: NameOption, home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Move a study's pointer back to the release that was served before."""
    from orchestration.startup import require_home

    require_home(home)
    from meta_med.published import writer
    from orchestration.command.output.terminal import Terminal
    from orchestration.workspace import open_workspace

    workspace = open_workspace(home)
    done = writer.rollback(workspace.store_url, study, workspace.now())
    content = {
        "study": study,
        "release_id": done.release_id,
        "sequence": done.sequence,
        "changed": done.changed,
    }
    Terminal(as_json=as_json).result(content, f"Release {done.release_id} of {study} is served again.")
