"""Options that several commands share; light to import, because `--help` needs them."""

from pathlib import Path
from typing import Annotated, Literal

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
LogFormatOption = Annotated[
    Literal["text", "json"] | None,
    typer.Option("--log-format", help="Of the messages on stderr. Default: $META_MED_LOG_FORMAT, else text."),
]
SourceOption = Annotated[
    list[str] | None,
    typer.Option("--source", metavar="TABLE=FILE", help="Read a table from FILE instead. May be repeated."),
]
DataOption = Annotated[
    Path | None,
    typer.Option(
        "--data", help="Folder of the data that are not part of the product. Default: $META_MED_DATA"
    ),
]

EXIT_CODES = (
    "Exit codes: 0 done; 1 a defect of the program; 2 wrong command, study or contract; 3 rows quarantined "
    "(validate only); 4 data rejected or missing; 5 published store; 6 model; 7 late (status only); 124 took too long; "
    "130 interrupted."
)


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
StatusOption = Annotated[Status | None, typer.Option("--status", help="Only rows with this status.")]
RowOption = Annotated[
    list[int] | None, typer.Option("--row", help="A row's number, as `show` lists it. May be repeated.")
]
LineOption = Annotated[list[int] | None, typer.Option("--line", help="A line of the file. May be repeated.")]
LimitOption = Annotated[int, typer.Option("--limit", min=1, help="At most so many rows.")]
ByOption = Annotated[str, typer.Option("--by", help="Your name, written to the journal.")]
WhyOption = Annotated[
    str, typer.Option("--why", help="Your reason, written to the journal. No patient's data.")
]
