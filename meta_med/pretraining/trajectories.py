"""Simulated courses of patients, and their measurement.

A course has intercepts, slopes, Ornstein-Uhlenbeck processes, regime changes and dose responses; its measurement adds
noise, skew, rounding, thresholds and missing values. Z studies, P patients per study, N visits, D outcomes; tensors are
(Z, P, N, D) unless stated otherwise.
"""

import torch
from torch import Tensor

from meta_med.pretraining.prior import FACTORS, Draws, Hyper


def visits(draws: Draws, hyper: Hyper, severity: Tensor, n: int) -> Tensor:
    """(Z, P, N) times of visits from 0 on; severity (Z, P) shortens the gaps in studies with informative visits."""
    shape = severity.shape
    spread = hyper.visit_spread.reshape(-1, 1, 1)
    own = 0.3 * spread * draws.normal(*shape, 1) - (hyper.informative.unsqueeze(1) * severity).unsqueeze(-1)
    gaps = (spread * draws.normal(*shape, n) + own).clamp(-4.0, 4.0).exp()
    return gaps.cumsum(-1) - gaps[..., :1]


def courses(draws: Draws, hyper: Hyper, when: Tensor, common: Tensor) -> Tensor:
    """Values without noise; common (Z, P, FACTORS) are the patients' shared intercepts."""
    studies, patients, _ = when.shape
    between, slow, fast, _ = (s.sqrt() for s in hyper.shares.unbind(-1))
    by_outcome = _Shared(draws, hyper)
    level = by_outcome.mixed(common.unsqueeze(2))
    free = by_outcome.mixed(draws.normal(studies, patients, 1, FACTORS))
    wandering = ou_process(draws, when, hyper.factor_scale)
    own = ou_process(draws, when, hyper.slow_scale)
    quick = ou_process(draws, when, hyper.fast_scale)
    wide = (slice(None), None, None)
    bound = hyper.slope_by_level[wide]
    slope = bound * level + (1.0 - bound.square()).sqrt() * free
    value = between[wide] * level + slow[wide] * by_outcome.mixed(wandering, own) + fast[wide] * quick
    value = value + (hyper.drift[wide] + hyper.slope_sd[wide] * slope) * when.unsqueeze(-1)
    value = value + hyper.trend_sd[wide] * _integral(ou_process(draws, when, hyper.trend_scale), when)
    return value + _changes(draws, hyper, when, by_outcome) + _responses(draws, hyper, when)


class _Shared:
    """Mixes common factors and an outcome's own component by its loadings, to unit variance."""

    def __init__(self, draws: Draws, hyper: Hyper) -> None:
        self.draws, self.loadings = draws, hyper.loadings
        self.rest = (1.0 - hyper.loadings.square().sum(-1)).clamp(min=0.0).sqrt()

    def mixed(self, factors: Tensor, own: Tensor | None = None) -> Tensor:
        """(Z, P, N, D) from factors (Z, P, N, FACTORS) and own components, which are drawn if not given."""
        shared = torch.einsum("zpnf,zdf->zpnd", factors, self.loadings)
        own = self.draws.normal(*shared.shape) if own is None else own
        return shared + self.rest[:, None, None] * own


def ou_process(draws: Draws, when: Tensor, scale: Tensor) -> Tensor:
    """Stationary unit-variance Ornstein-Uhlenbeck processes at visits (Z, P, N), one per time scale (Z, E)."""
    gaps = when.diff(dim=-1).clamp(min=1e-6)
    keep = torch.exp(-gaps.unsqueeze(-1) / scale[:, None, None])
    shock = draws.normal(*when.shape, scale.shape[1])
    at = [shock[:, :, 0]]
    for i in range(when.shape[-1] - 1):
        kept = keep[:, :, i]
        at.append(kept * at[-1] + (1.0 - kept.square()).sqrt() * shock[:, :, i + 1])
    return torch.stack(at, 2)


def _integral(speed: Tensor, when: Tensor) -> Tensor:
    """Integral of the speeds since the first visit, each constant until the next visit."""
    way = (speed[:, :, :-1] * when.diff(dim=-1).unsqueeze(-1)).cumsum(2)
    return torch.cat([torch.zeros_like(way[:, :, :1]), way], 2)


def _changes(draws: Draws, hyper: Hyper, when: Tensor, by_outcome: _Shared) -> Tensor:
    """A jump at a random time for some patients, mixed by loadings; it lasts, or fades within a few visits."""
    studies, patients, _ = when.shape
    happens = draws.chance(hyper.change.unsqueeze(1), studies, patients)
    start = draws.uniform(0.0, 1.0, studies, patients) * when[..., -1]
    since = (when - start.unsqueeze(-1)) * happens.unsqueeze(-1)
    fading = torch.exp(-since.clamp(min=0.0) / 2.0) * hyper.fading[:, None, None]
    shape = (since > 0).float() * (fading + 1.0 - hyper.fading[:, None, None])
    jump = by_outcome.mixed(draws.normal(studies, patients, 1, FACTORS)) * hyper.jump[:, None, None]
    return shape.unsqueeze(-1) * jump


def _responses(draws: Draws, hyper: Hyper, when: Tensor) -> Tensor:
    """An effect that starts at the first record and saturates: dose (1 - exp(-t / scale))."""
    studies, patients, _ = when.shape
    some = (hyper.dose != 0).float()
    size = hyper.dose + hyper.dose_sd * some * draws.normal(patients, studies, hyper.dose.shape[1])
    reached = 1.0 - torch.exp(-when.unsqueeze(-1) / hyper.dose_scale[:, None, None])
    return reached * size.transpose(0, 1).unsqueeze(2)


MOST = 8.0  # values are clipped to this many standard deviations, as studies clip their covariates


def measure(draws: Draws, hyper: Hyper, value: Tensor, cohorts: int) -> tuple[Tensor, Tensor]:
    """Values (Z, P, N, D) in standard deviations of their study, or 0/1 where binary, and which are observed."""
    value = value + _cohort_levels(draws, hyper, value.shape[1], cohorts) + _noise(draws, hyper, value)
    value = standardised(value)
    crossed = (value > hyper.threshold[:, None, None]).float()
    read = _reading(hyper, value)
    y = torch.where(hyper.binary[:, None, None] > 0, crossed, read)
    seen = draws.chance(1.0 - hyper.missing[:, None, None], *y.shape) > 0
    return y, seen


def standardised(value: Tensor) -> Tensor:
    """Standardise by the mean and standard deviation over all patients and visits of the study."""
    centred = value - value.mean((1, 2), keepdim=True)
    return centred / centred.square().mean((1, 2), keepdim=True).sqrt().clamp(min=1e-3)


def _cohort_levels(draws: Draws, hyper: Hyper, patients: int, cohorts: int) -> Tensor:
    """(Z, P, 1, D): the level of each patient's cohort; patients of a cohort are adjacent."""
    studies, outcomes = hyper.cohort_sd.shape
    level = draws.normal(studies, cohorts, outcomes) * hyper.cohort_sd.unsqueeze(1)
    return level.repeat_interleave(patients // cohorts, 1).unsqueeze(2)


def _noise(draws: Draws, hyper: Hyper, value: Tensor) -> Tensor:
    """Heavy-tailed noise, whose size depends on the patient and on the level."""
    studies, patients, _, outcomes = value.shape
    df = (1.0 / hyper.tail)[:, None, None].clamp(min=2.2)
    own = hyper.noise_spread[:, None, None] * draws.normal(studies, patients, 1, outcomes)
    by_level = hyper.noise_by_level[:, None, None] * value.clamp(-3.0, 3.0)
    size = hyper.shares[..., 3].sqrt()[:, None, None] * torch.exp(own + by_level)
    return size * draws.student_t(df, *value.shape)


def _reading(hyper: Hyper, value: Tensor) -> Tensor:
    """Skew and peak (sinh-arcsinh, Jones & Pewsey 2009), lower limit and rounding; standardised again."""
    wide = (slice(None), None, None)
    formed = torch.sinh((torch.asinh(value) + hyper.skew[wide]) / hyper.peak[wide])
    formed = standardised(formed).clamp(-MOST, MOST).maximum(hyper.floor[wide])
    step = hyper.rounding[wide]
    rounded = torch.where(step > 0, (formed / step.clamp(min=1e-3)).round() * step, formed)
    return standardised(rounded)
