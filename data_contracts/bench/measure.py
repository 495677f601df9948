"""One measurement in its own process, so that its memory is measured too: `python -m data_contracts.bench.measure`."""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from data_contracts.bench.visits import CONTRACT, visits

_MAX_OUTPUT_CHARACTERS = 500


@dataclass(frozen=True, kw_only=True)
class BenchResult:
    """CPU seconds of the work alone; resident memory in GB before the work (libraries and table), and its peak."""

    cpu_s: float
    before_gb: float
    peak_gb: float
    checks: int
    summary: str


def in_fresh_process(work: str, what: str) -> BenchResult:
    """Measure `work` on a number of rows or on a file. Raises `RuntimeError` if the process fails."""
    command = [sys.executable, "-m", __name__, work, what]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise RuntimeError(f"{work}: {done.stderr[-_MAX_OUTPUT_CHARACTERS:]}")
    return BenchResult(**json.loads(done.stdout.splitlines()[-1]))


def main(work: str, what: str) -> None:
    """Print the measurement as one line of JSON."""
    sys.stdout.write(json.dumps(asdict(_WORK[work](what))) + "\n")


def _frames(rows: str) -> BenchResult:
    """The gate on a typed table in memory: cast, all rules, findings."""
    from data_contracts.contract import load
    from data_contracts.gate import validate_frames

    contract, table = load(CONTRACT), visits(int(rows))
    validate_frames(contract, {"visits": visits(80)})  # imports the libraries and sets up the engine
    return _timed(lambda: validate_frames(contract, {"visits": table}), contract)


def _file(path: str) -> BenchResult:
    """The gate on a file: reading, cast, all rules, findings, and writing the accepted rows."""
    return _validate_file(Path(path), {})


def _with_previous(path: str) -> BenchResult:
    """The same, compared with a previous delivery of the same size."""
    return _validate_file(Path(path), {"visits": Path(path)})


def _validate_file(path: Path, previous: dict[str, Path]) -> BenchResult:
    from data_contracts.contract import load
    from data_contracts.gate import validate, validate_frames

    contract = load(CONTRACT)
    validate_frames(contract, {"visits": visits(80)})

    def work() -> Any:
        result = validate(contract, {"visits": path}, previous=previous)
        result.valid.write(path.with_suffix(".accepted"))
        return result

    return _timed(work, contract)


def _plain(rows: str) -> BenchResult:
    """Plain Great Expectations on the same typed table."""

    from data_contracts.bench.visits import NOW, expectations, failing
    from data_contracts.contract import load

    contract, table = load(CONTRACT), visits(int(rows))
    table["time"] = table["time"].dt.tz_localize(None)
    wanted = list(expectations(contract.tables["visits"], NOW))
    failing(table.head(80), wanted)
    before, start = _memory(), time.process_time()
    found = failing(table, wanted)
    spent = time.process_time() - start
    summary = f"{sum(map(len, found.values())):,} rows named"
    return BenchResult(cpu_s=spent, before_gb=before, peak_gb=_memory(), checks=len(wanted), summary=summary)


def _timed(work: Callable[[], Any], contract: Any) -> BenchResult:
    from data_contracts.contract.check_specs import check_specs

    before, start = _memory(), time.process_time()
    result = work()
    spent = time.process_time() - start
    if result.verdict != "accept":
        raise RuntimeError("the synthetic visits are not accepted, so the measurement is not valid")
    summary = f"{result.verdict}, {result.rows_accepted:,} of {result.rows_in:,} rows"
    checks = sum(s.level in {"rows", "whole"} for s in check_specs(contract))
    return BenchResult(cpu_s=spent, before_gb=before, peak_gb=_memory(), checks=checks, summary=summary)


def _memory() -> float:
    """Peak resident memory so far, in GB (1e9 bytes)."""
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return kilobytes * 1024 / 1e9


_WORK: dict[str, Callable[[str], BenchResult]] = {
    "frames": _frames, "file": _file, "previous": _with_previous, "plain": _plain,
}  # fmt: skip

if __name__ == "__main__":
    main(*sys.argv[1:])
