"""What the inner loop needs of fast weights, whichever way they are held.

Three realisations give the same numbers: `dual` (shared weights and low-rank corrections, never built),
the same layers with explicit weights of each task where the rank would be no smaller, and `functional`
(every parameter of an external encoder and of the head, under vmap).

An external encoder is any module, so nothing is known of its gradient's rank: its fast weights are held explicitly and
run by `torch.func`. Batch normalisation takes the statistics of the records that the task is told (its cohort's
context and its own support, pooled), at meta-training and afterwards: running statistics of adapted weights do not
exist. Where Finn et al. 2017 normalise the queries of a task by each other, they are normalised by those statistics
here, so that the prediction of one does not depend on which others are asked with it.

Under vmap an encoder's forward pass may neither branch on values nor call what has no batching rule (recurrent
layers of `torch.nn`). Such an encoder can be frozen (`requires_grad_(False)` before the learner is made) or
given to `anil`; both run it once for all tasks, as it is.
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


Pull = Callable[[Tensor], tuple[tuple[Tensor, ...]]]


class Network(nn.Module):
    """An encoder and the linear layers on its embedding, on the records of one task.

    Shares its parameters with the learner but none of its modules, so that the caller's encoder keeps its own
    batch normalisation; `frozen` names the modules of the encoder whose statistics stay as they are.
    """

    def __init__(
        self, encoder: nn.Module, layers: nn.ModuleList, frozen: frozenset[str] = frozenset()
    ) -> None:
        super().__init__()
        self.encoder = replace_norms(encoder, lambda name, norm: ToldNorm(norm, name in frozen))
        self.layers = layers

    def norms(self) -> dict[str, ToldNorm]:
        """Its batch normalisations that take the statistics of the task, by their names."""
        every = self.named_modules()
        return {name: module for name, module in every if isinstance(module, ToldNorm) and not module.frozen}

    def forward(self, x: Tensor, features: Tensor) -> tuple[Tensor, tuple[Tensor, ...]]:
        """(N, M) from x (N, ...) and further features (N, P); and what each normalisation has found."""
        h = torch.cat([self.encoder(x).flatten(1), features], -1)
        for i, layer in enumerate(self.layers):
            h = layer(torch.relu(h) if i else h)
        found = (norm.found for norm in self.norms().values())
        return h, tuple(part for s in found for part in (s.count, s.mean, s.variance))


@dataclass(frozen=True)
class FunctionalWeights:
    """Fast weights of a network by parameter name.

    Attributes:
        network: what is run.
        names: the parameters that adapt, in the order of the step sizes.
        tensors: as the parameters (shared by all tasks), or with a leading task dimension.
        told: count (T,), mean and variance (T, C) of each batch normalisation, of the records told so far; one task's
            are everybody's. Empty before any.
        batched: whether the tensors have that dimension.

    """

    network: Network
    names: tuple[str, ...]
    tensors: tuple[Tensor, ...]
    told: tuple[Tensor, ...] = ()
    batched: bool = False

    @classmethod
    def shared(cls, network: Network, names: Sequence[str]) -> "FunctionalWeights":
        """The meta-parameters themselves."""
        parameters = dict(network.named_parameters())
        return cls(network, tuple(names), tuple(parameters[n] for n in names))

    def output(self, inputs: Inputs) -> Tensor:
        """(T, N, M) of records that are asked about: they count in no statistic."""
        return self._run(self.tensors, inputs, self.batched, torch.zeros_like(inputs.rows.present))[0]

    def trace(self, inputs: Inputs) -> "FunctionalTrace":
        """A run on records that the task is told, which can go backward to each task's own weights."""
        tasks = len(inputs.rows)
        own = tuple(t if self.batched else t.expand(tasks, *t.shape) for t in self.tensors)

        def run(tensors: Sequence[Tensor]) -> Tensor:
            return self._run(tensors, inputs, True, inputs.rows.present)[0]

        output, pull, *_ = vjp(run, own)
        return FunctionalTrace(output, pull)

    def after(self, inputs: Inputs) -> "FunctionalWeights":
        """The same weights, that have been told these records too."""
        if not self.network.norms():
            return self
        found = self._run(self.tensors, inputs, self.batched, inputs.rows.present)[1]
        return replace(self, told=found)

    def _run(
        self, tensors: Sequence[Tensor], inputs: Inputs, batched: bool, counts: Tensor
    ) -> tuple[Tensor, tuple[Tensor, ...]]:
        norms, tasks = list(self.network.norms()), len(inputs.rows)
        places = [f"{name}.{part}" for name in norms for part in (COUNT, MEAN, VARIANCE)]
        told = tuple(t.expand(tasks, *t.shape[1:]) for t in self.told)

        def of_task(
            own: Sequence[Tensor], before: Sequence[Tensor], x: Tensor, counted: Tensor, features: Tensor
        ) -> tuple[Tensor, tuple[Tensor, ...]]:
            given = dict(zip(self.names, own, strict=True)) | {f"{name}.{MASK}": counted for name in norms}
            given |= dict(zip(places if before else (), before, strict=True))
            out: tuple[Tensor, tuple[Tensor, ...]] = functional_call(self.network, given, (x, features))
            return out

        run = vmap(of_task, in_dims=(0 if batched else None, 0, 0, 0, 0), randomness="different")
        output: tuple[Tensor, tuple[Tensor, ...]] = run(
            tuple(tensors), told, inputs.rows.x, counts, inputs.features
        )
        return output

    def moved(self, gradient: Sequence[Tensor], rates: Sequence[Tensor]) -> "FunctionalWeights":
        """After a step along the gradient (T, ...) of each tensor."""
        tensors = tuple(t - r * g for t, g, r in zip(self.tensors, gradient, rates, strict=True))
        return replace(self, tensors=tensors, batched=True)

    def select(self, index: Tensor) -> "FunctionalWeights":
        """The weights of these tasks; those of a single one are shared by all."""
        told = tuple(t if len(t) == 1 else t[index] for t in self.told)
        if not self.batched:
            return replace(self, told=told)
        alone = len(self.tensors[0]) == 1
        tensors = tuple(t[0] if alone else t[index] for t in self.tensors)
        return replace(self, tensors=tensors, told=told, batched=not alone)

    def detached(self) -> "FunctionalWeights":
        """The same numbers without gradient."""
        tensors, told = (tuple(t.detach() for t in every) for every in (self.tensors, self.told))
        return replace(self, tensors=tensors, told=told)

    def mean(self) -> tuple[Tensor, ...]:
        """Every tensor, averaged over the tasks."""
        return tuple(t.mean(0) for t in self.tensors) if self.batched else self.tensors


@dataclass(frozen=True)
class FunctionalTrace:
    """An output and the way back from it."""

    output: Tensor
    pull: Pull

    def gradient(self, delta: Tensor) -> tuple[Tensor, ...]:
        """Gradient (T, ...) by every tensor."""
        (found,) = self.pull(delta)
        return found
