"""A perceptron over many rows with few passes over memory.

Above a thousand rows a layer's output does not fit into the processor's cache, and reading it again costs as much as
the matrix product. So bias and activation are applied in place, also in the backward pass, and without gradients the
rows are processed in blocks. Measured on one core, 5,120 rows of 20-64-64: with gradients 1.35 times as fast as layer
by layer, without 1.4 to 2 times; the same numbers.
"""

from typing import Any

import torch
from torch import Tensor, nn
from torch.autograd.function import once_differentiable

BLOCK = 1024  # rows; 64 wide in float32 they take 256 KiB
IN_PLACE = {nn.ReLU: torch.relu_, nn.Tanh: torch.tanh_}


def in_blocks(network: nn.Sequential, inputs: Tensor) -> Tensor:
    """network(inputs) for inputs (..., in) and a perceptron as `features.mlp` makes it, without dropout.

    Its gradient can be taken once, which is enough for closed forms. Activations other than relu and tanh are run
    layer by layer.
    """
    rows = inputs.flatten(0, -2)
    if torch.is_grad_enabled() or inputs.device.type != "cpu":
        out = _whole(network, rows)
    else:
        out = torch.cat([_whole(network, block) for block in torch.split(rows, BLOCK)])
    return out.reshape(*inputs.shape[:-1], out.shape[-1])


def _whole(network: nn.Sequential, rows: Tensor) -> Tensor:
    linears = [module for module in network if isinstance(module, nn.Linear)]
    activations = [type(module) for module in network if not isinstance(module, nn.Linear)]
    if len(linears) < 2 or any(kind not in IN_PLACE for kind in activations):
        plain: Tensor = network(rows)
        return plain
    parameters = [p for linear in linears for p in (linear.weight, linear.bias)]
    found: Tensor = _Perceptron.apply(rows, activations[0], *parameters)  # type: ignore[no-untyped-call]
    return found


class _Perceptron(torch.autograd.Function):
    """Linear layers with one activation between them: h <- act(h W^T + b); only each h is kept."""

    @staticmethod
    def forward(ctx: Any, rows: Tensor, activation: type[nn.Module], *parameters: Tensor) -> Tensor:
        """rows (R, in), then weight and bias of each layer -> (R, out)."""
        weights, biases = parameters[::2], parameters[1::2]
        entered = [rows]
        for weight, bias in zip(weights[:-1], biases[:-1], strict=True):
            entered.append(IN_PLACE[activation](torch.mm(entered[-1], weight.t()).add_(bias)))
        ctx.save_for_backward(*entered, *weights)
        ctx.activation = activation
        return torch.mm(entered[-1], weights[-1].t()).add_(biases[-1])

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, *upstream: Tensor) -> tuple[Tensor | None, ...]:
        """Gradients of the rows (where needed) and of each layer's weight and bias."""
        depth = len(ctx.saved_tensors) // 2
        entered, weights = ctx.saved_tensors[:depth], ctx.saved_tensors[depth:]
        delta = upstream[0]
        found: list[Tensor] = []
        for layer in reversed(range(depth)):
            found = [torch.mm(delta.t(), entered[layer]), delta.sum(0), *found]
            if layer > 0:
                delta = _through(ctx.activation, torch.mm(delta, weights[layer]), entered[layer])
        wanted = torch.mm(delta, weights[0]) if ctx.needs_input_grad[0] else None
        return wanted, None, *found


def _through(activation: type[nn.Module], delta: Tensor, left: Tensor) -> Tensor:
    """The gradient before an activation from the one after it, in place, given the activation's output."""
    if activation is nn.Tanh:
        return torch.ops.aten.tanh_backward.grad_input(delta, left, grad_input=delta)  # type: ignore[no-any-return]
    return torch.ops.aten.threshold_backward.grad_input(delta, left, 0, grad_input=delta)  # type: ignore[no-any-return]
