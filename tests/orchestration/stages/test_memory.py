"""What a stage has freed goes back to the machine."""

import resource
import sys
from pathlib import Path

import pytest

from orchestration.stages.memory import give_back

PIECE, PIECES = 60_000, 4_000  # below the size from which the C library returns each piece by itself


@pytest.mark.skipif(sys.platform != "linux", reason="reads the memory of a process from Linux")
def test_memory_that_was_freed_is_no_longer_of_the_process() -> None:
    pieces = [bytearray(PIECE) for _ in range(PIECES)]
    kept = pieces[::50]  # so that the allocator cannot give its heap back from the end
    full = resident()
    del pieces
    give_back()
    assert full - resident() > 0.8 * PIECE * PIECES
    assert len(kept) == PIECES // 50


def resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
