"""The dual form of gradient adaptation: fast weights of a multi-layer perceptron that are never built.

After inner steps on support records the fast weights of layer l are W_l + A_l^T G_l, where A_l stacks the
support activations that entered the layer at each step and G_l the (negatively scaled) deltas at its output:
rank <= steps * support size. So for T tasks at once

    h (W_l + A_l^T G_l) + b_l + 1^T G_l  =  (h W_l + b_l)  +  (h A_l^T + 1) G_l

is one product shared by all tasks plus small Gram products, and the backward pass of the inner loss is the
same with W_l^T. Everything is made of differentiable operations, so the outer gradient is exact: second
order by default, first order when the corrections are detached. The trailing "+ 1" is the bias.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn


@dataclass(frozen=True)
class Corrections:
    """Low-rank corrections of L layers for T tasks: inputs A_l (T, R, in_l) and scaled deltas G_l (T, R, out_l)."""

    inputs: tuple[Tensor, ...]
    deltas: tuple[Tensor, ...]

    @classmethod
    def none(cls, layers: Sequence[nn.Linear], tasks: int) -> "Corrections":
        """No correction: the shared weights themselves."""
        like = layers[0].weight
        return cls(
            tuple(like.new_zeros(tasks, 0, layer.in_features) for layer in layers),
            tuple(like.new_zeros(tasks, 0, layer.out_features) for layer in layers),
        )

    def extended(self, other: "Corrections") -> "Corrections":
        """These corrections and further ones."""
        return Corrections(
            tuple(torch.cat(pair, 1) for pair in zip(self.inputs, other.inputs, strict=True)),
            tuple(torch.cat(pair, 1) for pair in zip(self.deltas, other.deltas, strict=True)),
        )

    def select(self, index: Tensor) -> "Corrections":
        """The corrections of these tasks (a subject inherits its cohort's)."""
        return Corrections(tuple(a[index] for a in self.inputs), tuple(g[index] for g in self.deltas))

    def detached(self) -> "Corrections":
        """The same numbers without gradient (first-order meta-learning)."""
        return Corrections(tuple(a.detach() for a in self.inputs), tuple(g.detach() for g in self.deltas))


def forward(layers: Sequence[nn.Linear], fast: Corrections, h: Tensor) -> tuple[Tensor, list[Tensor]]:
    """Output (T, N, M) of the corrected network for inputs (T, N, P), and each layer's input. ReLU between."""
    entered = []
    for i, layer in enumerate(layers):
        entered.append(h)
        h = layer(h)
        if fast.inputs[i].shape[1]:
            gram = entered[-1] @ fast.inputs[i].transpose(1, 2) + 1.0
            h = h + gram @ fast.deltas[i]
        if i < len(layers) - 1:
            h = torch.relu(h)
    return h, entered


def backward(
    layers: Sequence[nn.Linear], fast: Corrections, entered: Sequence[Tensor], delta: Tensor
) -> list[Tensor]:
    """Deltas at every layer's output, from the delta (T, N, M) at the network's output."""
    deltas = [delta]
    for i in range(len(layers) - 1, 0, -1):
        delta = deltas[0]
        back = delta @ layers[i].weight
        if fast.inputs[i].shape[1]:
            back = back + (delta @ fast.deltas[i].transpose(1, 2)) @ fast.inputs[i]
        deltas.insert(0, back * (entered[i] > 0).to(back.dtype))
    return deltas


def step(
    layers: Sequence[nn.Linear],
    fast: Corrections,
    entered: Sequence[Tensor],
    delta: Tensor,
    rates: Tensor,
) -> Corrections:
    """Corrections after one gradient step with step size `rates` (L,) along the loss whose output delta is given."""
    deltas = backward(layers, fast, entered, delta)
    scaled = tuple(-rates[i] * d for i, d in enumerate(deltas))
    return fast.extended(Corrections(tuple(entered), scaled))
