"""`meta-med up`: Dagster's webserver and daemon and the dashboard, under one supervisor."""

import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from orchestration.command.access.ways_in import (
    AccessOption,
    DemoOption,
    SingleUserOption,
    checked_access,
    require_one_way,
)
from orchestration.command.options import HomeOption, JsonOption, LogFormatOption
from orchestration.startup import require_home

if TYPE_CHECKING:
    from orchestration.services.installation import Ports
    from orchestration.workspace import Workspace

CheckOption = Annotated[
    bool,
    typer.Option(
        "--check", help="Only ask whether the services of a running `meta-med up` are healthy; 5 if not."
    ),
]
NOT_HEALTHY = 5
START_SECONDS = 900.0
"""A first demonstration trains before its dashboard answers."""
PortOption = Annotated[int, typer.Option("--port", help="Port of the dashboard.")]
DagsterPortOption = Annotated[int, typer.Option("--dagster-port", help="Port of Dagster's pages.")]


def up(
    home: HomeOption = None,
    access: AccessOption = None,
    demo: DemoOption = False,
    single_user: SingleUserOption = False,
    port: PortOption = 8501,
    dagster_port: DagsterPortOption = 3000,
    check: CheckOption = False,
    log_format: LogFormatOption = None,
    as_json: JsonOption = False,
) -> None:
    """Start Dagster's webserver, its daemon and the dashboard, keep them running, and end them with this command.

    All on the loopback interface; one of --access, --single-user and --demo says who may see the dashboard. A service
    that dies or hangs is started again. SIGTERM or Ctrl-C ends everything.
    """
    require_home(home)
    from orchestration.monitoring.event_log import use_format
    from orchestration.services.installation import Ports
    from orchestration.workspace import open_workspace

    use_format(log_format)
    workspace = open_workspace(home)
    if check:
        _check(workspace, Ports(port, dagster_port), as_json=as_json)
        return
    require_one_way(access, single_user=single_user, demo=demo)
    if access is not None:
        checked_access(access)
    words = [word for word, given in {"--demo": demo, "--single-user": single_user}.items() if given]
    words += [] if access is None else ["--access", str(access.absolute())]
    _supervise(workspace, Ports(port, dagster_port), words, as_json=as_json)


def _check(workspace: "Workspace", ports: "Ports", *, as_json: bool) -> None:
    """Tell the health of the services that another `meta-med up` runs; exit 5 where one is not healthy."""
    from orchestration.command.output.terminal import Terminal
    from orchestration.services.installation import services_of

    healthy = {service.name: service.check() is True for service in services_of(workspace, ports)}
    lines = [f"{name:>10}  {'healthy' if well else 'not healthy'}" for name, well in healthy.items()]
    Terminal(as_json=as_json).result({"healthy": healthy}, *lines)
    if not all(healthy.values()):
        raise typer.Exit(NOT_HEALTHY)


def _supervise(workspace: "Workspace", ports: "Ports", words: list[str], *, as_json: bool) -> None:
    import asyncio

    from orchestration.command.output.terminal import Terminal
    from orchestration.monitoring.event_log import json_is_asked_for, tell
    from orchestration.services.installation import only_one, prepare, services_of
    from orchestration.services.notify import notify
    from orchestration.services.supervisor import Patience, Supervisor

    with only_one(workspace):
        prepare(workspace, ports)
        services = services_of(workspace, ports, words, json_logs=json_is_asked_for())
        addresses = {service.name: service.address for service in services if service.address}

        def ready(pids: dict[str, int]) -> None:
            content = {
                "home": str(workspace.home),
                "addresses": addresses,
                "pids": {**pids, "up": os.getpid()},
            }
            lines = [f"{name:>10}  {address}" for name, address in addresses.items()]
            Terminal(as_json=as_json).result(content, *lines, "Ctrl-C ends all of them.")
            sys.stdout.flush()
            notify("READY=1")

        asyncio.run(Supervisor(services, tell, ready, Patience(start=START_SECONDS)).run())
