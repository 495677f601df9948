"""Giving memory back to the machine after a stage: the next one needs its own, and the peak is that of one stage."""

import ctypes
import gc
from contextlib import suppress


def give_back() -> None:
    """Return what was freed, which Python's, Arrow's and the C library's allocators keep for later."""
    import pyarrow as pa

    gc.collect()
    pa.default_memory_pool().release_unused()
    with suppress(OSError, AttributeError):  # only glibc has it
        ctypes.CDLL(None).malloc_trim(0)
