"""The fitted predictors of a study, their forecasts, and how they are saved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import torch
from safetensors.numpy import load_file, save_file

from meta_med import checkpoints
from meta_med.baselines.baseline import Baseline
from meta_med.baselines.registry import create_baseline, fitted_on_series
from meta_med.episodes.batch import Records
from meta_med.episodes.episode_arrays import Episodes
from meta_med.episodes.input_checks import VALUES, trusting
from meta_med.episodes.input_errors import NotFinitePrediction
from meta_med.episodes.patient_episodes import episodes_at
from meta_med.episodes.prepared import Prepared
from meta_med.episodes.queries import Queries, join_queries
from meta_med.forecast import Forecast, bounded, concatenate, empty_forecast, from_prediction, pool
from meta_med.learners import create
from meta_med.learners.learner import Adapted, Learner
from meta_med.meta_train.chunks import SubjectChunk, chunks
from meta_med.meta_train.outer_loop import Trained
from meta_med.outcomes import OutcomeLayout
from meta_med.prediction import Prediction
from meta_med.randomness import OwnRandomness
from meta_med.study import LearnerSpec

UN_ADAPTED, CHAMPION, CHOSEN_BASELINE = "un_adapted", "champion", "chosen_baseline"
BLOCK = 16384  # queries of a baseline


def new_learner(spec: LearnerSpec, prepared: Prepared, seed: int) -> Learner:
    """A learner of the study with fresh meta-parameters."""
    with OwnRandomness(seed).active():
        return create(spec.name, prepared.layout.outcomes, prepared.records.x.shape[1], **spec.chosen)


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

    Each has one fit or several, whose forecasts are averaged: a learner's seeds, the fits without each part.
    """

    learners: Mapping[str, Sequence[Trained]]
    baselines: Mapping[str, Sequence[Baseline]]
    closed_forms: Mapping[str, Sequence[Baseline]] = field(default_factory=dict)

    @property
    def personalised(self) -> tuple[str, ...]:
        """Names of all learners of the study."""
        return (*self.learners, *self.closed_forms)

    def learner_forecast(self, name: str, prepared: Prepared, queries: Queries) -> Forecast:
        """A learner's forecast, pooled over its seeds."""
        cohort = torch.as_tensor(queries.cohort(prepared.table), device=prepared.records.cohort.device)
        parts, order = [], []
        for chunk in chunks(cohort):
            subjects = chunk.subjects.cpu().numpy()
            parts.append(self._chunk(name, prepared, queries.take(subjects), chunk))
            order.append(subjects)
        return concatenate(parts).take(np.argsort(np.concatenate(order)))

    def _chunk(self, name: str, prepared: Prepared, queries: Queries, chunk: SubjectChunk) -> Forecast:
        context = prepared.context.select(chunk.cohorts)
        batch = episodes_at(prepared.records, context, queries, prepared.study.budget.max_support)
        batch = replace(batch, cohort=chunk.cohort)
        seeds = self.learners[name]
        device = next(seeds[0].learner.parameters()).device
        batch = batch.to(device)
        parts = []
        for trained in seeds:
            with torch.no_grad():
                adapted = trained.adapt(batch.context, batch.cohort, batch.support)
                parts.append(from_prediction(_predicted(adapted, batch.query)))
        return _equal_pool(parts, prepared.layout)

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
            {spec.name: _load_learner(folder, spec, prepared) for spec in trained},
            {name: [load_baseline(folder / name, name, prepared.layout)] for name in study.baselines},
            {name: [load_baseline(folder / name, name, prepared.layout)] for name in closed},
        )


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


def part_folder(part: int) -> str:
    """The folder of the fits without a part of the subjects."""
    return f"without-{part}"


def save_learner(folder: Path, trained: Trained) -> None:
    """Write one trained learner as a checkpoint, with its history."""
    facts = {
        "history": [dict(h) for h in trained.history],
        "stopped": trained.stopped,
        "device": trained.device,
    }
    checkpoints.save(folder, trained.learner.state_dict(), facts)


def _load_learner(folder: Path, spec: LearnerSpec, prepared: Prepared) -> list[Trained]:
    out = []
    for i in range(spec.seeds):
        tensors, facts = checkpoints.load(folder / f"{spec.name}-{i}")
        learner = new_learner(spec, prepared, 0)
        learner.load_state_dict(tensors)
        told = (tuple(facts["history"]), facts["stopped"], facts["device"])
        out.append(Trained(learner.eval().requires_grad_(False), *told))
    return out


def save_baseline(folder: Path, baseline: Baseline) -> None:
    """Arrays and facts of a baseline as one checkpoint."""
    arrays, facts = baseline.state()
    arrays = {**arrays, "residual_scale": baseline.residual_scale}
    # not ascontiguousarray, which gives a number a dimension
    tensors = {k: torch.as_tensor(np.array(v, order="C")) for k, v in arrays.items()}
    checkpoints.save(folder, tensors, facts)


def load_baseline(folder: Path, name: str, layout: OutcomeLayout) -> Baseline:
    """Read what `save_baseline` wrote."""
    tensors, facts = checkpoints.load(folder)
    arrays = {k: v.numpy() for k, v in tensors.items()}
    baseline = create_baseline(name, layout)
    baseline.residual_scale = arrays.pop("residual_scale")
    return baseline.restore(arrays, facts)


def save_forecasts(path: Path, forecasts: Mapping[str, Forecast]) -> None:
    """All forecasts of some rows in one file."""
    save_file(
        {f"{n}.{k}": np.ascontiguousarray(v) for n, f in forecasts.items() for k, v in vars(f).items()}, path
    )


def load_forecasts(path: Path) -> dict[str, Forecast]:
    """Read what `save_forecasts` wrote, in the order of names."""
    arrays = load_file(path)
    names = sorted({k.rsplit(".", 1)[0] for k in arrays})
    return {n: Forecast(**{k: arrays[f"{n}.{k}"] for k in ("mean", "scale", "df")}) for n in names}
