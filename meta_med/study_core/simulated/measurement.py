"""Measurement of simulated courses: noise, gross errors, transforms, limits, rounding, repeats, missing values.

Tensors are (Z, P, N, D): Z studies, P patients, N visits, D outcomes.
"""

import torch
from torch import Tensor

from meta_med.pretraining.prior import Draws, Hyper
from meta_med.pretraining.trajectories import MOST, standardised
from meta_med.study_core.simulated.widened_prior import Widened

WIDE = (slice(None), None, None)  # hyper-parameters (Z, D) beside (Z, P, N, D)


def measured(
    draws: Draws, hyper: Hyper, wide: Widened, value: Tensor, louder: Tensor
) -> tuple[Tensor, Tensor]:
    """Values in standard deviations of their study, and which are observed; louder (Z, P, 1, D) scales the noise."""
    value = standardised(value + _noise(draws, hyper, wide, value, louder))
    read = _limited(hyper, wide, _transformed(hyper, wide, value))
    seen = _observed(draws, hyper, wide, value)
    return _repeated(draws, wide, read), seen


def _noise(draws: Draws, hyper: Hyper, wide: Widened, value: Tensor, louder: Tensor) -> Tensor:
    """Heavy-tailed noise, larger in some patients and levels, with gross errors."""
    studies, patients, _, outcomes = value.shape
    df = (1.0 / hyper.tail)[WIDE].clamp(min=2.2)
    own = hyper.noise_spread[WIDE] * draws.normal(studies, patients, 1, outcomes)
    by_level = hyper.noise_by_level[WIDE] * value.clamp(-3.0, 3.0)
    size = hyper.shares[..., 3].sqrt()[WIDE] * torch.exp(own + by_level) * louder
    gross = draws.chance(wide.outlier[WIDE], *value.shape) * wide.outlier_size[WIDE]
    return size * draws.student_t(df, *value.shape) + gross * draws.normal(*value.shape)


def _transformed(hyper: Hyper, wide: Widened, value: Tensor) -> Tensor:
    """Skew and peak (sinh-arcsinh, Jones & Pewsey 2009) and, in some outcomes, an exponential."""
    formed = torch.sinh((torch.asinh(value) + hyper.skew[WIDE]) / hyper.peak[WIDE])
    formed = standardised(formed).clamp(-MOST, MOST)
    rate = wide.exponent[WIDE]
    grown = wide.mirrored[WIDE] * torch.exp(rate * formed.clamp(-4.0, 4.0))
    return standardised(torch.where(rate > 0, grown, formed)).clamp(-MOST, MOST)


def _limited(hyper: Hyper, wide: Widened, value: Tensor) -> Tensor:
    """Values beyond a detection limit are the limit; then rounding."""
    value = value.maximum(hyper.floor[WIDE]).minimum(wide.ceiling[WIDE])
    step = hyper.rounding[WIDE]
    return torch.where(step > 0, (value / step.clamp(min=1e-3)).round() * step, value)


def _repeated(draws: Draws, wide: Widened, value: Tensor) -> Tensor:
    """Some records repeat the value before them exactly; patients differ in how often."""
    studies, patients, visits, outcomes = value.shape
    odds = torch.logit(wide.repeat, eps=1e-6).unsqueeze(1)
    own = torch.sigmoid(odds + wide.repeat_spread.unsqueeze(1) * draws.normal(studies, patients, outcomes))
    chance = own * (wide.repeat > 0).float().unsqueeze(1)
    same = draws.chance(chance.unsqueeze(2), *value.shape) > 0
    found = [value[:, :, 0]]
    for i in range(1, visits):
        found.append(torch.where(same[:, :, i], found[-1], value[:, :, i]))
    return torch.stack(found, 2)


def _observed(draws: Draws, hyper: Hyper, wide: Widened, value: Tensor) -> Tensor:
    """Which values are observed: missing at random, or the more often the higher (lower) they are."""
    odds = torch.logit(hyper.missing[WIDE], eps=1e-6) + wide.hidden[WIDE] * value.clamp(-3.0, 3.0)
    odds = torch.where((hyper.missing[WIDE] == 0) & (wide.hidden[WIDE] != 0), odds + 12.0, odds)
    return draws.chance(torch.sigmoid(odds), *value.shape) == 0
