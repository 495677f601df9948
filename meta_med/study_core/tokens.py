"""Inputs of the network: a token of each record (patient, record, outcome), and of each predicted record."""

from dataclasses import dataclass

import torch
from torch import Tensor

from meta_med.study_core.course_models import NUMBERS
from meta_med.study_core.evidence import OwnForecast
from meta_med.study_core.relations import limit_shares, limits, repeats
from meta_med.study_core.units import FARTHEST, Arranged

RECORD_INPUTS = 11
ANCHORS = 4  # last value, shrunk own mean, recent mean, cohort mean: beside the closed form's mean
QUERY_INPUTS = 2 * ANCHORS + NUMBERS + 2 + 20
RECENT = 2.0  # time units over which the recent mean forgets


@dataclass(frozen=True)
class Past:
    """Own values before the predicted positions (Z, D, P, Q): last, mean, recent mean, counts; 0 where none.

    `place` is the position of the last one, -1 for none.
    """

    place: Tensor
    known: Tensor
    last: Tensor
    age: Tensor
    mean: Tensor
    recent: Tensor
    count: Tensor
    pairs: Tensor
    same: Tensor
    step: Tensor


def record_tokens(records: Arranged, surprise: Tensor, lenders: Arranged) -> Tensor:
    """(Z, D, P, N, RECORD_INPUTS); what each says of itself and of the value before it."""
    y = records.y.clamp(-FARTHEST, FARTHEST)
    place = _places(records.seen)
    earlier = torch.cat([torch.full_like(place[..., :1], -1), place[..., :-1]], -1)
    had = (earlier >= 0).to(y.dtype)
    previous = records.y.gather(-1, earlier.clamp(min=0))
    time = records.time.unsqueeze(1).expand_as(y)
    gap = (time - time.gather(-1, earlier.clamp(min=0))) * had
    new = surprise.clamp(-8.0, 8.0)
    low, high = (_at(records.y, limit) * share for limit, share in _bounds(lenders))
    step = (y - previous.clamp(-FARTHEST, FARTHEST)) * had
    parts = [
        y.asinh(), new.asinh(), new.abs().log1p(), step.asinh(), _log_age(gap), time.abs().log1p(),
        had, had * (records.y == previous), low, high, 0.5 * records.seen.cumsum(-1).log1p(),
    ]  # fmt: skip
    return torch.stack(parts, -1)


def past_of(own: Arranged, at: Tensor) -> Past:
    """Summaries of own values before the positions `at` (Q,)."""
    n = own.time.shape[-1]
    before = (torch.arange(n, device=at.device).unsqueeze(1) < at).to(own.y.dtype)  # (N, Q)
    place = torch.cat([torch.full_like(own.seen[..., :1], -1).long(), _places(own.seen)], -1)[..., at]
    known = (place >= 0).to(own.y.dtype)
    last = own.y.gather(-1, place.clamp(min=0)) * known
    time = own.time.unsqueeze(1).expand_as(own.y)
    age = (time[..., at] - time.gather(-1, place.clamp(min=0))) * known
    count = own.seen @ before
    y = own.y.clamp(-FARTHEST, FARTHEST)
    mean = (y @ before) / (count + 1.0)
    faded = torch.exp(-(own.time[..., at].unsqueeze(-2) - own.time.unsqueeze(-1)).abs() / RECENT) * before
    recent = torch.einsum("zdpn,zpnq->zdpq", y, faded) / (
        torch.einsum("zdpn,zpnq->zdpq", own.seen, faded) + 1e-3
    )
    pairs, same, step = _repeats_before(own, before)
    return Past(place, known, last, age, mean, recent, count, pairs, same, step)


def _repeats_before(own: Arranged, before: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Adjacent own values, equal ones among them, and the mean absolute step between them, before each position."""
    place = _places(own.seen)
    earlier = torch.cat([torch.full_like(place[..., :1], -1), place[..., :-1]], -1)
    linked = own.seen * (earlier >= 0)
    previous = own.y.gather(-1, earlier.clamp(min=0))
    away = ((own.y - previous).abs() * linked).clamp(max=FARTHEST)
    pairs = linked @ before
    return pairs, (linked * (own.y == previous)) @ before, (away @ before) / (pairs + 0.5)


def repeat_share(past: Past, lenders: Arranged) -> Tensor:
    """(Z, D, P, Q) share of adjacent records that are equal: the lenders', then the patient's own."""
    pairs, same = repeats(lenders)
    share = ((same + 0.02) / (pairs + 1.0))[:, :, None, None]
    return (past.same + 4.0 * share) / (past.pairs + 4.0)


def anchors_of(past: Past, closed: OwnForecast) -> Tensor:
    """(Z, D, P, Q, ANCHORS) candidate values of the prediction; the cohort's mean where there are no own values."""
    last, recent = (
        torch.where(past.known > 0, v.clamp(-FARTHEST, FARTHEST), closed.cohort)
        for v in (past.last, past.recent)
    )
    return torch.stack([last, past.mean, recent, closed.cohort], -1)


def query_tokens(own: Arranged, at: Tensor, past: Past, closed: OwnForecast, lenders: Arranged) -> Tensor:
    """(Z, D, P, Q, QUERY_INPUTS); scale-free facts about what is known of the predicted record."""
    sd = closed.sd.clamp(min=1e-3)
    away = (anchors_of(past, closed) - closed.mean.unsqueeze(-1)).clamp(-FARTHEST, FARTHEST)
    since = own.time[..., at].unsqueeze(1).expand_as(sd)
    before = torch.cat([torch.zeros_like(own.present[..., :1]), own.present.cumsum(-1)], -1)[..., at]
    share = repeat_share(past, lenders)
    bounds = [(_at(past.last, limit) * past.known * portion, limit) for limit, portion in _bounds(lenders)]
    to_limit = [
        ((limit[:, :, None, None] - closed.mean) / sd).nan_to_num(0.0, 8.0, -8.0) for _, limit in bounds
    ]
    parts = [
        closed.mean.asinh(), sd.log(), closed.cohort.asinh(), past.last.asinh(), past.known,
        past.count.log1p(), past.count / (past.count + 2.0), _log_age(past.age), past.age.abs().log1p(),
        since.abs().log1p(), before.unsqueeze(1).expand_as(sd).log1p(), 4.0 * share, past.pairs.log1p(),
        past.same.log1p(), past.step.log1p(), (past.step + 0.05).log() * (past.pairs > 0),
        bounds[0][0], bounds[1][0], to_limit[0].clamp(-8.0, 8.0).asinh(), to_limit[1].clamp(-8.0, 8.0).asinh(),
    ]  # fmt: skip
    return torch.cat(
        [away.asinh(), (away / sd.unsqueeze(-1)).asinh(), closed.numbers, torch.stack(parts, -1)], -1
    )


def _places(seen: Tensor) -> Tensor:
    """(..., N) index of the newest seen value up to and with each position, -1 for none."""
    place = torch.arange(seen.shape[-1], device=seen.device).expand_as(seen)
    return torch.where(seen > 0, place, -1).cummax(-1).values


def _log_age(age: Tensor) -> Tensor:
    return 0.5 * (age.abs() + 0.05).log()


def _bounds(lenders: Arranged) -> list[tuple[Tensor, Tensor]]:
    """Smallest and largest value of the lenders with the shares (Z, D, 1, 1) of values that equal them."""
    shares = limit_shares(lenders)
    return [(limit, 2.0 * s[:, :, None, None]) for limit, s in zip(limits(lenders), shares, strict=True)]


def _at(values: Tensor, limit: Tensor) -> Tensor:
    return (values == limit[:, :, None, None]).to(values.dtype)
