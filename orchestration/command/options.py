"""Options that several commands share, so that they read the same everywhere."""

from pathlib import Path
from typing import Annotated

import typer

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
