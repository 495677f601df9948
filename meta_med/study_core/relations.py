"""What lenders show beyond the course models: how outcomes go together, repeats, limits, the shape of errors."""

import torch
from torch import Tensor

from meta_med.study_core.units import Arranged

RELATIONS = 3  # kinds of correlation between two outcomes
SHRINK = 6.0  # pairs' worth of no correlation
STUDY_NUMBERS = 13


def related(lenders: Arranged, surprise: Tensor) -> Tensor:
    """(Z, D, D, RELATIONS) shrunk correlations of outcome d (first) with d': of patients' levels, of what is new in a
    record, and of what is new in a record with what was new in the record before."""
    count = lenders.seen.sum(-1)
    level = lenders.y.sum(-1) / (count + 1.0)
    new, seen = surprise.clamp(-4.0, 4.0).flatten(2), lenders.seen.flatten(2)
    before = surprise.clamp(-4.0, 4.0)[..., :-1].flatten(2)
    after = surprise.clamp(-4.0, 4.0)[..., 1:].flatten(2)
    was, now = lenders.seen[..., :-1].flatten(2), lenders.seen[..., 1:].flatten(2)
    return torch.stack(
        [
            _correlation(level, (count > 0).to(level.dtype), level, (count > 0).to(level.dtype)),
            _correlation(new, seen, new, seen),
            _correlation(after, now, before, was),
        ],
        -1,
    )


def _correlation(a: Tensor, in_a: Tensor, b: Tensor, in_b: Tensor) -> Tensor:
    """(Z, D, D) of a, b (Z, D, M), unseen ones 0."""
    b, in_b = b.transpose(1, 2), in_b.transpose(1, 2)
    both = in_a @ in_b
    size = (a.square() @ in_b) * (in_a @ b.square())
    return (a @ b) / (size + 1e-6).sqrt() * both / (both + SHRINK)


def study_numbers(lenders: Arranged, surprise: Tensor) -> Tensor:
    """(Z, D, STUDY_NUMBERS) counts, share of repeats, share at the limits, moments of values and of what is new."""
    seen, y = lenders.seen, lenders.y
    pairs, same = repeats(lenders)
    new = surprise.clamp(-6.0, 6.0)
    following = new[..., 1:] * new[..., :-1]
    count = seen.sum((2, 3))
    linked = (seen[..., 1:] * seen[..., :-1]).sum((2, 3))
    size = new.square().sum((2, 3)) / (count + 1.0)
    return torch.stack(
        [
            (seen.sum(-1) > 0).sum(-1).log1p(),
            0.5 * count.log1p(),
            0.5 * pairs.log1p(),
            4.0 * (same + 0.1) / (pairs + 2.0),
            *(2.0 * share for share in limit_shares(lenders)),
            _mean(y.clamp(-4.0, 4.0).pow(3), count).asinh(),
            _mean(new.pow(3), count).asinh(),
            (_mean(new.pow(4), count) / (size.square() + 0.1)).log1p() - 1.0,
            size - 1.0,
            _mean(new.abs(), count) - 0.8,
            2.0 * _mean(new.abs() * y.clamp(-3.0, 3.0), count),
            2.0 * _mean(following, linked),
        ],
        -1,
    )


def _mean(values: Tensor, count: Tensor) -> Tensor:
    return values.sum((2, 3)) / (count + 3.0)


def repeats(lenders: Arranged) -> tuple[Tensor, Tensor]:
    """(Z, D) how many adjacent records both hold a value, and how many of these the same one."""
    linked = lenders.seen[..., 1:] * lenders.seen[..., :-1]
    same = linked * (lenders.y[..., 1:] == lenders.y[..., :-1])
    return linked.sum((2, 3)), same.sum((2, 3))


def limits(lenders: Arranged) -> tuple[Tensor, Tensor]:
    """(Z, D) the smallest and the largest value."""
    seen = lenders.seen > 0
    if lenders.y.shape[2] == 0:
        nothing = lenders.y.new_full(lenders.y.shape[:2], torch.nan)
        return nothing, nothing
    return (
        torch.where(seen, lenders.y, torch.inf).amin((2, 3)),
        torch.where(seen, lenders.y, -torch.inf).amax((2, 3)),
    )


def limit_shares(lenders: Arranged) -> tuple[Tensor, Tensor]:
    """(Z, D) shares of values that equal the smallest and the largest one; 0 where only one value does."""
    count = lenders.seen.sum((2, 3))
    found = []
    for limit in limits(lenders):
        at = (lenders.seen * (lenders.y == limit[:, :, None, None])).sum((2, 3))
        found.append((at - 1.0).clamp(min=0.0) / (count + 2.0))
    return found[0], found[1]
