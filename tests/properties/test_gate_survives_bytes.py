"""Whatever the bytes, the gate answers: a verdict with a known code, in time, and every row accounted for.

A few hundred cases run with the other tests; META_MED_FUZZ_CASES=10000 (`make nightly`) runs so many.
"""

import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data_contracts.contract import load
from data_contracts.contract.vocabulary import codes
from data_contracts.gate import validate
from data_contracts.validation.result import GateResult
from tests.properties.fuzzing import CASES
from tests.properties.gate_bytes import Damaged, damaged

CONTRACT = load(Path(__file__).parents[1] / "bad_inputs" / "contract.yaml")
SECONDS = 20
FUZZ = settings(max_examples=CASES, deadline=None, suppress_health_check=list(HealthCheck), database=None)


@contextmanager
def in_time() -> Iterator[None]:
    """Ends what hangs, in processor time: a busy machine is no hang."""

    def stop(*_: object) -> None:
        raise TimeoutError(f"the gate took more than {SECONDS} s of processor time")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def put(folder: Path, files: list[Damaged]) -> Path:
    """One file as it is, several as a folder of parts; long ago, so that nobody waits for them to grow."""
    import os

    if len(files) == 1:
        path = folder / files[0].name
        path.write_bytes(files[0].content)
    else:
        path = folder / "parts"
        path.mkdir()
        for number, part in enumerate(files):
            (path / f"part-{number}-{part.name}").write_bytes(part.content)
            os.utime(path / f"part-{number}-{part.name}", (0, 0))
    os.utime(path, (0, 0))
    return path


def check(result: GateResult) -> None:
    assert result.rows_in == result.rows_accepted + result.rows_quarantined
    assert all(finding.code in codes() for finding in result.findings)
    assert (result.verdict == "reject") == any(f.code.startswith("E_") for f in result.findings)
    if result.verdict == "reject":
        assert result.rows_accepted == 0
    held = result.quarantined[["file", "line"]].drop_duplicates()
    assert len(held) == result.rows_quarantined
    result.to_json()


@FUZZ
@given(damaged())
def test_no_byte_makes_the_gate_fail_or_hang(file: Damaged) -> None:
    with tempfile.TemporaryDirectory() as folder, in_time():
        check(validate(CONTRACT, {"records": put(Path(folder), [file])}))


@settings(FUZZ, max_examples=max(CASES // 10, 10))
@given(st.lists(damaged(), min_size=2, max_size=3))
def test_no_part_makes_the_gate_fail_or_hang(files: list[Damaged]) -> None:
    with tempfile.TemporaryDirectory() as folder, in_time():
        check(validate(CONTRACT, {"records": put(Path(folder), files)}))
