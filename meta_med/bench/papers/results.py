"""Measured results, kept as JSON from the moment they are there, so that an interrupted run goes on.

A measurement says what it is of, the conditions it holds under, and how it is made.
"""

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from scipy import stats
from torch import Tensor


@dataclass(frozen=True)
class Figure:
    """A mean over test tasks with the half-width of its 95 % confidence interval; not finite if a task diverged."""

    mean: float
    half: float

    @classmethod
    def of(cls, by_task: Tensor) -> "Figure":
        """The figure of one value a task (T,)."""
        values = by_task.double()
        mean, n = float(values.mean()), len(values)
        if n < 2:
            return cls(mean, math.nan)
        return cls(mean, float(stats.t.ppf(0.975, n - 1)) * float(values.std()) / math.sqrt(n))

    @classmethod
    def read(cls, kept: Mapping[str, float | None]) -> "Figure":
        """From JSON, which has no word for what is not finite."""
        return cls(
            *(math.nan if kept[name] is None else float(kept[name] or 0.0) for name in ("mean", "half"))
        )

    def kept(self) -> dict[str, float | None]:
        """For JSON."""
        return {name: value if math.isfinite(value) else None for name, value in vars(self).items()}


@dataclass(frozen=True)
class Result:
    """What one learner reached on one problem.

    Attributes:
        problem, setting, learner: which; figures: by what was asked ("mse@5", "accuracy").
        facts: budget, number of test tasks, seconds: a result counts only for the facts it was measured under.
        seconds: of meta-training and testing together.

    """

    problem: str
    setting: str
    learner: str
    figures: Mapping[str, Figure]
    facts: Mapping[str, Any] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def key(self) -> tuple[str, str, str]:
        """What it is the result of."""
        return self.problem, self.setting, self.learner


class Results:
    """All results of a page, in the file beside it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._found = {result.key: result for result in self._read()}

    def _read(self) -> list[Result]:
        if not self.path.exists():
            return []
        rows = json.loads(self.path.read_text())
        return [
            Result(**{**row, "figures": {k: Figure.read(v) for k, v in row["figures"].items()}})
            for row in rows
        ]

    def get(self, problem: str, setting: str, learner: str) -> Result | None:
        """The result, if it is there."""
        return self._found.get((problem, setting, learner))

    def has(self, key: tuple[str, str, str], facts: Mapping[str, Any]) -> bool:
        """Whether it was measured under the same facts."""
        found = self._found.get(key)
        return found is not None and dict(found.facts) == dict(facts)

    def add(self, result: Result) -> None:
        """Keep a result, in the file too (written whole or not at all), beside what others have added meanwhile."""
        self._found |= {found.key: found for found in self._read()}
        self._found[result.key] = result
        self.path.parent.mkdir(parents=True, exist_ok=True)
        spare = self.path.with_suffix(".part")
        rows = [self._found[key] for key in sorted(self._found)]
        written = [vars(row) | {"figures": {k: v.kept() for k, v in row.figures.items()}} for row in rows]
        spare.write_text(json.dumps(written, indent=1, allow_nan=False) + "\n")
        spare.replace(self.path)

    def of(self, problem: str) -> Sequence[Result]:
        """Every result of a problem."""
        return [result for key, result in sorted(self._found.items()) if key[0] == problem]


def seeded(seed: int) -> torch.Generator:
    """A generator of its own."""
    return torch.Generator().manual_seed(seed)


@dataclass(frozen=True)
class PlannedResult:
    """A result to be: its key (problem, setting, learner), the facts it depends on, and the work."""

    problem: str
    setting: str
    learner: str
    facts: Mapping[str, Any]
    work: Callable[[], Mapping[str, Figure]]

    @property
    def key(self) -> tuple[str, str, str]:
        """What it will be the result of."""
        return self.problem, self.setting, self.learner
