"""What several commands share: their options, the tables of files named by hand, and the start of a run of a study."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal

import typer

from orchestration.command.output.terminal import Terminal
from orchestration.errors import StudyError
from orchestration.preflight import require_ready
from orchestration.runs.inbox import table_named
from orchestration.study.keys import nearest
from orchestration.study.load import LoadedStudy, load, plain_path
from orchestration.workspace import Workspace, open_workspace

StudyOption = Annotated[
    str, typer.Option("--study", "-s", help="Name of a bundled study, or the path of a study's YAML file.")
]
AnyStudyOption = Annotated[
    str | None, typer.Option("--study", "-s", help="Only this study; all if left out.")
]
HomeOption = Annotated[
    Path | None,
    typer.Option("--home", help="Folder that holds all state. Default: $META_MED_HOME, else .meta_med"),
]
JsonOption = Annotated[
    bool, typer.Option("--json", help="Print the result as JSON on stdout; everything else goes to stderr.")
]
SourceOption = Annotated[
    list[str] | None,
    typer.Option("--source", metavar="TABLE=FILE", help="Read a table from FILE instead. May be repeated."),
]
DataOption = Annotated[
    Path | None,
    typer.Option(
        "--data", help="Folder of the data that do not come with the product. Default: $META_MED_DATA"
    ),
]

EXIT_CODES = (
    "Exit codes: 0 done; 1 a defect of the program; 2 wrong command, study or contract; 3 rows quarantined "
    "(validate only); 4 data rejected or missing; 5 published store; 6 model; 130 interrupted."
)


def given_sources(study: LoadedStudy, arguments: Sequence[str]) -> dict[str, Path]:
    """Table name -> file, of arguments `TABLE=FILE` or plain files that are named after their table."""
    return dict(_given(study, argument) for argument in arguments)


def _given(study: LoadedStudy, argument: str) -> tuple[str, Path]:
    tables = list(study.sources)
    table, separator, file = argument.partition("=")
    if separator and table in tables:
        return table, _existing(file)
    if separator and not Path(argument).exists():
        raise StudyError(f'Study "{study.name}" has no table "{table}": {nearest(table, tables)}')
    path = _existing(argument)
    own = table_named(path.name, tables)
    if own is not None or len(tables) == 1:
        return own or tables[0], path
    raise StudyError(
        f'The name of {path.name} does not say which table of study "{study.name}" it is. '
        f"Write TABLE=FILE with one of: {', '.join(tables)}."
    )


def _existing(file: str) -> Path:
    path = plain_path(file)
    if not path.exists():
        raise StudyError(f"There is no file {file}. Check the path.")
    return path


Status = Literal["held", "released", "discarded"]

StudyName = Annotated[str, typer.Option("--study", "-s", help="The study's name, or the path of its file.")]
AnyStudy = Annotated[str | None, typer.Option("--study", "-s", help="Only this study; all if left out.")]
BatchOption = Annotated[
    str, typer.Option("--batch", help='A run\'s fingerprint, "newest" of each study, or "all".')
]
TablesOption = Annotated[str | None, typer.Option("--source", help="Only rows of this table.")]
RuleOption = Annotated[
    str | None, typer.Option("--rule", help="Only rows held by this rule; may hold *, as in 'visits.*'.")
]
CodeOption = Annotated[str | None, typer.Option("--code", help="Only rows with this code; may hold *.")]
StatusOption = Annotated[Status | None, typer.Option("--status", help="Only rows that are so now.")]
RowOption = Annotated[
    list[int] | None, typer.Option("--row", help="A row's number, as `show` lists it. May be repeated.")
]
LineOption = Annotated[list[int] | None, typer.Option("--line", help="A line of the file. May be repeated.")]
LimitOption = Annotated[int, typer.Option("--limit", min=1, help="At most so many rows.")]
ByOption = Annotated[str, typer.Option("--by", help="Your name: the journal keeps it.")]
WhyOption = Annotated[
    str, typer.Option("--why", help="Your reason: the journal keeps it. No patient's data.")
]


@contextmanager
def prepared(
    terminal: Terminal,
    study: str,
    home: Path | None,
    source: list[str] | None,
    data: Path | None,
    *,
    publishes: bool,
) -> Iterator[tuple[LoadedStudy, Workspace]]:
    """The study and its workspace, listening on the terminal for as long as the block lasts.

    Disk and store are tried here, before the libraries that compute are loaded.
    """
    loaded = load(study, data)
    given = given_sources(loaded, source or [])
    with terminal.listening() as listener:
        workspace = open_workspace(home, listener=listener, given=given, studies=[loaded])
        require_ready(workspace, publishes=publishes)
        yield loaded, workspace
