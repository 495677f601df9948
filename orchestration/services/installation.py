"""The three services of an installation, and what must hold before they are started."""

import os
import shutil
import socket
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from filelock import FileLock, Timeout

from orchestration.errors import StoreBusyError, StudyError
from orchestration.services.service import Service, answers, daemons_beat
from orchestration.workspace import OWNER_ONLY, Workspace
from orchestration.writable import make_folder

LOOPBACK = "127.0.0.1"
DEFINITIONS = "orchestration.definitions"
DAGSTER_FOLDER, SETTINGS = "dagster", "dagster.yaml"


@dataclass(frozen=True)
class Ports:
    """Where the two pages are served, on the loopback interface."""

    dashboard: int = 8501
    dagster: int = 3000


def services_of(
    workspace: Workspace, ports: Ports, dashboard_options: Sequence[str] = (), *, json_logs: bool = False
) -> list[Service]:
    """Webserver, daemon and dashboard of an installation.

    Args:
        workspace: the installation; its home and store are handed to each service.
        ports: of the pages.
        dashboard_options: further words of `meta-med dashboard`.
        json_logs: whether Dagster's services log in JSON.

    """
    dagster, pages = f"http://{LOOPBACK}:{ports.dagster}", f"http://{LOOPBACK}:{ports.dashboard}"
    environment = {
        "META_MED_HOME": str(workspace.home),
        "DAGSTER_HOME": str(dagster_home(workspace)),
        "DAGSTER_DISABLE_TELEMETRY": "yes",
    }
    logs = ("--log-format", "json") if json_logs else ()
    webserver = ("-m", "dagster_webserver", "-m", DEFINITIONS, "-h", LOOPBACK, "-p", str(ports.dagster))
    daemon = ("-m", "dagster._daemon", "run", "-m", DEFINITIONS)
    command = ("-c", "from orchestration.command import main; main()", "dashboard")
    return [
        Service(
            "webserver", _python(*webserver, *logs), answers(f"{dagster}/server_info"), dagster, environment
        ),
        Service("daemon", _python(*daemon, *logs), daemons_beat(f"{dagster}/graphql"), "", environment),
        Service(
            "dashboard",
            _python(*command, "--port", str(ports.dashboard), *dashboard_options),
            answers(f"{pages}/_stcore/health"),
            pages,
            environment,
        ),
    ]


def _python(*words: str) -> tuple[str, ...]:
    return (sys.executable, *words)


def dagster_home(workspace: Workspace) -> Path:
    """Dagster's folder: DAGSTER_HOME, else `dagster` in the home."""
    given = os.environ.get("DAGSTER_HOME")
    return Path(given).absolute() if given else workspace.home / DAGSTER_FOLDER


@contextmanager
def only_one(workspace: Workspace) -> Iterator[None]:
    """The right to serve this home: one supervisor at a time.

    Raises:
        StoreBusyError: another one does.

    """
    make_folder(workspace.locks, OWNER_ONLY)
    try:
        with FileLock(workspace.locks / "up.lock", timeout=0):
            yield
    except Timeout:
        raise StoreBusyError(
            f"E_RUN_BUSY: another `meta-med up` serves {workspace.home}. End that one first, or name another home."
        ) from None


def prepare(workspace: Workspace, ports: Ports) -> None:
    """Make Dagster's folder with the settings of the product, where it has none; check that the ports are free.

    Raises:
        StudyError: a port is taken. PublishedStoreError: the folder cannot be made.

    """
    for option, port in {"--port": ports.dashboard, "--dagster-port": ports.dagster}.items():
        _require_free(option, port)
    folder = dagster_home(workspace)
    make_folder(folder, OWNER_ONLY)
    if not (folder / SETTINGS).exists():
        shutil.copyfile(str(files("orchestration") / SETTINGS), folder / SETTINGS)


def _require_free(option: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except (OSError, OverflowError) as error:
            cause = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else "no such port"
            raise StudyError(
                f"E_PORT: port {port} of {LOOPBACK} cannot be used: {cause}. End the program that listens there, or "
                f"name another port with {option}."
            ) from None
