"""`meta-med bench gate`: a page about the gate's speed and memory, compared with plain Great Expectations."""

import platform
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from data_contracts.bench.measure import BenchResult, in_fresh_process
from data_contracts.bench.visits import write_visits

Say = Callable[[str], None]
_IN_MEMORY, _QUICK = (10_000, 100_000, 1_000_000), (1_000, 10_000)
_IN_FILE, _IN_FILE_QUICK = 10_000_000, 100_000
_GOALS = {
    ("frames", 10_000): (1.0, 1.0),
    ("frames", 1_000_000): (3.0, 1.0),
    ("parquet", 10_000_000): (60.0, 3.0),
}
"""Limits: CPU seconds and GB."""
_FILES = (
    ("parquet", "file", "a Parquet file"),
    ("parquet", "previous", "a Parquet file, compared with the previous delivery"),
    ("csv", "file", "a CSV file"),
)


def run(out: Path, *, quick: bool = False, say: Say = lambda _: None) -> str:
    """Run all measurements and write the page.

    Args:
        out: the file of the page.
        quick: use small tables.
        say: called with a description before each measurement.

    Returns:
        The text of the page.

    """
    text = _head(quick) + "\n".join(_rows(quick, say)) + _FOOT
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(text, encoding="utf-8")
    return text


def _rows(quick: bool, say: Say) -> Iterator[str]:
    for rows in _QUICK if quick else _IN_MEMORY:
        say(f"{rows:,} rows in memory")
        ours, plain = (in_fresh_process(work, str(rows)) for work in ("frames", "plain"))
        yield _line(f"{rows:,} rows in memory: the gate", ours, _goal("frames", rows, ours))
        ratio = f"{plain.cpu_s / ours.cpu_s:.1f} x the gate's time"
        yield _line(f"{rows:,} rows in memory: plain Great Expectations", plain, ratio)
    rows = _IN_FILE_QUICK if quick else _IN_FILE
    for ending, work, what in _FILES:
        say(f"{rows:,} rows in {what}")
        with TemporaryDirectory() as folder:
            path = Path(folder) / f"visits.{ending}"
            write_visits(path, rows)
            ours = in_fresh_process(work, str(path))
        yield _line(f"{rows:,} rows in {what}: the gate", ours, _goal(ending * (work == "file"), rows, ours))


def _line(what: str, m: BenchResult, note: str) -> str:
    return f"| {what} | {m.checks} | {m.cpu_s:.2f} | {m.before_gb:.2f} | {m.peak_gb:.2f} | {note} |"


def _goal(work: str, rows: int, m: BenchResult) -> str:
    seconds, gigabytes = _GOALS.get((work, rows), (0.0, 0.0))
    if not seconds:
        return "-"
    met = "yes" if m.cpu_s < seconds and m.peak_gb < gigabytes else "no"
    return f"goal under {seconds:g} s and {gigabytes:g} GB: {met}"


def _head(quick: bool) -> str:
    small = " **Small tables (`--quick`): a first look, not the measurement.**" if quick else ""
    versions = f"Great Expectations {version('great_expectations')}, pandas {version('pandas')}"
    return f"""# Speed of the data gate

Written by `meta-med bench gate` on {platform.machine()}, {versions}. CPU seconds of one process with the libraries
imported; other programs may run beside it. Every row of the table is a fresh process: its memory is its own.{small}

| what | checks | CPU seconds | GB before | GB at most | |
|---|---|---|---|---|---|
"""


_FOOT = """

The table is visits of patients, twelve columns and eight rows per patient, under the contract
`data_contracts/bench/visits.yaml`. *GB before* has the libraries and the table in memory; *GB at most* is the largest
resident size of the process.

The gate's time includes everything from the frame (or the file) to the findings: reading, cast, rules about rows, rules
about whole tables, and for the file the writing of the accepted rows. Plain Great Expectations is what a user would
write: one built-in expectation for each rule that has one, on a table that is typed already. Rules without a built-in
expectation are left out, so it does less.

What makes the gate fast is described in [the data gate](../data_gate.md#speed).
"""
