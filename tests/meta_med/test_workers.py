"""What work took is told, also where it failed."""

import time

import numpy as np
import pytest

from meta_med.workers import measure_resources, peak_mb


def test_seconds_and_memory_of_a_block_are_told() -> None:
    with measure_resources() as took:
        time.sleep(0.05)
        held = np.ones(8_000_000)  # 61 MB
    assert took["seconds"] >= 0.05
    assert took["cpu_seconds"] <= took["seconds"] + 0.05
    assert took["peak_mb"] > held.nbytes / 2**20
    assert peak_mb() >= took["peak_mb"] - 0.1


def test_what_failed_took_time_too() -> None:
    with pytest.raises(RuntimeError), measure_resources() as took:
        raise RuntimeError
    assert set(took) == {"seconds", "cpu_seconds", "peak_mb"}
