"""`meta-med bench`: measure speed, the papers' problems, the gate, the dashboard, untrained predictions or scale."""

import json
from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from orchestration.command.options import DataOption, HomeOption, JsonOption
from orchestration.writable import require_file


class BenchTarget(StrEnum):
    """The benchmarks."""

    speed = "speed"
    papers = "papers"
    gate = "gate"
    untrained = "untrained"
    scale = "scale"
    dashboard = "dashboard"


_PAGES = {BenchTarget.gate: "gate_speed.md", BenchTarget.dashboard: "dashboard_speed.md"}
WhatArgument = Annotated[
    BenchTarget,
    typer.Argument(
        help="speed: meta-training, adaptation and prediction, memory, against straightforward code. "
        "papers: sinusoids and few-shot glyphs, compared with the papers' figures. "
        "gate: the data gate's time and memory, up to ten million rows, compared with plain Great Expectations. "
        "untrained: errors where nothing was trained, from twenty patients' series. "
        "scale: nights of ten thousand to a million simulated patients. "
        "dashboard: its pages in a real browser, up to a million simulated patients, on SQLite and PostgreSQL.",
    ),
]
OutOption = Annotated[
    Path | None,
    typer.Option(
        "--out",
        help="The page to write. Default: docs/results/WHAT.md, for gate and dashboard WHAT_speed.md.",
    ),
]
QuickOption = Annotated[bool, typer.Option("--quick", help="Small sizes and budgets, for a first look.")]
OnlyOption = Annotated[
    list[str] | None, typer.Option("--only", help="papers: only this learner. May be repeated.")
]
PatientsOption = Annotated[
    list[int] | None,
    typer.Option(
        "--patients", min=100, help="scale, dashboard: only this number of patients. May be repeated."
    ),
]
StoreOption = Annotated[
    list[str] | None,
    typer.Option(
        "--store", help="dashboard: only this kind of store, sqlite or postgresql. May be repeated."
    ),
]
BesideOption = Annotated[
    bool, typer.Option("--beside", help="dashboard: say on the page that other programs ran beside.")
]
SeedOption = Annotated[int, typer.Option("--seed", help="papers: seed of meta-training and test tasks.")]


def bench(
    what: WhatArgument = BenchTarget.speed,
    out: OutOption = None,
    quick: QuickOption = False,
    only: OnlyOption = None,
    seed: SeedOption = 0,
    patients: PatientsOption = None,
    store: StoreOption = None,
    beside: BesideOption = False,
    home: HomeOption = None,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Measure speed (default), papers' problems, gate, dashboard, untrained predictions or scale; write the page.

    An interrupted `papers` is resumed, and `scale` keeps other sizes: results are kept as JSON next to the page.
    """
    page = out or Path("docs/results") / _PAGES.get(what, f"{what}.md")
    require_file(page)
    say = partial(typer.echo, err=True)
    if what is BenchTarget.speed:
        from meta_med.bench import speed

        text = speed.run(page, quick=quick, say=say)
    elif what is BenchTarget.gate:
        from data_contracts.bench import speed as gate_speed

        text = gate_speed.run(page, quick=quick, say=say)
    elif what is BenchTarget.dashboard:
        text = _dashboard(page, quick, patients or (), store or (), beside, say)
    elif what is BenchTarget.untrained:
        text = _untrained(page, home, data, say)
    elif what is BenchTarget.scale:
        from orchestration.scale import page as scale
        from orchestration.workspace import open_workspace

        sizes = patients or (scale.QUICK if quick else scale.SIZES)
        text = scale.run(page, open_workspace(home).home / "bench", sizes=sizes, say=say)
    else:
        from meta_med.bench import papers
        from orchestration.workspace import open_workspace

        folder = open_workspace(home).home / "bench"
        text = papers.run(page, quick=quick, only=only or (), seed=seed, cache=folder, say=say)
    if as_json:
        typer.echo(json.dumps({"page": str(page)}))
    else:
        typer.echo(text)


def _dashboard(
    page: Path,
    quick: bool,
    patients: Sequence[int],
    stores: Sequence[str],
    beside: bool,
    say: Callable[[str], None],
) -> str:
    from dashboard.bench import speed
    from dashboard.bench.stores import KINDS, BenchError
    from orchestration.errors import StudyError

    if unknown := sorted({*stores} - {*KINDS}):
        known = ", ".join(KINDS)
        raise StudyError(f"E_BENCH_STORE: no such kind of store: {', '.join(unknown)}. There are {known}.")
    try:
        return speed.run(page, quick=quick, patients=patients, stores=stores, beside=beside, say=say)
    except BenchError as error:
        raise StudyError(str(error)) from None


def _untrained(page: Path, home: Path | None, data: Path | None, say: Callable[[str], None]) -> str:
    from meta_med.bench import untrained
    from orchestration.execution import run_graph
    from orchestration.startup import limit_threads
    from orchestration.study.bundled import bundled_studies
    from orchestration.study.load import load
    from orchestration.workspace import open_workspace

    studies = [load(name, data=data) for name in bundled_studies()]
    there = [study for study in studies if not study.missing_files]
    workspace = open_workspace(home, studies=there)
    limit_threads()
    found = ((study.spec, run_graph(study, workspace, last="cohorts").folder.path) for study in there)
    return untrained.run(page, found, [s.name for s in studies if s.missing_files], say)
