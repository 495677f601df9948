"""`meta-med predict`: adapt to each current patient and predict, without publishing."""

from orchestration.command.options import DataOption, HomeOption, JsonOption, SourceOption, StudyOption


def predict(
    study: StudyOption,
    home: HomeOption = None,
    as_json: JsonOption = False,
    source: SourceOption = None,
    data: DataOption = None,
) -> None:
    """Predict the next record of each current patient; trains first if need be. Publishes nothing."""
    from orchestration.command.given import given_sources
    from orchestration.command.terminal import Terminal
    from orchestration.execution import run_graph
    from orchestration.study_file import load
    from orchestration.workspace import open_workspace

    terminal, loaded = Terminal(as_json=as_json), load(study, data)
    given = given_sources(loaded, source or [])
    with terminal.listening() as listener:
        workspace = open_workspace(home, listener=listener, given=given, studies=[loaded])
        outcome = run_graph(loaded, workspace, last="predict")
    marker = outcome.folder.marker("predict") or {}
    counts = marker.get("summary", {}).get("counts", {})
    lines = [f"{name.replace('_', ' ')}: {value}" for name, value in counts.items()]
    terminal.result({"study": loaded.name, "counts": counts}, *lines, "Publish with: meta-med publish")
