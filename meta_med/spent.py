"""What a piece of work took: seconds by the clock, seconds of processor, and memory at its peak."""

import contextlib
import resource
import time
from collections.abc import Iterator
from pathlib import Path

STATUS, FORGET = Path("/proc/self/status"), Path("/proc/self/clear_refs")


@contextlib.contextmanager
def spent() -> Iterator[dict[str, float]]:
    """A dictionary that holds `seconds`, `cpu_seconds` and `peak_mb` of this process when the block is left."""
    with contextlib.suppress(OSError):
        FORGET.write_text("5")  # Linux: the peak begins anew
    found: dict[str, float] = {}
    clock, cpu = time.perf_counter(), time.process_time()
    try:
        yield found
    finally:
        found["seconds"] = round(time.perf_counter() - clock, 2)
        found["cpu_seconds"] = round(time.process_time() - cpu, 2)
        found["peak_mb"] = round(peak_mb(), 1)


def peak_mb() -> float:
    """Largest resident memory of this process, in MB (2^20 bytes)."""
    with contextlib.suppress(OSError):
        for line in STATUS.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
