"""A record table as tensors on model scale, from which any records are gathered by index arithmetic."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor

from meta_med.cohorts.record_table import Floats, RecordTable
from meta_med.episodes.batch import Records
from meta_med.episodes.queries import usable_end
from meta_med.episodes.query_covariates import QueryCovariates
from meta_med.episodes.scaling import Scaling


@dataclass(frozen=True)
class ModelRecords:
    """A record table as tensors on model scale.

    Attributes:
        x, x_observed (n, F); y, y_observed (n, D); time (n,) float64 in units of the scaling's clock; start (n,)
            first row of the row's subject; stop (n,) one past its last; end (n,) one past the newest own record
            that may be used to predict the row; subject (n,); cohort (n,), as known before the record; known_ahead
            (F,).
        ahead: the covariates that a predicted record does not have as its own; None where it has all of them.

    """

    x: Tensor
    x_observed: Tensor
    y: Tensor
    y_observed: Tensor
    time: Tensor
    start: Tensor
    stop: Tensor
    end: Tensor
    subject: Tensor
    cohort: Tensor
    known_ahead: Tensor
    ahead: QueryCovariates | None = None

    @classmethod
    def of(
        cls, table: RecordTable, scaling: Scaling, device: str = "cpu", gap_days: float = 0.0
    ) -> "ModelRecords":
        """Scale the table's columns and move them to a device once; own records within the gap are not used."""
        x, y = scaling.covariates(table.x, table.cohort), scaling.outcomes(table.y, table.cohort)
        lengths = np.diff(table.offsets)
        inputs, observed = _inputs(x)
        columns = {
            "x": inputs,
            "x_observed": observed,
            "y": torch.as_tensor(np.nan_to_num(y), dtype=torch.float32),
            "y_observed": torch.as_tensor(~np.isnan(y)),
            "time": torch.as_tensor(scaling.time(table.time, table.cohort)),
            "start": torch.as_tensor(np.repeat(table.offsets[:-1], lengths)),
            "stop": torch.as_tensor(np.repeat(table.offsets[1:], lengths)),
            "end": torch.as_tensor(usable_end(table, gap_days)),
            "subject": torch.as_tensor(table.subject),
            "cohort": torch.as_tensor(table.cohort_before),
            "known_ahead": torch.as_tensor(np.asarray(table.known_ahead)[scaling.used]),
        }
        ahead = QueryCovariates.of(table, scaling, gap_days)
        return cls(**{k: v.to(device) for k, v in columns.items()}, ahead=ahead)

    def without(self, outcomes: Sequence[int]) -> "ModelRecords":
        """The same records with these outcomes masked."""
        if not outcomes:
            return self
        observed = self.y_observed.clone()
        observed[:, list(outcomes)] = False
        return replace(self, y=torch.where(observed, self.y, 0.0), y_observed=observed)

    def gather(self, index: Tensor, present: Tensor, origin: Tensor, hide: bool = False) -> Records:
        """Records at rows `index` (B, N) where `present`; time relative to `origin` (B,).

        `hide` masks covariates that are measured at the record: a query knows only what is known ahead.
        """
        index = index.clamp(0, len(self.time) - 1)
        x_observed = self.x_observed[index]
        return Records(
            x=self.x[index],
            x_observed=x_observed & self.known_ahead if hide else x_observed,
            time=(self.time[index] - origin.unsqueeze(1)).to(torch.float32),
            y=self.y[index],
            y_observed=self.y_observed[index],
            present=present,
        ).clean()

    def support(self, rows: Tensor, end: Tensor, size: Tensor, width: int) -> Records:
        """The `size` records before `end` (B,), for the prediction of `rows`; right-aligned in `width` columns."""
        back = torch.arange(width, 0, -1, device=rows.device)
        index = end.unsqueeze(1) - back
        present = (index >= self.start[rows].unsqueeze(1)) & (back <= size.unsqueeze(1))
        return self.gather(index, present, self.time[rows])

    def query(self, rows: Tensor, end: Tensor, width: int) -> Records:
        """The row itself and the subject's following records, `width` in total, as known before `end` (B,)."""
        index = rows.unsqueeze(1) + torch.arange(width, device=rows.device)
        found = self.gather(index, index < self.stop[rows].unsqueeze(1), self.time[rows], hide=True)
        return found if self.ahead is None else self._as_known(found, self.ahead, index, end)

    def _as_known(self, found: Records, ahead: QueryCovariates, index: Tensor, end: Tensor) -> Records:
        """The records at `index` (B, Q) with the covariates that are not their own."""
        rows = index.clamp(0, len(self.time) - 1).flatten().cpu().numpy()
        ends = end.repeat_interleave(index.shape[1]).cpu().numpy()
        columns = torch.as_tensor(np.flatnonzero(ahead.moving), device=index.device)
        values, observed = (part.to(index.device) for part in _inputs(ahead.at(rows, ends)))
        x, x_observed = found.x.clone(), found.x_observed.clone()
        x[..., columns] = values.reshape(*index.shape, len(columns))
        x_observed[..., columns] = observed.reshape(*index.shape, len(columns)) & found.present.unsqueeze(-1)
        return replace(found, x=x, x_observed=x_observed).clean()


def _inputs(x: Floats) -> tuple[Tensor, Tensor]:
    """Covariates on model scale as tensors, extreme ones bounded, and where they are observed."""
    bounded = torch.as_tensor(np.nan_to_num(x).clip(-8, 8), dtype=torch.float32)
    return bounded, torch.as_tensor(~np.isnan(x))
