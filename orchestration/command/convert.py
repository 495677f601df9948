"""`meta-med convert`: convert an export in a clinical standard to a table of records."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from orchestration.command.options import JsonOption
from orchestration.errors import StudyError
from orchestration.writable import require_file

if TYPE_CHECKING:
    from data_contracts.standards.convert import ConversionAccount

_FILES_SHOWN = 20
ACCOUNT = ".conversion.json"

MappingArgument = Annotated[Path, typer.Argument(help="The mapping, a YAML file.")]
FolderArgument = Annotated[
    Path, typer.Argument(help="The export: a folder of FHIR R4 NDJSON, OMOP CDM tables or MEDS shards.")
]
OutOption = Annotated[
    Path,
    typer.Option("--out", help="The table to write, FILE.parquet. Its account is FILE.conversion.json."),
]


def convert(
    mapping: MappingArgument, folder: FolderArgument, out: OutOption, as_json: JsonOption = False
) -> None:
    """Convert a FHIR R4, OMOP CDM or MEDS export to one table of records, by a mapping file.

    Unused entries are counted by reason; neither the account nor a message holds a patient's value.
    """
    from data_contracts.standards.convert import ConversionError
    from data_contracts.standards.convert import convert as converted
    from data_contracts.standards.mapping.parse import load
    from orchestration.command.output.terminal import Terminal

    if out.suffix != ".parquet":
        raise StudyError(f"--out {out.name}: the name must end in .parquet.")
    beside = out.with_suffix(ACCOUNT)
    try:
        account = converted(load(mapping), folder.expanduser().absolute(), _ready(out))
    except ConversionError as error:
        if error.account is not None:
            error.account.write(beside)
        raise
    account.write(beside)
    content = {**account.to_dict(), "table": str(out), "account": str(beside)}
    Terminal(as_json=as_json).result(content, *_lines(account, out, beside))


def _passed_over(account: "ConversionAccount") -> str:
    """The names of files that were not read, with reasons."""
    names = [f"{entry['file']} ({entry['code']})" for entry in account.passed_over[:_FILES_SHOWN]]
    more = len(account.passed_over) - len(names)
    rest = f" and {more:,} more, all named in the account" if more else ""
    return f"Files that were not read: {', '.join(names)}{rest}" if names else ""


def _ready(out: Path) -> Path:
    if not out.absolute().parent.exists():
        raise StudyError(f"There is no folder {out.parent}. Make it, or name another file with --out.")
    for file in (out, out.with_suffix(ACCOUNT)):
        require_file(file)
    return out.absolute()


def _lines(account: "ConversionAccount", out: Path, beside: Path) -> list[Any]:
    from rich.table import Table

    used = sum(sum(columns.values()) for columns in account.used.values())
    summary = (
        f"{account.rows:,} records of {account.patients:,} patients, from {used:,} values in "
        f"{len(account.files):,} files ({account.standard})."
    )

    left = Table("code", "table", "column", "left out", "what")
    for entry in account.left_out:
        left.add_row(entry.code, entry.table, entry.column, f"{entry.count:,}", entry.message)
    never = f"Codes of the mapping that do not occur: {', '.join(account.codes_never_met)}"
    return [
        summary,
        left if account.left_out else "",
        _passed_over(account),
        never if account.codes_never_met else "",
        f"Table: {out!s}",
        f"Account: {beside!s}",
    ]
