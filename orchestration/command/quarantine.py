"""`meta-med quarantine`: review held rows, correct or confirm them, and release them."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from orchestration.command.options import (
    AnyStudy,
    BatchOption,
    ByOption,
    CodeOption,
    HomeOption,
    JsonOption,
    LimitOption,
    LineOption,
    RowOption,
    RuleOption,
    Status,
    StatusOption,
    StudyName,
    TablesOption,
    WhyOption,
)
from orchestration.errors import StudyError

if TYPE_CHECKING:
    from data_contracts.quarantine_store.decide import Decided
    from data_contracts.quarantine_store.held_rows import HeldRowsFilter
    from data_contracts.quarantine_store.journal import Signature
    from data_contracts.quarantine_store.ledger import Ledger
EXIT_CODES = "Exit codes: 0 done; 2 the command is wrong, and nothing was decided; 5 the ledger."
app = typer.Typer(
    name="quarantine",
    help="Review held rows: list, show, export, release, discard, forget, journal. " + EXIT_CODES,
    no_args_is_help=True,
    add_completion=False,
)


@app.command("list", epilog=EXIT_CODES)
def list_rows(
    study: AnyStudy = None,
    batch: BatchOption = "newest",
    source: TablesOption = None,
    rule: RuleOption = None,
    code: CodeOption = None,
    status: StatusOption = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Count held rows by study, batch, rule and code. No value is shown.

    A row that breaks two rules is counted under both.
    """
    from data_contracts.quarantine_store.held_rows import HeldRowsFilter, count_by_reason, whole_files
    from orchestration.command.output.held_rows_table import counts_text, records
    from orchestration.command.output.terminal import Terminal

    name = _name_of(study) if study else None
    which = HeldRowsFilter(study=name, batch=batch, source=source, rule=rule, code=code, status=status)
    ledger = _ledger(home)
    found, whole = count_by_reason(ledger, which), whole_files(ledger, name)
    content = {"reasons": records(found), "files_kept_whole": records(whole)}
    Terminal(as_json=as_json).result(content, *counts_text(found, whole, ledger.files))


@app.command(epilog=EXIT_CODES)
def show(
    study: StudyName,
    batch: BatchOption = "newest",
    source: TablesOption = None,
    rule: RuleOption = None,
    code: CodeOption = None,
    status: StatusOption = None,
    row: RowOption = None,
    line: LineOption = None,
    limit: LimitOption = 50,
    values: Annotated[
        bool, typer.Option("--values", help="Show the rows as delivered; --by and --why are then needed.")
    ] = False,
    by: ByOption = "",
    why: WhyOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show held rows one by one: number, file, line, reasons, and decisions.

    With --values also each row as delivered; who looks, when and why is first written to the journal.
    """
    from data_contracts.quarantine_store.held_rows import list_rows
    from data_contracts.quarantine_store.journal import view_rows
    from orchestration.command.output.held_rows_table import records, rows_text
    from orchestration.command.output.terminal import Terminal

    which = _which(study, batch, source, rule, code, row, line, status)
    ledger = _ledger(home)
    found = view_rows(ledger, which, _signed(by, why), limit) if values else list_rows(ledger, which, limit)
    Terminal(as_json=as_json).result({"rows": records(found)}, *rows_text(found, limit))


@app.command(epilog=EXIT_CODES)
def export(
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", help="The sheet to write; it must be new.")],
    study: StudyName,
    by: ByOption,
    why: WhyOption,
    batch: BatchOption = "newest",
    source: TablesOption = None,
    rule: RuleOption = None,
    code: CodeOption = None,
    row: RowOption = None,
    line: LineOption = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write held rows as a sheet for correction: reasons first, then the table's own columns.

    Cells that a spreadsheet would run as a formula get an apostrophe. The sheet holds patients' data and is readable
    by you only. Correct cells, leave the first columns as they are, and pass the sheet to `release --fixed`.
    """
    from data_contracts.quarantine_store import sheets
    from orchestration.command.output.terminal import Terminal

    which = _which(study, batch, source, rule, code, row, line, "held")
    count = sheets.export(_ledger(home), which, file, _signed(by, why))
    Terminal(as_json=as_json).result({"rows": count, "file": str(file)}, f"{count:,} rows: {file}")


@app.command(epilog=EXIT_CODES)
def release(
    study: StudyName,
    by: ByOption,
    why: WhyOption,
    fixed: Annotated[
        Path | None, typer.Option("--fixed", metavar="FILE.csv", help="A sheet of `export`, corrected.")
    ] = None,
    confirm: Annotated[
        bool, typer.Option("--confirm", help="The rows named are right as delivered.")
    ] = False,
    identity: Annotated[
        list[str] | None,
        typer.Option(
            "--identity", help="A column that says whose row it is, or when, and is meant to change."
        ),
    ] = None,
    batch: BatchOption = "newest",
    source: TablesOption = None,
    rule: RuleOption = None,
    code: CodeOption = None,
    row: RowOption = None,
    line: LineOption = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Release held rows: corrected (--fixed FILE), or confirmed as they are (--confirm, with --row, --rule ...).

    Corrected rows are validated by every rule again. Confirmed rows pass only rules that the contract marks
    `releasable: true`. A row is released once; the next run uses it, and its report names who released it.
    """
    from data_contracts.quarantine_store import decide, sheets

    if (fixed is None) == (not confirm):
        raise StudyError("release: give either --fixed FILE, or --confirm with options that select rows.")
    name, ledger, signed = _name_of(study), _ledger(home), _signed(by, why)
    if fixed is not None:
        done = decide.correct(
            ledger, name, sheets.corrections_in(ledger, name, fixed), signed, identity or ()
        )
    else:
        which = _narrowed(_which(study, batch, source, rule, code, row, line))
        done = decide.confirm(ledger, which, signed)
    _show_decision("released", study, done, as_json)


@app.command(epilog=EXIT_CODES)
def discard(
    study: StudyName,
    by: ByOption,
    why: WhyOption,
    batch: BatchOption = "newest",
    source: TablesOption = None,
    rule: RuleOption = None,
    code: CodeOption = None,
    row: RowOption = None,
    line: LineOption = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Discard rows for good, or take a release back. They stay in the quarantine and out of every run."""
    from data_contracts.quarantine_store import decide

    which = _narrowed(_which(study, batch, source, rule, code, row, line))
    _show_decision("discarded", study, decide.discard(_ledger(home), which, _signed(by, why)), as_json)


@app.command(epilog=EXIT_CODES)
def forget(
    study: StudyName,
    before: Annotated[
        datetime, typer.Option(formats=["%Y-%m-%d"], help="Deliveries validated before this day, in UTC.")
    ],
    by: ByOption,
    why: WhyOption,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Remove old deliveries: their held rows are overwritten, and files kept whole are deleted.

    The newest delivery stays, and so does every row that was released or discarded: decisions stay in force.
    """
    from dataclasses import asdict

    from data_contracts.quarantine_store.keep import purge
    from orchestration.command.output.terminal import Terminal

    done = purge(_ledger(home), _name_of(study), before.date(), _signed(by, why))
    text = f"Forgotten: {done.batches:,} deliveries, {done.rows:,} rows, {done.files:,} whole files."
    Terminal(as_json=as_json).result(asdict(done), text)


@app.command(epilog=EXIT_CODES)
def journal(study: AnyStudy = None, home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Who looked at values, exported, released, discarded or forgot rows, when and why."""
    from data_contracts.quarantine_store.journal import entries
    from orchestration.command.output.held_rows_table import journal_text, records
    from orchestration.command.output.terminal import Terminal

    found = entries(_ledger(home), _name_of(study) if study else None)
    Terminal(as_json=as_json).result({"entries": records(found)}, *journal_text(found))


def _which(
    study: str,
    batch: str,
    source: str | None,
    rule: str | None,
    code: str | None,
    row: list[int] | None,
    line: list[int] | None,
    status: Status | None = None,
) -> "HeldRowsFilter":
    """The filter of the options; a row number selects from all batches."""
    from data_contracts.quarantine_store.held_rows import HeldRowsFilter

    return HeldRowsFilter(
        study=_name_of(study),
        batch="all" if row else batch,
        source=source,
        rule=rule,
        code=code,
        status=status,
        rows=tuple(row or ()),
        lines=tuple(line or ()),
    )


def _narrowed(which: "HeldRowsFilter") -> "HeldRowsFilter":
    """The filter, if it selects rows: no decision about all rows by omission."""
    if not (which.rows or which.lines or which.rule or which.code or which.source):
        raise StudyError("Select rows with --row, --line, --rule, --code or --source.")
    return which


def _name_of(study: str) -> str:
    """The study's name, also from the path of its file."""
    from orchestration.study.load import load

    return load(study).name if Path(study).suffix in {".yaml", ".yml"} else study


def _ledger(home: Path | None) -> "Ledger":
    from orchestration.startup import require_home

    require_home(home)
    from orchestration.stages.validate import ledger_of
    from orchestration.workspace import open_workspace

    return ledger_of(open_workspace(home))


def _signed(by: str, why: str) -> "Signature":
    """The name that was given, and the account of the operating system."""
    import getpass

    from data_contracts.quarantine_store.journal import Signature
    from orchestration.workspace import utc_now

    return Signature(who=by, why=why, account=getpass.getuser(), at=utc_now())


def _show_decision(what: str, study: str, done: "Decided", as_json: bool) -> None:
    from orchestration.command.output.terminal import Terminal

    content = {"rows": len(done.rows), "row_numbers": list(done.rows), "corrected_cells": dict(done.columns)}
    cells = ", ".join(f"{name} in {count:,}" for name, count in sorted(done.columns.items()))
    corrected = [f"Corrected cells: {cells}."] if cells else []
    follow = f"The next run uses this: meta-med run --study {study}"
    Terminal(as_json=as_json).result(content, f"Rows {what}: {len(done.rows):,}.", *corrected, follow)
