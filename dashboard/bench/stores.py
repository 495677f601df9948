"""Where a simulated release is published for a measurement: a SQLite file, or a PostgreSQL server of its own."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from dashboard.launch import LOOPBACK
from meta_med.published.engine import sqlite_url

BINARIES = Path("/usr/lib/postgresql/15/bin")
UNPRIVILEGED = "nobody"
KINDS = ("sqlite", "postgresql")


class BenchError(Exception):
    """Something that the measurement needs is missing; the message begins with a code and says what to do."""


@contextmanager
def store_of(kind: str, folder: Path) -> Iterator[str]:
    """The URL of an empty store in `folder`.

    Args:
        kind: one of KINDS.
        folder: exists; everything of the store is in it.

    Raises:
        BenchError: there is no PostgreSQL 15 on this machine.

    """
    if kind == "sqlite":
        yield sqlite_url(folder / "published.sqlite")
        return
    if not (BINARIES / "postgres").exists():
        raise BenchError(
            f"E_BENCH_POSTGRESQL: no PostgreSQL 15 in {BINARIES}. Install it, or give --store sqlite."
        )
    with _server(folder) as port:
        yield f"postgresql://meta@{LOOPBACK}:{port}/postgres"


@contextmanager
def _server(folder: Path) -> Iterator[int]:
    """The port of a server on loopback. It refuses to run as root, so root starts it as `nobody`."""
    as_other: Sequence[str] = ()
    if os.geteuid() == 0:
        shutil.chown(folder, UNPRIVILEGED)
        as_other = ("setpriv", f"--reuid={UNPRIVILEGED}", "--clear-groups")
    port, data = _free_port(), folder / "data"
    _run(*as_other, BINARIES / "initdb", "-D", data, "-U", "meta", "-A", "trust", "-N", "-E", "UTF8")
    control = (*as_other, BINARIES / "pg_ctl", "-D", data, "-l", folder / "log", "-w", "-t", "300")
    _run(*control, "-o", f"-p {port} -k {folder} -c listen_addresses={LOOPBACK}", "start")
    try:
        yield port
    finally:
        _run(*control, "-m", "fast", "stop")


def _run(*words: object) -> None:
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    done = subprocess.run(  # noqa: S603
        [str(word) for word in words], cwd="/", env=environment, stdout=subprocess.DEVNULL, check=False
    )
    if done.returncode:
        raise BenchError(
            "E_BENCH_POSTGRESQL: a PostgreSQL server of our own did not start. Give --store sqlite."
        )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])
