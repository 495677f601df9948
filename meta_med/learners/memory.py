"""An external memory: found by content, written to the least recently used slot.

Graves et al. 2014 (Neural Turing Machines) and Santoro et al. 2016 (least recently used access). A memory has N
slots; row M(i) begins with a key of width E, by which it is found, and holds whatever else was written with it.

    read:   K_i = (q . M(i)) / |q||M(i)| over the keys,   w^r_i = exp(b K_i - p h_i) / (1 + sum_j exp(b K_j - p h_j))
    write:  w^w = s(a) w^r_previous + (1 - s(a)) w^lu,    M(i) <- M(i) (1 - w^lu_i) + w^w_i row
    usage:  w^u <- g w^u + w^r + w^w,                     w^lu = 1 at the slot of the smallest w^u

Slots never written are not read: together they are the 1 in the denominator, where the paper's softmax counts
each of them as one. b is a key strength (Graves 2014; cosines alone leave a softmax nearly flat), h_i says
that slot i was written in the cohort's context and p by how much such a row counts less than the subject's own.
"""

from dataclasses import dataclass

import torch
from torch import Tensor

TINY = 1e-6  # of a squared length: a key of zeros has cosine 0 with everything, and a finite gradient


@dataclass(frozen=True)
class Memory:
    """Memories of T tasks: rows (T, N, R), usage w^u (T, N), inherited h (T, N) in {0, 1}."""

    rows: Tensor
    usage: Tensor
    inherited: Tensor

    @classmethod
    def blank(cls, tasks: int, slots: int, width: int, like: Tensor) -> "Memory":
        """Nothing written yet."""
        nothing = like.new_zeros(tasks, slots)
        return cls(like.new_zeros(tasks, slots, width), nothing, nothing)

    def handed_on(self, index: Tensor) -> "Memory":
        """The memories of these tasks, everything in them inherited (a subject begins with its cohort's)."""
        usage = self.usage[index]
        return Memory(self.rows[index], usage, (usage > 0).to(usage.dtype))

    def read_weights(self, keys: Tensor, strength: Tensor, passing_over: Tensor) -> Tensor:
        """w^r (T, J, N) of J keys (T, J, E); strength b and passing_over p are (J,) or scalars."""
        stored = self.rows[..., : keys.shape[-1]]
        asked = keys * (torch.rsqrt(keys.square().sum(-1, keepdim=True) + TINY) * strength.unsqueeze(-1))
        size = torch.rsqrt(stored.square().sum(-1) + TINY).unsqueeze(1)
        score = (asked @ stored.transpose(1, 2)) * size
        score = score - passing_over.unsqueeze(-1) * self.inherited.unsqueeze(1)
        weight = score.exp() * (self.usage > 0).unsqueeze(1).to(score.dtype)
        return weight / (1.0 + weight.sum(-1, keepdim=True))

    def written(self, row: Tensor, previous: Tensor, share: Tensor, decay: float, due: Tensor) -> "Memory":
        """The memory after row (T, R) is written where due (T, 1) is True; elsewhere it stays as it is, bit by bit.

        Args:
            row: what is written; previous: w^r (T, N) of the last read; share: s(a), a scalar; decay: g.

        """
        least = self.usage.argmin(-1, keepdim=True)
        freed = torch.zeros_like(self.usage).scatter(-1, least, due.to(row.dtype))
        weight = (share * previous + (1.0 - share) * freed) * due.to(row.dtype)
        kept = 1.0 - freed
        rows = self.rows * kept.unsqueeze(-1) + weight.unsqueeze(-1) * row.unsqueeze(1)
        usage = torch.where(due, decay * self.usage + weight.detach(), self.usage)
        return Memory(rows, usage, self.inherited * kept)

    def refreshed(self, weights: Tensor, here: Tensor) -> "Memory":
        """The memory with w^r (T, N) added to the usage where here (T, 1) is True."""
        usage = torch.where(here, self.usage + weights.detach(), self.usage)
        return Memory(self.rows, usage, self.inherited)
