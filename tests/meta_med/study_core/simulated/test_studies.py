"""The simulator's claims: what is switched on is there, in the stated amount, and nothing else."""

import time
from dataclasses import replace

import pytest
import torch
from torch import Tensor

from meta_med.pretraining.prior import Draws, Hyper, draw_hyper
from meta_med.study_core.simulated import measurement
from meta_med.study_core.simulated.courses import covariates_of, widened_courses
from meta_med.study_core.simulated.studies import OWN, Sizes, draw_sizes, draw_studies, simulate
from meta_med.study_core.simulated.widened_prior import Widened, draw_widened

Z, P, N, D = 6, 80, 12, 2


def prior(seed: int = 0) -> tuple[Draws, Hyper, Widened]:
    draws = Draws(torch.Generator().manual_seed(seed))
    hyper, wide = draw_hyper(draws, Z, D), draw_widened(draws, Z, D, 2)
    calm = {"rounding": 0.0, "floor": -99.0, "missing": 0.0, "binary": 0.0, "skew": 0.0}
    hyper = replace(hyper, **{k: torch.full((Z, D), v) for k, v in calm.items()})
    off = {"repeat": 0.0, "ceiling": 99.0, "outlier": 0.0, "hidden": 0.0, "exponent": 0.0}
    return draws, hyper, replace(wide, **{k: torch.full((Z, D), v) for k, v in off.items()})


def read(draws: Draws, hyper: Hyper, wide: Widened) -> tuple[Tensor, Tensor]:
    value = draws.normal(Z, P, N, D)
    return measurement.measured(draws, hyper, wide, value, torch.ones(Z, P, 1, D))


def test_the_share_of_exact_repeats_is_the_stated_one() -> None:
    draws, hyper, wide = prior()
    sticky = replace(wide, repeat=torch.full((Z, D), 0.4), repeat_spread=torch.zeros(Z, D))
    y, _ = read(draws, hyper, sticky)
    assert float((y.diff(dim=2) == 0).float().mean()) == pytest.approx(0.4, abs=0.02)
    plain, _ = read(draws, hyper, wide)
    assert not bool((plain.diff(dim=2) == 0).any())


def test_the_share_of_missing_values_is_the_stated_one_and_may_depend_on_the_value() -> None:
    draws, hyper, wide = prior()
    hyper = replace(hyper, missing=torch.full((Z, D), 0.3))
    assert float(read(draws, hyper, wide)[1].float().mean()) == pytest.approx(0.7, abs=0.02)
    y, seen = read(draws, hyper, replace(wide, hidden=torch.full((Z, D), 1.5)))
    assert float(y[seen].mean()) < float(y[~seen].mean()) - 0.5


def test_values_beyond_a_detection_limit_are_the_limit() -> None:
    draws, hyper, wide = prior()
    hyper, wide = (
        replace(hyper, floor=torch.full((Z, D), -0.5)),
        replace(wide, ceiling=torch.full((Z, D), 1.0)),
    )
    y, _ = read(draws, hyper, wide)
    assert float(y.min()) == -0.5
    assert float(y.max()) == 1.0
    assert 0.15 < float((y == -0.5).float().mean()) < 0.5


def test_rounded_values_are_multiples_of_the_step() -> None:
    draws, hyper, wide = prior()
    y, _ = read(draws, replace(hyper, rounding=torch.full((Z, D), 0.25)), wide)
    assert torch.equal(y, (y / 0.25).round() * 0.25)


def test_an_exponential_makes_values_skewed() -> None:
    draws, hyper, wide = prior()
    right = replace(wide, exponent=torch.full((Z, D), 0.7), mirrored=torch.ones(Z, D))
    y, _ = read(draws, hyper, right)
    plain, _ = read(draws, hyper, wide)
    assert float(y.pow(3).mean()) > float(plain.pow(3).mean()) + 0.5


def courses_with(changed: dict[str, Tensor], seed: int = 1) -> tuple[Tensor, Tensor]:
    draws, hyper, wide = prior(seed)
    nothing = (
        "type_level",
        "type_slope",
        "volatility",
        "flare",
        "cycle",
        "effect",
        "bend",
        "arm_effect",
        "most",
    )
    wide = replace(wide, **{k: torch.zeros_like(getattr(wide, k)) for k in nothing} | changed)
    when = torch.arange(float(N)).expand(Z, P, N)
    facts = covariates_of(draws, when, 2)
    value, _ = widened_courses(draws, hyper, wide, when, facts, draws.normal(Z, P, 3))
    return value, facts


def test_a_treatment_moves_the_values_of_treated_records_only() -> None:
    (plain, facts), (treated, _) = courses_with({}), courses_with({"arm_effect": torch.full((Z, D), 2.0)})
    difference = treated - plain
    on = facts[..., 0] > 0
    assert 0.1 < float(on.float().mean()) < 0.9
    assert torch.allclose(difference[on], torch.tensor(2.0), atol=1e-4)
    assert torch.allclose(difference[~on], torch.tensor(0.0), atol=1e-4)


def test_a_dose_response_rises_and_saturates() -> None:
    changed = {"most": torch.full((Z, D), 3.0), "half_dose": torch.ones(Z)}
    (plain, facts), (dosed, _) = courses_with({}), courses_with(changed)
    response = (dosed - plain)[..., 0].flatten()
    order = facts[..., 1].flatten().argsort()
    assert bool((response[order].diff() > -1e-4).all())
    assert float(response.max()) < 3.0


def test_flares_come_and_go() -> None:
    (plain, _), (flaring, _) = courses_with({}), courses_with({"flare": torch.full((Z, D), 5.0)})
    state = ((flaring - plain)[..., 0] > 2.5).float()
    assert 0.0 < float(state.mean()) < 0.9
    assert bool((state.diff(dim=2) > 0).any())
    assert bool((state.diff(dim=2) < 0).any())


def test_a_study_has_lenders_with_stretches_and_patients_whose_lost_records_are_still_predicted() -> None:
    found = draw_studies(torch.Generator().manual_seed(0), Sizes(8, 2, 3, 12, 10))
    assert found.lenders.y.shape[:2] == (8, 12)
    assert found.patients.time.shape == (8, 10, OWN)
    assert bool(found.lenders.time.isnan().any())
    assert bool((found.patients.time.diff(dim=-1) > 0).all())
    lost = found.patients.y.isnan() & ~found.truth.isnan()
    assert 0.02 < float(lost.float().mean()) < 0.4
    kept = ~found.patients.y.isnan()
    assert torch.equal(found.patients.y[kept], found.truth[kept])


def test_the_same_seed_gives_the_same_studies() -> None:
    one, other = (draw_studies(torch.Generator().manual_seed(4), Sizes(2, 1, 0, 3, 4)) for _ in range(2))
    assert torch.equal(one.truth.nan_to_num(), other.truth.nan_to_num())


def test_studies_differ_in_repeats_missing_values_and_sizes() -> None:
    g = torch.Generator().manual_seed(0)
    _, y, _ = simulate(Draws(g), Sizes(120, 1, 2, 0, 0), 30)
    same = (y.diff(dim=2) == 0).float().mean((1, 2, 3))
    assert 0.1 < float((same > 0.05).float().mean()) < 0.7
    missing = y.isnan().float().mean((1, 2, 3))
    assert 0.1 < float((missing > 0.05).float().mean()) < 0.9
    sizes = {draw_sizes(g).outcomes for _ in range(40)}
    assert {1, 2, 4, 6} == sizes


def test_thousands_of_patients_are_simulated_in_a_second_of_processor_time() -> None:
    g = torch.Generator().manual_seed(0)
    began = time.process_time()
    draw_studies(g, Sizes(24, 1, 2, 20, 16))
    assert 24 * 36 / (time.process_time() - began) > 2000
