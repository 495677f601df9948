"""The controller of a memory: what a step makes of its input, of what was read last, and of its own state."""

import torch
from torch import Tensor, nn

KINDS = ("lstm", "feedforward")


class Controller(nn.Module):
    """An LSTM cell (Hochreiter & Schmidhuber 1997), or one tanh layer without a state of its own.

    With u_t = W x_t + U [r_{t-1}, h_{t-1}] + b in four parts i, f, o, g:
        c_t = sigmoid(f) c_{t-1} + sigmoid(i) tanh(g),   h_t = sigmoid(o) tanh(c_t);
    feedforward: h_t = tanh(W x_t + U r_{t-1} + b). What the inputs give, W x + b, is computed for all steps at once.

    Raises:
        ValueError: an unknown kind.

    """

    def __init__(self, kind: str, inputs: int, read: int, width: int) -> None:
        super().__init__()
        if kind not in KINDS:
            raise ValueError(f"controller: must be one of {', '.join(KINDS)}, got {kind!r}")
        self.recurrent, self.width = kind == "lstm", width
        gates = 4 * width if self.recurrent else width
        self.enter = nn.Linear(inputs, gates)
        self.recur = nn.Linear(read + (width if self.recurrent else 0), gates, bias=False)
        if self.recurrent:
            with torch.no_grad():
                self.enter.bias[width : 2 * width] += 1.0  # remember at first (Jozefowicz et al. 2015)

    def forward(self, entered: Tensor, held: Tensor, cell: Tensor) -> tuple[Tensor, Tensor]:
        """h_t and c_t (..., W) from entered = W x_t + b, held = [r_{t-1}, h_{t-1}] and c_{t-1}."""
        if not self.recurrent:
            return torch.tanh(entered + self.recur(held[..., : self.recur.in_features])), cell
        gates, new = torch.split(entered + self.recur(held), [3 * self.width, self.width], -1)
        into, keep, out = torch.sigmoid(gates).chunk(3, -1)
        cell = keep * cell + into * torch.tanh(new)
        return out * torch.tanh(cell), cell
