"""A delivery that is still being written is refused for now, whatever its half looks like."""

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from data_contracts.contract import load
from data_contracts.gate import validate
from tests.bad_inputs.base_table import base_table
from tests.bad_inputs.cases import csv

CONTRACT = load(Path(__file__).parents[2] / "bad_inputs" / "contract.yaml")
WHOLE = csv(base_table())


def later(work: Callable[[], object]) -> None:
    threading.Timer(0.1, work).start()


def codes(path: Path) -> list[str]:
    return [f.code for f in validate(CONTRACT, {"records": path}).findings]


@pytest.mark.parametrize(
    "half", [b"", WHOLE[:200], WHOLE[: len(WHOLE) // 2], WHOLE[: WHOLE.index(b"\n") + 1]]
)
def test_a_file_that_grows_between_two_looks_is_unstable(half: bytes, tmp_path: Path) -> None:
    path = tmp_path / "records.csv"
    path.write_bytes(half)
    later(lambda: path.write_bytes(WHOLE))
    assert codes(path) == ["E_UNSTABLE_FILE"]


def test_a_cut_file_that_nobody_writes_any_more_is_truncated_and_costs_no_wait(tmp_path: Path) -> None:
    path = tmp_path / "records.csv"
    path.write_bytes(WHOLE[:200])
    os.utime(path, (0, 0))
    began = time.monotonic()
    assert codes(path) == ["E_TRUNCATED"]
    assert time.monotonic() - began < 0.9


def test_a_file_that_is_replaced_while_it_is_judged_is_unstable(tmp_path: Path) -> None:
    path, other = tmp_path / "records.csv", tmp_path / "other.csv"
    path.write_bytes(WHOLE[:200])
    other.write_bytes(WHOLE)
    later(lambda: other.replace(path))
    assert codes(path) == ["E_UNSTABLE_FILE"]
