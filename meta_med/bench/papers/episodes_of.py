"""Episodes of problems that are no tables of patients: each task is a cohort of one, without context (C = 0)."""

import torch
from torch import Tensor

from meta_med.episodes import EpisodeBatch, Records

SUPPORT_TIME = -1.0  # the same for every record: their order says nothing


def records(x: Tensor, y: Tensor, time: float, present: Tensor | None = None) -> Records:
    """Records (B, N) with x (B, N, ...) and y (B, N), all of one time; all present unless a mask (B, N) is given."""
    seen = torch.ones(x.shape[:2], dtype=torch.bool) if present is None else present
    return Records(
        x,
        torch.ones_like(x, dtype=torch.bool),
        torch.full(x.shape[:2], time),
        y.unsqueeze(-1),
        seen.unsqueeze(-1),
        seen,
    )


def episodes(support: Records, query: Records) -> EpisodeBatch:
    """A task a subject, no context."""
    n = len(support)
    return EpisodeBatch(Records.empty(n, support), torch.arange(n), support, query)
