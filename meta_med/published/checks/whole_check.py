"""The hash of a whole release, in a process of its own: it takes minutes where there are a million patients.

`python -m meta_med.published.checks.whole_check RELEASE` reads META_MED_STORE, because a URL may hold a password and
other users can read command lines.
"""

import os
import subprocess
import sys

from meta_med.published import reader
from meta_med.published.errors import StoreUnreadable

STORE = "META_MED_STORE"
CHANGED = 3
"""The exit status where the rows are not those that were published."""
NICE = 10


def started(url: str, release_id: str) -> "subprocess.Popen[bytes]":
    """The process; it ends with 0 where the rows are those that were published, else with CHANGED."""
    command = [sys.executable, "-m", __name__, release_id]
    nothing = subprocess.DEVNULL
    return subprocess.Popen(  # noqa: S603
        command, env={**os.environ, STORE: url}, stdin=nothing, stdout=nothing, stderr=nothing
    )


def main(release_id: str) -> int:
    """Check one release; whoever reads pages meanwhile goes first."""
    os.nice(NICE)
    try:
        reader.verify(os.environ[STORE], release_id)
    except StoreUnreadable:
        return CHANGED
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
