"""Class labels that mean something, and those drawn anew for each task."""

from dataclasses import dataclass

import torch
from torch import Tensor

from meta_med.outcomes import OutcomeLayout


@dataclass(frozen=True)
class Labels:
    """Which target columns a network may tell apart: all, or none of a class's where labels are fresh.

    A network that never sees which class is which, and moves its prediction only by what records of the support
    held, is exactly equivariant: permuting the labels permutes the prediction.
    """

    layout: OutcomeLayout
    fresh: bool = False

    def named(self, columns: Tensor) -> Tensor:
        """The target columns (..., M), zero for classes whose labels are fresh."""
        if not self.fresh:
            return columns
        each = zip(self.layout.outcomes, self.layout.columns, strict=True)
        parts = ((o.kind == "continuous", columns[..., c]) for o, c in each)
        return torch.cat([part if named else torch.zeros_like(part) for named, part in parts], -1)


def check_labels(fresh: bool, history: bool) -> None:
    """Refuse fresh labels beside own history, which names the classes.

    Raises:
        ValueError: both are asked for.

    """
    if fresh and history:
        raise ValueError("fresh_labels: not with history, which names the classes; got both True")
