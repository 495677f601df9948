"""`meta-med deploy`: the deployment files of this version, written into a folder."""

from pathlib import Path
from typing import Annotated

import typer

from orchestration.command.options import JsonOption

KindArgument = Annotated[str, typer.Argument(metavar="KIND", help="container, systemd or kubernetes.")]
OutOption = Annotated[Path, typer.Option("--out", help="Folder to write to; existing files are kept.")]


def deploy(kind: KindArgument, out: OutOption, as_json: JsonOption = False) -> None:
    """Write the files for containers, systemd or Kubernetes into a folder, to be changed and used there."""
    from orchestration.command.output.terminal import Terminal
    from orchestration.deploy.write import write_files

    written = [str(path) for path in write_files(kind, out)]
    Terminal(as_json=as_json).result({"written": written}, *(f"Written: {path}" for path in written))
