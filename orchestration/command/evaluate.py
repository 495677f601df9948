"""`meta-med evaluate`: error and coverage on held-out patients."""

from pathlib import Path
from typing import Annotated

import typer

from orchestration.command.options import DataOption, HomeOption, JsonOption, SourceOption, StudyOption

ExportOption = Annotated[
    Path | None,
    typer.Option(
        "--export", help="Write the evaluation to a .parquet, .csv or .json file, or as a .md page."
    ),
]
FoldsOption = Annotated[
    bool,
    typer.Option("--folds", help="Train and evaluate on every patient-level fold, not only the study's own."),
]


def evaluate(
    study: StudyOption,
    home: HomeOption = None,
    as_json: JsonOption = False,
    source: SourceOption = None,
    export: ExportOption = None,
    folds: FoldsOption = False,
    data: DataOption = None,
) -> None:
    """Evaluate champion, learners and baselines on held-out patients; trains first if need be."""
    from orchestration.command.evaluation_table import error_by_support, error_table, evaluation_rows
    from orchestration.command.export import write_table
    from orchestration.command.given import given_sources
    from orchestration.command.terminal import Terminal
    from orchestration.evaluation import evaluation_on_folds, evaluation_on_own_fold
    from orchestration.study_file import load
    from orchestration.workspace import open_workspace

    terminal, loaded = Terminal(as_json=as_json), load(study, data)
    given = given_sources(loaded, source or [])
    with terminal.listening() as listener:
        workspace = open_workspace(home, listener=listener, given=given, studies=[loaded])
        table = (evaluation_on_folds if folds else evaluation_on_own_fold)(loaded, workspace)
    if export is not None:
        write_table(table, export, loaded.spec.title)
    content = {"study": loaded.name, "folds": folds, "evaluation": evaluation_rows(table)}
    terminal.result(content, error_table(error_by_support(table, loaded), loaded))
