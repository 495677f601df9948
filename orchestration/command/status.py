"""`meta-med status`: what is served, how old it is, and what is late."""

from orchestration.command.options import AnyStudyOption, HomeOption, JsonOption


def status(study: AnyStudyOption = None, home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Show each study's current release with its age and counts, and what is late."""
    from orchestration.startup import require_home

    require_home(home)
    from orchestration.command.output.terminal import Terminal
    from orchestration.health import health_of, served_studies
    from orchestration.study.registry import own_studies, tables_of
    from orchestration.workspace import open_workspace

    workspace = open_workspace(home)
    own = own_studies()
    names = [study] if study else served_studies(workspace)
    states = [health_of(name, workspace, tables_of(name, own)) for name in names]
    lines = [line for state in states for line in state.lines()]
    broken = [
        f"{file}: this study is left out. {text}" for file, found in own.mistakes.items() for text in found
    ]
    hint = "Nothing is published yet. Start with: meta-med run --study pbc"
    terminal = Terminal(as_json=as_json)
    terminal.result(
        {
            "home": str(workspace.home),
            "studies": [s.content() for s in states],
            "studies_left_out": own.mistakes,
        },
        *(lines or [hint]),
        *broken,
    )
