"""Files named on the command line: which of the contract's tables each of them is."""

from collections.abc import Sequence
from pathlib import Path

from orchestration.errors import StudyError
from orchestration.inbox import table_named
from orchestration.own_copy import plain_path
from orchestration.study_file import LoadedStudy
from orchestration.study_keys import nearest


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
