"""Centre, spread and time unit of a study as its lenders tell them, and records in these units.

A study without lenders is taken to be in such units already: centre 0, spread 1, a record per time unit.
"""

from dataclasses import dataclass

import torch
from torch import Tensor

from meta_med.study_core.study import Series

FARTHEST = 12.0  # values in the closed form and in features are clipped to this many spreads
FARTHEST_COVARIATE = 5.0
LONGEST = 200.0  # time units


@dataclass(frozen=True)
class Units:
    """Centre and spread of outcomes (Z, D) and covariates (Z, F); gap (Z,), typical time between records."""

    centre: Tensor
    spread: Tensor
    x_centre: Tensor
    x_spread: Tensor
    gap: Tensor

    @classmethod
    def of(cls, lenders: Series) -> "Units":
        """Mean and standard deviation of the lenders' values; geometric mean of the gaps between their records.

        A covariate in which lenders do not differ has no effect on the prediction: its spread is infinite.
        """
        centre, spread = _moments(lenders.y)
        x_centre, x_spread = _moments(lenders.x)
        spread = torch.where(spread > 0, spread, 1.0)
        x_spread = torch.where(x_spread > 0, x_spread, torch.inf)
        return cls(centre, spread, x_centre, x_spread, _typical_gap(lenders.time))


def _moments(values: Tensor) -> tuple[Tensor, Tensor]:
    """(Z, D) mean and standard deviation of (Z, L, N, D); 0 where no value, or no difference, is seen."""
    seen = ~values.isnan()
    count = seen.sum((1, 2)).clamp(min=1)
    mean = values.nan_to_num().sum((1, 2)) / count
    away = torch.where(seen, values.nan_to_num() - mean[:, None, None], 0.0)
    spread = (away.square().sum((1, 2)) / count).sqrt()
    told = spread > 1e-6 * (mean.abs() + 1e-30)
    return mean, torch.where(told, spread, 0.0)


def _typical_gap(time: Tensor) -> Tensor:
    """(Z,) of sorted times (Z, L, N), padding first; 1 without two records of one patient."""
    gaps = time.diff(dim=-1)
    real = gaps > 0
    log_gaps = torch.where(real, gaps, torch.ones_like(gaps)).log().sum((1, 2))
    count = real.sum((1, 2))
    return torch.where(count > 0, (log_gaps / count.clamp(min=1)).exp(), 1.0)


@dataclass(frozen=True)
class Arranged:
    """Records of P patients in a study's units; unseen values are 0.

    Attributes:
        time (Z, P, N): since the patient's first record; present (Z, P, N): 1 for a record, 0 for padding.
        y, seen (Z, D, P, N): outcomes and 1 where observed; x (Z, P, N, F): covariates, 0 where unknown.

    """

    time: Tensor
    present: Tensor
    y: Tensor
    seen: Tensor
    x: Tensor


def arrange(series: Series, units: Units) -> Arranged:
    """Records in a study's units."""
    present = ~series.time.isnan()
    first = torch.where(present, series.time, torch.inf).amin(-1, keepdim=True)
    since = torch.where(present, series.time - first, 0.0) / units.gap[:, None, None]
    y = (series.y - units.centre[:, None, None]) / units.spread[:, None, None]
    x = (series.x - units.x_centre[:, None, None]) / units.x_spread[:, None, None]
    seen = ~y.isnan() & present.unsqueeze(-1)
    return Arranged(
        since.clamp(-LONGEST, LONGEST),
        present.to(since.dtype),
        torch.where(seen, y, 0.0).permute(0, 3, 1, 2),
        seen.permute(0, 3, 1, 2).to(since.dtype),
        x.nan_to_num().clamp(-FARTHEST_COVARIATE, FARTHEST_COVARIATE),
    )
