"""`meta-med contract`: draft a contract from a table, check one, compare two, and print the JSON Schema."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from orchestration.command.options import JsonOption
from orchestration.errors import StudyError

if TYPE_CHECKING:
    from rich.console import RenderableType

    from data_contracts.difference import Difference

EXIT_CODES = (
    "Exit codes: 0 done (diff: nothing breaks); 2 the contract or the command is wrong; "
    "3 something breaks (diff only); 4 the table cannot be read (draft only)."
)
BREAKS = 3

app = typer.Typer(
    name="contract",
    help="Write, check and compare data contracts. " + EXIT_CODES,
    no_args_is_help=True,
    add_completion=False,
)

TableFile = Annotated[
    Path, typer.Argument(metavar="FILE", help="A table: CSV, Parquet, or a folder of parts.")
]
ContractName = Annotated[str, typer.Argument(help="A contract's YAML file, or the name of a bundled one.")]
OutOption = Annotated[Path | None, typer.Option("--out", help="Write to this file instead of stdout.")]
TimezoneOption = Annotated[
    str, typer.Option("--timezone", help="The site's time zone, for times without offset, e.g. Europe/Paris.")
]


@app.command(epilog=EXIT_CODES)
def draft(
    table: TableFile, out: OutOption = None, timezone: TimezoneOption = "", as_json: JsonOption = False
) -> None:
    """Write a first contract from a table: types, ranges, categories, keys and guesses, for you to edit.

    It is valid, and its own table conforms to it. It holds no patient's value, except the names of categories and
    rounded ranges.
    """
    from data_contracts.draft import draft as drafted
    from orchestration.command.output.terminal import Terminal
    from orchestration.workspace import utc_now

    check_new(out, "A draft replaces no contract")
    _check_timezone(timezone)
    made = drafted(table, now=utc_now(), timezone=timezone)
    terminal = Terminal(as_json=as_json)
    for remark in made.remarks:
        terminal.say(f"- {remark}")
    terminal.say(
        f"{made.columns} columns, {made.rules} rules; the gate's verdict on this table: {made.verdict}."
    )
    content = {
        "name": made.name,
        "verdict": made.verdict,
        "columns": made.columns,
        "rules": made.rules,
        "remarks": made.remarks,
    }
    if out is None:
        terminal.verbatim({**content, "contract": made.text}, made.text)
        return
    written = [str(path) for path in _written(out, made.text)]
    terminal.result({**content, "written": written}, *(f"Written: {path}" for path in written))


@app.command(epilog=EXIT_CODES)
def check(contract: ContractName, as_json: JsonOption = False) -> None:
    """Read a contract and show what it promises; every mistake is named with file and key."""
    from data_contracts.contract import load
    from data_contracts.contract.check_specs import check_specs
    from orchestration.command.output.terminal import Terminal

    loaded = load(contract)
    specs = check_specs(loaded)
    content = {
        "name": loaded.name,
        "version": loaded.version,
        "sha256": loaded.sha256,
        "tables": [{"name": t.name, "columns": len(t.columns)} for t in loaded.tables.values()],
        "checks": [
            {"name": s.name, "outcome": s.outcome, "code": s.code, "says": s.description} for s in specs
        ],
        "told_only": list(loaded.informative_keys),
    }
    lines = [f"{loaded.name} {loaded.version}: no mistakes, {len(specs)} checks."]
    lines += [
        f"  {t.name}: {len(t.columns)} columns; patient {t.subject or '(none)'}, time {t.time or '(none)'}, "
        f"cohort {t.cohort or '(none)'}"
        for t in loaded.tables.values()
    ]
    if loaded.informative_keys:
        keys = ", ".join(loaded.informative_keys)
        lines.append(f"For people and other tools only, not checked: {keys}.")
    Terminal(as_json=as_json).result(content, *lines)


@app.command(epilog=EXIT_CODES)
def diff(before: ContractName, after: ContractName, as_json: JsonOption = False) -> None:
    """Show what changes between two contracts, and whom it breaks: those who deliver, those who read.

    Exit 0 when nothing breaks, 3 when something does.
    """
    from data_contracts.contract import load
    from data_contracts.difference import compare
    from orchestration.command.output.terminal import Terminal

    difference = compare(load(before), load(after))
    Terminal(as_json=as_json).result(difference.to_dict(), *_shown(difference))
    raise typer.Exit(BREAKS if difference.breaks else 0)


@app.command(epilog=EXIT_CODES)
def schema(out: OutOption = None) -> None:
    """Print the JSON Schema of contracts, for completion and checks in an editor."""
    from data_contracts.contract.json_schema import editor_schema_text
    from orchestration.command.output.terminal import Terminal

    if out is None:
        Terminal(as_json=False).verbatim({}, editor_schema_text())
        return
    out.write_text(editor_schema_text(), encoding="utf-8")
    Terminal(as_json=False).result({}, f"Written: {out!s}")


def check_new(out: Path | None, rule: str) -> None:
    """Refuse to overwrite a file, which may be edited; `rule` is the reason in the message."""
    if out is not None and out.exists():
        raise StudyError(f"--out {out.name}: the file exists. {rule}; choose another name.")
    if out is not None and not out.parent.is_dir():
        raise StudyError(f"--out {out.name}: there is no folder {str(out.parent)!r}.")


def _check_timezone(timezone: str) -> None:
    from zoneinfo import available_timezones

    if timezone and timezone not in available_timezones():
        raise StudyError(f"--timezone: {timezone!r} is not a time zone; write e.g. Europe/Paris.")


def _written(out: Path, text: str) -> list[Path]:
    """Write the contract, and next to it the schema that its first line names, unless it exists; the paths written."""
    from data_contracts.contract.json_schema import editor_schema_text
    from data_contracts.draft.drafting import SCHEMA_FILE

    out.write_text(text, encoding="utf-8")
    schema_file = out.parent / SCHEMA_FILE
    if schema_file.exists():
        return [out]
    schema_file.write_text(editor_schema_text(), encoding="utf-8")
    return [out, schema_file]


def _shown(difference: "Difference") -> "list[RenderableType]":
    """The verdict, a table of changes, and the advised version."""
    from rich.table import Table

    whom = [
        who
        for who, broken in (
            ("those who deliver", difference.breaks_producer),
            ("those who read", difference.breaks_consumer),
        )
        if broken
    ]
    if not difference.changes:
        return ["Nothing changes."]
    verdict = f"Breaks {' and '.join(whom)}." if whom else "Nothing breaks."
    table = Table()
    for heading in ("where", "what", "before", "after", "to deliver", "to read"):
        table.add_column(heading, overflow="fold")
    for change in difference.changes:
        cells = (change.place, change.what, change.before, change.after, change.producer, change.consumer)
        table.add_row(*cells)
    return [verdict, table, _advice(difference)]


def _advice(difference: "Difference") -> str:
    if not difference.advised_version:
        return "The versions are not written as 1.2.3, so none is advised."
    enough = "enough" if difference.version_is_enough else "too low"
    return (
        f"This is a {difference.level} change of {difference.before.version}: the new contract should be version "
        f"{difference.advised_version} or higher. It is {difference.after.version}: {enough}."
    )
