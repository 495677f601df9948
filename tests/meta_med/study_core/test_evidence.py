"""The closed form agrees with the Gaussian posterior, written out."""

import math

import pytest
import torch

from meta_med.study_core import evidence
from meta_med.study_core.course_models import CURVES, PATIENTS, CourseModels, library
from meta_med.study_core.study import Series
from meta_med.study_core.units import Arranged, Units, arrange
from tests.meta_med.study_core.made_up import made_up_study

DOUBLE = torch.float64


def read(models: CourseModels, covariates: int = 1) -> tuple[evidence.StudyEvidence, Arranged, Arranged]:
    study = made_up_study(covariates=covariates)
    doubled = [Series(*(t.double() for t in (s.time, s.y, s.x))) for s in (study.lenders, study.own)]
    lenders, own = (s.in_order() for s in doubled)
    units = Units.of(lenders)
    lent, asked = arrange(lenders, units), arrange(own, units)
    return evidence.of_study(models, lent), lent, asked


def one_model(at: int) -> CourseModels:
    every = library(PATIENTS, 8)
    values = {k: v[at : at + 1] if isinstance(v, torch.Tensor) else v for k, v in vars(every).items()}
    return CourseModels(**values)


@pytest.mark.parametrize("at", [0, 3, 6])
def test_effects_are_those_of_the_ridge_regression_with_the_courses_covariance(at: int) -> None:
    models = one_model(at)
    found, lent, _ = read(models)
    columns = evidence.design(lent)
    precision = torch.diag(
        torch.tensor([1.0 / models.mean, 1.0 / models.drift, 1.0 / float(models.effect)])
    ).double()
    moment = torch.zeros(3, dtype=DOUBLE)
    for patient in range(lent.time.shape[1]):
        seen = lent.seen[0, 0, patient] > 0
        t = lent.time[0, patient, seen]
        inverse = (models.covariance(t[None, None, None], t[None, None, None])[0, 0, 0, 0]
                   + float(models.noise) * torch.eye(len(t), dtype=DOUBLE)).inverse()  # fmt: skip
        x = columns[0, patient, seen]
        precision += x.T @ inverse @ x
        moment += x.T @ inverse @ lent.y[0, 0, patient, seen]
    assert torch.allclose(found.effects[0, 0, 0], torch.linalg.solve(precision, moment), atol=1e-8)
    assert torch.allclose(found.root[0, 0, 0] @ found.root[0, 0, 0].T, precision.inverse(), atol=1e-8)


def test_a_prediction_is_the_conditional_mean_given_the_earlier_values() -> None:
    models = one_model(2)
    study, _, own = read(models)
    found = evidence.of_patients(study, own, torch.tensor([3]))
    columns = evidence.design(own)
    unsure = study.root[0, 1, 0]
    for patient in (2, 3, 4):
        t, x = own.time[0, patient], columns[0, patient]
        seen = (own.seen[0, 1, patient] > 0) & (torch.arange(4) < 3)
        covariance = models.covariance(t[None, None, None], t[None, None, None])[0, 0, 0, 0]
        covariance = covariance + x @ unsure @ unsure.T @ x.T
        level = x @ study.effects[0, 1, 0]
        inner = covariance[seen][:, seen] + float(models.noise) * torch.eye(int(seen.sum()), dtype=DOUBLE)
        gain = torch.linalg.solve(inner, covariance[seen, 3])
        mean = level[3] + gain @ (own.y[0, 1, patient, seen] - level[seen])
        assert float(found.mean[0, 1, patient, 0]) == pytest.approx(float(mean), abs=1e-8)


def test_the_evidence_prefers_the_model_that_made_the_data() -> None:
    g = torch.Generator().manual_seed(0)
    noisy, steady = one_model(0), one_model(0)
    shares = {"between": 0.9, "slow": 0.0, "fast": 0.0, "noise": 0.1}
    steady = CourseModels(**{**vars(steady), **{k: torch.tensor([v]).double() for k, v in shares.items()}})
    shares = {"between": 0.1, "slow": 0.0, "fast": 0.0, "noise": 0.9}
    noisy = CourseModels(**{**vars(noisy), **{k: torch.tensor([v]).double() for k, v in shares.items()}})
    both = CourseModels(
        **{
            k: torch.cat([v, vars(noisy)[k]]) if isinstance(v, torch.Tensor) else v
            for k, v in vars(steady).items()
        }
    )
    y = torch.randn(1, 20, 1, 1, generator=g) + 0.3 * torch.randn(1, 20, 6, 1, generator=g)
    series = Series(torch.arange(6.0).expand(1, 20, 6), y, torch.zeros(1, 20, 6, 0))
    lent = arrange(Series(*(t.double() for t in (series.time, series.y, series.x))), Units.of(series))
    weight = evidence.of_study(both, lent).log_weight.softmax(-1)[0, 0]
    assert float(weight[0]) > 0.99


def test_refined_models_of_curves_explain_the_lenders_better() -> None:
    x = torch.linspace(0.0, 9.0, 12, dtype=DOUBLE).expand(1, 6, 12)
    start = torch.arange(6, dtype=DOUBLE).reshape(1, 6, 1)
    series = Series(x, torch.sin(1.3 * x - start).unsqueeze(-1), torch.zeros(1, 6, 12, 0, dtype=DOUBLE))
    lent = arrange(series, Units.of(series))
    coarse = library(CURVES, 128)
    found = evidence.of_study(coarse, lent)
    assert float(found.log_weight.max()) > float(evidence._conditioned(coarse, lent).log_weight.max()) + 10.0
    wave = found.models.turn.flatten()[found.log_weight.flatten().argmax()]
    gap = 9.0 / 11.0
    assert float(wave) / gap == pytest.approx(1.3, rel=0.02)


@pytest.mark.parametrize("kind", [PATIENTS, CURVES])
def test_every_model_of_the_library_is_a_covariance_with_variance_one(kind: str) -> None:
    models = library(kind, 64)
    t = torch.linspace(0.0, 20.0, 10, dtype=DOUBLE)[None, None, None]
    covariance = models.covariance(t, t)[0, 0, 0]
    jitter = 1e-9 * torch.eye(10, dtype=DOUBLE)
    assert bool(torch.linalg.eigvalsh(covariance + jitter).gt(-1e-8).all())
    total = covariance[:, 0, 0] + models.noise
    assert torch.allclose(total, torch.ones_like(total), atol=3e-3)
    assert math.isfinite(float(models.described().sum()))
