"""Measured results, written as JSON after each one, so that an interrupted run can be resumed."""

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
        """The figure from one value per task (T,)."""
        values = by_task.double()
        mean, n = float(values.mean()), len(values)
        if n < 2:
            return cls(mean, math.nan)
        return cls(mean, float(stats.t.ppf(0.975, n - 1)) * float(values.std()) / math.sqrt(n))

    @classmethod
    def read(cls, kept: Mapping[str, float | None]) -> "Figure":
        """From JSON, where null stands for a number that is not finite."""
        return cls(
            *(math.nan if kept[name] is None else float(kept[name] or 0.0) for name in ("mean", "half"))
        )

    def kept(self) -> dict[str, float | None]:
        """For JSON."""
        return {name: value if math.isfinite(value) else None for name, value in vars(self).items()}


@dataclass(frozen=True)
class Result:
    """The result of one learner on one problem.

    Attributes:
        problem, setting, learner: the key.
        figures: metric ("mse@5", "accuracy") -> figure.
        facts: budget, options, number of test tasks, seed; a result is valid only under the same facts.
        seconds: CPU time of meta-training and testing.

    """

    problem: str
    setting: str
    learner: str
    figures: Mapping[str, Figure]
    facts: Mapping[str, Any] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def key(self) -> tuple[str, str, str]:
        """(problem, setting, learner)."""
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
        """The result, or None."""
        return self._found.get((problem, setting, learner))

    def has(self, key: tuple[str, str, str], facts: Mapping[str, Any]) -> bool:
        """Whether there is a result under the same facts."""
        found = self._found.get(key)
        return found is not None and dict(found.facts) == dict(facts)

    def add(self, result: Result) -> None:
        """Add a result and write the file by rename, with the results that other processes have added."""
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
    """A new generator with this seed."""
    return torch.Generator().manual_seed(seed)


@dataclass(frozen=True)
class PlannedResult:
    """A result to be measured: its key, the facts it depends on, and the function that measures it."""

    problem: str
    setting: str
    learner: str
    facts: Mapping[str, Any]
    work: Callable[[], Mapping[str, Figure]]

    @property
    def key(self) -> tuple[str, str, str]:
        """(problem, setting, learner)."""
        return self.problem, self.setting, self.learner
