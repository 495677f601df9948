"""The pretrained series core of the neural process in a study, and its inputs from records.

The weights are bundled with the package: a `SeriesCore` pretrained on simulated patients only. `meta-med pretrain`
reproduces them; the exact command is in their facts.
"""

import copy
import itertools
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from meta_med import checkpoints
from meta_med.episodes.batch import EpisodeBatch, Records
from meta_med.learners.model_based.series_core import (
    OwnSeries,
    SeriesCore,
    SeriesDescriptor,
    SeriesForecast,
    summarise,
    summarise_others,
)
from meta_med.learners.networks.lenders import Lenders
from meta_med.outcomes import OutcomeLayout
from meta_med.prediction import columns_of
from meta_med.randomness import OwnRandomness

WEIGHTS = Path(__file__).parents[1] / "weights" / "neural_process"


class WeightsDoNotFit(RuntimeError):
    """Pretrained weights are missing, damaged or of another version of the network."""


class Pretrained(nn.Module):
    """A core and its descriptor of series."""

    def __init__(self, series: SeriesCore, describe: SeriesDescriptor) -> None:
        super().__init__()
        self.series, self.describe = series, describe


@lru_cache(maxsize=4)
def load(folder: Path = WEIGHTS) -> Pretrained:
    """Load the pretrained network of a folder; it is cached, so copy it before changing it. No network access.

    Raises:
        WeightsDoNotFit: the weights are missing or damaged, or are not those of this version's network.

    """
    try:
        tensors, facts = checkpoints.load(folder)
        found = _blank(facts)
        found.load_state_dict(tensors)
    except (checkpoints.CheckpointError, RuntimeError, TypeError, KeyError) as error:
        raise WeightsDoNotFit(
            "neural_process: the pretrained weights do not fit this version's network; reproduce them by "
            f"`meta-med pretrain`, or choose `pretrained: false` ({type(error).__name__}: {error})"
        ) from None
    return found.eval().requires_grad_(False)


def _blank(facts: dict[str, Any]) -> Pretrained:
    sizes: dict[str, int] = facts["sizes"]
    with OwnRandomness(0).active():  # these weights are replaced by those of the file
        describe = SeriesDescriptor(len(facts["hyper_parameters"]), sizes["descriptor"])
        return Pretrained(SeriesCore(**sizes), describe)


STRIDE = 30.0  # factor of descriptors' learning rate: they are few numbers with far to move
FACTORS, SMALL = 3, 0.05


class SeriesPath(nn.Module):
    """The core with one series per free target column: an outcome's values, the second class of two, or each class of
    more. A series has its own descriptor, which starts at "nothing known", and its own loading."""

    def __init__(self, layout: OutcomeLayout) -> None:
        super().__init__()
        self.layout = layout
        self.columns = tuple(itertools.chain.from_iterable(_series_of(layout)))
        layout.refuse_other_forms("neural_process: the pretrained core")
        scaled = set(layout.scaled_columns)
        classes = torch.tensor([float(column not in scaled) for column in self.columns])
        pretrained = load()
        self.core = copy.deepcopy(pretrained.series).requires_grad_(True)
        self.register_buffer("classes", classes)
        self.register_buffer("start", pretrained.describe.undescribed(classes))
        self.moved = nn.Parameter(torch.zeros_like(self.get_buffer("start")))
        self.loadings = nn.Parameter(SMALL * torch.randn(len(self.columns), FACTORS))

    def forward(self, query: Records, support: Records, others: Tensor) -> SeriesForecast:
        """Forecasts (B, Q, series) of the query from own records (B, S) and the cohort's summary (B, series, 3)."""
        n = query.present.shape[1]
        values, seen = (
            columns_of(t, self.columns) for t in self.layout.targets(support.y, support.y_observed)
        )
        age = (query.time.unsqueeze(2) - support.time.unsqueeze(1)).flatten(0, 1)
        values, seen, others = (t.repeat_interleave(n, 0) for t in (values, seen, others))
        usable = seen & (age > 0).unsqueeze(-1)
        classes = self.get_buffer("classes")
        summary = summarise(OwnSeries(values, usable.to(values.dtype), age, others, classes))
        descriptor = self.get_buffer("start") + STRIDE * self.moved
        found: SeriesForecast = self.core(summary, descriptor, self.loadings)
        shape = (-1, n, len(self.columns))
        return SeriesForecast(found.location.view(shape), found.raw_scale.view(shape), found.raw_df)

    def others(self, context: Lenders) -> Tensor:
        """(K, series, 3): summary of the cohorts' other patients, each of whom weighs the same."""
        values, seen = self.layout.targets(context.records.y, context.records.y_observed)
        weights = context.even(seen.to(values.dtype))
        return summarise_others(columns_of(values, self.columns), columns_of(weights, self.columns))

    def columns_from(self, series: Tensor) -> Tensor:
        """(..., M) target columns of (..., series): the first class of two is the reference, 0."""
        parts, at = [], 0
        for columns, width in zip(_series_of(self.layout), self._widths(), strict=True):
            own = series[..., at : at + len(columns)]
            parts.append(own if len(columns) == width else torch.cat([torch.zeros_like(own), own], -1))
            at += len(columns)
        return torch.cat(parts, -1)

    def scaled_from(self, series: Tensor) -> Tensor:
        """(..., Dc) of (..., series)."""
        places = [self.columns.index(column) for column in self.layout.scaled_columns]
        return columns_of(series, places)

    def _widths(self) -> list[int]:
        return [outcome.width for outcome in self.layout.outcomes]


def _series_of(layout: OutcomeLayout) -> list[list[int]]:
    """The target columns of each outcome that are series."""
    every = [list(range(columns.start, columns.stop)) for columns in layout.columns]
    return [columns[1:] if len(columns) == 2 else columns for columns in every]


class Clock(nn.Module):
    """A study's unit of time: the typical time between the newest own record and the one to predict.

    Set by the first training episodes with own records, and then fixed; before, it is a year.
    """

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("unit", torch.ones(()))
        self.register_buffer("set", torch.zeros((), dtype=torch.bool))

    def set_unit(self, batch: EpisodeBatch) -> None:
        """Geometric mean over the batch of the age of the newest own record; it reads no value on the host."""
        support, query = batch.support, batch.query
        if support.present.shape[1] == 0:
            return
        present = support.present & query.present[:, :1]
        age = query.time[:, :1] - support.time
        newest = torch.where(present, age, torch.full_like(age, torch.inf)).amin(1)
        counts = present.any(1) & (newest > 0)
        log_age = torch.where(counts, newest, torch.ones_like(newest)).log().sum() / counts.sum().clamp(min=1)
        unit, done = self.get_buffer("unit"), self.get_buffer("set")
        now = counts.any() & ~done
        unit.copy_(torch.where(now, log_age.exp().to(unit.dtype), unit))
        done.logical_or_(now)

    def rescaled(self, records: Records) -> Records:
        """The records with their times in the study's unit."""
        return replace(records, time=records.time / self.get_buffer("unit"))
