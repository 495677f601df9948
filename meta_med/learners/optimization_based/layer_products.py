"""A corrected linear layer, and its backward pass in the inner loop, as two functions with explicit gradients.

Autograd would give the same numbers from the single operations; explicit gradients save passes over the activations
(the mask of ReLU, sums of gradients) and most of the bookkeeping, which at small widths cost as much as the
products. Shapes: T tasks, N records, R corrections. A layer's base is (out, in), shared by
the tasks, or (T, out, in). Gram matrices are held as (T, R, N): batched products of small matrices run up to
four times as fast with the transposed factor on the long side.
"""

from typing import Any

import torch
from torch import Tensor
from torch.autograd import Function
from torch.autograd.function import once_differentiable

Gradients = tuple[Tensor | None, ...]


class Corrected(Function):
    """act(h W^T + b + ((h A^T + 1) * c^T) G), act being ReLU or nothing.

    Args: h (T, N, in), W, b (out,) or (T, 1, out), and A (T, R, in), G (T, R, out), c (R, 1) or three Nones; relu.
    c may be None alone: ones.
    """

    @staticmethod
    def forward(ctx: Any, h: Tensor, weight: Tensor, bias: Tensor, *rest: Any) -> Tensor:
        """(T, N, out)."""
        entered, deltas, coefficients, relu = rest
        out = _affine(bias, h, weight)
        gram = None
        if entered is not None:
            gram = torch.baddbmm(h.new_ones(()), entered, h.transpose(1, 2))
            out.baddbmm_(_scaled(gram, coefficients).transpose(1, 2), deltas)
        if relu:
            out.relu_()
        ctx.save_for_backward(h, weight, entered, deltas, coefficients, gram, out if relu else None)
        return out

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, *found: Tensor) -> Gradients:
        """Gradients by h, W, b, A, G, c."""
        h, weight, entered, deltas, coefficients, gram, out = ctx.saved_tensors
        wanted = ctx.needs_input_grad
        g = found[0] if out is None else torch.ops.aten.threshold_backward(found[0], out, 0.0)
        by_h = _times(g, weight) if wanted[0] else None
        by_weight = _outer(g, h, weight) if wanted[1] else None
        by_bias = g.sum(1, keepdim=True) if weight.ndim == 3 else g.sum((0, 1))
        if entered is None:
            return by_h, by_weight, by_bias, None, None, None, None
        raw = torch.bmm(deltas, g.transpose(1, 2))
        by_coefficients = (raw * gram).sum((0, 2)).unsqueeze(1) if wanted[5] else None
        by_deltas = torch.bmm(_scaled(gram, coefficients), g) if wanted[4] else None
        raw = _scaled(raw, coefficients)
        by_entered = torch.bmm(raw, h) if wanted[3] else None
        by_h = None if by_h is None else by_h.baddbmm_(raw.transpose(1, 2), entered)
        return by_h, by_weight, by_bias, by_entered, by_deltas, by_coefficients, None


class BackpropagatedDeltas(Function):
    """(d W + ((d G^T) * c^T) A) where the input activation is positive, else 0.

    Args: d (T, N, out), W, A, G, c as in `Corrected`, and the input activation: ReLU's output (T, N, in).
    """

    @staticmethod
    def forward(ctx: Any, delta: Tensor, weight: Tensor, *rest: Any) -> Tensor:
        """(T, N, in)."""
        entered, deltas, coefficients, activation = rest
        back = _times(delta, weight)
        gram = None
        if entered is not None:
            gram = torch.bmm(deltas, delta.transpose(1, 2))
            back.baddbmm_(_scaled(gram, coefficients).transpose(1, 2), entered)
        torch.ops.aten.threshold_backward.grad_input(back, activation, 0.0, grad_input=back)
        ctx.save_for_backward(delta, weight, entered, deltas, coefficients, gram, activation)
        return back

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, *found: Tensor) -> Gradients:
        """Gradients by d, W, A, G, c; the activation's derivative is zero wherever it exists."""
        delta, weight, entered, deltas, coefficients, gram, activation = ctx.saved_tensors
        wanted = ctx.needs_input_grad
        g = torch.ops.aten.threshold_backward(found[0], activation, 0.0)
        by_delta = _times(g, weight.transpose(-1, -2)) if wanted[0] else None
        by_weight = _outer(delta, g, weight) if wanted[1] else None
        if entered is None:
            return by_delta, by_weight, None, None, None, None
        raw = torch.bmm(entered, g.transpose(1, 2))
        by_coefficients = (raw * gram).sum((0, 2)).unsqueeze(1) if wanted[4] else None
        by_entered = torch.bmm(_scaled(gram, coefficients), g) if wanted[2] else None
        raw = _scaled(raw, coefficients)
        by_deltas = torch.bmm(raw, delta) if wanted[3] else None
        by_delta = None if by_delta is None else by_delta.baddbmm_(raw.transpose(1, 2), deltas)
        return by_delta, by_weight, by_entered, by_deltas, by_coefficients, None


def _scaled(gram: Tensor, coefficients: Tensor | None) -> Tensor:
    return gram if coefficients is None else gram * coefficients


def _affine(bias: Tensor, h: Tensor, weight: Tensor) -> Tensor:
    if weight.ndim == 3:
        return torch.baddbmm(bias, h, weight.transpose(1, 2))
    flat = torch.addmm(bias, h.reshape(-1, h.shape[2]), weight.t())
    return flat.view(h.shape[0], h.shape[1], len(weight))


def _times(g: Tensor, weight: Tensor) -> Tensor:
    if weight.ndim == 3:
        return g * weight if g.shape[2] == 1 else torch.bmm(g, weight)
    flat = torch.mm(g.reshape(-1, g.shape[2]), weight)
    return flat.view(g.shape[0], g.shape[1], weight.shape[1])


def _outer(g: Tensor, h: Tensor, weight: Tensor) -> Tensor:
    """Gradient by the base: summed over tasks where they share it."""
    if weight.ndim == 3:
        return torch.bmm(g.transpose(1, 2), h)
    return torch.mm(g.reshape(-1, g.shape[2]).t(), h.reshape(-1, h.shape[2]))
