"""Records of subjects as the closed form reads them: float64, subjects last, times in a cohort's time unit."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from meta_med.episodes.batch import Records
from meta_med.learners.closed_form.courses.course_library import LONGEST_SLOPE, Moments
from meta_med.learners.networks.lenders import Lenders
from meta_med.prediction import columns_of

PRIOR_GAPS = 4.0  # gaps that the learned time unit counts for
SMALLEST_GAP = 1e-6  # years


@dataclass(frozen=True)
class Series:
    """N records of B subjects.

    Attributes:
        moments: their times; columns: (C, N, B) of the mean; y, seen: (D, N, B) values, and 1 where observed, else 0.

    """

    moments: Moments
    columns: Tensor
    y: Tensor
    seen: Tensor

    @classmethod
    def of(
        cls, rows: Records, columns: Tensor, first: Tensor, unit: Tensor, outcomes: Sequence[int]
    ) -> "Series":
        """From cleaned records.

        Args:
            rows: (B, N); columns: (B, N, E) inputs of the mean; outcomes: positions of the D outcomes.
            first: (B,) each subject's `first_time`; unit: (B,) years.

        """
        moments = moments_of(rows.time.double(), first, unit)
        fixed = torch.stack([torch.ones_like(moments.since), moments.since])
        y, seen = (columns_of(part, outcomes).double().permute(2, 1, 0) for part in (rows.y, rows.y_observed))
        return cls(moments, torch.cat([fixed, columns.double().permute(2, 1, 0)]), y, seen)


def with_newest_covariates(query: Records, support: Records) -> Records:
    """The query (B, Q) with each covariate that it hides as in the newest own record that has it.

    A covariate that is measured at the visit is unknown before it. Counted as zero, its effect among the lenders, whose
    records have it, would be taken off the prediction of everybody. Of several records of one time it is the mean.
    """
    if not support.present.shape[1] or query.x.dim() != 3:
        return query
    seen = support.x_observed & support.present.unsqueeze(-1)
    time = torch.where(seen, support.time.unsqueeze(-1), -torch.inf)
    newest = seen & (time == time.amax(1, keepdim=True))
    value = (support.x * newest).sum(1, keepdim=True) / newest.sum(1, keepdim=True).clamp(min=1)
    x = torch.where(query.x_observed, query.x, value)
    observed = query.x_observed | (seen.any(1, keepdim=True) & query.present.unsqueeze(-1))
    return replace(query, x=x * observed, x_observed=observed)


def moments_of(time: Tensor, first: Tensor, unit: Tensor) -> Moments:
    """Times (B, N) in time units; `since` is 0 where there is no first record."""
    first = first.unsqueeze(1)
    since = time - torch.where(first.isfinite(), first, time)  # before dividing: infinity has no gradient
    since = (since / unit.unsqueeze(1)).clamp(-LONGEST_SLOPE, LONGEST_SLOPE)
    return Moments((time / unit.unsqueeze(1)).T, since.T)


def first_time(records: Records) -> Tensor:
    """(B,) time of the first record, infinite where there is none."""
    time = torch.where(records.present, records.time.double(), torch.inf)
    return time.amin(1) if time.shape[1] else time.new_full((len(time),), torch.inf)


def time_unit(context: Lenders, log_unit: Tensor) -> Tensor:
    """(K,) years: geometric mean of the lenders' gaps between two records, and of PRIOR_GAPS learned ones."""
    log_unit, series = log_unit.double(), context.series
    if context.empty or series.present.shape[2] < 2:
        return log_unit.exp().expand(len(series))
    time = series.time.double()
    ordered = torch.where(series.present, time, torch.full_like(time, torch.inf)).sort(-1).values
    later, earlier = ordered[..., 1:], ordered[..., :-1]
    real = later.isfinite() & (later > earlier)
    gaps = torch.where(real, later, 1.0) - torch.where(real, earlier, 0.0)
    log_gaps = gaps.clamp(min=SMALLEST_GAP).log().sum((1, 2))
    return ((log_gaps + PRIOR_GAPS * log_unit) / (real.double().sum((1, 2)) + PRIOR_GAPS)).exp()
