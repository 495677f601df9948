"""`meta-med bench papers`: meta-train on the papers' problems, resume where it stopped, write the page."""

from collections.abc import Callable, Collection
from pathlib import Path

Say = Callable[[str], None]


def run(out: Path, *, quick: bool, only: Collection[str], seed: int, cache: Path, say: Say) -> str:
    """Measure what is not measured yet and write the page."""
    raise NotImplementedError("the papers' problems are not measured yet")
