"""The dual form of gradient adaptation: fast weights of a multi-layer perceptron that are never built.

After inner steps on support records the fast weights of layer l are W_l + (c_l * G_l)^T A_l, where A_l stacks the
support activations that entered the layer at each step, G_l the deltas at its output and c_l minus the step
sizes: rank <= steps * support size. So for T tasks at once

    h (W_l + (c_l * G_l)^T A_l)^T + b_l + 1^T (c_l * G_l)  =  (h W_l^T + b_l)  +  ((h A_l^T + 1) * c_l) G_l

is one product shared by all tasks plus small Gram products, and the backward pass of the inner loss is the
same with W_l. All operations are differentiable, so the outer gradient is exact: second order by default, first order
when the run is detached. The trailing "+ 1" is the bias.

Where the rank would reach the layer's smaller side nothing is saved: the corrections are folded into explicit
weights (T, out, in), and products become batched ones. A step with one step size per parameter is not of low rank
either, and is folded at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from meta_med.learners.optimization_based.fast_weights import Inputs
from meta_med.learners.optimization_based.layer_products import BackpropagatedDeltas, Corrected


@dataclass(frozen=True)
class FastLayer:
    """One linear layer of T tasks: a base, and corrections of rank R on top.

    Attributes:
        weight: (out, in) shared by all tasks, or (T, out, in).
        bias: (out,) or (T, 1, out).
        entered: A (T, R, in), or None without corrections.
        deltas: G (T, R, out), or None.
        coefficients: c (R, 1): minus the step size each was taken with; None is ones.

    """

    weight: Tensor
    bias: Tensor
    entered: Tensor | None = None
    deltas: Tensor | None = None
    coefficients: Tensor | None = None

    def forward(self, h: Tensor, relu: bool) -> Tensor:
        """(T, N, out) from (T, N, in)."""
        out: Tensor = Corrected.apply(  # type: ignore[no-untyped-call]
            h, self.weight, self.bias, self.entered, self.deltas, self.coefficients, relu
        )
        return out

    def backward(self, delta: Tensor, activation: Tensor) -> Tensor:
        """(T, N, in): the derivative by what entered the ReLU before the layer, from that by its output."""
        back: Tensor = BackpropagatedDeltas.apply(  # type: ignore[no-untyped-call]
            delta, self.weight, self.entered, self.deltas, self.coefficients, activation.detach()
        )
        return back

    def moved(self, entered: Tensor, delta: Tensor, rates: Sequence[Tensor]) -> "FastLayer":
        """The layer after a step of -rate (of weight and bias) along the gradient delta^T entered."""
        if rates[0].ndim:
            base = self.explicit()
            weight = base.weight - rates[0] * torch.bmm(delta.transpose(1, 2), entered)
            return FastLayer(weight, base.bias - rates[1] * delta.sum(1, keepdim=True))
        step = (-rates[0]).expand(delta.shape[1], 1)
        if self.entered is None or self.deltas is None:
            grown = FastLayer(self.weight, self.bias, entered, delta, step)
        elif self.entered is entered:  # equal inputs at every step: the rank is constant, deltas are summed
            grown = replace(self, deltas=torch.addcmul(self._scaled(), delta, step), coefficients=None)
        else:
            before = step.new_ones(self.rank, 1) if self.coefficients is None else self.coefficients
            grown = FastLayer(
                self.weight,
                self.bias,
                torch.cat([self.entered, entered], 1),
                torch.cat([self.deltas, delta], 1),
                torch.cat([before, step]),
            )
        return grown.explicit() if grown.rank >= min(self.weight.shape[-2:]) else grown

    @property
    def rank(self) -> int:
        """R: the rank of the corrections."""
        return 0 if self.entered is None else int(self.entered.shape[1])

    def _scaled(self) -> Tensor:
        """G with its coefficients multiplied in."""
        if self.deltas is None:
            raise ValueError("a layer without corrections has nothing to scale")
        return self.deltas if self.coefficients is None else self.deltas * self.coefficients

    def explicit(self) -> "FastLayer":
        """The same layer, its corrections folded into the base."""
        if self.entered is None:
            return self
        scaled = self._scaled()
        base = self.weight.expand(len(scaled), -1, -1)
        weight = torch.baddbmm(base, scaled.transpose(1, 2), self.entered)
        return FastLayer(weight, self.bias + scaled.sum(1, keepdim=True))

    def select(self, index: Tensor) -> "FastLayer":
        """The layers of these tasks, in the form that needs less memory.

        A single task's explicit weights become the base that all tasks share.
        """
        rows, columns = self.weight.shape[-2:]
        larger = self.rank * (rows + columns) >= rows * columns
        if self.entered is not None and (larger or len(self.entered) == 1):
            return self.explicit().select(index)
        if self.weight.ndim == 3 and len(self.weight) == 1:
            return FastLayer(self.weight[0], self.bias[0, 0])
        own = self.weight.ndim == 3
        return FastLayer(
            self.weight[index] if own else self.weight,
            self.bias[index] if own else self.bias,
            None if self.entered is None else self.entered[index],
            None if self.deltas is None else self.deltas[index],
            self.coefficients,
        )

    def detached(self) -> "FastLayer":
        """The same numbers without gradient."""
        low_rank = (None if t is None else t.detach() for t in (self.entered, self.deltas, self.coefficients))
        return FastLayer(self.weight.detach(), self.bias.detach(), *low_rank)

    def mean(self) -> tuple[Tensor, Tensor]:
        """Weight (out, in) and bias (out,), averaged over the tasks."""
        weight = self.weight if self.weight.ndim == 2 else self.weight.mean(0)
        bias = self.bias if self.bias.ndim == 1 else self.bias.mean((0, 1))
        if self.entered is None:
            return weight, bias
        scaled = self._scaled()
        moved = scaled.flatten(0, 1).t() @ self.entered.flatten(0, 1)
        return weight + moved / len(scaled), bias + scaled.sum((0, 1)) / len(scaled)


@dataclass(frozen=True)
class Perceptron:
    """Fast weights of a perceptron with ReLU between its layers."""

    layers: tuple[FastLayer, ...]

    @classmethod
    def of(cls, tensors: Sequence[Tensor]) -> "Perceptron":
        """From weight and bias of each layer, shared by all tasks."""
        return cls(tuple(map(FastLayer, tensors[::2], tensors[1::2])))

    def output(self, inputs: Inputs) -> Tensor:
        """(T, N, M)."""
        return self.trace(inputs).output

    def trace(self, inputs: Inputs) -> "PerceptronTrace":
        """A run that keeps what entered each layer."""
        entered = [inputs.features]
        for layer in self.layers[:-1]:
            entered.append(layer.forward(entered[-1], relu=True))
        return PerceptronTrace(self, tuple(entered), self.layers[-1].forward(entered[-1], relu=False))

    def after(self, _inputs: Inputs) -> "Perceptron":
        """Unchanged: linear layers keep no statistics of records."""
        return self

    def moved(self, gradient: Sequence[tuple[Tensor, Tensor]], rates: Sequence[Tensor]) -> "Perceptron":
        """After a step along the gradient, given as (entered, delta) of each layer."""
        steps = zip(self.layers, gradient, rates[::2], rates[1::2], strict=True)
        return Perceptron(tuple(layer.moved(a, d, (w, b)) for layer, (a, d), w, b in steps))

    def select(self, index: Tensor) -> "Perceptron":
        """The weights of these tasks."""
        return Perceptron(tuple(layer.select(index) for layer in self.layers))

    def detached(self) -> "Perceptron":
        """The same numbers without gradient."""
        return Perceptron(tuple(layer.detached() for layer in self.layers))

    def mean(self) -> tuple[Tensor, ...]:
        """Weight and bias of each layer, averaged over the tasks."""
        return tuple(tensor for layer in self.layers for tensor in layer.mean())


@dataclass(frozen=True)
class PerceptronTrace:
    """The input of each layer, and the output of the last."""

    fast: Perceptron
    entered: tuple[Tensor, ...]
    output: Tensor

    def gradient(self, delta: Tensor) -> list[tuple[Tensor, Tensor]]:
        """(entered, delta at the output) of each layer: the gradient is their product, summed over records."""
        deltas = [delta]
        for layer, entered in zip(self.fast.layers[:0:-1], self.entered[:0:-1], strict=True):
            deltas.append(layer.backward(deltas[-1], entered))
        return list(zip(self.entered, reversed(deltas), strict=True))
