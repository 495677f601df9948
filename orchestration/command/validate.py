"""`meta-med validate`: validate files by the contract."""

from pathlib import Path
from typing import Annotated

import typer

from orchestration.command.options import DataOption, HomeOption, JsonOption, StudyOption

FilesArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[FILE]...", help="Files named after their table, or TABLE=FILE. Default: the study's own."
    ),
]
PreviousOption = Annotated[
    Path | None,
    typer.Option("--previous", help="The delivery before this one, for rules between deliveries."),
]

TimezoneOption = Annotated[
    str | None,
    typer.Option(
        help="The site's time zone, such as Europe/Paris, for times without offset where the contract has none."
    ),
]


def validate(
    study: StudyOption,
    files: FilesArgument = None,
    previous: PreviousOption = None,
    timezone: TimezoneOption = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Validate files by the study's contract: exit 0 clean, 3 rows quarantined, 4 rejected. Publishes nothing.

    The data-quality report is written to the home folder.
    """
    from orchestration.startup import require_home

    require_home(home)
    from orchestration.command.output.terminal import Terminal
    from orchestration.command.prepare import given_sources
    from orchestration.study.load import load, plain_path
    from orchestration.validate_files import validate_files, verdict_text
    from orchestration.workspace import open_workspace

    loaded = load(study, data)
    workspace = open_workspace(home, given=given_sources(loaded, files or []), studies=[loaded])
    result = validate_files(loaded, workspace, plain_path(previous) if previous else None, timezone)
    Terminal(as_json=as_json).result(result.content, *verdict_text(result))
    raise typer.Exit(result.exit_code)
