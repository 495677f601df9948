"""`meta-med evaluate`: error and coverage on held-out patients, as a table of one fold or as pages over all folds."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from orchestration.command.options import DataOption, HomeOption, JsonOption, SourceOption
from orchestration.errors import StudyError

if TYPE_CHECKING:
    from orchestration.command.output.terminal import Terminal
    from orchestration.study.load import LoadedStudy

OneStudyOption = Annotated[
    str | None,
    typer.Option(
        "--study", "-s", help="Name of a bundled study, or the path of its YAML file. Or use --all."
    ),
]
ExportOption = Annotated[
    Path | None,
    typer.Option(
        "--export",
        help="Write the table of the study's own fold to a .parquet, .csv or .json file, or as a .md page.",
    ),
]
AllOption = Annotated[
    bool, typer.Option("--all", help="Every study whose data are there: a page each, and the summary.")
]
OutOption = Annotated[
    Path | None,
    typer.Option(
        "--out",
        help="Folder for pages of results: every patient is held out once, in all settings of the study. "
        "With --all: docs/results by default.",
    ),
]
CurveOption = Annotated[
    bool, typer.Option("--curve", help="With pages: measure error by the number of training patients too.")
]
PAGES = Path("docs/results")


def evaluate(
    study: OneStudyOption = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
    source: SourceOption = None,
    export: ExportOption = None,
    data: DataOption = None,
    every: AllOption = False,
    out: OutOption = None,
    curve: CurveOption = False,
) -> None:
    """Evaluate champion, learners and baselines on held-out patients; trains first if need be.

    `--study S` alone evaluates the study's own fold. `--study S --out DIR` and `--all` cross-fit: pages with figures,
    and a summary of the claims that are met; the next `publish` shows a study's figures on the dashboard. Finished
    parts are kept in the home folder: after an interruption, run the command again.
    """
    from orchestration.startup import require_home

    require_home(home)
    from orchestration.command.output.terminal import Terminal

    if every == (study is not None):
        raise StudyError("evaluate: name one study with --study, or ask for --all.")
    terminal = Terminal(as_json=as_json)
    if every or out is not None or curve:
        _refuse(export=export is not None, source=every and bool(source))
        _pages(terminal, study, home, source or [], data, out or PAGES, curve=curve)
    else:
        _own_fold(terminal, str(study), home, source or [], export, data)


def _refuse(*, export: bool, source: bool) -> None:
    if export:
        raise StudyError("evaluate: --export writes the table of one fold; with --out or --all leave it out.")
    if source:
        raise StudyError("evaluate: --source names a file of one study; with --all leave it out.")


def _own_fold(
    terminal: "Terminal",
    study: str,
    home: Path | None,
    source: list[str],
    export: Path | None,
    data: Path | None,
) -> None:
    from orchestration.command.output.terminal import require_format, write_table
    from orchestration.command.prepare import prepared

    if export is not None:
        require_format(export)
    with prepared(terminal, study, home, source, data, publishes=False) as (loaded, workspace):
        from orchestration.command.output.error_tables import error_tables
        from orchestration.command.output.run_report import evaluation_of, evaluation_rows
        from orchestration.command.output.verdict_table import own_fold_table
        from orchestration.evaluate_study import evaluation_on_own_fold
        from orchestration.runs.stage_results import cohorts_left_out, left_out_lines

        folder = evaluation_on_own_fold(loaded, workspace)
        table, left_out = evaluation_of(folder.path), cohorts_left_out(folder)
    if export is not None:
        write_table(table, export, loaded.spec.title)
    content = {"study": loaded.name, "cohorts_left_out": left_out, "evaluation": evaluation_rows(table)}
    tables = *error_tables(table, loaded.spec), own_fold_table(table, loaded.spec)
    terminal.result(content, *tables, *left_out_lines(left_out))


def _pages(
    terminal: "Terminal",
    study: str | None,
    home: Path | None,
    source: list[str],
    data: Path | None,
    out: Path,
    *,
    curve: bool,
) -> None:
    from orchestration.command.output.run_report import pages_content, pages_text
    from orchestration.command.prepare import given_sources
    from orchestration.preflight.ready import require_ready
    from orchestration.study.load import load
    from orchestration.study.registry import known_studies, own_studies
    from orchestration.workspace import open_workspace
    from orchestration.writable import require_writable

    known = known_studies(data)
    chosen: list[LoadedStudy] = list(known.values()) if study is None else [load(study, data)]
    given = given_sources(chosen[0], source) if source else {}
    with terminal.listening() as listener:
        workspace = open_workspace(home, listener=listener, given=given, studies=chosen)
        require_ready(workspace, publishes=False)
        require_writable(out.absolute())
        from orchestration.evaluate_study import write_pages

        names = {*known, *(one.name for one in chosen)}
        pages = write_pages(chosen, workspace, out, names, curve=curve, say=terminal.say)
        if study is None:
            for file, mistakes in own_studies(data).broken.items():
                terminal.say(f"{file}: this study is left out. {mistakes}")
                pages.failed[file] = mistakes
    terminal.result(pages_content(pages, out), *pages_text(pages, out))
    if pages.failed:
        # the other pages are written; the exit code is that of the first failure
        raise next(iter(pages.failed.values()))
