"""The start of a command on a study: the study, the files given as arguments, and a checked workspace."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from orchestration.command.output.terminal import Terminal
from orchestration.errors import StudyError
from orchestration.preflight.ready import require_ready
from orchestration.runs.inbox import table_named
from orchestration.study.keys import nearest
from orchestration.study.load import LoadedStudy, load, plain_path
from orchestration.workspace import Workspace, open_workspace


@contextmanager
def prepared(
    terminal: Terminal,
    study: str,
    home: Path | None,
    source: list[str] | None,
    data: Path | None,
    *,
    publishes: bool,
    full: bool = False,
) -> Iterator[tuple[LoadedStudy, Workspace]]:
    """The study and its workspace, with progress on the terminal for the duration of the block.

    Disk and store are checked here, before heavy libraries are loaded.
    """
    loaded = load(study, data)
    given = given_sources(loaded, source or [])
    with terminal.listening() as listener:
        workspace = open_workspace(home, listener=listener, given=given, studies=[loaded], full=full)
        require_ready(workspace, publishes=publishes)
        yield loaded, workspace


def given_sources(study: LoadedStudy, arguments: Sequence[str]) -> dict[str, Path]:
    """Table name -> file, of arguments `TABLE=FILE` or plain files that are named after their table."""
    return files_by_table(list(study.sources), arguments, f'study "{study.name}"')


def files_by_table(tables: Sequence[str], arguments: Sequence[str], whose: str) -> dict[str, Path]:
    """Table name -> file, as `given_sources`; `whose` are the tables, for messages."""
    return dict(_given(tables, argument, whose) for argument in arguments)


def _given(tables: Sequence[str], argument: str, whose: str) -> tuple[str, Path]:
    table, separator, file = argument.partition("=")
    if separator and table in tables:
        return table, _existing(file)
    if separator and not Path(argument).exists():
        raise StudyError(
            f'{whose[:1].upper()}{whose[1:]} has no table "{table}": {nearest(table, list(tables))}'
        )
    path = _existing(argument)
    own = table_named(path.name, tables)
    if own is not None or len(tables) == 1:
        return own or tables[0], path
    raise StudyError(
        f"The name of {path.name} does not say which table of {whose} it is. "
        f"Write TABLE=FILE with one of: {', '.join(tables)}."
    )


def _existing(file: str) -> Path:
    path = plain_path(file)
    if not path.exists():
        raise StudyError(f"There is no file {file}. Check the path.")
    return path
