"""One measurement in a process of its own, so that memory is its own too: `python -m data_contracts.bench.measure`."""

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
    """CPU seconds of the work alone; resident memory with libraries and table, and at the worst moment."""

    cpu_s: float
    before_gb: float
    peak_gb: float
    checks: int
    summary: str


def in_fresh_process(work: str, what: str) -> BenchResult:
    """Measures `work` on so many rows, or on a file. Raises `RuntimeError` where the process fails."""
    command = [sys.executable, "-m", __name__, work, what]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise RuntimeError(f"{work}: {done.stderr[-_MAX_OUTPUT_CHARACTERS:]}")
    return BenchResult(**json.loads(done.stdout.splitlines()[-1]))


def main(work: str, what: str) -> None:
    """Prints the measurement as one line of JSON."""
    sys.stdout.write(json.dumps(asdict(_WORK[work](what))) + "\n")


def _frames(rows: str) -> BenchResult:
    """The gate on a typed table in memory: typing, every rule, findings."""
    from data_contracts.contract import load
    from data_contracts.gate import validate_frames

    contract, table = load(CONTRACT), visits(int(rows))
    validate_frames(contract, {"visits": visits(80)})  # libraries are imported, the engine is awake
    return _timed(lambda: validate_frames(contract, {"visits": table}), contract)


def _file(path: str) -> BenchResult:
    """The gate on a file: reading, typing, every rule, findings, and the accepted rows written by pieces."""
    return _judged_file(Path(path), {})


def _beside(path: str) -> BenchResult:
    """The same with the rules between deliveries, the one before being as large."""
    return _judged_file(Path(path), {"visits": Path(path)})


def _judged_file(path: Path, previous: dict[str, Path]) -> BenchResult:
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
        raise RuntimeError("the made-up visits are not accepted: what was measured is something else")
    summary = f"{result.verdict}, {result.rows_accepted:,} of {result.rows_in:,} rows"
    checks = sum(s.level in {"rows", "whole"} for s in check_specs(contract))
    return BenchResult(cpu_s=spent, before_gb=before, peak_gb=_memory(), checks=checks, summary=summary)


def _memory() -> float:
    """The largest resident size so far, in GB of a thousand million bytes."""
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return kilobytes * 1024 / 1e9


_WORK: dict[str, Callable[[str], BenchResult]] = {
    "frames": _frames, "file": _file, "beside": _beside, "plain": _plain,
}  # fmt: skip

if __name__ == "__main__":
    main(*sys.argv[1:])
