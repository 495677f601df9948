"""`meta-med dashboard`: the window."""

from typing import Annotated

import typer

from orchestration.command.options import HomeOption

DEMO_STUDY = "pbc"
DemoOption = Annotated[
    bool,
    typer.Option(
        "--demo", help="Bundled public data, no log-in; runs study pbc first if nothing is published."
    ),
]
PortOption = Annotated[int, typer.Option("--port", help="Port on the loopback interface.")]


def dashboard(home: HomeOption = None, demo: DemoOption = False, port: PortOption = 8501) -> None:
    """Serve the dashboard on this machine until it is stopped (Ctrl-C)."""
    from orchestration.startup import require_home

    require_home(home)
    import os
    import subprocess

    from dashboard import launch
    from meta_med.published import engine, reader
    from orchestration.workspace import open_workspace

    workspace = open_workspace(home)
    engine.check(workspace.store_url, writes=False)
    if demo and not reader.studies(workspace.store_url):
        from orchestration.command.run import run

        run(DEMO_STUDY, workspace.home)
    command = launch.command(workspace.store_url, port=port, demo=demo)
    # A URL with a password travels in the environment only; the list is our own and no shell reads it.
    raise typer.Exit(subprocess.call(command, env={**os.environ, "META_MED_STORE": workspace.store_url}))  # noqa: S603
