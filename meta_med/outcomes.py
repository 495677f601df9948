"""Outcomes and their layout as target columns: what is predicted, and where it stands in a tensor."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import torch
from torch import Tensor


@dataclass(frozen=True)
class Outcome:
    """What is predicted.

    Attributes:
        name: its name in tables.
        kind: "continuous" (standardised real number), "binary" (0/1) or "categorical" (class index).
        n_classes: number of classes; needed for "categorical", 2 for "binary".
        unit: clinical unit, for display only.

    Raises:
        ValueError: an unknown kind, or a categorical outcome without at least two classes.

    """

    name: str
    kind: Literal["continuous", "binary", "categorical"] = "continuous"
    n_classes: int | None = None
    unit: str | None = None

    def __post_init__(self) -> None:
        if self.kind not in ("continuous", "binary", "categorical"):
            raise ValueError(f"outcome {self.name!r}: kind must be continuous, binary or categorical")
        if self.kind == "categorical" and (self.n_classes is None or self.n_classes < 2):
            raise ValueError(f"outcome {self.name!r}: a categorical outcome needs n_classes >= 2")
        if self.kind == "binary" and self.n_classes not in (None, 2):
            raise ValueError(f"outcome {self.name!r}: a binary outcome has 2 classes")

    @property
    def width(self) -> int:
        """Target columns it takes: 1 if continuous, else one a class."""
        return 1 if self.kind == "continuous" else (self.n_classes or 2)


@dataclass(frozen=True)
class OutcomeLayout:
    """D outcomes laid out as M target columns: a continuous outcome as its value, a class as one-hot columns."""

    outcomes: tuple[Outcome, ...]

    @classmethod
    def of(cls, outcomes: Sequence[Outcome]) -> "OutcomeLayout":
        """The layout of these outcomes, in their order."""
        if not outcomes:
            raise ValueError("at least one outcome is needed")
        return cls(tuple(outcomes))

    @cached_property
    def width(self) -> int:
        """M: target columns in all."""
        return sum(o.width for o in self.outcomes)

    @cached_property
    def continuous(self) -> tuple[int, ...]:
        """Positions in D of the continuous outcomes."""
        return tuple(d for d, o in enumerate(self.outcomes) if o.kind == "continuous")

    @cached_property
    def continuous_columns(self) -> tuple[int, ...]:
        """Positions in M of the continuous outcomes."""
        return tuple(self.columns[d].start for d in self.continuous)

    @cached_property
    def classes(self) -> tuple[int, ...]:
        """Positions in D of the binary and categorical outcomes."""
        return tuple(d for d, o in enumerate(self.outcomes) if o.kind != "continuous")

    @cached_property
    def columns(self) -> tuple[slice, ...]:
        """Per outcome, its columns among the M."""
        starts = [0]
        for outcome in self.outcomes:
            starts.append(starts[-1] + outcome.width)
        return tuple(slice(a, b) for a, b in itertools.pairwise(starts))

    def targets(self, y: Tensor, observed: Tensor) -> tuple[Tensor, Tensor]:
        """Target columns and their mask: y (..., D), observed (..., D) bool -> two tensors (..., M).

        Unobserved entries are exactly zero, whatever `y` holds there (NaN too).
        """
        parts, masks = [], []
        for d, outcome in enumerate(self.outcomes):
            seen = observed[..., d]
            value = torch.where(seen, y[..., d], torch.zeros_like(y[..., d]))
            if outcome.kind == "continuous":
                parts.append(value.unsqueeze(-1))
            else:
                # a comparison, not one_hot: that would read the labels and so wait for the device
                classes = torch.arange(outcome.width, device=y.device, dtype=y.dtype)
                one_hot = (value.unsqueeze(-1) == classes) & seen.unsqueeze(-1)
                parts.append(one_hot.to(y.dtype))
            masks.append(seen.unsqueeze(-1).expand(*seen.shape, outcome.width))
        return torch.cat(parts, -1), torch.cat(masks, -1)
