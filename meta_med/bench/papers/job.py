"""One measurement of the page: what it is of, what it is measured under, and how it is made."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from meta_med.bench.papers.results import Figure


@dataclass(frozen=True)
class Job:
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
