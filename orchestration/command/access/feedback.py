"""`meta-med feedback`: what readers of the dashboard think of predictions, as a file."""

from pathlib import Path
from typing import Annotated

import typer

from orchestration.command.access.audit import EXIT_CODES, Form, put
from orchestration.command.options import HomeOption
from orchestration.startup import home_folder

app = typer.Typer(
    name="feedback",
    help="What readers of the dashboard think of predictions. " + EXIT_CODES,
    no_args_is_help=True,
    add_completion=False,
)


@app.callback()
def _group() -> None:
    """One command so far; the group keeps its name."""


@app.command(epilog=EXIT_CODES)
def export(
    form: Annotated[Form, typer.Option("--format", help="csv, or jsonl: one JSON object a line.")] = "csv",
    out: Annotated[Path | None, typer.Option("--out", help="Write to this file. Default: stdout.")] = None,
    study: Annotated[str | None, typer.Option("--study", "-s", help="Only this study.")] = None,
    home: HomeOption = None,
) -> None:
    """Write all feedback, the oldest first: who, release, patient's id, outcome, verdict, reason."""
    from dashboard.audit.export import lines
    from dashboard.audit.feedback import COLUMNS, every
    from dashboard.audit.store import store_of_home

    store = store_of_home(home_folder(home))
    put("".join(lines(every(store, study), COLUMNS, form)), out)
