"""The inner loop: gradient steps of all tasks at once, each on the loss of its own records.

Step sizes are learned: one per layer and step, or one per parameter.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor, nn

from meta_med.learners.optimization_based.fast_weights import FastWeights, Inputs
from meta_med.outcomes import OutcomeLayout


@dataclass(frozen=True)
class InnerLoss:
    """sum_m 1/(n_m + kappa) sum_i l(f(x_i) + offset_i, y_im), by its derivative; M target columns.

    Attributes:
        layout: the outcomes; values, seen: (T, N, M) their target columns and mask: 1 or 0, or a lender's share.
        offset: (T, N, M) added to the network's output, or 0.
        weight: (T, 1, M) 1 / (n_m + kappa).

    """

    layout: OutcomeLayout
    values: Tensor
    seen: Tensor
    offset: Tensor | float
    weight: Tensor

    def derivative(self, output: Tensor, first_order: bool) -> Tensor:
        """(T, N, M) derivative by the output. First order: a constant except for the weight."""
        delta = inner_delta(self.layout, output + self.offset, self.values, self.seen)
        return (delta.detach() if first_order else delta) * self.weight


def inner_loop(
    fast: FastWeights,
    inputs: Inputs,
    loss: InnerLoss,
    rates: Callable[[int], Sequence[Tensor]],
    *,
    steps: int,
    first_order: bool,
) -> FastWeights:
    """Fast weights after `steps` steps, step s with step sizes `rates(s)`.

    First order: each step's gradient is a constant for the meta-parameters, while the step sizes and kappa that scale
    it are still learned.
    """
    inputs = inputs.detached() if first_order else inputs
    for s in range(steps):
        run = (fast.detached() if first_order else fast).trace(inputs)
        fast = fast.moved(run.gradient(loss.derivative(run.output, first_order)), rates(s))
    return fast


def record_weights(seen: Tensor, kappa: Tensor | float) -> Tensor:
    """Weight 1 / (n_m + kappa) of each record (T, N, M) in the inner loss; n_m observed values of outcome m."""
    return 1.0 / (seen.sum(1, keepdim=True) + kappa).clamp(min=1e-6)


def inner_delta(layout: OutcomeLayout, output: Tensor, values: Tensor, seen: Tensor) -> Tensor:
    """Derivative of the inner loss by the output; 0 where unobserved.

    The loss is the one of each kind's canonical link: squared error / 2 (continuous), cross-entropy (classes).
    """
    parts = []
    for kind, columns in zip(layout.kinds, layout.columns, strict=True):
        parts.append(kind.expected(output[..., columns]) - values[..., columns])
    return torch.cat(parts, -1) * seen


StepSizes = Literal["layer", "parameter"]


def rates_of(
    kind: StepSizes, levels: Mapping[str, int], adapting: Mapping[str, Tensor], step_size: float
) -> "LayerRates | ParameterRates":
    """Step sizes of the tensors that adapt, by level with its number of steps; all start at `step_size`.

    Raises:
        ValueError: an unknown kind.

    """
    if kind not in ("layer", "parameter"):
        raise ValueError(f"step_sizes: must be 'layer' or 'parameter', got {kind!r}")
    return (LayerRates if kind == "layer" else ParameterRates)(levels, adapting, float(step_size))


class LayerRates(nn.Module):
    """Positive step sizes, one for each level, step and layer (Antoniou et al. 2019, MAML++).

    Attributes:
        log: by level (steps, layers): logarithms. Linear layers first, then an encoder's.

    """

    def __init__(self, levels: Mapping[str, int], adapting: Mapping[str, Tensor], step_size: float) -> None:
        super().__init__()
        owners = [name.rpartition(".")[0] for name in adapting]
        order = list(dict.fromkeys(owners))
        self.layer_of = tuple(order.index(owner) for owner in owners)
        self.log = nn.ParameterDict(
            {k: torch.full((max(n, 1), len(order)), step_size).log() for k, n in levels.items()}
        )

    def forward(self, level: str, step: int) -> Sequence[Tensor]:
        """A scalar for each tensor that adapts; steps beyond the last meta-trained one use its step size."""
        log = self.log[level]
        of_layer = log[min(step, len(log) - 1)].exp().unbind()
        return [of_layer[i] for i in self.layer_of]


class ParameterRates(nn.Module):
    """One step size of either sign per weight, the same at every step (Li et al. 2017, Meta-SGD).

    Attributes:
        of: by level, one tensor shaped like each tensor that adapts.

    """

    def __init__(self, levels: Mapping[str, int], adapting: Mapping[str, Tensor], step_size: float) -> None:
        super().__init__()
        self.of = nn.ModuleDict(
            {k: nn.ParameterList(torch.full(t.shape, step_size) for t in adapting.values()) for k in levels}
        )

    def forward(self, level: str, _step: int) -> Sequence[Tensor]:
        """A tensor shaped like each tensor that adapts."""
        return list(self.of[level].parameters())
