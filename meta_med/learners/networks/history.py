"""A subject's own history as inputs: the last value and its age, the mean so far, and the count.

Without these inputs a learner loses to "last value carried forward" on real patients, so every learner of tables of
patients shares this module. Only strictly earlier records are used.

Records of one time are a set: their order in a tensor has no meaning. A learner that reads records in sequence
(`in_time`) orders those of one time by their content, so that exchanging them changes nothing.
"""

from dataclasses import dataclass

import torch
from torch import Tensor

from meta_med.episodes.batch import Records
from meta_med.outcomes import OutcomeLayout


@dataclass(frozen=True)
class OutcomeHistory:
    """Earlier own outcomes of B subjects' N rows; all (B, N, M)."""

    last: Tensor
    known: Tensor
    age: Tensor
    mean: Tensor
    count: Tensor

    def features(self) -> Tensor:
        """(B, N, 5 M): bounded, scale-free inputs for a network."""
        share = self.count / (self.count + 2.0)
        return torch.cat([self.last, self.known, torch.log1p(self.age), self.mean, share], -1)


FEATURES_PER_COLUMN = 5


def history(layout: OutcomeLayout, rows: Records, support: Records) -> OutcomeHistory:
    """History of `rows` (B, N) in `support` (B, S): records with a strictly smaller time.

    Records of one time are a set: the last value is the mean of those of the newest time. Unknown entries are zero.
    Cost O(B N S M), no loop.
    """
    values, seen = layout.targets(support.y, support.y_observed)
    earlier = support.time.unsqueeze(1) < rows.time.unsqueeze(2)
    usable = earlier.unsqueeze(-1) & seen.unsqueeze(1) & support.present[:, None, :, None]
    if support.present.shape[1] == 0:
        nothing = values.new_zeros((*rows.present.shape, layout.width))
        return OutcomeHistory(nothing, nothing, nothing, nothing, nothing)
    when = torch.where(usable, support.time[:, None, :, None], torch.full_like(values[:, None], -torch.inf))
    newest_time = when.amax(2)
    known = usable.any(2)
    newest = (usable & (when == newest_time.unsqueeze(2))).to(values.dtype)
    last = torch.einsum("bnsm,bsm->bnm", newest, values) / newest.sum(2).clamp(min=1.0)
    age = torch.where(known, rows.time.unsqueeze(-1) - newest_time, torch.zeros_like(newest_time))
    count = usable.sum(2).to(values.dtype)
    weights = usable.to(values.dtype)
    mean = torch.einsum("bnsm,bsm->bnm", weights, values) / count.clamp(min=1.0)
    return OutcomeHistory(last, known.to(values.dtype), age, mean, count)


GOLDEN = 0.6180339887498949  # its multiples modulo one are evenly spread
MIXED = 10.0  # factor before the remainder, so that the order does not follow the size of values


def in_time(records: Records, absent_first: bool = False) -> Tensor:
    """(B, N) indices of the records, oldest first; absent ones last, or first."""
    beyond = torch.full_like(records.time, -torch.inf if absent_first else torch.inf)
    time = torch.where(records.present, records.time, beyond)
    by_content = _content(records).argsort(dim=1, stable=True)
    then_by_time = time.gather(1, by_content).argsort(dim=1, stable=True)
    return by_content.gather(1, then_by_time)


def _content(records: Records) -> Tensor:
    """(B, N) float64 in [0, 1): a number that depends only on the record's content."""
    parts = (records.x, records.x_observed, records.y, records.y_observed)
    total, at = records.time.new_zeros(records.time.shape, dtype=torch.float64), 1
    for part in parts:
        flat = part.flatten(2).double()
        places = torch.arange(at, at + flat.shape[2], dtype=torch.float64, device=flat.device)
        total = total + (flat * torch.frac(places * GOLDEN)).sum(-1)
        at += flat.shape[2]
    return torch.remainder(total * MIXED, 1.0)
