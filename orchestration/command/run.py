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
    from orchestration.command.given import given_sources
    from orchestration.command.run_report import run_content, run_text
    from orchestration.command.terminal import Terminal
    from orchestration.execution import run_graph
    from orchestration.study_file import load
    from orchestration.workspace import open_workspace

    terminal, loaded = Terminal(as_json=as_json), load(study, data)
    given = given_sources(loaded, source or [])
    with terminal.listening() as listener:
        workspace = open_workspace(home, listener=listener, given=given, studies=[loaded])
        outcome = run_graph(loaded, workspace)
    content = run_content(loaded, workspace, outcome)
    terminal.result(content, *run_text(loaded, content, outcome))
