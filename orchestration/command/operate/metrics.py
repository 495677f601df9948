"""`meta-med metrics`: the state of an installation for Prometheus."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from orchestration.command.options import AnyStudyOption, HomeOption
from orchestration.startup import require_home

OutOption = Annotated[
    Path | None,
    typer.Option(
        "--out", help="Write to this file by rename, for node_exporter's textfile collector (.prom)."
    ),
]
READABLE = 0o644
"""Another account's exporter reads the file; it holds no patient's value."""


def metrics(study: AnyStudyOption = None, home: HomeOption = None, out: OutOption = None) -> None:
    """Print age, counts, coverage, last runs, model and lateness of each study in Prometheus' text format."""
    require_home(home)
    from data_contracts.atomic_write import atomic_write
    from orchestration.boundary import expected_errors
    from orchestration.command.output.terminal import writing_result
    from orchestration.monitoring.metrics import metrics_of
    from orchestration.workspace import open_workspace
    from orchestration.writable import require_file

    if out is not None:
        require_file(out)
    text = metrics_of(open_workspace(home), study).text()
    if out is None:
        with writing_result():
            sys.stdout.write(text)
        return
    with expected_errors(out.absolute().parent), atomic_write(out) as draft:
        draft.write_text(text, encoding="utf-8")
        draft.chmod(READABLE)
