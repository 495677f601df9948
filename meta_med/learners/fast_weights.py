"""What the inner loop needs of fast weights, whichever way they are held.

Three realisations give the same numbers: `dual` (shared weights and low-rank corrections, never built),
the same layers with explicit weights of each task where the rank would be no smaller, and `functional`
(every parameter of an external encoder and of the head, under vmap).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol, Self

from torch import Tensor

from meta_med.episodes import Records


@dataclass(frozen=True)
class Inputs:
    """What a network is run on: records (T, N), and the features (T, N, P) that enter its linear layers."""

    features: Tensor
    rows: Records

    def detached(self) -> "Inputs":
        """The same numbers without gradient."""
        return replace(self, features=self.features.detach())


class Trace(Protocol):
    """A run of the network that remembers enough to go backward."""

    @property
    def output(self) -> Tensor:
        """(T, N, M)."""
        ...

    def gradient(self, delta: Tensor) -> Any:
        """Gradient of each task's loss by its weights, from the derivative (T, N, M) by the output."""
        ...


class FastWeights(Protocol):
    """Weights of T tasks (or one set shared by all of them, before anything moved)."""

    def output(self, inputs: Inputs) -> Tensor:
        """(T, N, M): each task's network on rows that are asked about."""
        ...

    def trace(self, inputs: Inputs) -> Trace:
        """The same on rows that the task is told, ready to go backward."""
        ...

    def after(self, inputs: Inputs) -> Self:
        """The same weights, these rows having been told: what a batch normalisation remembers of them."""
        ...

    def moved(self, gradient: Any, rates: Sequence[Tensor]) -> Self:
        """Weights - rate * gradient; one rate a tensor: a scalar, or shaped like the tensor."""
        ...

    def select(self, index: Tensor) -> Self:
        """The weights of these tasks (a subject inherits its cohort's)."""
        ...

    def detached(self) -> Self:
        """The same numbers without gradient."""
        ...

    def mean(self) -> tuple[Tensor, ...]:
        """Every tensor, averaged over the tasks."""
        ...
