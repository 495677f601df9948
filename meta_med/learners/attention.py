"""Attention over the few records of a subject, made for tiny sequences, and the block built from it.

Softmax with one more, empty key (Miller 2023, "Attention is off by one"): over the records i that are there

    share_i = exp(s_i) / (1 + sum_j exp(s_j)),    s_i = min(q . k_i / sqrt(d), 30).

It sums to less than one, so "none of these" is an answer, and no record at all gives exactly zero without a
special case. Bounded scores make the passes that find and subtract the largest one needless; on sequences of
ten records these cost more than the products themselves.
"""

import torch
from torch import Tensor, nn

MOST = 30.0  # exp(30), summed over a million records, is far from the end of float32


def attend(queries: Tensor, memory: Tensor, seen: Tensor, heads: int) -> Tensor:
    """Multi-head attention with an empty key.

    Args:
        queries: (B, Q, W); memory: (B, N, 2 W), keys and values side by side; seen: (B, N), 1 or 0 in the same
            dtype; heads: divides W.

    Returns:
        (B, Q, W): each head's weighted values side by side; zero where nothing is seen.

    """
    keys, values = memory.chunk(2, -1)
    q, k, v = (_by_head(t, heads) for t in (queries, keys, values))
    scores = (q * q.shape[-1] ** -0.5) @ k.transpose(2, 3)
    weight = scores.clamp(max=MOST).exp() * seen[:, None, None, :]
    share = weight / (1.0 + weight.sum(-1, keepdim=True))
    read: Tensor = (share @ v).transpose(1, 2).flatten(2)
    return read


def _by_head(t: Tensor, heads: int) -> Tensor:
    return t.reshape(*t.shape[:2], heads, t.shape[-1] // heads).transpose(1, 2)


class Refine(nn.Module):
    """A pre-norm block in which tokens h read tokens m and are refined by what they find.

    x = norm(h),  a = attend(x W_q, norm'(m) W_k, norm'(m) W_v),  h + W_2 relu(x W_1 + a W_a + b_1) + b_2:
    attention and feed-forward layer share one norm and one sum.
    """

    def __init__(self, width: int, attention: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.heads, self.parts = heads, [attention, width]
        self.norm, self.norm_memory = nn.LayerNorm(width), nn.LayerNorm(width)
        self.enter = nn.Linear(width, attention + width)
        self.to_memory = nn.Linear(width, 2 * attention)
        self.found = nn.Linear(attention, width, bias=False)
        self.leave = nn.Linear(width, width)
        self.drop = nn.Dropout(dropout)

    def memory(self, tokens: Tensor) -> Tensor:
        """Keys and values side by side (B, N, 2 attention) of tokens (B, N, W)."""
        packed: Tensor = self.to_memory(self.norm_memory(tokens))
        return packed

    def forward(self, tokens: Tensor, memory: Tensor, seen: Tensor) -> Tensor:
        """Tokens (B, Q, W) that have read memory (B, N, 2 attention) where seen (B, N) is 1."""
        query, hidden = torch.split(self.enter(self.norm(tokens)), self.parts, -1)
        found = attend(query, memory, seen, self.heads)
        refined: Tensor = tokens + self.drop(self.leave(torch.relu(hidden + self.found(found))))
        return refined
