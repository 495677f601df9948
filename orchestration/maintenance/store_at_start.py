"""The store at the start of a run: checked, and upgraded where an older program made it and no person is needed.

That is so for SQLite, which is copied first, where a run publishes; see docs/adr/0024.
"""

import logging

from meta_med.published.engine import check, parse, sqlite_path
from meta_med.published.errors import StoreOlder

log = logging.getLogger("meta_med")


def require_store(url: str, *, publishes: bool) -> None:
    """Check that the store can be read, and written if the run `publishes`.

    Raises:
        StoreError: it cannot; or it is of an older program, and a person has to upgrade it.

    """
    try:
        check(url, writes=publishes)
    except StoreOlder:
        if not publishes or sqlite_path(parse(url)) is None:
            raise
        _upgrade(url)
        check(url, writes=True)


def _upgrade(url: str) -> None:
    from meta_med.published.migrations.upgrade import upgrade  # loads Alembic

    done = upgrade(url)
    if done.changed:
        told = (
            "The store was upgraded from schema %s to %s. As it was: %s. Remove that copy when all is well."
        )
        log.warning(told, done.before, done.after, done.copy)
