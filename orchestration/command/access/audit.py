"""`meta-med audit`: verify the chain of who saw what, export it, and make its tables for a database role."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from orchestration.command.options import HomeOption, JsonOption
from orchestration.startup import home_folder

if TYPE_CHECKING:
    from dashboard.audit.verify import Head

EXIT_CODES = "Exit codes: 0 done; 2 the command is wrong; 5 the audit is broken, cut off, or cannot be used."
app = typer.Typer(
    name="audit",
    help="Who saw what on the dashboard: verify, export, create. " + EXIT_CODES,
    no_args_is_help=True,
    add_completion=False,
)
Form = Literal["csv", "jsonl"]


@app.command(epilog=EXIT_CODES)
def verify(
    head: Annotated[
        Path | None, typer.Option("--head", help="An earlier head of the chain, that has to be in it still.")
    ] = None,
    save_head: Annotated[
        Path | None, typer.Option("--save-head", help="Write the head of the chain to this file.")
    ] = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Recompute every link of the chain; tell the first that is broken, and whether entries were cut off."""
    from dashboard.audit.store import store_of_home
    from dashboard.audit.verify import verify as verified
    from orchestration.command.output.terminal import Terminal

    saved = None if head is None else _saved(head)
    found = verified(store_of_home(home_folder(home)), saved)
    if save_head is not None:
        _write(save_head, json.dumps({"sequence": found.sequence, "link": found.link}) + "\n")
    against = f", and entry {saved.sequence} is the saved head" if saved else ""
    Terminal(as_json=as_json).result(
        {"entries": found.sequence, "head": found.link, "unbroken": True},
        f"The audit is unbroken: {found.sequence} entries{against}. Head: {found.link}",
    )


@app.command(epilog=EXIT_CODES)
def export(
    form: Annotated[Form, typer.Option("--format", help="csv, or jsonl: one JSON object a line.")] = "jsonl",
    out: Annotated[Path | None, typer.Option("--out", help="Write to this file. Default: stdout.")] = None,
    who: Annotated[str, typer.Option("--who", help="Only entries of people whose name holds this.")] = "",
    action: Annotated[str, typer.Option("--action", help="Only this action, such as patient.")] = "",
    result: Annotated[str, typer.Option("--result", help="Only this result, such as denied.")] = "",
    study: Annotated[str, typer.Option("--study", "-s", help="Only this study.")] = "",
    since: Annotated[str, typer.Option("--since", help="Only from this day on, as 2027-03-01 (UTC).")] = "",
    until: Annotated[str, typer.Option("--until", help="Only before this day (UTC).")] = "",
    patient_file: Annotated[
        Path | None,
        typer.Option(
            "--patient-file", help="Only of the patient whose id stands in this file; needs --study."
        ),
    ] = None,
    home: HomeOption = None,
) -> None:
    """Write the entries that fit, the oldest first. No patient's id is in them."""
    from dashboard.audit.export import COLUMNS, lines, rows_of
    from dashboard.audit.read import AuditFilter, every
    from dashboard.audit.store import store_of_home
    from orchestration.errors import StudyError

    store = store_of_home(home_folder(home))
    patient = ""
    if patient_file is not None:
        if not study:
            raise StudyError("--patient-file needs --study: an id names another patient in another study.")
        patient = store.keys().in_audit(study, _read(patient_file).strip())
    wanted = AuditFilter(
        who=who, action=action, result=result, study=study, patient=patient, since=since, until=until
    )
    put("".join(lines(rows_of(every(store, wanted)), COLUMNS, form)), out)


@app.command(epilog=EXIT_CODES)
def create(
    grant_to: Annotated[
        str,
        typer.Option("--grant-to", help="The database role of the dashboard: it may add and read, no more."),
    ] = "",
    home: HomeOption = None,
) -> None:
    """Make the audit's key and tables, as their owner; META_MED_AUDIT names the database."""
    from dashboard.audit.store import store_of_home
    from orchestration.command.output.terminal import Terminal
    from orchestration.errors import StudyError

    store = store_of_home(home_folder(home))
    store.keys()
    if grant_to:
        try:
            store.grant_to(grant_to)
        except ValueError as error:
            raise StudyError(str(error)) from None
    Terminal(as_json=False).result(
        {}, f"The audit can be written; its key is {store.key_path}: back it up apart from the audit."
    )


def _saved(path: Path) -> "Head":
    from dashboard.audit.verify import Head
    from orchestration.errors import StudyError

    try:
        content = json.loads(_read(path))
        return Head(int(content["sequence"]), str(content["link"]))
    except (ValueError, KeyError, TypeError):
        raise StudyError(f"{path.name}: this is no head of a chain, as --save-head writes one.") from None


def _read(path: Path) -> str:
    from orchestration.errors import StudyError

    try:
        return path.read_text()
    except (OSError, UnicodeError):
        raise StudyError(f"{path}: the file cannot be read.") from None


def put(text: str, out: Path | None) -> None:
    """The text as a file of its owner, or on stdout."""
    if out is None:
        from orchestration.command.output.terminal import writing_result

        with writing_result():
            sys.stdout.write(text)
    else:
        _write(out, text)


def _write(path: Path, text: str) -> None:
    from data_contracts.atomic_write import atomic_write
    from orchestration.writable import require_file

    require_file(path)
    with atomic_write(path) as draft:
        draft.write_text(text, newline="")
        draft.chmod(0o600)
