"""What real studies have beyond the prior of `meta_med.pretraining`: hyper-parameters of measurement and treatment.

Each is switched on in a part of the simulated studies only, so that a network learns to tell from the context whether
it is there. Shapes are those of `pretraining.prior.Hyper`: Z studies, D outcomes.
"""

from dataclasses import dataclass

import torch
from torch import Tensor

from meta_med.pretraining.prior import Draws

TYPES = 3  # of patients, at most


@dataclass(frozen=True)
class Widened:
    """Further hyper-parameters of Z studies with F covariates.

    Attributes:
        repeat (Z, D): probability that a record repeats the value before it; repeat_spread (Z, D): how far patients
            differ in it.
        ceiling (Z, D): standardised upper detection limit, 99 for none (the lower one is in `Hyper`).
        outlier (Z, D): probability of a gross error, outlier_size (Z, D): its scale in standard deviations.
        type_share (Z, TYPES): of patients; type_level, type_slope (Z, TYPES, D): what a type adds;
            type_noise (Z, TYPES, D): factor of its noise and fluctuation.
        volatility (Z, D): standard deviation of a patient's log amplitude of fluctuation.
        flare (Z, D): height of flares; flare_rate (Z,): flares per time unit; flare_length (Z,): their mean duration.
        cycle (Z, D): amplitude of a periodic course, cycle_length (Z,).
        effect (Z, F, D): linear effects of covariates; bend (Z, F, D): quadratic ones.
        arm_effect (Z, D): of the treatment (covariate 0) once it has started; most (Z, D): the largest effect of a
            dose (covariate 1), half_dose (Z,): the dose of half of it.
        hidden (Z, D): slope of the log-odds that a value is missing on the value.
        exponent (Z, D): 0 for no change, else the value v becomes exp(exponent v), mirrored where `mirrored` is -1.

    """

    repeat: Tensor
    repeat_spread: Tensor
    ceiling: Tensor
    outlier: Tensor
    outlier_size: Tensor
    type_share: Tensor
    type_level: Tensor
    type_slope: Tensor
    type_noise: Tensor
    volatility: Tensor
    flare: Tensor
    flare_rate: Tensor
    flare_length: Tensor
    cycle: Tensor
    cycle_length: Tensor
    effect: Tensor
    bend: Tensor
    arm_effect: Tensor
    most: Tensor
    half_dose: Tensor
    hidden: Tensor
    exponent: Tensor
    mirrored: Tensor


def draw_widened(draws: Draws, studies: int, outcomes: int, covariates: int) -> Widened:
    """Hyper-parameters of `studies` studies of `outcomes` outcomes and `covariates` covariates each."""
    z, d, f = studies, outcomes, covariates
    typed = draws.chance(0.35, z, 1, 1)
    some_effect = draws.chance(0.5, z, f, 1) * draws.chance(0.7, z, f, d)
    return Widened(
        repeat=draws.uniform(0.03, 0.9, z, d) * draws.chance(0.3, z, 1) * draws.chance(0.8, z, d),
        repeat_spread=draws.uniform(0.0, 1.5, z, d),
        ceiling=torch.where(draws.chance(0.07, z, d) > 0, draws.uniform(0.3, 2.0, z, d), 99.0),
        outlier=draws.uniform(0.0, 0.05, z, d) * draws.chance(0.25, z, d),
        outlier_size=draws.uniform(2.0, 5.0, z, d),
        type_share=draws.normal(z, TYPES).softmax(-1),
        type_level=1.2 * draws.normal(z, TYPES, d) * typed,
        type_slope=0.12 * draws.normal(z, TYPES, d) * typed * draws.chance(0.5, z, 1, 1),
        type_noise=(0.6 * draws.normal(z, TYPES, d) * typed).exp(),
        volatility=draws.uniform(0.0, 0.9, z, d) * draws.chance(0.5, z, 1),
        flare=1.2 * draws.normal(z, d) * draws.chance(0.15, z, 1),
        flare_rate=draws.log_uniform(0.03, 0.3, z),
        flare_length=draws.log_uniform(0.7, 4.0, z),
        cycle=0.8 * draws.normal(z, d).abs() * draws.chance(0.12, z, 1),
        cycle_length=draws.log_uniform(1.5, 15.0, z),
        effect=0.5 * draws.normal(z, f, d) * some_effect,
        bend=0.15 * draws.normal(z, f, d) * some_effect * draws.chance(0.3, z, f, d),
        arm_effect=0.7 * draws.normal(z, d) * draws.chance(0.3, z, 1),
        most=0.8 * draws.normal(z, d) * draws.chance(0.25, z, 1),
        half_dose=draws.log_uniform(0.3, 3.0, z),
        hidden=0.8 * draws.normal(z, d) * draws.chance(0.15, z, d),
        exponent=draws.uniform(0.2, 0.9, z, d) * draws.chance(0.25, z, d),
        mirrored=1.0 - 2.0 * draws.chance(0.3, z, d),
    )
