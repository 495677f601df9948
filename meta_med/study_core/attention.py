"""Blocks of the network: attention over records, over lenders and over outcomes, one axis at a time."""

import math

import torch
from torch import Tensor, nn

from meta_med.study_core.relations import RELATIONS

HIDDEN = -1e9


class RecordAttention(nn.Module):
    """Multi-head attention of M positions to N records of the same patient, with a bias by the time between them."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.norm, self.ask = nn.LayerNorm(width), nn.Linear(width, width)
        self.memory, self.leave = nn.Linear(width, 2 * width), nn.Linear(width, width)
        self.by_age = nn.Linear(3, heads)

    def forward(self, asking: Tensor, records: Tensor, usable: Tensor, age: Tensor) -> Tensor:
        """(Z, D, P, M, W) added to `asking`; usable (Z, D, P, M, N) 1 or 0; age (Z, P, M, N) in time units."""
        size = age.abs()
        bias = self.by_age(torch.stack([size.log1p(), (size + 0.05).log(), torch.exp(-size)], -1))
        logits = bias.permute(0, 1, 4, 2, 3).unsqueeze(1) + HIDDEN * (1.0 - usable.unsqueeze(3))
        read = _attend(self.ask(self.norm(asking)), self.memory(records), logits, self.heads)
        some = (
            usable.amax(-1, keepdim=True) if usable.shape[-1] else usable.new_zeros((*usable.shape[:-1], 1))
        )
        found: Tensor = asking + self.leave(read) * some
        return found


class LenderAttention(nn.Module):
    """Multi-head attention of positions (Z, D, P, M, W) to the lenders' tokens (Z, D, L, W) of the same outcome."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.norm, self.ask = nn.LayerNorm(width), nn.Linear(width, width)
        self.memory, self.leave = nn.Linear(width, 2 * width), nn.Linear(width, width)

    def forward(self, asking: Tensor, lenders: Tensor, lends: Tensor) -> Tensor:
        """The positions with what they read; lends (Z, D, L) 1 or 0. Without lenders they stay as they are."""
        if lenders.shape[2] == 0:
            return asking
        flat = asking.flatten(2, 3)
        logits = HIDDEN * (1.0 - lends[:, :, None, None])
        read = _attend(self.ask(self.norm(flat)), self.memory(lenders), logits, self.heads)
        read = self.leave(read) * lends.amax(-1)[:, :, None, None]
        found: Tensor = asking + read.view_as(asking)
        return found


class OutcomeAttention(nn.Module):
    """Messages between the outcomes of one predicted record, weighted by how the lenders' outcomes go together.

    The weight of outcome d' for d is signed, w = tanh(A r) with the correlations r of the two: an outcome that goes
    against another tells the opposite. The sum is divided by sqrt(1 + sum w^2), for any number of outcomes.
    """

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.norm = nn.LayerNorm(width)
        self.weigh = nn.Linear(RELATIONS, heads, bias=False)
        self.tell, self.leave = nn.Linear(width, width), nn.Linear(width, width, bias=False)

    def forward(self, tokens: Tensor, relations: Tensor) -> Tensor:
        """(Z, D, P, M, W) tokens with the messages added; relations (Z, D, D, RELATIONS)."""
        outcomes = tokens.shape[1]
        if outcomes == 1:
            return tokens
        other = 1.0 - torch.eye(outcomes, dtype=tokens.dtype, device=tokens.device)
        weight = torch.tanh(3.0 * self.weigh(relations)) * other.unsqueeze(-1)
        weight = weight / (1.0 + weight.square().sum(2, keepdim=True)).sqrt()
        told = self.tell(self.norm(tokens)).view(
            *tokens.shape[:-1], self.heads, tokens.shape[-1] // self.heads
        )
        heard = torch.einsum("zdeh,zepmhw->zdpmhw", weight, told).flatten(-2)
        found: Tensor = tokens + self.leave(heard)
        return found


class Perceptron(nn.Module):
    """Two layers beside the identity."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.inner = nn.Sequential(
            nn.LayerNorm(width), nn.Linear(width, 2 * width), nn.GELU(), nn.Linear(2 * width, width)
        )

    def forward(self, tokens: Tensor) -> Tensor:
        """The tokens, refined."""
        found: Tensor = tokens + self.inner(tokens)
        return found


def _attend(asked: Tensor, memory: Tensor, logits: Tensor, heads: int) -> Tensor:
    """(..., M, W) of queries (..., M, W), keys and values (..., N, 2 W) and logits (..., heads or 1, M, N)."""
    keys, values = memory.chunk(2, -1)
    by_head = [
        t.view(*t.shape[:-1], heads, t.shape[-1] // heads).transpose(-2, -3) for t in (asked, keys, values)
    ]
    score = by_head[0] @ by_head[1].transpose(-1, -2) / math.sqrt(by_head[0].shape[-1])
    read = (score + logits).softmax(-1) @ by_head[2]
    together: Tensor = read.transpose(-2, -3).flatten(-2)
    return together
