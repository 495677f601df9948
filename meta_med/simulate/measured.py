"""From a patient's course to what a hospital records of it: noise, skew, rounding, thresholds, missing values."""

import torch
from torch import Tensor

from meta_med.simulate.prior import Hyper
from meta_med.simulate.randomness import Draws

MOST = 8.0  # values are kept within so many standard deviations, as studies keep their covariates


def measured(draws: Draws, hyper: Hyper, value: Tensor, cohorts: int) -> tuple[Tensor, Tensor]:
    """Values (Z, P, N, D) in standard deviations of their study, or 0/1 where binary, and which are observed."""
    value = value + _of_cohorts(draws, hyper, value.shape[1], cohorts) + _noise(draws, hyper, value)
    value = standardised(value)
    crossed = (value > hyper.threshold[:, None, None]).float()
    read = _as_read(hyper, value)
    y = torch.where(hyper.binary[:, None, None] > 0, crossed, read)
    seen = draws.chance(1.0 - hyper.missing[:, None, None], *y.shape) > 0
    return y, seen


def standardised(value: Tensor) -> Tensor:
    """By the mean and standard deviation over all patients and visits of the study."""
    centred = value - value.mean((1, 2), keepdim=True)
    return centred / centred.square().mean((1, 2), keepdim=True).sqrt().clamp(min=1e-3)


def _of_cohorts(draws: Draws, hyper: Hyper, patients: int, cohorts: int) -> Tensor:
    """(Z, P, 1, D): patients of a cohort share a level; they stand side by side."""
    studies, outcomes = hyper.cohort_sd.shape
    level = draws.normal(studies, cohorts, outcomes) * hyper.cohort_sd.unsqueeze(1)
    return level.repeat_interleave(patients // cohorts, 1).unsqueeze(2)


def _noise(draws: Draws, hyper: Hyper, value: Tensor) -> Tensor:
    """Heavy-tailed, more of it for some patients and at some levels."""
    studies, patients, _, outcomes = value.shape
    df = (1.0 / hyper.tail)[:, None, None].clamp(min=2.2)
    own = hyper.noise_spread[:, None, None] * draws.normal(studies, patients, 1, outcomes)
    by_level = hyper.noise_by_level[:, None, None] * value.clamp(-3.0, 3.0)
    size = hyper.shares[..., 3].sqrt()[:, None, None] * torch.exp(own + by_level)
    return size * draws.student_t(df, *value.shape)


def _as_read(hyper: Hyper, value: Tensor) -> Tensor:
    """Skewed or peaked (sinh-arcsinh, Jones & Pewsey 2009), with a lower limit, rounded; standardised again."""
    wide = (slice(None), None, None)
    formed = torch.sinh((torch.asinh(value) + hyper.skew[wide]) / hyper.peak[wide])
    formed = standardised(formed).clamp(-MOST, MOST).maximum(hyper.floor[wide])
    step = hyper.rounding[wide]
    rounded = torch.where(step > 0, (formed / step.clamp(min=1e-3)).round() * step, formed)
    return standardised(rounded)
