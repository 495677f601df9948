"""`meta-med study`: draft a study from a contract, check one, and print the JSON Schema and all keys."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from orchestration.command.contract import ContractName, OutOption
from orchestration.command.options import DataOption, JsonOption, SourceOption
from orchestration.errors import DataError, StudyError

if TYPE_CHECKING:
    from orchestration.study.facts import StudyFacts
    from orchestration.study.load import LoadedStudy

EXIT_CODES = (
    "Exit codes: 0 done; 2 the study, its contract or the command is wrong, or the data do not fit the study; "
    "4 the data are rejected or cannot be read."
)

app = typer.Typer(
    name="study",
    help="Write and check studies. " + EXIT_CODES,
    no_args_is_help=True,
    add_completion=False,
)

StudyName = Annotated[str, typer.Argument(help="A study's YAML file, or the name of a bundled one.")]
TableOption = Annotated[
    str | None,
    typer.Option("--table", help="The contract's table whose rows are the records, if it has several."),
]
FilesOption = Annotated[
    list[str] | None,
    typer.Option(
        "--data",
        metavar="FILE",
        help="A delivered file, to judge by: named after its table, or TABLE=FILE. May be repeated.",
    ),
]


@app.command(epilog=EXIT_CODES)
def draft(
    contract: ContractName,
    table: TableOption = None,
    data: FilesOption = None,
    out: OutOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write a first study from a contract, with questions to its author as comments.

    Outcomes, covariates, cohorts and how far ahead is predicted are proposals; with the delivered files (--data) they
    rest on how often values are there and change within patients. It holds no patient's value.
    """
    from data_contracts.contract import load
    from orchestration.command.contract import check_new
    from orchestration.command.output.terminal import Terminal
    from orchestration.command.prepare import files_by_table
    from orchestration.study_draft.drafting import draft as drafted
    from orchestration.workspace import utc_now

    check_new(out, "A draft replaces no study")
    promised = load(contract)
    files = files_by_table(list(promised.tables), data or [], f'contract "{promised.name}"')
    made = drafted(contract, files, now=utc_now(), table=table, out=out)
    terminal = Terminal(as_json=as_json)
    for remark in made.remarks:
        terminal.say(f"- {remark}")
    content = {
        "name": made.name,
        "outcomes": made.outcomes,
        "covariates": made.covariates,
        "remarks": made.remarks,
    }
    if out is None:
        terminal.verbatim({**content, "study": made.text}, made.text)
        return
    written = [str(path) for path in _written(out, made.text)]
    terminal.result({**content, "written": written}, *(f"Written: {path}" for path in written))


@app.command(epilog=EXIT_CODES)
def check(
    study: StudyName, data: DataOption = None, source: SourceOption = None, as_json: JsonOption = False
) -> None:
    """Read a study against its contract; where its data are there, count what it finds in them. Trains nothing."""
    from orchestration.command.output.study_report import facts_shown
    from orchestration.command.output.terminal import Terminal
    from orchestration.command.prepare import given_sources
    from orchestration.study.load import load

    loaded = load(study, data)
    files = {**loaded.sources, **given_sources(loaded, source or [])}
    content = _promised(loaded)
    missing = [str(path.name) for path in files.values() if not path.exists()]
    found = None if missing else _facts(loaded, files)
    lines = [
        f"{loaded.name}: no mistakes against contract {loaded.spec.contract}; {len(loaded.spec.outcomes)} outcomes, "
        f"{len(loaded.spec.covariates)} covariates, {len(loaded.spec.learners)} learners.",
    ]
    if found is None:
        lines.append(
            f"The data are not there ({', '.join(missing)}), so nothing is counted: see --data and --source."
        )
    content |= {"data": found.content if found else None, "mistakes": found.mistakes if found else []}
    Terminal(as_json=as_json).result(content, *lines, *(facts_shown(found) if found else ()))
    raise typer.Exit(_exit_code(found))


def _facts(study: "LoadedStudy", files: Mapping[str, Path]) -> "StudyFacts":
    from orchestration.boundary import expected_errors
    from orchestration.study.facts import study_facts
    from orchestration.workspace import utc_now

    with expected_errors():
        return study_facts(study, files, utc_now())


def _promised(study: "LoadedStudy") -> dict[str, Any]:
    spec = study.spec
    return {
        "name": study.name,
        "sha256": study.sha256,
        "contract": spec.contract,
        "outcomes": [outcome.name for outcome in spec.outcomes],
        "covariates": [covariate.name for covariate in spec.covariates],
        "learners": [learner.name for learner in spec.learners],
        "baselines": list(spec.baselines),
    }


def _exit_code(found: "StudyFacts | None") -> int:
    if found and found.rejected:
        return DataError.exit_code
    return StudyError.exit_code if found and found.mistakes else 0


@app.command(epilog=EXIT_CODES)
def schema(out: OutOption = None) -> None:
    """Print the JSON Schema of studies, for completion and checks in an editor."""
    from orchestration.study_reference.json_schema import editor_schema_text

    _print_or_write(editor_schema_text(), out)


@app.command(epilog=EXIT_CODES)
def keys(out: OutOption = None) -> None:
    """Print the reference of all keys of a study as Markdown: type, default, range and meaning."""
    from orchestration.study_reference.page import reference_page

    _print_or_write(reference_page(), out)


def _print_or_write(text: str, out: Path | None) -> None:
    from orchestration.command.output.terminal import Terminal

    terminal = Terminal(as_json=False)
    if out is None:
        terminal.verbatim({}, text)
        return
    out.write_text(text, encoding="utf-8")
    terminal.result({}, f"Written: {out!s}")


def _written(out: Path, text: str) -> list[Path]:
    """Write the study, and next to it the schema that its first line names, unless it exists; the paths written."""
    from orchestration.study_reference.json_schema import SCHEMA_FILE, editor_schema_text

    out.write_text(text, encoding="utf-8")
    schema_file = out.parent / SCHEMA_FILE
    if schema_file.exists():
        return [out]
    schema_file.write_text(editor_schema_text(), encoding="utf-8")
    return [out, schema_file]
