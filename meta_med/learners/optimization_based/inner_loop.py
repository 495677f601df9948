"""The inner loop: gradient steps of all tasks at once, each on the loss of its own records.

Step sizes are learned: one per layer and step, or one per parameter.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor, nn

from meta_med.learners.optimization_based.fast_weights import FastWeights, Inputs, Trace
from meta_med.outcomes import OutcomeLayout


@dataclass(frozen=True)
class InnerLoss:
    """sum_m 1/(n_m + kappa) sum_i l(f(x_i) + offset_i, y_im), by its derivative; M target columns.

    Attributes:
        layout: the outcomes; y: (T, N, D) their values.
        values, seen: (T, N, M) target columns and mask: 1 or 0, or a lender's share.
        offset: (T, N, M) added to the network's output, or 0.
        weight: (T, 1, M) 1 / (n_m + kappa).

    """

    layout: OutcomeLayout
    y: Tensor
    values: Tensor
    seen: Tensor
    offset: Tensor | float
    weight: Tensor

    def derivative(self, output: Tensor, first_order: bool) -> Tensor:
        """(T, N, M) derivative by the output. First order: a constant except for the weight."""
        delta = inner_delta(self.layout, output + self.offset, self.values, self.seen)
        return (delta.detach() if first_order else delta) * self.weight

    def of_tasks(self, output: Tensor) -> Tensor:
        """(T,) the loss of each task, up to a constant."""
        location, weight = output + self.offset, self.seen * self.weight
        total = torch.zeros_like(location[:, 0, 0])
        for d, (kind, columns) in enumerate(zip(self.layout.kinds, self.layout.columns, strict=True)):
            y = self.y[..., d : d + 1]
            found = kind.log_likelihood(y, location[..., columns], torch.ones_like(y), None)
            total = total - (found[..., 0] * weight[..., columns.start]).sum(1)
        return total


def inner_loop(
    fast: FastWeights,
    inputs: Inputs,
    loss: InnerLoss,
    rates: Callable[[int], Sequence[Tensor]],
    *,
    steps: int,
    trained: int,
    first_order: bool,
) -> FastWeights:
    """Fast weights after `steps` steps, step s with step sizes `rates(s)`.

    A step size was learned for the place where its step starts. Beyond the `trained` steps it may be far too large, and
    one of Meta-SGD may even lead uphill; so each task takes only a share of such a step (`_share`).

    First order: each step's gradient is a constant for the meta-parameters, while the step sizes and kappa that scale
    it are still learned.
    """
    inputs = inputs.detached() if first_order else inputs
    for s in range(steps):
        run = (fast.detached() if first_order else fast).trace(inputs)
        derivative = loss.derivative(run.output, first_order)
        if s >= trained:
            derivative = derivative * _share(fast, inputs, loss, run, derivative, rates(s))
        fast = fast.moved(run.gradient(derivative), rates(s))
    return fast


HALVINGS = 10


@torch.no_grad()
def _share(
    fast: FastWeights,
    inputs: Inputs,
    loss: InnerLoss,
    run: Trace,
    derivative: Tensor,
    rates: Sequence[Tensor],
) -> Tensor:
    """(T, 1, 1) the largest of 1, 1/2, 1/4, ... of a step that does not raise the task's inner loss, else 0.

    The gradient is linear in the derivative by the output, so that a share of one is a share of the other.
    """
    before = loss.of_tasks(run.output)
    share = torch.ones_like(before)
    for _ in range(HALVINGS):
        moved = fast.moved(run.gradient(derivative * share.reshape(-1, 1, 1)), rates)
        higher = ~(loss.of_tasks(moved.trace(inputs).output) <= before)  # also where it is not finite
        if not bool(higher.any()):
            break
        share = torch.where(higher, share / 2, share)
    else:
        share = torch.where(higher, 0.0, share)
    return share.reshape(-1, 1, 1)


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
