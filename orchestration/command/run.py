"""`meta-med run`: the whole way from raw files to a published release."""

from orchestration.command.options import DataOption, HomeOption, JsonOption, SourceOption, StudyOption


def run(
    study: StudyOption,
    home: HomeOption = None,
    as_json: JsonOption = False,
    source: SourceOption = None,
    data: DataOption = None,
) -> None:
    """Run a study's whole graph: ingest, validate, train, calibrate, evaluate, predict, publish.

    What an earlier run with the same data, contract, study and code has done is not done again.
    """
    from orchestration.startup import require_home

    require_home(home)
    from orchestration.command.output.terminal import Terminal
    from orchestration.command.prepared import prepared

    terminal = Terminal(as_json=as_json)
    with prepared(terminal, study, home, source, data, publishes=True) as (loaded, workspace):
        from orchestration.command.output.run_report import run_content, run_text
        from orchestration.execution import run_graph

        outcome = run_graph(loaded, workspace)
    content = run_content(loaded, workspace, outcome)
    terminal.result(content, *run_text(loaded, content, outcome))
