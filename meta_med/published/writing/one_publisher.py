"""The right to publish a study: one run at a time has it, whatever home and machine the runs work in.

A home lets one run of a study work at a time, but several homes may publish to one store. A publication is one
transaction whoever makes it; this lock also holds the steps around it together: to look at what is served, to build the
release, and to write it. It ends with the process that holds it, however that ends.
"""

import hashlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import URL, text

from meta_med.published.engine import parse, sqlite_path, writer_engine
from meta_med.published.errors import StoreBusy, translated_driver_errors, without_password

WAIT_SECONDS = 30.0
"""About the time that another publication takes."""
KEY_SPACE = 0x4D4D5055  # any constant; another one than those of the store's and the audit's writers


@contextmanager
def only_publisher(url: str, study: str, wait_seconds: float = WAIT_SECONDS) -> Iterator[None]:
    """Hold the right to publish the study to this store for the duration of the block.

    On SQLite it is a locked file in the folder `locks` beside the store, on PostgreSQL an advisory lock of an open
    transaction.

    Args:
        url: of the store.
        study: its name.
        wait_seconds: how long to wait for another run that is publishing.

    Raises:
        StoreBusy: another run is still publishing the study then.
        StoreError: the store cannot be reached.

    """
    parsed = parse(url)
    path = sqlite_path(parsed)
    with ExitStack() as held:
        try:
            if path is None:
                held.enter_context(_advisory_lock(parsed, study, wait_seconds))
            else:
                held.enter_context(_file_lock(path, study, wait_seconds))
        except (StoreBusy, Timeout):
            raise StoreBusy(
                f"E_STORE_BUSY: another run is publishing study {study!r} to the store {without_password(parsed)}, "
                "perhaps from another home. Nothing was changed; try again in a minute."
            ) from None
        yield


def _file_lock(store: Path, study: str, wait_seconds: float) -> FileLock:
    folder = store.parent / "locks"  # of the home, where the store lies in its own
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return FileLock(folder / f"{store.name}.{study}.lock", timeout=wait_seconds, mode=0o600)


@contextmanager
def _advisory_lock(url: URL, study: str, wait_seconds: float) -> Iterator[None]:
    with ExitStack() as held:
        with translated_driver_errors(url):
            connection = held.enter_context(held.enter_context(writer_engine(url, wait_seconds)).connect())
            connection.execute(text(f"SET LOCAL lock_timeout = {int(wait_seconds * 1000)}"))
            keys = {"space": KEY_SPACE, "study": _key(study)}
            connection.execute(text("SELECT pg_advisory_xact_lock(:space, :study)"), keys)
        yield


def _key(study: str) -> int:
    """A number of 32 bits for a study's name; two names with the same would only wait for each other."""
    digest = hashlib.sha256(study.encode()).digest()
    return int.from_bytes(digest[:4], "big", signed=True)
