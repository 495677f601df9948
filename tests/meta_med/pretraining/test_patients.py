"""What simulated patients promise: reproducible, standardised, nothing of the future among what is known."""

import pytest
import torch

from meta_med.pretraining import SimulatedPatients, draw_patients


def drawn(seed: int = 0, **sizes: int) -> SimulatedPatients:
    return draw_patients(torch.Generator().manual_seed(seed), **{"studies": 6, "patients": 32, **sizes})


def test_the_same_seed_draws_the_same_patients() -> None:
    for one, other in zip(vars(drawn()).values(), vars(drawn()).values(), strict=True):
        assert torch.equal(one, other)


def test_own_records_lie_before_what_is_predicted() -> None:
    patients = drawn()
    assert (patients.time < 0).all()
    assert (patients.later >= 0).all()


def test_values_are_standard_deviations_and_binary_outcomes_are_0_or_1() -> None:
    patients = drawn(studies=40, patients=64)
    binary = patients.binary.unsqueeze(1).expand_as(patients.y)
    assert set(patients.y[binary].unique().tolist()) <= {0.0, 1.0}
    measured = patients.y[~binary]
    assert abs(float(measured.mean())) < 0.15
    assert 0.8 < float(measured.std()) < 1.2


def test_patients_with_no_own_record_and_with_all_occur() -> None:
    count = drawn(studies=20).y_seen.any(-1).sum(1)
    assert int(count.min()) == 0
    assert int(count.max()) == 10


def test_nobody_is_among_the_others_of_their_own_cohort() -> None:
    patients = drawn(outcomes=1, patients=8)  # two a cohort: the other one alone can lend
    itself = torch.eye(2, dtype=torch.bool).repeat(len(patients.y) // 2, 1)
    assert not patients.others_seen[..., 0][itself].any()


def test_what_is_told_of_outcomes_is_finite_and_of_moderate_size() -> None:
    described = drawn(studies=50).described
    assert bool(torch.isfinite(described).all())
    assert float(described.abs().max()) < 8.0


@pytest.mark.parametrize("patients", [30, 4])
def test_patients_that_do_not_share_out_among_cohorts_are_refused(patients: int) -> None:
    with pytest.raises(ValueError, match="patients: must be a multiple of 4, at least 8"):
        drawn(patients=patients)
