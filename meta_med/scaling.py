"""Model scale: logs where the field uses them, then standardised by training subjects only."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from meta_med.records import Bools, Floats, Ints, RecordTable
from meta_med.study import OutcomeSpec


@dataclass(frozen=True)
class Scaling:
    """Affine maps of covariates and outcomes; binary outcomes stay 0/1. All lists, so that it is JSON.

    `x_used` are the columns that models see: a category that no training subject has is left out.
    """

    x_used: list[bool]
    x_log: list[bool]
    x_mean: list[float]
    x_sd: list[float]
    y_log: list[bool]
    y_mean: list[float]
    y_sd: list[float]

    def covariates(self, x: Floats) -> Floats:
        """(n, F) to the used columns on model scale; NaN stays NaN, a non-positive value under a log becomes NaN."""
        scaled = (_log(x, self.x_log) - np.asarray(self.x_mean)) / np.asarray(self.x_sd)
        return np.asarray(scaled[:, self.used])

    @property
    def used(self) -> Ints:
        """Indices of the used columns."""
        return np.flatnonzero(self.x_used)

    def outcomes(self, y: Floats) -> Floats:
        """(n, D) from clinical units to model scale."""
        return np.asarray((_log(y, self.y_log) - np.asarray(self.y_mean)) / np.asarray(self.y_sd))

    def clinical(self, z: Floats, outcome: int) -> Floats:
        """Values of one outcome from model scale back to clinical units (medians and quantiles map exactly)."""
        value = z * self.y_sd[outcome] + self.y_mean[outcome]
        return np.exp(value) if self.y_log[outcome] else value

    def to_json(self) -> dict[str, Any]:
        """Plain lists."""
        return asdict(self)


def fit_scaling(table: RecordTable, outcomes: Sequence[OutcomeSpec], train: Bools) -> Scaling:
    """Means and standard deviations over the records of training subjects (n_subjects mask)."""
    rows = table.rows_of(train)
    x = _log(table.x[rows], table.log_covariate)
    y_log = [o.scale == "log" for o in outcomes]
    y = _log(table.y[rows], y_log)
    binary = np.asarray([o.kind == "binary" for o in outcomes])
    x_mean, x_sd = _moments(x)
    y_mean, y_sd = _moments(y)
    category = np.asarray(["=" in name for name in table.covariates])
    return Scaling(
        x_used=(~category | (np.nan_to_num(table.x[rows]) > 0).any(0)).tolist(),
        x_log=list(table.log_covariate),
        x_mean=x_mean.tolist(),
        x_sd=x_sd.tolist(),
        y_log=y_log,
        y_mean=np.where(binary, 0.0, y_mean).tolist(),
        y_sd=np.where(binary, 1.0, y_sd).tolist(),
    )


def _log(values: Floats, where: Sequence[bool]) -> Floats:
    out = values.astype(np.float64, copy=True)
    columns = np.flatnonzero(np.asarray(where, dtype=bool))
    part = out[:, columns]
    out[:, columns] = np.log(np.where(part > 0, part, np.nan))
    return out


def _moments(values: Floats) -> tuple[Floats, Floats]:
    count = (~np.isnan(values)).sum(0)
    mean = np.where(count > 0, np.nansum(values, 0) / np.maximum(count, 1), 0.0)
    variance = np.nansum((values - mean) ** 2, 0) / np.maximum(count, 1)
    return mean, np.where(variance > 1e-12, np.sqrt(variance), 1.0)
