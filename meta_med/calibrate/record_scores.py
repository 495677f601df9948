"""Scores of each held-out record and predictor, which the evaluation table aggregates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from scipy import stats

from meta_med import checkpoints
from meta_med.calibrate.calibration import LEVELS, Calibration
from meta_med.cohorts.record_table import Floats, Ints
from meta_med.episodes.scaling import Scaling
from meta_med.forecast import Forecast
from meta_med.outcomes import CalibratedForecast, OutcomeLayout
from meta_med.outcomes.registry import metrics

ALL = "all"
WITHIN = "within_20"  # share of predictions within 20 % of the truth: the usual metric of doses
Key = tuple[str, str, str]  # outcome, metric, unit
Labels = NDArray[np.str_]


def _empty() -> Floats:
    return np.empty(0)


@dataclass(frozen=True)
class EvaluatedRecords:
    """R records of held-out subjects, with their truth.

    Attributes:
        y: (R, D) truth on model scale, NaN where not observed.
        own: (R, D) own values of each outcome that were used.
        size, subject, cohort: (R,) own records used, index of the subject, index into `cohort_names`.
        scaling, layout: from model scale to clinical units; the D outcomes.
        units: (D,) clinical units.
        age: (R,) days from the newest own record used to the predicted one, NaN at k = 0; empty where not known.
        groups: a name such as "sex" -> (R,) labels.

    """

    y: Floats
    own: Ints
    size: Ints
    subject: Ints
    cohort: Ints
    cohort_names: Sequence[str]
    scaling: Scaling
    layout: OutcomeLayout
    units: Sequence[str]
    age: Floats = field(default_factory=_empty)
    groups: Mapping[str, Labels] = field(default_factory=dict)


@dataclass(frozen=True)
class Scored:
    """Scores of R records.

    Attributes:
        size, subject, cohort: (R,) own records used, index of the subject, index into `cohort_names`.
        scores: predictor -> (outcome, metric, unit) -> (R,), NaN where the outcome is not observed.
        events: binary outcome -> (R,) truth.
        probabilities: predictor -> binary outcome -> (R,).
        age: (R,) days from the newest own record used to the predicted one; NaN where there is none or not known.
        groups: a name -> (R,) labels, for coverage by group.

    """

    size: Ints
    subject: Ints
    cohort: Ints
    cohort_names: Sequence[str]
    scores: Mapping[str, Mapping[Key, Floats]]
    events: Mapping[str, Floats]
    probabilities: Mapping[str, Mapping[str, Floats]]
    age: Floats = field(default_factory=_empty)
    groups: Mapping[str, Labels] = field(default_factory=dict)

    def save(self, folder: Path) -> None:
        """Write arrays as safetensors and names as JSON, with a manifest of their hashes."""
        arrays = {"size": self.size, "subject": self.subject, "cohort": self.cohort, "age": self.age}
        codes = {name: np.unique(labels, return_inverse=True) for name, labels in self.groups.items()}
        arrays |= {f"group.{i}": code for i, (_, code) in enumerate(codes.values())}
        arrays |= {f"event.{i}": y for i, y in enumerate(self.events.values())}
        for p, name in enumerate(self.scores):
            arrays |= {f"score.{p}.{i}": s for i, s in enumerate(self.scores[name].values())}
            arrays |= {f"probability.{p}.{i}": s for i, s in enumerate(self.probabilities[name].values())}
        facts: dict[str, Any] = {
            "cohort_names": list(self.cohort_names),
            "groups": [[name, levels.tolist()] for name, (levels, _) in codes.items()],
            "events": list(self.events),
            "scores": [[name, [list(key) for key in keys]] for name, keys in self.scores.items()],
        }
        tensors = {name: torch.from_numpy(np.ascontiguousarray(a)) for name, a in arrays.items()}
        checkpoints.save(folder, tensors, facts)

    @classmethod
    def load(cls, folder: Path) -> "Scored":
        """Read what `save` wrote.

        Raises:
            CheckpointError: it is missing, partial or changed.

        """
        tensors, facts = checkpoints.load(folder)
        arrays = {name: tensor.numpy() for name, tensor in tensors.items()}
        events: list[str] = facts["events"]
        return cls(
            **{name: arrays[name] for name in ("size", "subject", "cohort", "age")},
            cohort_names=facts["cohort_names"],
            scores={
                name: {(k[0], k[1], k[2]): arrays[f"score.{p}.{i}"] for i, k in enumerate(keys)}
                for p, (name, keys) in enumerate(facts["scores"])
            },
            events={name: arrays[f"event.{i}"] for i, name in enumerate(events)},
            probabilities={
                predictor: {name: arrays[f"probability.{p}.{i}"] for i, name in enumerate(events)}
                for p, (predictor, _) in enumerate(facts["scores"])
            },
            groups={
                name: np.asarray(levels, dtype=np.str_)[arrays[f"group.{i}"]]
                for i, (name, levels) in enumerate(facts["groups"])
            },
        )


def score(
    records: EvaluatedRecords, forecasts: Mapping[str, Forecast], calibrations: Mapping[str, Calibration]
) -> Scored:
    """Score every predictor on these records.

    Args:
        records: R held-out records.
        forecasts: predictor -> forecast of these records, before calibration.
        calibrations: predictor -> its calibration.

    """
    layout = records.layout
    events = {layout.outcomes[d].name: d for d in layout.yes_or_no}
    return Scored(
        size=records.size,
        subject=records.subject,
        cohort=records.cohort,
        cohort_names=records.cohort_names,
        scores={name: _scores(records, f, calibrations[name]) for name, f in forecasts.items()},
        events={name: records.y[:, d] for name, d in events.items()},
        probabilities={
            predictor: {
                name: calibrations[predictor].centre(f, d, layout.kinds[d]) for name, d in events.items()
            }
            for predictor, f in forecasts.items()
        },
        age=records.age if len(records.age) else np.full(len(records.y), np.nan),
        groups=dict(records.groups),
    )


def concatenate(parts: Sequence[Scored]) -> Scored:
    """Scores of several folds as one."""
    first = parts[0]
    return Scored(
        size=np.concatenate([p.size for p in parts]),
        subject=np.concatenate([p.subject for p in parts]),
        cohort=np.concatenate([p.cohort for p in parts]),
        cohort_names=first.cohort_names,
        scores={
            name: {key: np.concatenate([p.scores[name][key] for p in parts]) for key in keys}
            for name, keys in first.scores.items()
        },
        events={name: np.concatenate([p.events[name] for p in parts]) for name in first.events},
        probabilities={
            predictor: {
                name: np.concatenate([p.probabilities[predictor][name] for p in parts]) for name in names
            }
            for predictor, names in first.probabilities.items()
        },
        age=np.concatenate([p.age for p in parts]),
        groups={name: np.concatenate([p.groups[name] for p in parts]) for name in first.groups},
    )


def _scores(records: EvaluatedRecords, forecast: Forecast, calibration: Calibration) -> dict[Key, Floats]:
    """(outcome, metric, unit) -> (R,) score of each record; NaN where the outcome is not observed."""
    out: dict[Key, Floats] = {}
    standard: dict[str, list[Floats]] = {}
    named = metrics()
    for d, (outcome, kind) in enumerate(zip(records.layout.outcomes, records.layout.kinds, strict=True)):
        y, calibrated, unit = (
            records.y[:, d],
            _calibrated(records, forecast, calibration, d),
            _unit(records, d),
        )
        for metric, score in kind.scores(y, calibrated, partial(records.scaling.clinical, outcome=d)).items():
            out[outcome.name, metric, named[metric].unit or unit] = score
        if records.scaling.y_log[d] and unit == records.units[d]:
            out[outcome.name, WITHIN, "share"] = _within_20_percent(records, forecast, d)
        if kind.standardised:
            for metric, score in kind.scores(
                y, calibrated, partial(records.scaling.bounded, outcome=d)
            ).items():
                standard.setdefault(metric, []).append(score)
    for metric, parts in standard.items():
        out[ALL, metric, named[metric].unit or "sd"] = _mean_of_observed(np.stack(parts, 1))
    return out


def _unit(records: EvaluatedRecords, d: int) -> str:
    """The outcome's unit; standard deviations where each cohort has its own scale, for their units differ."""
    cohorts = records.scaling.cohorts
    return "sd" if cohorts is not None and cohorts.own[d] else records.units[d]


def _calibrated(
    records: EvaluatedRecords, forecast: Forecast, calibration: Calibration, d: int
) -> CalibratedForecast:
    """One outcome's forecast after calibration: its scale is taken from the calibrated 80 % interval.

    Where calibration subjects are too few, the scale stays as it is.
    """
    half, middle = (
        calibration.half_width(forecast, d, records.own[:, d], records.cohort, level)
        for level in (0.9, LEVELS[1])
    )
    scale = middle / stats.t.ppf(0.5 + LEVELS[1] / 2, forecast.df[d])
    return CalibratedForecast(
        mean=calibration.centre(forecast, d, records.layout.kinds[d]),
        scale=np.where(np.isnan(scale), forecast.scale[:, d], scale),
        df=float(forecast.df[d]),
        half_width=half,
    )


def _within_20_percent(records: EvaluatedRecords, forecast: Forecast, d: int) -> Floats:
    """(R,) whether the prediction is within 20 % of the truth, for outcomes on a log scale."""
    y, centre = (records.scaling.clinical(v, d) for v in (records.y[:, d], forecast.mean[:, d]))
    return np.where(np.isnan(y), np.nan, np.abs(centre - y) <= 0.2 * np.abs(y))


def _mean_of_observed(values: Floats) -> Floats:
    seen = ~np.isnan(values)
    return np.where(seen.any(1), np.nansum(values, 1) / np.maximum(seen.sum(1), 1), np.nan)
