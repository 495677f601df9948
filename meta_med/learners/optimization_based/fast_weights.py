"""The protocol of fast weights for the inner loop, and fast weights of external encoders.

Three implementations give the same numbers: `dual` (shared weights and low-rank corrections), the same layers with
explicit weights of each task where the rank would not be smaller, and `FunctionalWeights` (every parameter of an
external encoder and of the head, under vmap).

An external encoder is any module, so the rank of its gradient is unknown: its fast weights are explicit and run by
`torch.func`. Batch normalisation uses the statistics of the task's context and support, pooled, in meta-training and
afterwards: adapted weights have no running statistics. Finn et al. 2017 normalise the queries of a task by each other;
here they are normalised by those statistics, so that predictions do not depend on the other queries.

Under vmap an encoder's forward pass may neither branch on values nor call what has no batching rule (recurrent
layers of `torch.nn`). Such an encoder can be frozen (`requires_grad_(False)` before the learner is created) or
used with `anil`; both run it once for all tasks.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol, Self

import torch
from torch import Tensor, nn
from torch.func import functional_call, vjp, vmap

from meta_med.episodes.batch import Records
from meta_med.learners.networks.masked_norm import COUNT, MASK, MEAN, VARIANCE, ToldNorm, replace_norms


@dataclass(frozen=True)
class Inputs:
    """Inputs of a network: records (T, N), and the features (T, N, P) of its linear layers."""

    features: Tensor
    rows: Records

    def detached(self) -> "Inputs":
        """The same numbers without gradient."""
        return replace(self, features=self.features.detach())


class Trace(Protocol):
    """A forward run of the network that keeps what the backward pass needs."""

    @property
    def output(self) -> Tensor:
        """(T, N, M)."""
        ...

    def gradient(self, delta: Tensor) -> Any:
        """Gradient of each task's loss by its weights, from the derivative (T, N, M) by the output."""
        ...


class FastWeights(Protocol):
    """Weights of T tasks (or one set shared by all of them, before the first step)."""

    def output(self, inputs: Inputs) -> Tensor:
        """(T, N, M): outputs of each task's network for query rows."""
        ...

    def trace(self, inputs: Inputs) -> Trace:
        """The run on context or support rows, for a backward pass."""
        ...

    def after(self, inputs: Inputs) -> Self:
        """The same weights with the statistics of these rows added for batch normalisation."""
        ...

    def moved(self, gradient: Any, rates: Sequence[Tensor]) -> Self:
        """Weights - rate * gradient; one rate per tensor: a scalar, or shaped like the tensor."""
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


Pull = Callable[[Tensor], tuple[tuple[Tensor, ...]]]


class Network(nn.Module):
    """An encoder and the linear layers on its embedding, on the records of one task.

    Shares its parameters with the learner but none of its modules, so that the caller's encoder keeps its own
    batch normalisation; `frozen` names the modules of the encoder whose statistics are fixed.
    """

    def __init__(
        self, encoder: nn.Module, layers: nn.ModuleList, frozen: frozenset[str] = frozenset()
    ) -> None:
        super().__init__()
        self.encoder = replace_norms(encoder, lambda name, norm: ToldNorm(norm, name in frozen))
        self.layers = layers

    def norms(self) -> dict[str, ToldNorm]:
        """Its batch normalisations with statistics of the task, by name."""
        every = self.named_modules()
        return {name: module for name, module in every if isinstance(module, ToldNorm) and not module.frozen}

    def forward(self, x: Tensor, features: Tensor) -> tuple[Tensor, tuple[Tensor, ...]]:
        """(N, M) from x (N, ...) and further features (N, P); and the statistics of each normalisation."""
        h = torch.cat([self.encoder(x).flatten(1), features], -1)
        for i, layer in enumerate(self.layers):
            h = layer(torch.relu(h) if i else h)
        found = (norm.found for norm in self.norms().values())
        return h, tuple(part for s in found for part in (s.count, s.mean, s.variance))


@dataclass(frozen=True)
class FunctionalWeights:
    """Fast weights of a network by parameter name.

    Attributes:
        network: the network.
        names: the parameters that adapt, in the order of the step sizes.
        tensors: as the parameters (shared by all tasks), or with a leading task dimension.
        statistics: count (T,), mean and variance (T, C) of each batch normalisation over the context and support
            rows so far; those of a single task are shared by all. Empty before the first rows.
        batched: whether the tensors have that dimension.

    """

    network: Network
    names: tuple[str, ...]
    tensors: tuple[Tensor, ...]
    statistics: tuple[Tensor, ...] = ()
    batched: bool = False

    def output(self, inputs: Inputs) -> Tensor:
        """(T, N, M) outputs for query records, which enter no statistics."""
        return self._run(self.tensors, inputs, self.batched, torch.zeros_like(inputs.rows.present))[0]

    def trace(self, inputs: Inputs) -> "FunctionalTrace":
        """A run on context or support records, for gradients by each task's own weights."""
        tasks = len(inputs.rows)
        own = tuple(t if self.batched else t.expand(tasks, *t.shape) for t in self.tensors)

        def run(tensors: Sequence[Tensor]) -> Tensor:
            return self._run(tensors, inputs, True, inputs.rows.present)[0]

        output, pull, *_ = vjp(run, own)
        return FunctionalTrace(output, pull)

    def after(self, inputs: Inputs) -> "FunctionalWeights":
        """The same weights with the statistics of these records added."""
        if not self.network.norms():
            return self
        found = self._run(self.tensors, inputs, self.batched, inputs.rows.present)[1]
        return replace(self, statistics=found)

    def _run(
        self, tensors: Sequence[Tensor], inputs: Inputs, batched: bool, counts: Tensor
    ) -> tuple[Tensor, tuple[Tensor, ...]]:
        norms, tasks = list(self.network.norms()), len(inputs.rows)
        places = [f"{name}.{part}" for name in norms for part in (COUNT, MEAN, VARIANCE)]
        statistics = tuple(t.expand(tasks, *t.shape[1:]) for t in self.statistics)

        def of_task(
            own: Sequence[Tensor], before: Sequence[Tensor], x: Tensor, counted: Tensor, features: Tensor
        ) -> tuple[Tensor, tuple[Tensor, ...]]:
            given = dict(zip(self.names, own, strict=True)) | {f"{name}.{MASK}": counted for name in norms}
            given |= dict(zip(places if before else (), before, strict=True))
            out: tuple[Tensor, tuple[Tensor, ...]] = functional_call(self.network, given, (x, features))
            return out

        run = vmap(of_task, in_dims=(0 if batched else None, 0, 0, 0, 0), randomness="different")
        output: tuple[Tensor, tuple[Tensor, ...]] = run(
            tuple(tensors), statistics, inputs.rows.x, counts, inputs.features
        )
        return output

    def moved(self, gradient: Sequence[Tensor], rates: Sequence[Tensor]) -> "FunctionalWeights":
        """After a step along the gradient (T, ...) of each tensor."""
        tensors = tuple(t - r * g for t, g, r in zip(self.tensors, gradient, rates, strict=True))
        return replace(self, tensors=tensors, batched=True)

    def select(self, index: Tensor) -> "FunctionalWeights":
        """The weights of these tasks; those of a single one are shared by all."""
        statistics = tuple(t if len(t) == 1 else t[index] for t in self.statistics)
        if not self.batched:
            return replace(self, statistics=statistics)
        alone = len(self.tensors[0]) == 1
        tensors = tuple(t[0] if alone else t[index] for t in self.tensors)
        return replace(self, tensors=tensors, statistics=statistics, batched=not alone)

    def detached(self) -> "FunctionalWeights":
        """The same numbers without gradient."""
        tensors, statistics = (tuple(t.detach() for t in every) for every in (self.tensors, self.statistics))
        return replace(self, tensors=tensors, statistics=statistics)

    def mean(self) -> tuple[Tensor, ...]:
        """Every tensor, averaged over the tasks."""
        return tuple(t.mean(0) for t in self.tensors) if self.batched else self.tensors


@dataclass(frozen=True)
class FunctionalTrace:
    """An output and its vector-Jacobian product."""

    output: Tensor
    pull: Pull

    def gradient(self, delta: Tensor) -> tuple[Tensor, ...]:
        """Gradient (T, ...) by every tensor."""
        (found,) = self.pull(delta)
        return found
