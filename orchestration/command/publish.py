"""`meta-med publish`: put the predictions into the published store."""

from orchestration.command.options import DataOption, HomeOption, JsonOption, SourceOption, StudyOption


def publish(
    study: StudyOption,
    home: HomeOption = None,
    as_json: JsonOption = False,
    source: SourceOption = None,
    data: DataOption = None,
) -> None:
    """Publish the study's release in one transaction; stages that have not run yet run first."""
    from orchestration.startup import require_home

    require_home(home)
    from orchestration.command.output.terminal import Terminal
    from orchestration.command.prepared import prepared

    terminal = Terminal(as_json=as_json)
    with prepared(terminal, study, home, source, data, publishes=True) as (loaded, workspace):
        from orchestration.execution import run_graph

        done = run_graph(loaded, workspace).published
    content = {
        "study": loaded.name,
        "release_id": done.release_id if done else None,
        "sequence": done.sequence if done else None,
        "changed": done.changed if done else False,
    }
    news = "is now served" if content["changed"] else "was served already"
    terminal.result(content, f"Release {content['release_id']} of {loaded.name} {news}.")
