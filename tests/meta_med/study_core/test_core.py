"""Laws of the study-in-context core: what must, and what must not, change a prediction."""

from collections.abc import Callable
from dataclasses import replace

import pytest
import torch
from torch import Tensor

from meta_med.study_core.core import StudyCore
from meta_med.study_core.course_models import CURVES
from meta_med.study_core.study import Series, StudyInContext
from tests.meta_med.study_core.made_up import made_up_study, stirred, with_lenders, with_own

Change = Callable[[Series], Series]


def each(change: Callable[[Tensor], Tensor]) -> Change:
    return lambda s: Series(change(s.time), change(s.y), change(s.x))


@pytest.fixture(scope="module")
def core() -> StudyCore:
    torch.manual_seed(0)
    return stirred(StudyCore(models=8, width=16, heads=2))


def medians(core: StudyCore, study: StudyInContext) -> Tensor:
    return core.predict(study).quantile(0.5)


def test_exchanging_lenders_changes_nothing(core: StudyCore) -> None:
    study = made_up_study()
    turned = with_lenders(study, each(lambda t: t.flip(1))(study.lenders))
    assert torch.allclose(medians(core, study), medians(core, turned), atol=1e-4)


def test_exchanging_outcomes_exchanges_their_predictions(core: StudyCore) -> None:
    study = made_up_study(outcomes=3)
    order = torch.tensor([2, 0, 1])
    turn: Change = lambda s: Series(s.time, s.y[..., order], s.x)  # noqa: E731
    turned = with_own(with_lenders(study, turn(study.lenders)), turn(study.own))
    assert torch.allclose(medians(core, study)[..., order], medians(core, turned), atol=1e-4)


def test_exchanging_covariates_changes_nothing(core: StudyCore) -> None:
    study = made_up_study(covariates=3)
    turn: Change = lambda s: Series(s.time, s.y, s.x.flip(-1))  # noqa: E731
    turned = StudyInContext(turn(study.lenders), turn(study.own), study.query_time, study.query_x.flip(-1))
    assert torch.allclose(medians(core, study), medians(core, turned), atol=1e-4)


def test_records_may_come_in_any_order(core: StudyCore) -> None:
    study = made_up_study()
    turn = each(lambda t: t.flip(2))
    turned = with_own(with_lenders(study, turn(study.lenders)), turn(study.own))
    assert torch.equal(medians(core, study), medians(core, turned))


def test_a_patient_alone_is_predicted_as_among_others(core: StudyCore) -> None:
    study = made_up_study()
    together = medians(core, study)
    for i in range(5):
        one = slice(i, i + 1)
        alone = replace(
            study,
            own=each(lambda t, one=one: t[:, one])(study.own),
            query_time=study.query_time[:, one],
            query_x=study.query_x[:, one],
        )
        assert torch.allclose(medians(core, alone), together[:, one], atol=1e-5)


def padded(series: Series, patients: int, records: int) -> Series:
    def wider(t: Tensor) -> Tensor:
        z, p, n = t.shape[:3]
        full = torch.full((z, p + patients, n + records, *t.shape[3:]), torch.nan)
        full[:, :p, :n] = t
        return full

    return Series(wider(series.time), wider(series.y), wider(series.x))


def test_padding_changes_nothing(core: StudyCore) -> None:
    study = made_up_study()
    wider = with_own(with_lenders(study, padded(study.lenders, 3, 2)), padded(study.own, 0, 3))
    assert torch.allclose(medians(core, study), medians(core, wider), atol=1e-4)


def test_values_of_a_record_without_time_are_never_read(core: StudyCore) -> None:
    study = made_up_study()
    y = study.own.y.clone()
    y[study.own.time.isnan()] = 50.0
    assert torch.equal(medians(core, study), medians(core, with_own(study, replace(study.own, y=y))))


def test_records_at_or_after_the_predicted_one_are_never_used(core: StudyCore) -> None:
    study = made_up_study()
    time = study.own.time.clone()
    time[0, :, -1] = study.query_time[0] + torch.tensor([0.0, 0.1, 0.0, 2.0, 5.0])
    changed = study.own.y.clone()
    changed[0, :, -1] += 100.0
    seen, other = (replace(study.own, time=time, y=y) for y in (study.own.y, changed))
    assert torch.equal(medians(core, with_own(study, seen)), medians(core, with_own(study, other)))


@pytest.mark.parametrize(("shift", "factor"), [(30.0, 1.0), (0.0, 25.0), (-4.0, 0.01)])
def test_predictions_move_with_the_unit_of_the_outcome(core: StudyCore, shift: float, factor: float) -> None:
    study = made_up_study()
    move: Change = lambda s: replace(s, y=shift + factor * s.y)  # noqa: E731
    moved = with_own(with_lenders(study, move(study.lenders)), move(study.own))
    for p in (0.05, 0.5, 0.9):
        before, after = (core.predict(s).quantile(p) for s in (study, moved))
        assert torch.allclose(after, shift + factor * before, rtol=1e-3, atol=2e-3 * factor)


@pytest.mark.parametrize(("start", "unit"), [(100.0, 1.0), (0.0, 365.25), (0.0, 0.01)])
def test_neither_the_unit_of_time_nor_its_origin_matters(core: StudyCore, start: float, unit: float) -> None:
    study = made_up_study()
    move: Change = lambda s: replace(s, time=start + unit * s.time)  # noqa: E731
    moved = StudyInContext(
        move(study.lenders), move(study.own), start + unit * study.query_time, study.query_x
    )
    assert torch.allclose(medians(core, study), medians(core, moved), atol=2e-3)


@pytest.mark.parametrize("lenders", [0, 1])
def test_without_lenders_or_with_one_there_is_a_prediction(core: StudyCore, lenders: int) -> None:
    found = core.predict(made_up_study(lenders=lenders))
    assert found.quantile(0.5).shape == (1, 5, 2)
    assert bool(found.quantile(0.9).isfinite().all())


def test_any_number_of_outcomes_covariates_and_patients_is_predicted_by_the_same_weights(
    core: StudyCore,
) -> None:
    for outcomes, covariates in ((1, 0), (7, 5)):
        found = medians(core, made_up_study(outcomes=outcomes, covariates=covariates, lenders=3))
        assert found.shape == (1, 5, outcomes)
        assert bool(found.isfinite().all())


def test_a_covariate_that_shifts_the_lenders_values_shifts_the_prediction() -> None:
    g = torch.Generator().manual_seed(0)
    x = (torch.arange(30) % 2).float().reshape(1, 30, 1, 1).expand(-1, -1, 4, -1)
    y = 2.0 * x + 0.3 * torch.randn(1, 30, 4, 1, generator=g)
    lenders = Series(torch.arange(4.0).expand(1, 30, 4), y, x)
    nobody = Series(*(torch.full((1, 2, 1, *s), torch.nan) for s in ((), (1,), (1,))))
    asked = StudyInContext(lenders, nobody, torch.zeros(1, 2), torch.tensor([[[0.0], [1.0]]]))
    low, high = StudyCore(models=16).predict(asked).quantile(0.5)[0, :, 0].tolist()
    assert high - low == pytest.approx(2.0, abs=0.3)


def test_curves_read_all_their_records_and_know_a_wave_from_other_waves() -> None:
    g = torch.Generator().manual_seed(1)
    x = 10.0 * torch.rand(1, 21, 12, generator=g)
    size, start = 1.0 + torch.rand(1, 21, 1, generator=g), 3.0 * torch.rand(1, 21, 1, generator=g)
    y = (size * torch.sin(x - start)).unsqueeze(-1)
    none = torch.zeros(1, 20, 12, 0)
    lenders, own = Series(x[:, :20], y[:, :20], none), Series(x[:, 20:, :6], y[:, 20:, :6], none[:, :1, :6])
    at = x[:, 20:, 8]
    found = StudyCore(CURVES, 256).predict(StudyInContext(lenders, own, at, torch.zeros(1, 1, 0)))
    assert float((found.mean() - y[:, 20:, 8]).abs().max()) < 0.05


def test_shapes_that_do_not_go_together_are_refused() -> None:
    study = made_up_study()
    with pytest.raises(ValueError, match="numbers of covariates"):
        replace(study, query_x=torch.zeros(1, 5, 4))
    with pytest.raises(ValueError, match="own: time is"):
        replace(study, own=replace(study.own, y=study.own.y[:, :, :2]))
