"""Fast weights of a whole network with an external encoder: every parameter of every task, under vmap.

The encoder is any module, so nothing is known of its gradient's rank: its fast weights are held explicitly and
run by `torch.func`. Batch normalisation takes the statistics of the task's present records in hand, at
meta-training and afterwards, as in Finn et al. 2017: running statistics of adapted weights do not exist. So the
prediction of a query record depends on the other query records of the same subject given with it.

Under vmap an encoder's forward pass may neither branch on values nor call what has no batching rule (recurrent
layers of `torch.nn`). Such an encoder can be frozen (`requires_grad_(False)` before the learner is made) or
given to `anil`; both run it once for all tasks, as it is.
"""

import copy
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import torch
from torch import Tensor, nn
from torch.func import functional_call, vjp, vmap

from meta_med.learners.fast_weights import Inputs
from meta_med.learners.masked_norm import MASK, with_batch_statistics

Pull = Callable[[Tensor], tuple[tuple[Tensor, ...]]]


class Network(nn.Module):
    """An encoder and the linear layers on its embedding, on the records of one task.

    Shares its parameters with the learner but none of its modules, so that the caller's encoder keeps its own
    batch normalisation.
    """

    def __init__(self, encoder: nn.Module, layers: nn.ModuleList) -> None:
        super().__init__()
        tensors = [*encoder.parameters(), *encoder.buffers()]
        self.encoder = with_batch_statistics(copy.deepcopy(encoder, {id(t): t for t in tensors}))
        self.layers = layers

    def forward(self, x: Tensor, features: Tensor) -> Tensor:
        """(N, M) from x (N, ...) and further features (N, P)."""
        h = torch.cat([self.encoder(x).flatten(1), features], -1)
        for i, layer in enumerate(self.layers):
            h = layer(torch.relu(h) if i else h)
        return h


@dataclass(frozen=True)
class FunctionalWeights:
    """Fast weights of a network by parameter name.

    Attributes:
        network: what is run.
        names: the parameters that adapt, in the order of the step sizes.
        tensors: as the parameters (shared by all tasks), or with a leading task dimension.
        batched: whether there is that dimension.

    """

    network: Network
    names: tuple[str, ...]
    tensors: tuple[Tensor, ...]
    batched: bool = False

    @classmethod
    def shared(cls, network: Network, names: Sequence[str]) -> "FunctionalWeights":
        """The meta-parameters themselves."""
        parameters = dict(network.named_parameters())
        return cls(network, tuple(names), tuple(parameters[n] for n in names))

    def output(self, inputs: Inputs) -> Tensor:
        """(T, N, M)."""
        return self._run(self.tensors, inputs, self.batched)

    def trace(self, inputs: Inputs) -> "FunctionalTrace":
        """A run that can go backward to each task's own weights."""
        tasks = len(inputs.rows)
        own = tuple(t if self.batched else t.expand(tasks, *t.shape) for t in self.tensors)
        output, pull, *_ = vjp(lambda tensors: self._run(tensors, inputs, batched=True), own)
        return FunctionalTrace(output, pull)

    def _run(self, tensors: Sequence[Tensor], inputs: Inputs, batched: bool) -> Tensor:
        masks = [name for name, _ in self.network.named_buffers() if name.endswith(MASK)]

        def of_task(own: Sequence[Tensor], x: Tensor, present: Tensor, features: Tensor) -> Tensor:
            given = dict(zip(self.names, own, strict=True)) | dict.fromkeys(masks, present)
            out: Tensor = functional_call(self.network, given, (x, features))
            return out

        run = vmap(of_task, in_dims=(0 if batched else None, 0, 0, 0), randomness="different")
        output: Tensor = run(tuple(tensors), inputs.rows.x, inputs.rows.present, inputs.features)
        return output

    def moved(self, gradient: Sequence[Tensor], rates: Sequence[Tensor]) -> "FunctionalWeights":
        """After a step along the gradient (T, ...) of each tensor."""
        tensors = tuple(t - r * g for t, g, r in zip(self.tensors, gradient, rates, strict=True))
        return replace(self, tensors=tensors, batched=True)

    def select(self, index: Tensor) -> "FunctionalWeights":
        """The weights of these tasks; those of a single one are shared by all."""
        if not self.batched:
            return self
        alone = len(self.tensors[0]) == 1
        tensors = tuple(t[0] if alone else t[index] for t in self.tensors)
        return replace(self, tensors=tensors, batched=not alone)

    def detached(self) -> "FunctionalWeights":
        """The same numbers without gradient."""
        return replace(self, tensors=tuple(t.detach() for t in self.tensors))

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
