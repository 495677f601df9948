"""Who wants to hear how a run goes: a terminal shows a bar, Dagster shows its own events."""

from collections.abc import Mapping
from typing import Protocol


class Listener(Protocol):
    """Hears of stages and of meta-training's steps; is told names and numbers, never patients."""

    def stage_started(self, stage: str) -> None:
        """A stage begins."""

    def stage_ended(self, stage: str, *, reused: bool, seconds: float) -> None:
        """A stage has ended well; `reused` when an earlier run had already done it."""

    def progress(self, label: str, done: int, total: int, numbers: Mapping[str, float]) -> None:
        """Meta-training of `label` has come this far."""


class SilentListener:
    """Hears and says nothing."""

    def stage_started(self, stage: str) -> None:
        """Nothing."""

    def stage_ended(self, stage: str, *, reused: bool, seconds: float) -> None:
        """Nothing."""

    def progress(self, label: str, done: int, total: int, numbers: Mapping[str, float]) -> None:
        """Nothing."""
