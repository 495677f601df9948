"""Records in the order of their times, where something must take them one after the other.

Records of one time are a set: which of them stands first in a tensor says nothing. Where a learner cannot take them all
at once their own content decides, so that exchanging them changes nothing.
"""

import torch
from torch import Tensor

from meta_med.episodes import Records

GOLDEN = 0.6180339887498949  # multiples of it, taken modulo one, keep as far apart as numbers can
MIXED = 10.0  # how often the content's sum goes round: an order by size would favour some contents


def in_time(records: Records, absent_first: bool = False) -> Tensor:
    """(B, N) places of the records, oldest first; absent ones behind all others, or before them."""
    beyond = torch.full_like(records.time, -torch.inf if absent_first else torch.inf)
    time = torch.where(records.present, records.time, beyond)
    by_content = _content(records).argsort(dim=1, stable=True)
    then_by_time = time.gather(1, by_content).argsort(dim=1, stable=True)
    return by_content.gather(1, then_by_time)


def _content(records: Records) -> Tensor:
    """(B, N) float64 in [0, 1): a number that what the record holds decides, and nothing else."""
    parts = (records.x, records.x_observed, records.y, records.y_observed)
    total, at = records.time.new_zeros(records.time.shape, dtype=torch.float64), 1
    for part in parts:
        flat = part.flatten(2).double()
        places = torch.arange(at, at + flat.shape[2], dtype=torch.float64, device=flat.device)
        total = total + (flat * torch.frac(places * GOLDEN)).sum(-1)
        at += flat.shape[2]
    return torch.remainder(total * MIXED, 1.0)
