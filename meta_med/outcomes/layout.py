"""Outcomes, and their layout as target columns of a tensor."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from meta_med.outcomes.kind import OutcomeKind, UnsupportedByKind
from meta_med.outcomes.registry import kind_of

if TYPE_CHECKING:
    from torch import Tensor


@dataclass(frozen=True)
class Outcome:
    """What is predicted.

    Attributes:
        name: its name in tables.
        kind: name of its kind: "continuous" (standardised real number), "binary" (0/1), "categorical" (class index) or
            another of `registry.KINDS`.
        n_classes: number of classes; needed for "categorical", 2 for "binary".
        unit: clinical unit, for display only.

    Raises:
        ValueError: an unknown kind, or a categorical outcome without at least two classes.

    """

    name: str
    kind: str = "continuous"
    n_classes: int | None = None
    unit: str | None = None

    def __post_init__(self) -> None:
        try:
            kind = kind_of(self.kind)
        except ValueError as unknown:
            raise ValueError(f"outcome {self.name!r}: {unknown}") from None
        kind.check(self.name, self.n_classes)

    @property
    def width(self) -> int:
        """Number of target columns: one, or one for each class."""
        return kind_of(self.kind).width(self.n_classes)


@dataclass(frozen=True)
class OutcomeLayout:
    """D outcomes as M target columns: a number as its value, a class as one-hot columns."""

    outcomes: tuple[Outcome, ...]

    @classmethod
    def of(cls, outcomes: Sequence[Outcome]) -> "OutcomeLayout":
        """The layout of these outcomes, in their order."""
        if not outcomes:
            raise ValueError("at least one outcome is needed")
        return cls(tuple(outcomes))

    @cached_property
    def kinds(self) -> tuple[OutcomeKind, ...]:
        """(D,) the kind of each outcome."""
        return tuple(kind_of(o.kind) for o in self.outcomes)

    @cached_property
    def width(self) -> int:
        """M, the number of target columns."""
        return sum(o.width for o in self.outcomes)

    @cached_property
    def scaled(self) -> tuple[int, ...]:
        """Positions in D of the outcomes whose distribution has a scale (continuous ones)."""
        return tuple(d for d, kind in enumerate(self.kinds) if kind.has_scale)

    @cached_property
    def scaled_columns(self) -> tuple[int, ...]:
        """Positions in M of the outcomes whose distribution has a scale."""
        return tuple(self.columns[d].start for d in self.scaled)

    @cached_property
    def unscaled(self) -> tuple[int, ...]:
        """Positions in D of the outcomes whose distribution has no scale of its own."""
        return tuple(d for d, kind in enumerate(self.kinds) if not kind.has_scale)

    @cached_property
    def classes(self) -> tuple[int, ...]:
        """Positions in D of the outcomes that are classes (binary and categorical ones)."""
        return tuple(d for d, kind in enumerate(self.kinds) if kind.is_class)

    @cached_property
    def yes_or_no(self) -> tuple[int, ...]:
        """Positions in D of the outcomes that are 0 or 1."""
        return tuple(d for d, kind in enumerate(self.kinds) if kind.yes_or_no)

    @cached_property
    def logistic(self) -> list[int]:
        """Positions in D of the outcomes that baselines fit as log-odds; a list, to index arrays with."""
        return [d for d, kind in enumerate(self.kinds) if kind.baseline_form == "logistic"]

    @cached_property
    def groups(self) -> tuple[tuple[OutcomeKind, tuple[int, ...]], ...]:
        """(kind, positions in D): outcomes whose likelihood is computed at once; those of several columns are alone."""
        found: dict[tuple[OutcomeKind, int], tuple[int, ...]] = {}
        for d, (kind, outcome) in enumerate(zip(self.kinds, self.outcomes, strict=True)):
            key = (kind, -1 if outcome.width == 1 else d)
            found[key] = (*found.get(key, ()), d)
        return tuple((kind, places) for (kind, _), places in found.items())

    @cached_property
    def columns(self) -> tuple[slice, ...]:
        """The slice of each outcome among the M columns."""
        starts = [0]
        for outcome in self.outcomes:
            starts.append(starts[-1] + outcome.width)
        return tuple(slice(a, b) for a, b in itertools.pairwise(starts))

    def columns_of(self, places: Sequence[int]) -> tuple[int, ...]:
        """Positions in M of these outcomes (positions in D)."""
        return tuple(m for d in places for m in range(self.columns[d].start, self.columns[d].stop))

    def targets(self, y: "Tensor", observed: "Tensor") -> "tuple[Tensor, Tensor]":
        """Target columns and their mask: y (..., D), observed (..., D) bool -> two tensors (..., M).

        Unobserved entries are exactly zero, whatever `y` holds there (NaN too).
        """
        import torch

        parts, masks = [], []
        for d, (kind, outcome) in enumerate(zip(self.kinds, self.outcomes, strict=True)):
            seen = observed[..., d]
            value = torch.where(seen, y[..., d], torch.zeros_like(y[..., d]))
            parts.append(kind.targets(value, seen, outcome.width))
            masks.append(seen.unsqueeze(-1).expand(*seen.shape, outcome.width))
        return torch.cat(parts, -1), torch.cat(masks, -1)

    def refuse_other_forms(self, who: str) -> None:
        """Check that all outcomes are numbers with a scale or classes, for a learner that supports no others.

        Raises:
            UnsupportedByKind: one is not; names the learner and the kind.

        """
        for kind, outcome in zip(self.kinds, self.outcomes, strict=True):
            if not (kind.has_scale or kind.is_class):
                raise UnsupportedByKind(
                    f"{who}: no form for outcome {outcome.name!r} of kind {kind.name!r}; it takes numbers with a scale "
                    "and classes"
                )
