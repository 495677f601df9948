"""What the course models say: of a study from its lenders' whole series, of a patient from their own records.

With Gaussian courses everything is closed form. The mean, drift and covariate effects of a study are integrated out (a
ridge regression with the course's covariance), its scale too (inverse gamma). Models are weighted by the marginal
likelihood of the lenders' series and of the patient's own records before the predicted one.
"""

from dataclasses import dataclass, replace

import torch
from torch import Tensor

from meta_med.study_core.course_models import CURVES, LONGEST_SLOPE, CourseModels
from meta_med.study_core.units import FARTHEST, Arranged

REFINEMENTS, REFINED = (0.1, 0.03, 0.01, 0.003), (16, 31)  # jitter; models, and copies of each
KEPT = 24  # models that predict, of a larger library
MOST_FREEDOM = 8.0  # degrees of freedom of the study's scale for a patient, who has a scale of their own


@dataclass(frozen=True)
class StudyEvidence:
    """The lenders' verdict: Z studies, D outcomes, S models, C columns of the mean.

    Attributes:
        models: those that are kept;
        log_weight (Z, D, S); scale (Z, D, S): squared; freedom (Z, D, 1): degrees of freedom of it.
        effects (Z, D, S, C), root (Z, D, S, C, C): with the effects' posterior covariance root root^T, up to scale.
        surprise (Z, D, L, N): of the lenders' records, see `OwnForecast`.

    """

    models: CourseModels
    log_weight: Tensor
    scale: Tensor
    freedom: Tensor
    effects: Tensor
    root: Tensor
    surprise: Tensor


@dataclass(frozen=True)
class OwnForecast:
    """Of the predicted positions (Z, D, P, Q): mean, sd (of the predicted value), cohort: the mean without own records;

    numbers (..., NUMBERS + 2): the weighted models' description, their effective number, the patient's scale.
    log_weight, means, scales (Z, D, P, Q, S): by model.
    surprise (Z, D, P, N): of each record, what earlier ones did not tell of it, in standard deviations.

    """

    mean: Tensor
    sd: Tensor
    cohort: Tensor
    numbers: Tensor
    surprise: Tensor
    log_weight: Tensor
    means: Tensor
    scales: Tensor


def design(records: Arranged) -> Tensor:
    """(Z, P, N, C) columns of the mean: 1, time since the first record, covariates."""
    one = torch.ones_like(records.time)
    return torch.cat(
        [torch.stack([one, records.time.clamp(-LONGEST_SLOPE, LONGEST_SLOPE)], -1), records.x], -1
    )


def of_study(models: CourseModels, lenders: Arranged) -> StudyEvidence:
    """Condition the library on the lenders' series, and keep the KEPT models of largest weight.

    Models of curves, of which more can be known than of patients, are then refined around the best ones.
    """
    found = _conditioned(models, lenders)
    if not bool(lenders.seen.any()):
        return found
    for jitter in REFINEMENTS if models.kind == CURVES else ():
        found = _conditioned(found.models.around(found.log_weight, *REFINED, jitter), lenders)
    return found if found.scale.shape[-1] <= KEPT else _strongest(found)


def _conditioned(models: CourseModels, lenders: Arranged) -> StudyEvidence:
    """Posterior of mean, effects and scale under each model, and the models' evidence."""
    y = lenders.y.clamp(-FARTHEST, FARTHEST)
    seen = lenders.seen
    columns = design(lenders)
    prior = _prior_precision(models, columns)
    root = torch.linalg.cholesky(_seen_covariance(models, lenders))
    both = torch.cat([y.unsqueeze(-1), columns.unsqueeze(1).expand(-1, y.shape[1], -1, -1, -1)], -1)
    both = (both * seen.unsqueeze(-1)).unsqueeze(3)  # (Z, D, L, 1, N, 1 + C)
    white = torch.linalg.solve_triangular(root, both.expand(-1, -1, -1, root.shape[3], -1, -1), upper=False)
    gram = (white.transpose(-1, -2) @ white).sum(2)
    precision = gram[..., 1:, 1:] + torch.diag_embed(prior)
    inner = torch.linalg.cholesky(precision)
    moment = gram[..., 1:, :1]
    effects = torch.cholesky_solve(moment, inner)
    rest = (gram[..., 0, 0] - (effects * moment).sum((-1, -2))).clamp(min=0.0)
    count = seen.sum((2, 3)).unsqueeze(-1)
    freedom = models.freedom
    log_weight = -(
        _log_diagonal(root).sum(2)
        + _log_diagonal(inner)
        - 0.5 * prior.log().sum(-1)
        + 0.5 * (freedom + count) * torch.log1p(rest / freedom)
    )
    log_weight = log_weight * (models.most_evidence / count.clamp(min=1.0)).clamp(max=1.0)
    scale = (freedom + rest) / (freedom + count)
    told = white[..., 0] - (white[..., 1:] @ effects.unsqueeze(2)).squeeze(-1)
    unit = torch.eye(inner.shape[-1], dtype=inner.dtype, device=inner.device)
    back = torch.linalg.solve_triangular(inner, unit, upper=False)
    return StudyEvidence(
        models,
        log_weight,
        scale,
        (freedom + count).clamp(max=MOST_FREEDOM),
        effects.squeeze(-1),
        back.transpose(-1, -2),
        _surprise(log_weight, scale, told) * seen,
    )


def _strongest(study: StudyEvidence) -> StudyEvidence:
    """The same with the KEPT models of largest weight."""
    models, place = study.models.strongest(study.log_weight, KEPT)
    wide = place.unsqueeze(-1).expand(-1, -1, -1, study.effects.shape[-1])
    square = wide.unsqueeze(-1).expand(-1, -1, -1, -1, study.effects.shape[-1])
    return replace(
        study,
        models=models,
        log_weight=study.log_weight.gather(2, place),
        scale=study.scale.gather(2, place),
        effects=study.effects.gather(2, wide),
        root=study.root.gather(2, square),
    )


def _surprise(log_weight: Tensor, scale: Tensor, told: Tensor) -> Tensor:
    """(Z, D, P, N) of whitened residuals (Z, D, P, S, N)."""
    weight = log_weight.softmax(-1) / scale.sqrt()
    return torch.einsum("zdpsn,zds->zdpn", told, weight)


def of_patients(study: StudyEvidence, own: Arranged, at: Tensor) -> OwnForecast:
    """Predict the records at positions `at` (Q,) from the own records before each of them."""
    models = study.models
    columns = design(own).unsqueeze(1).unsqueeze(3)  # (Z, 1, P, 1, N, C)
    level = (columns @ study.effects[:, :, None, :, :, None]).squeeze(-1)  # (Z, D, P, S, N)
    unsure = columns @ study.root[:, :, None]
    covariance = models.covariance(own.time.unsqueeze(1), own.time.unsqueeze(1)) + unsure @ unsure.transpose(
        -1, -2
    )
    noise = models.noise.unsqueeze(-1)
    seen = own.seen.unsqueeze(3)
    residual = (own.y.clamp(-FARTHEST, FARTHEST).unsqueeze(3) - level) * seen
    root = torch.linalg.cholesky(_masked(covariance, seen, noise))
    before = torch.arange(own.time.shape[-1], device=at.device).unsqueeze(1) < at  # (N, Q)
    asked = covariance[..., at] * seen.unsqueeze(-1)
    white = torch.linalg.solve_triangular(root, torch.cat([residual.unsqueeze(-1), asked], -1), upper=False)
    told, reach = white[..., :1], white[..., 1:] * before
    mean = level[..., at] + (reach * told).sum(-2)
    variance = covariance.diagonal(dim1=-2, dim2=-1)[..., at] + noise - reach.square().sum(-2)
    square = told.square().squeeze(-1) @ before.to(told.dtype)
    size = torch.diagonal(root, dim1=-2, dim2=-1).log() @ before.to(told.dtype)
    by_model = _ByModel(mean, variance, square, size, level[..., at])
    surprise = _surprise(study.log_weight, study.scale, told.squeeze(-1)) * own.seen
    return _mixed(study, by_model, seen @ before.to(told.dtype), surprise)


@dataclass(frozen=True)
class _ByModel:
    """By model (Z, D, P, S, Q): mean, variance, sum of squares and log determinant of own records, cohort's mean."""

    mean: Tensor
    variance: Tensor
    square: Tensor
    size: Tensor
    cohort: Tensor


def _mixed(study: StudyEvidence, found: _ByModel, count: Tensor, surprise: Tensor) -> OwnForecast:
    """Average over models by their evidence; count (Z, D, P, 1, Q) of own values."""
    scale, freedom = study.scale[:, :, None, :, None], study.freedom[:, :, None, :, None]
    fit = torch.log1p(found.square / (freedom * scale))
    own = -0.5 * (freedom + count) * fit - found.size - 0.5 * count * scale.log()
    log_weight = (study.log_weight[:, :, None, :, None] + own).log_softmax(3)
    weight = log_weight.exp()
    patients_scale = (freedom * scale + found.square) / (freedom + count)
    variance = patients_scale * found.variance.clamp(min=1e-7)
    mean = (weight * found.mean).sum(3)
    sd = (weight * (variance + (found.mean - mean.unsqueeze(3)).square())).sum(3).sqrt()
    numbers = weight.transpose(-1, -2) @ study.models.described()
    ample = 0.5 * ((weight * patients_scale).sum(3)).log()
    effective = weight.square().sum(3).reciprocal().log()
    described = torch.cat([numbers, effective.unsqueeze(-1), ample.unsqueeze(-1)], -1)
    by_model = [t.transpose(-1, -2) for t in (log_weight, found.mean, variance.sqrt())]
    return OwnForecast(mean, sd, (weight * found.cohort).sum(3), described, surprise, *by_model)


def _seen_covariance(models: CourseModels, records: Arranged) -> Tensor:
    """(Z, D, P, S, N, N) covariance with noise of observed values; unobserved ones stand apart with variance 1."""
    time = records.time.unsqueeze(1)
    return _masked(models.covariance(time, time), records.seen.unsqueeze(3), models.noise.unsqueeze(-1))


def _masked(covariance: Tensor, seen: Tensor, noise: Tensor) -> Tensor:
    both = covariance * (seen.unsqueeze(-1) * seen.unsqueeze(-2))
    return both + torch.diag_embed(noise * seen + 1.0 - seen)


def _prior_precision(models: CourseModels, columns: Tensor) -> Tensor:
    """(S, C) or (Z, D, S, C) of mean, drift and covariate effects."""
    effect = models.effect if models.effect.ndim == 1 else models.effect.squeeze(2)
    effects = (1.0 / effect).unsqueeze(-1).expand(*effect.shape, columns.shape[-1] - 2)
    fixed = torch.tensor([1.0 / models.mean, 1.0 / models.drift], dtype=effects.dtype, device=effects.device)
    return torch.cat([fixed.expand(*effect.shape, -1), effects], -1)


def _log_diagonal(root: Tensor) -> Tensor:
    return torch.diagonal(root, dim1=-2, dim2=-1).log().sum(-1)
