"""Timing: the best of interleaved repeated runs, the machine's matrix-product rate, and rows of the speed tables."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import torch

Work = Callable[[], object]


def seconds(work: Work, least: float = 1.0) -> float:
    """Best of repeated runs over at least `least` seconds, because noise only adds time."""
    return race({"": work}, least)[""]


def race(works: Mapping[str, Work], least: float = 1.0) -> dict[str, float]:
    """Best seconds of each work; runs are interleaved, so that a busy machine affects all of them."""
    best = dict.fromkeys(works, float("inf"))
    spent = dict.fromkeys(works, 0.0)
    for work in works.values():
        work()
    while any(total < least for total in spent.values()):
        for name, work in works.items():
            if spent[name] < least:
                took = _once(work)
                best[name], spent[name] = min(best[name], took), spent[name] + took
    return best


def _once(work: Work) -> float:
    start = _now()
    work()
    return _now() - start


def _now() -> float:
    """CPU seconds, which other processes do not change; wall seconds where a GPU works asynchronously."""
    if not torch.cuda.is_available():
        return time.process_time()
    torch.cuda.synchronize()
    return time.perf_counter()


def matrix_rate(device: str = "cpu", size: int = 1536) -> float:
    """Floating point operations per second of a large float32 matrix product, 2 n^3 for n x n."""
    a, b = (torch.randn(size, size, device=device) for _ in range(2))
    return 2.0 * size**3 / seconds(lambda: torch.mm(a, b))


HEAD = "| work | measured | against | goal | met |\n|---|---|---|---|---|\n"


@dataclass(frozen=True)
class Row:
    """One measurement: the work, its speed, the reference, and the goal."""

    work: str
    measured: str
    against: str
    goal: str = "-"
    met: bool | None = None

    @classmethod
    def times(cls, work: str, measured: str, ratio: float, reference: str, goal: float | None) -> Self:
        """A measurement with a goal for its ratio to a reference."""
        against = f"{ratio:.1f} x {reference}"
        return cls(work, measured, against) if goal is None else cls(
            work, measured, against, f">= {goal:g} x", ratio >= goal
        )  # fmt: skip

    @classmethod
    def rate(cls, work: str, rate: float, unit: str, against: str, goal: float | None) -> Self:
        """A measurement with a goal for its own rate."""
        measured = f"{rate:,.0f} {unit}"
        return cls(work, measured, against) if goal is None else cls(
            work, measured, against, f">= {goal:,.0f} {unit}", rate >= goal
        )  # fmt: skip

    def line(self) -> str:
        """As a line of Markdown."""
        met = {True: "yes", False: "no", None: "-"}[self.met]
        return f"| {self.work} | {self.measured} | {self.against} | {self.goal} | {met} |\n"


def section(title: str, text: str, rows: Sequence[Row]) -> str:
    """A heading, a paragraph and its table."""
    return f"\n## {title}\n\n{text}\n\n{HEAD}{''.join(row.line() for row in rows)}"
