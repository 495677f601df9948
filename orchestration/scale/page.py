"""The page of scale: what each stage of each night costs, size by size, and which goals are met.

Results are kept as JSON beside the page, so that one size can be measured alone.
"""

import json
import os
import platform
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from orchestration.scale.nights import nights_of

SIZES, QUICK = (10_000, 100_000, 1_000_000), (1_000, 10_000)
NIGHTS = {
    "training": "Training on a sample, and a night for it",
    "first": "First night: everybody is new",
    "next": "Next night: one patient in a hundred has a further visit",
}
SMALL = {"nothing new": "`run` without news", "status": "`status`", "help": "`--help`"}
GOALS = (
    ("first", "first night", 600.0),
    ("next", "next night, 1 % changed", 60.0),
    ("nothing new", "`run` without news", 2.0),
    ("status", "`status`", 0.5),
    ("help", "`--help`", 0.3),
)
"""Command, its name, and the most seconds it may take; nights at GOAL_PATIENTS, the others always."""
GOAL_PATIENTS = 1_000_000
MOST_GB = 8.0
Say = Callable[[str], None]
Result = Mapping[str, Any]


def run(page: Path, home: Path, *, sizes: Sequence[int] = SIZES, say: Say = lambda _: None) -> str:
    """Measure these numbers of patients and write the page, with earlier results of other numbers.

    Args:
        page: the file; its data are beside it, in JSON.
        home: where studies and homes are made; some gigabytes for a million patients.
        sizes: numbers of patients.
        say: is called with what is being measured.

    """
    data = page.with_suffix(".json")
    found: dict[str, Result] = json.loads(data.read_text()) if data.is_file() else {}
    page.parent.mkdir(parents=True, exist_ok=True)
    for size in sizes:
        busy = os.getloadavg()[0]
        done = nights_of(size, home / "scale" / str(size), say)
        found[str(size)] = {**done.to_json(), "load_before": busy, "load_after": os.getloadavg()[0]}
        data.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    text = page_text(found)
    page.write_text(text, encoding="utf-8")
    return text


def page_text(found: Mapping[str, Result]) -> str:
    """The page as Markdown; `found`: number of patients -> what was measured."""
    results = [found[size] for size in sorted(found, key=int)]
    parts = [_head(results), _goals(results[-1])]
    parts += [f"## {title}\n\n{_night(results, name)}" for name, title in NIGHTS.items()]
    parts += [f"## Small commands\n\n{_small(results)}", f"## The store\n\n{_store(results)}"]
    return "\n\n".join(parts) + "\n"


def _head(results: Sequence[Result]) -> str:
    busy = max(max(r["load_before"], r["load_after"]) for r in results)
    return f"""# Scale

Written by `meta-med bench scale` on {platform.machine()}. Simulated clinics: ten visits a patient in one Parquet file,
two outcomes, learner `bayesian_head` and the default baselines, trained on the first {results[-1]["trained_on"]:,}
patients; earlier predictions are not replayed (`serve.replay_records: 0`). Every figure is of the real command in a
process of its own; patients are adapted in pieces by two processes where there are several pieces. Seconds are by the
clock, in brackets those of the processor; up to {busy:.0f} processes wanted the machine's {os.cpu_count()} cores. GB is
the largest resident size until the end of the stage, and for a command that of all its processes together. The first
night is run with `--full`, so that it adapts the patients of the sample too."""


def _goals(largest: Result) -> str:
    patients, commands = largest["patients"], largest["commands"]
    lines = [f"| at {patients:,} patients | measured | goal | met |", "|---|---|---|---|"]
    for command, name, most in GOALS:
        spent = commands[command]["clock_s"]
        lines.append(
            _goal(
                name,
                _seconds(commands[command], ".2f"),
                f"< {most:g} s",
                spent < most,
                None if command in SMALL else patients,
            )
        )
    gb = commands["first"]["peak_gb"]
    lines.append(
        _goal("memory of the first night", f"{gb:.1f} GB", f"< {MOST_GB:g} GB", gb < MOST_GB, patients)
    )
    return "\n".join(lines)


def _goal(name: str, measured: str, goal: str, met: bool, patients: int | None) -> str:
    """A line of the goals; `patients`: how many it was measured with, None where that does not matter."""
    if patients is not None:
        goal += f" at {GOAL_PATIENTS:,}"
    judged = patients is None or patients >= GOAL_PATIENTS
    return f"| {name} | {measured} | {goal} | {('yes' if met else 'no') if judged else 'not measured'} |"


def _night(results: Sequence[Result], name: str) -> str:
    """Stages by sizes: seconds and memory; what is no stage is starting, copying the files and ending."""
    costs = [r["commands"][name] for r in results]
    stages = [s["stage"] for s in costs[-1]["stages"]]
    lines = list(_table_head("stage", results))
    for stage in stages:
        each = [next((s for s in c["stages"] if s["stage"] == stage), None) for c in costs]
        lines.append(_line(stage, ["-" if s is None else _cost(s) for s in each]))
    rest = [{t: c[t] - sum(s[t] for s in c["stages"]) for t in ("clock_s", "cpu_s")} for c in costs]
    lines.append(_line("start, copies, Dagster", [_seconds(each) for each in rest]))
    lines.append(_line("**all**", [f"**{_cost(c)}**" for c in costs]))
    return "\n".join(lines)


def _cost(spent: Mapping[str, Any]) -> str:
    return f"{_seconds(spent)}, {spent['peak_gb']:.1f} GB"


def _seconds(spent: Mapping[str, float], digits: str = ".1f") -> str:
    """By the clock, and in brackets of the processor."""
    return f"{spent['clock_s']:,{digits}} s ({spent['cpu_s']:,{digits}})"


def _small(results: Sequence[Result]) -> str:
    lines = list(_table_head("command", results))
    for name, title in SMALL.items():
        lines.append(_line(title, [_seconds(r["commands"][name], ".2f") for r in results]))
    return "\n".join(lines)


def _store(results: Sequence[Result]) -> str:
    lines = list(_table_head("rows of a release", results))
    tables = [name for name, rows in results[-1]["published"].items() if rows]
    lines += [_line(f"`{name}`", [f"{r['published'].get(name, 0):,}" for r in results]) for name in tables]
    for night, title in (("first", "bytes after the first night"), ("next", "bytes after the next night")):
        lines.append(_line(title, [f"{r['store_bytes'][night] / 1e9:.2f} GB" for r in results]))
    return "\n".join(lines)


def _table_head(first: str, results: Sequence[Result]) -> Iterator[str]:
    yield _line(first, [f"{r['patients']:,} patients" for r in results])
    yield "|---" * (len(results) + 1) + "|"


def _line(first: str, cells: Sequence[str]) -> str:
    return f"| {first} | {' | '.join(cells)} |"
