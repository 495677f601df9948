"""An external memory: read by content, written to the least recently used slot.

Graves et al. 2014 (Neural Turing Machines) and Santoro et al. 2016 (least recently used access). A memory has N
slots; slot i holds a key M(i) of width E, by which it is found, and a value of width V that was written with it.

    read:   K_i = q . M(i) / |q||M(i)|,   w^r_i = exp(b K_i - p h_i) / (1 + sum_j exp(b K_j - p h_j))
    write:  w^w = s(a) w^r_previous + (1 - s(a)) w^lu,   M(i) <- M(i) (1 - w^lu_i) + w^w_i key, values alike
    usage:  w^u <- g w^u + w^r + w^w,                    w^lu = 1 at the slot of the smallest w^u

Unwritten slots are not read: together they are the 1 in the denominator, where the paper's softmax counts each of
them as one. b is a key strength (Graves 2014; with cosines alone a softmax is nearly flat), h_i is 1 where slot i was
written in the cohort's context, and p reduces the weight of such slots.

A controller computes what is written from the step's input, the last row read, and its own state.
"""

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

TINY = 1e-6  # of a squared length: a key of zeros has cosine 0 with everything, and a finite gradient


@dataclass(frozen=True)
class Memory:
    """Memories of T tasks: keys (T, N, E), values (T, N, V), usage w^u (T, N), inherited h (T, N) in {0, 1}."""

    keys: Tensor
    values: Tensor
    usage: Tensor
    inherited: Tensor

    @classmethod
    def filled(
        cls, slots: int, keys: Tensor, values: Tensor, here: Tensor, when: Tensor, decay: float
    ) -> "Memory":
        """A memory of the newest `slots` of these rows, with the usage as if they had been written in turn.

        Rows of one time are written at once: the usage of a row decays with each newer row.

        Args:
            slots: N; keys: (T, C, E), values: (T, C, V), oldest first, zero where there is no row;
            here, when: (T, C, 1), 1 where there is a row, and its time; decay: g.

        """
        newest = (F.pad(t, (0, 0, slots, 0))[:, t.shape[1] :] for t in (keys, values, here, when))
        keys, values, here, when = newest
        present = here.squeeze(-1)
        time = when.squeeze(-1).masked_fill(present == 0, -torch.inf).contiguous()
        later = (slots - torch.searchsorted(time, time, right=True)).to(present.dtype)
        return cls(keys, values, _faded(present, decay**later), torch.zeros_like(present))

    def inherited_by(self, index: Tensor) -> "Memory":
        """The memories of these tasks with all slots marked as inherited (a subject starts with its cohort's)."""
        usage = self.usage[index]
        return Memory(self.keys[index], self.values[index], usage, (usage > 0).to(usage.dtype))

    def read_weights(self, queried: Tensor, passing: Tensor) -> Tensor:
        """w^r (T, J, N) of J keys (T, J, E) that were `sharpened`; passing p (J, 1)."""
        size = torch.rsqrt(self.keys.square().sum(-1) + TINY).unsqueeze(1)
        score = torch.bmm(queried, self.keys.transpose(1, 2)) * size - passing * self.inherited.unsqueeze(1)
        weight = score.exp() * (self.usage > 0).unsqueeze(1)
        return weight / (1.0 + weight.sum(-1, keepdim=True))

    def written(
        self, key: Tensor, value: Tensor, previous: Tensor, share: Tensor, decay: float, due: Tensor
    ) -> "Memory":
        """The memory with one more key and value where due (T, 1) is 1; elsewhere bit-identical.

        Args:
            key: (T, E) and value: (T, V) to write; previous: w^r (T, N) of the last read; share: s(a), a scalar;
            decay: g; due: 1 or 0, in the memory's dtype.

        """
        freed = torch.zeros_like(self.usage).scatter(-1, self.usage.argmin(-1, keepdim=True), due)
        weight = torch.lerp(freed, previous * due, share)
        kept = 1.0 - freed
        usage = torch.where(due > 0, _faded(self.usage, decay) + weight.detach(), self.usage)
        return Memory(
            _replaced(self.keys, kept, weight, key),
            _replaced(self.values, kept, weight, value),
            usage,
            self.inherited * kept,
        )

    def refreshed(self, weights: Tensor, here: Tensor) -> "Memory":
        """The memory with w^r (T, N) added to the usage where here (T, 1) is 1."""
        return Memory(self.keys, self.values, self.usage + weights.detach() * here, self.inherited)


def sharpened(keys: Tensor, strength: Tensor) -> Tensor:
    """Keys (..., E) for reading, (..., J, E): scaled to length b, for each strength b (J,)."""
    unit = keys * torch.rsqrt(keys.square().sum(-1, keepdim=True) + TINY)
    return unit.unsqueeze(-2) * strength.unsqueeze(-1)


def _faded(usage: Tensor, share: Tensor | float) -> Tensor:
    """Usage times a share; what was written stays above 0 after any number of records, because 0 means unwritten."""
    return torch.where(usage > 0, (usage * share).clamp(min=torch.finfo(usage.dtype).tiny), usage)


def _replaced(rows: Tensor, kept: Tensor, weight: Tensor, row: Tensor) -> Tensor:
    return torch.baddbmm(rows * kept.unsqueeze(-1), weight.unsqueeze(-1), row.unsqueeze(1))


class Controller(nn.Module):
    """An LSTM cell (Hochreiter & Schmidhuber 1997), or one tanh layer without a state of its own.

    With u_t = W x_t + U [r_{t-1}, h_{t-1}] + b in four parts i, f, o, g:
        c_t = sigmoid(f) c_{t-1} + sigmoid(i) tanh(g),   h_t = sigmoid(o) tanh(c_t);
    feedforward: h_t = tanh(W x_t + U r_{t-1} + b). W x + b is computed for all steps at once.
    """

    def __init__(self, kind: str, inputs: int, read: int, width: int) -> None:
        super().__init__()
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
