"""Real stores: a SQLite file, and a PostgreSQL 15 server of our own on loopback."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

BINARIES = Path("/usr/lib/postgresql/15/bin")


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'home' / 'published.sqlite'}"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[int]:
    """The server's port. It refuses to run as root, so root starts it as `nobody`."""
    if not (BINARIES / "postgres").exists():
        pytest.skip(f"no PostgreSQL 15 in {BINARIES}")
    folder = Path(tempfile.mkdtemp(prefix="meta-med-pg-"))
    as_other = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] if os.geteuid() == 0 else []
    if as_other:
        shutil.chown(folder, "nobody", "nogroup")
    port = _free_port()
    data = folder / "data"
    _run(
        [*as_other, BINARIES / "initdb", "-D", data, "-U", "meta", "-A", "trust", "-N", "-E", "UTF8"], folder
    )
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c max_connections=200"
    control = [*as_other, BINARIES / "pg_ctl", "-D", data, "-l", folder / "log", "-w"]
    _run([*control, "-o", options, "start"], folder)
    yield port
    _run([*control, "-m", "immediate", "stop"], folder)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres_server: int, request: pytest.FixtureRequest) -> str:
    """A database of its own for each test; written as users write it, without the driver."""
    import psycopg2

    name = f"store_{abs(hash(request.node.nodeid)) % 10**9}"
    connection = psycopg2.connect(host="127.0.0.1", port=postgres_server, user="meta", dbname="postgres")
    connection.autocommit = True
    connection.cursor().execute(f"CREATE DATABASE {name}")
    connection.close()
    return f"postgresql://meta@127.0.0.1:{postgres_server}/{name}"


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest) -> str:
    """Both kinds of store."""
    return request.getfixturevalue(f"{request.param}_url")


def _run(command: list[object], folder: Path) -> None:
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    subprocess.run(
        [str(c) for c in command], check=True, cwd=folder, env=environment, stdout=subprocess.DEVNULL
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
