"""Courses of simulated patients beyond `pretraining.trajectories`: types of patients, flares, cycles, treatment, doses.

Z studies, P patients, N visits, D outcomes, F covariates; everything here is (Z, P, N, D) unless stated otherwise.
"""

import math

import torch
from torch import Tensor

from meta_med.pretraining.prior import Draws, Hyper
from meta_med.pretraining.trajectories import courses
from meta_med.study_core.simulated.widened_prior import TYPES, Widened


def covariates_of(draws: Draws, when: Tensor, covariates: int) -> Tensor:
    """(Z, P, N, F): a treatment that starts at some visit, a dose that changes, then facts that never change."""
    studies, patients, visits = when.shape
    facts = draws.normal(studies, patients, 1, covariates).expand(-1, -1, visits, -1).clone()
    if covariates > 0:
        begins = draws.whole(-visits, visits, studies, patients, 1)
        treated = draws.chance(0.6, studies, patients, 1)
        facts[..., 0] = treated * (torch.arange(visits) >= begins).float()
    if covariates > 1:
        step = 0.5 * draws.normal(studies, patients, visits) * draws.chance(0.3, studies, patients, visits)
        facts[..., 1] = (0.6 * draws.normal(studies, patients, 1) + step.cumsum(-1)).exp()
    return facts


def widened_courses(
    draws: Draws, hyper: Hyper, wide: Widened, when: Tensor, covariates: Tensor, common: Tensor
) -> tuple[Tensor, Tensor]:
    """Values without noise, and the factor of each patient's noise (Z, P, 1, D); common (Z, P, FACTORS)."""
    studies, patients, _ = when.shape
    kind = _types(draws, wide, patients)
    louder = _of_type(wide.type_noise, kind)
    swing = louder * (wide.volatility[:, None] * draws.normal(studies, patients, hyper.dose.shape[1])).exp()
    plain = courses(draws, hyper, when, common)
    centre = plain.mean(2, keepdim=True)
    value = centre + (plain - centre) * swing.unsqueeze(2)
    value = value + _of_type(wide.type_level, kind).unsqueeze(2)
    value = value + _of_type(wide.type_slope, kind).unsqueeze(2) * when.unsqueeze(-1)
    value = value + _flares(draws, wide, when) + _cycles(draws, wide, when)
    return value + _effects(wide, covariates), louder.unsqueeze(2)


def _types(draws: Draws, wide: Widened, patients: int) -> Tensor:
    """(Z, P) the type of each patient."""
    upper = wide.type_share.cumsum(-1).unsqueeze(1)
    return (draws.uniform(0.0, 1.0, len(upper), patients, 1) > upper).sum(-1).clamp(max=TYPES - 1)


def _of_type(by_type: Tensor, kind: Tensor) -> Tensor:
    """(Z, P, D) each patient's row of (Z, TYPES, D)."""
    return by_type.gather(1, kind.unsqueeze(-1).expand(-1, -1, by_type.shape[2]))


def _flares(draws: Draws, wide: Widened, when: Tensor) -> Tensor:
    """A two-state process of flare and rest, seen at the visits."""
    studies, patients, visits = when.shape
    leave = wide.flare_rate[:, None] + 1.0 / wide.flare_length[:, None]
    share = (wide.flare_rate[:, None] / leave).expand(studies, patients)
    gaps = torch.cat([torch.full_like(when[..., :1], 1e6), when.diff(dim=-1)], -1)
    kept = torch.exp(-leave.unsqueeze(-1) * gaps)
    chance = draws.uniform(0.0, 1.0, studies, patients, visits)
    state, found = torch.zeros(studies, patients), []
    for i in range(visits):
        state = (chance[..., i] < share + (state - share) * kept[..., i]).float()
        found.append(state)
    return torch.stack(found, -1).unsqueeze(-1) * wide.flare[:, None, None]


def _cycles(draws: Draws, wide: Widened, when: Tensor) -> Tensor:
    """A periodic course with one phase per study, which patients vary around."""
    studies, patients, _ = when.shape
    phase = draws.uniform(0.0, 2.0 * math.pi, studies, 1, 1) + draws.normal(studies, patients, 1)
    angle = 2.0 * math.pi * when / wide.cycle_length[:, None, None] + phase
    return angle.sin().unsqueeze(-1) * wide.cycle[:, None, None]


def _effects(wide: Widened, covariates: Tensor) -> Tensor:
    """Linear and quadratic effects, treatment, and a dose response that saturates (Emax)."""
    effect = torch.einsum("zpnf,zfd->zpnd", covariates, wide.effect)
    effect = effect + torch.einsum("zpnf,zfd->zpnd", covariates.square().clamp(max=9.0), wide.bend)
    if covariates.shape[-1] > 0:
        effect = effect + covariates[..., :1] * wide.arm_effect[:, None, None]
    if covariates.shape[-1] > 1:
        dose = covariates[..., 1:2]
        effect = effect + dose / (dose + wide.half_dose[:, None, None, None]) * wide.most[:, None, None]
    return effect
