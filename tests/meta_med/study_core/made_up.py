"""Small made-up studies for the tests of the study-in-context core."""

from dataclasses import replace

import torch

from meta_med.study_core.core import StudyCore
from meta_med.study_core.study import Series, StudyInContext


def made_up_study(seed: int = 0, lenders: int = 8, outcomes: int = 2, covariates: int = 1) -> StudyInContext:
    """Patients with levels of their own; some values are missing, own records are padded in front."""
    g = torch.Generator().manual_seed(seed)
    lent = _series(g, lenders, 6, outcomes, covariates)
    own = _series(g, 5, 4, outcomes, covariates)
    own.time[0, 0, :3], own.time[0, 1, :] = torch.nan, torch.nan
    return StudyInContext(
        lent, own, 6.0 + torch.rand(1, 5, generator=g), torch.randn(1, 5, covariates, generator=g)
    )


def _series(g: torch.Generator, patients: int, n: int, outcomes: int, covariates: int) -> Series:
    time = torch.rand(1, patients, n, generator=g).cumsum(-1)
    level = torch.randn(1, patients, 1, outcomes, generator=g)
    y = level + 0.4 * torch.randn(1, patients, n, outcomes, generator=g)
    y[torch.rand(y.shape, generator=g) < 0.15] = torch.nan
    return Series(time, y, torch.randn(1, patients, n, covariates, generator=g))


def stirred(core: StudyCore, seed: int = 3) -> StudyCore:
    """The core with weights that are far from their start, so that a law does not hold by an output of zero."""
    g = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for parameter in core.network.parameters():
            parameter.add_(0.15 * torch.randn(parameter.shape, generator=g))
    return core


def with_lenders(study: StudyInContext, lenders: Series) -> StudyInContext:
    return replace(study, lenders=lenders)


def with_own(study: StudyInContext, own: Series) -> StudyInContext:
    return replace(study, own=own)
