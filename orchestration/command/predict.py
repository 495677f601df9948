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
    from orchestration.startup import require_home

    require_home(home)
    from orchestration.command.output.terminal import Terminal
    from orchestration.command.prepared import prepared

    terminal = Terminal(as_json=as_json)
    with prepared(terminal, study, home, source, data, publishes=False) as (loaded, workspace):
        from orchestration.execution import run_graph

        outcome = run_graph(loaded, workspace, last="predict")
    marker = outcome.folder.marker("predict") or {}
    counts = marker.get("summary", {}).get("counts", {})
    lines = [f"{name.replace('_', ' ')}: {value}" for name, value in counts.items()]
    terminal.result({"study": loaded.name, "counts": counts}, *lines, "Publish with: meta-med publish")
