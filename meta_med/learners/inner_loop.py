"""The inner loop: gradient steps of every task at once, on the loss of its own records."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from meta_med.learners.fast_weights import FastWeights, Inputs
from meta_med.outcomes import OutcomeLayout


@dataclass(frozen=True)
class InnerLoss:
    """sum_m 1/(n_m + kappa) sum_i l(f(x_i) + offset_i, y_im), by its derivative; M target columns.

    Attributes:
        layout: the outcomes; values, seen: (T, N, M) their target columns and mask (1 or 0).
        offset: (T, N, M) added to the network's output, or 0.
        weight: (T, 1, M) 1 / (n_m + kappa).

    """

    layout: OutcomeLayout
    values: Tensor
    seen: Tensor
    offset: Tensor | float
    weight: Tensor

    def derivative(self, output: Tensor, first_order: bool) -> Tensor:
        """(T, N, M) derivative by the output. First order: a constant, but for the weight."""
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
    """Fast weights after so many steps, step s with step sizes `rates(s)`.

    First order: each step's gradient is a constant for the meta-parameters it was taken at, while the step
    sizes and kappa that scale it are still learned.
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
    """Derivative of squared error / 2 (continuous) and cross-entropy (classes) by the output; 0 where unobserved."""
    parts = []
    for outcome, columns in zip(layout.outcomes, layout.columns, strict=True):
        raw = output[..., columns]
        parts.append((raw if outcome.kind == "continuous" else raw.softmax(-1)) - values[..., columns])
    return torch.cat(parts, -1) * seen
