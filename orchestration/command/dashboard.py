"""`meta-med dashboard`: the window."""

from typing import Annotated

import typer

from orchestration.command.options import AnyStudyOption, HomeOption

DEMO_STUDY = "pbc"
DemoOption = Annotated[
    bool,
    typer.Option(
        "--demo", help="Bundled public data, no log-in; runs study pbc first if nothing is published."
    ),
]
PortOption = Annotated[int, typer.Option("--port", help="Port on the loopback interface.")]


def dashboard(
    study: AnyStudyOption = None, home: HomeOption = None, demo: DemoOption = False, port: PortOption = 8501
) -> None:
    """Serve the dashboard on this machine until it is stopped (Ctrl-C)."""
    import os
    import subprocess

    from dashboard import launch
    from meta_med.published import reader
    from orchestration.workspace import open_workspace

    workspace = open_workspace(home)
    if demo and not reader.studies(workspace.store_url):
        from orchestration.command.run import run

        run(DEMO_STUDY, workspace.home)
    environment = {**os.environ, **launch.environment(workspace.store_url, study)}
    # Our own argument list, no shell.
    raise typer.Exit(subprocess.call(launch.command(port), env=environment))  # noqa: S603
