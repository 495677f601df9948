"""Pages are computed a few at a time, in the order in which they were asked for.

One process computes all pages, and Python runs one thread of it at a time. Twenty pages at once are all finished when
the last one is; one after another, half of them are finished in half of that time, and the thread that sends them to
the browsers hardly waits.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

AT_ONCE = max(2, os.cpu_count() or 2)
"""Pages that are computed at once: while one waits for the database, another one is computed."""
PATIENCE_S = 2.0
"""A page that has waited so long is computed beside the others: one that hangs must not hold up all."""

_places = threading.BoundedSemaphore(AT_ONCE)


@contextmanager
def turn() -> Iterator[None]:
    """Wait for a place among the pages that are computed, and leave it at the end, however the page ends."""
    taken = _places.acquire(timeout=PATIENCE_S)
    try:
        yield
    finally:
        if taken:
            _places.release()
