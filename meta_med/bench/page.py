"""A line of the speed table, and the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

HEAD = "| work | measured | against | goal | met |\n|---|---|---|---|---|\n"


@dataclass(frozen=True)
class Row:
    """One measurement: what was done, how fast, against what, and the goal that was set for it."""

    work: str
    measured: str
    against: str
    goal: str = "-"
    met: bool | None = None

    @classmethod
    def times(cls, work: str, measured: str, ratio: float, whom: str, goal: float | None) -> Self:
        """A measurement that counts by how many times faster it is than something obvious."""
        against = f"{ratio:.1f} x {whom}"
        return cls(work, measured, against) if goal is None else cls(
            work, measured, against, f">= {goal:g} x", ratio >= goal
        )  # fmt: skip

    @classmethod
    def rate(cls, work: str, rate: float, unit: str, against: str, goal: float | None) -> Self:
        """A measurement that counts by itself."""
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
