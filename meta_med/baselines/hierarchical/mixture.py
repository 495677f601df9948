"""Exact quantiles of a mixture of normal distributions, with or without a point mass."""

from collections.abc import Sequence

import numpy as np
from scipy.special import ndtr, ndtri

from meta_med.cohorts.record_table import Floats

STEPS = 120  # each halves either the bracket or how far the probability is off
CLOSE = 1e-12  # of a probability
HALF = 0.5  # also the share of patients not yet there under which the others are left out of further steps
ROOT_TWO_PI = float(np.sqrt(2 * np.pi))


def mixture_cdf(at: Floats, weight: Floats, mean: Floats, scale: Floats) -> Floats:
    """(B,) probability of at most `at` (B,); weight, mean, scale: (M, B)."""
    return np.asarray((weight * ndtr((at - mean) / scale)).sum(0))


def mixture_quantile(p: Floats, weight: Floats, mean: Floats, scale: Floats) -> Floats:
    """(B,) quantiles at p (B,), by Newton's method inside a bracket.

    A mixture's quantile lies between the smallest and the largest one of its members, which is the first bracket. Its
    middle replaces a step out of it, and a step after one that did not halve how far the probability was off: beside a
    narrow member Newton's steps may go to and fro for ever.
    """
    if not p.size:
        return p
    unit = ndtri(p)
    each = mean + scale * unit
    low, high = each.min(0), each.max(0)
    at = np.clip((weight * each).sum(0), low, high)
    peak = weight / (scale * ROOT_TWO_PI)
    found, left, before = at.copy(), np.arange(len(at)), np.full(len(at), np.inf)
    for _ in range(STEPS):
        z = (at - mean) / scale
        off = np.einsum("mb,mb->b", weight, ndtr(z)) - p
        found[left] = at
        more = np.abs(off) > CLOSE
        if not more.any():
            break
        density = np.einsum("mb,mb->b", peak, np.exp(-0.5 * z * z))
        low, high = np.where(off < 0, at, low), np.where(off > 0, at, high)
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            new = at - off / density
        fast = (new >= low) & (new <= high) & (np.abs(off) <= HALF * before)
        at, before = np.where(fast, new, (low + high) / 2), np.abs(off)
        if more.mean() < HALF:
            left, at, low, high, p, before = (part[more] for part in (left, at, low, high, p, before))
            weight, mean, scale, peak = (part[:, more] for part in (weight, mean, scale, peak))
    return np.asarray(found)


def quantiles_with_mass(
    p: Sequence[float], weight: Floats, mean: Floats, scale: Floats, point: Floats, mass: Floats
) -> Floats:
    """(B, P) quantiles of the mixture with probability 1 - mass and of `point` with probability mass.

    Args:
        p: probabilities; weight, mean, scale: (M, B).
        point, mass: (B,); a mass of 0 where there is no point (its value may be NaN).

    """
    some = mass > 0
    point = np.where(some, point, 0.0)
    below = np.where(some, (1 - mass) * mixture_cdf(point, weight, mean, scale), 1.0) if some.any() else 1.0
    out = []
    for q in p:
        on_point = some & (below <= q) & (q <= below + mass)
        rest = np.where(q < below, q, q - mass) / np.maximum(1 - mass, 1e-9)
        found = mixture_quantile(np.where(on_point, 0.5, np.clip(rest, 1e-9, 1 - 1e-9)), weight, mean, scale)
        out.append(np.where(on_point, point, found))
    return np.stack(out, 1)
