"""The fitted predictors of a study, their forecasts, and how they are saved."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import torch
from torch import Tensor

from meta_med.baselines.baseline import Baseline
from meta_med.baselines.registry import fitted_on_series
from meta_med.episodes.batch import Records
from meta_med.episodes.episode_arrays import Episodes
from meta_med.episodes.input_checks import VALUES, trusting
from meta_med.episodes.input_errors import NotFinitePrediction
from meta_med.episodes.patient_episodes import episodes_at
from meta_med.episodes.prepared import Prepared
from meta_med.episodes.queries import Queries, join_queries
from meta_med.forecast import Forecast, bounded, concatenate, empty_forecast, from_prediction, pool
from meta_med.learners.learner import Adapted, OfCohorts
from meta_med.meta_train.chunks import chunks
from meta_med.meta_train.outer_loop import Trained
from meta_med.meta_train.saved_predictors import load_baseline, load_learner, part_folder
from meta_med.outcomes import OutcomeLayout
from meta_med.prediction import Prediction

UN_ADAPTED, CHAMPION, CHOSEN_BASELINE = "un_adapted", "champion", "chosen_baseline"
BLOCK = 16384  # queries of a baseline


def _predicted(adapted: Adapted, query: Records) -> Prediction:
    """Predict; NaN or infinity for subjects whose records overflow.

    Such a patient is withheld later, and does not stop the predictions of all others.
    """
    try:
        return adapted.predict(query)
    except NotFinitePrediction:
        with trusting(VALUES):
            return adapted.predict(query)


def _equal_pool(parts: Sequence[Forecast], layout: OutcomeLayout) -> Forecast:
    if len(parts) == 1:
        return parts[0]
    return pool(parts, np.full((len(parts), len(layout.outcomes)), 1.0 / len(parts)), layout)


@dataclass(frozen=True)
class Answered:
    """R queries with every predictor's forecast."""

    queries: Queries
    forecasts: dict[str, Forecast]


@dataclass(frozen=True)
class FittedPredictors:
    """All predictors of a study.

    Attributes:
        learners: learners that are meta-trained; baselines: what they are compared with.
        closed_forms: learners that are fitted in closed form on all training series, as baselines are.
        block: subjects who are served together; see `serving.blocks`.

    Each predictor has one fit or several, whose forecasts are averaged: a learner's seeds, the fits without each part.
    """

    learners: Mapping[str, Sequence[Trained]]
    baselines: Mapping[str, Sequence[Baseline]]
    closed_forms: Mapping[str, Sequence[Baseline]] = field(default_factory=dict)
    block: int = 256

    @property
    def personalised(self) -> tuple[str, ...]:
        """Names of all learners of the study."""
        return (*self.learners, *self.closed_forms)

    def only(self, names: Container[str]) -> "FittedPredictors":
        """Some of them."""
        learners = {name: fits for name, fits in self.learners.items() if name in names}
        closed, baselines = (
            {name: fits for name, fits in group.items() if name in names}
            for group in (self.closed_forms, self.baselines)
        )
        return FittedPredictors(learners, baselines, closed, self.block)

    def learner_forecast(self, name: str, prepared: Prepared, queries: Queries) -> Forecast:
        """A learner's forecast, pooled over its seeds."""
        cohort = torch.as_tensor(queries.cohort(prepared.table), device=prepared.records.cohort.device)
        parts, order = [], []
        for chunk in chunks(cohort):
            subjects = chunk.subjects.cpu().numpy()
            of_cohorts = self.of_cohorts(prepared, chunk.cohorts, (name,))
            parts.append(of_cohorts.forecast(name, queries.take(subjects), chunk.cohort))
            order.append(subjects)
        return concatenate(parts).take(np.argsort(np.concatenate(order)))

    def of_cohorts(
        self, prepared: Prepared, cohorts: Tensor, names: Sequence[str] | None = None
    ) -> "LearnersOfCohorts":
        """The learners adapted to some cohorts, for any number of their subjects; `names`: by default all learners."""
        context, adapted = prepared.context.select(cohorts), {}
        for name in self.learners if names is None else names:
            device = next(self.learners[name][0].learner.parameters()).device
            with torch.no_grad():
                adapted[name] = [t.learner.of_cohorts(context.to(device)) for t in self.learners[name]]
        return LearnersOfCohorts(prepared, adapted)

    def forecasts(self, prepared: Prepared, queries: Queries) -> dict[str, Forecast]:
        """Forecasts of all learners, all baselines, and `un_adapted`: the pool of learners without support (k = 0).

        Their centres are clipped to the outcomes' hard ranges.
        """
        if not len(queries):
            names = (*self.personalised, *self.baselines, UN_ADAPTED)
            return dict.fromkeys(names, empty_forecast(prepared.layout))
        out = {name: self.learner_forecast(name, prepared, queries) for name in self.learners}
        out |= forecasts_of({**self.closed_forms, **self.baselines}, prepared, queries)
        out[UN_ADAPTED] = self.un_adapted(prepared, queries)
        limits = prepared.scaling.limits(queries.cohort(prepared.table))
        return {name: bounded(forecast, limits) for name, forecast in out.items()}

    def answers(self, prepared: Prepared, requests: Sequence[Queries]) -> list[Answered]:
        """Forecasts of several lists of queries in one pass; a query in several lists is predicted once."""
        joined = join_queries(requests)
        _, first, same = np.unique(joined.key, return_index=True, return_inverse=True)
        once = self.forecasts(prepared, joined.take(first))
        places = np.split(same, np.cumsum([len(queries) for queries in requests])[:-1])
        return [
            Answered(queries, {name: f.take(place) for name, f in once.items()})
            for queries, place in zip(requests, places, strict=True)
        ]

    def un_adapted(self, prepared: Prepared, queries: Queries) -> Forecast:
        """The cohort's prediction: the equal-weight pool of the learners without own records."""
        plain = queries.at_most(0)
        _, first, same = np.unique(plain.key, return_index=True, return_inverse=True)
        once = plain.take(first)  # without own records all support sizes give the same query
        parts = [self.learner_forecast(name, prepared, once) for name in self.learners]
        parts += forecasts_of(self.closed_forms, prepared, once).values()
        return _equal_pool(parts, prepared.layout).take(same)

    @classmethod
    def load(cls, folder: Path, prepared: Prepared) -> "FittedPredictors":
        """Read the predictors of a study from the folder that `fit_all` wrote.

        Where subjects are divided into parts, they are the averages of the fits without each part.
        """
        study = prepared.study
        if prepared.splits.cross_fitted:
            return averaged([part.fitted for part in load_parts(folder, prepared)])
        trained = [spec for spec in study.learners if not fitted_on_series(spec.name)]
        closed = [spec.name for spec in study.learners if fitted_on_series(spec.name)]
        return cls(
            {spec.name: load_learner(folder, spec, prepared) for spec in trained},
            {name: [load_baseline(folder / name, name, prepared.layout)] for name in study.baselines},
            {name: [load_baseline(folder / name, name, prepared.layout)] for name in closed},
        )


@dataclass(frozen=True)
class LearnersOfCohorts:
    """The learners adapted to K cohorts of a study, each with its seeds."""

    prepared: Prepared
    seeds: Mapping[str, Sequence[OfCohorts]]

    def forecast(self, name: str, queries: Queries, cohort: Tensor) -> Forecast:
        """A learner's forecast of R queries, pooled over its seeds; `cohort`: LongTensor (R,) among the K."""
        prepared, seeds = self.prepared, self.seeds[name]
        batch = episodes_at(prepared.records, seeds[0].context, queries, prepared.study.budget.max_support)
        device = seeds[0].context.time.device
        cohort, support, query = cohort.to(device), batch.support.to(device), batch.query.to(device)
        with torch.no_grad():
            parts = [from_prediction(_predicted(seed.adapt(cohort, support), query)) for seed in seeds]
        return _equal_pool(parts, prepared.layout)


def averaged(fits: Sequence[FittedPredictors]) -> FittedPredictors:
    """The predictors whose forecasts are the means of those of several fits."""

    def all_fits(kind: str) -> dict[str, list[Any]]:
        return {
            name: [one for fit in fits for one in getattr(fit, kind)[name]] for name in getattr(fits[0], kind)
        }

    return FittedPredictors(all_fits("learners"), all_fits("baselines"), all_fits("closed_forms"))


def forecast_of(fits: Sequence[Baseline], episodes: Episodes) -> Forecast:
    """The mean of the forecasts of a baseline's fits."""
    return _equal_pool([fit.forecast(episodes) for fit in fits], fits[0].layout)


def forecasts_of(
    baselines: Mapping[str, Sequence[Baseline]], prepared: Prepared, queries: Queries
) -> dict[str, Forecast]:
    """The forecast of every baseline, in blocks whose episodes fit into memory."""
    pieces = np.array_split(np.arange(len(queries)), max(1, -(-len(queries) // BLOCK)))
    found: dict[str, list[Forecast]] = {name: [] for name in baselines}
    for piece in pieces if baselines else ():
        episodes = prepared.episodes(queries.take(piece))
        for name, fits in baselines.items():
            found[name].append(forecast_of(fits, episodes))
    return {name: concatenate(parts) for name, parts in found.items()}


@dataclass(frozen=True)
class PartFit:
    """The predictors that were fitted without a part of the subjects, and the records that have that part left out."""

    prepared: Prepared
    fitted: FittedPredictors


def load_parts(folder: Path, prepared: Prepared) -> list[PartFit]:
    """The fits without each part from the folder that `fit_all` wrote; none where subjects are divided once."""
    if not prepared.splits.cross_fitted:
        return []
    each = [(part_folder(part), prepared.of_part(part)) for part in range(prepared.splits.parts)]
    return [PartFit(left, FittedPredictors.load(folder / name, left)) for name, left in each]


def training_table(fitted: FittedPredictors, parts: Sequence[PartFit]) -> pd.DataFrame:
    """One row per learner, seed and fit: the part that it was fitted without, steps, tuning loss, why it stopped."""
    fits = [(str(i + 1), part.fitted) for i, part in enumerate(parts)] or [("", fitted)]
    rows = [
        (name, i, without, t.history[-1]["step"], _best(t), t.stopped or "")
        for without, one in fits
        for name, seeds in one.learners.items()
        for i, t in enumerate(seeds)
    ]
    columns = ["learner", "seed", "without_part", "steps", "best_tuning_loss", "stopped"]
    return pd.DataFrame(rows, columns=columns)


def _best(trained: Trained) -> float:
    return min(float(h["tuning_loss"]) for h in trained.history)


def load_fits(folder: Path, name: str, prepared: Prepared) -> list[Baseline]:
    """The fits of one baseline from the folder that `fit_all` wrote."""
    parts = range(prepared.splits.parts) if prepared.splits.cross_fitted else ()
    places = [folder / part_folder(part) for part in parts] or [folder]
    return [load_baseline(place / name, name, prepared.layout) for place in places]
