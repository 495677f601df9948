"""Options of `meta-med quarantine`: which held rows are meant, and who acts."""

from typing import Annotated, Literal

import typer

Status = Literal["held", "released", "discarded"]

StudyName = Annotated[str, typer.Option("--study", "-s", help="The study's name, or the path of its file.")]
AnyStudy = Annotated[str | None, typer.Option("--study", "-s", help="Only this study; all if left out.")]
BatchOption = Annotated[
    str, typer.Option("--batch", help='A run\'s fingerprint, "newest" of each study, or "all".')
]
SourceOption = Annotated[str | None, typer.Option("--source", help="Only rows of this table.")]
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
