"""Scores of each held-out record, predictor by predictor: what the evaluation table takes its means of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

from meta_med.calibrate import LEVELS, Calibration
from meta_med.forecast import Forecast
from meta_med.outcomes import OutcomeLayout
from meta_med.records import Floats, Ints
from meta_med.scaling import Scaling
from meta_med.scores import crps_of_quantiles, log_loss

ALL = "all"
QUANTILES = 20
Key = tuple[str, str, str]  # outcome, metric, unit


@dataclass(frozen=True)
class Judged:
    """What is judged: R records of held-out subjects.

    Attributes:
        y: (R, D) truth on model scale; size, subject, cohort: (R,); cohort_names; scaling; layout; units (D,).

    """

    y: Floats
    size: Ints
    subject: Ints
    cohort: Ints
    cohort_names: Sequence[str]
    scaling: Scaling
    layout: OutcomeLayout
    units: Sequence[str]


@dataclass(frozen=True)
class Scored:
    """Scores of R records.

    Attributes:
        size, subject, cohort: (R,); cohort_names; scores: predictor -> (outcome, metric, unit) -> (R,), NaN where
            the outcome is not observed; events: binary outcome -> (R,) truth; probabilities: predictor ->
            binary outcome -> (R,).

    """

    size: Ints
    subject: Ints
    cohort: Ints
    cohort_names: Sequence[str]
    scores: Mapping[str, Mapping[Key, Floats]]
    events: Mapping[str, Floats]
    probabilities: Mapping[str, Mapping[str, Floats]]


def score(
    judged: Judged, forecasts: Mapping[str, Forecast], calibrations: Mapping[str, Calibration]
) -> Scored:
    """Score every predictor on these records."""
    binary = {judged.layout.outcomes[d].name: d for d in judged.layout.classes}
    return Scored(
        size=judged.size,
        subject=judged.subject,
        cohort=judged.cohort,
        cohort_names=judged.cohort_names,
        scores={name: _scores(judged, f, calibrations[name]) for name, f in forecasts.items()},
        events={name: judged.y[:, d] for name, d in binary.items()},
        probabilities={
            predictor: {name: calibrations[predictor].probability(f, d) for name, d in binary.items()}
            for predictor, f in forecasts.items()
        },
    )


def join(parts: Sequence[Scored]) -> Scored:
    """Scores of several folds as one: each subject held out once."""
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
    )


def _scores(
    judged: Judged, forecast: Forecast, calibration: Calibration
) -> dict[tuple[str, str, str], Floats]:
    """(outcome, metric, unit) -> (R,) score of each record; NaN where the outcome is not observed."""
    out: dict[tuple[str, str, str], Floats] = {}
    standard: dict[str, list[Floats]] = {}
    for d, outcome in enumerate(judged.layout.outcomes):
        if outcome.kind == "continuous":
            for metric, score in _continuous(judged, forecast, calibration, d, clinical=True).items():
                out[outcome.name, metric, judged.units[d] if metric != "coverage_90" else "share"] = score
            for metric, score in _continuous(judged, forecast, calibration, d, clinical=False).items():
                standard.setdefault(metric, []).append(score)
        else:
            y, p = judged.y[:, d], calibration.probability(forecast, d)
            out[outcome.name, "brier", "1"] = (y - p) ** 2
            out[outcome.name, "log_loss", "nats"] = np.where(
                np.isnan(y), np.nan, log_loss(np.nan_to_num(y), p)
            )
    for metric, parts in standard.items():
        out[ALL, metric, "share" if metric == "coverage_90" else "sd"] = _mean_of_observed(np.stack(parts, 1))
    return out


def _continuous(
    judged: Judged, forecast: Forecast, calibration: Calibration, d: int, *, clinical: bool
) -> dict[str, Floats]:
    half = calibration.half_width(forecast, d, judged.size, judged.cohort, 0.9)
    centre, y = forecast.mean[:, d], judged.y[:, d]
    scale = calibration.half_width(forecast, d, judged.size, judged.cohort, LEVELS[1])
    scale = scale / stats.t.ppf(0.5 + LEVELS[1] / 2, forecast.df[d])
    unit = stats.t.ppf((np.arange(QUANTILES) + 0.5) / QUANTILES, forecast.df[d])
    quantiles = centre[:, None] + unit * scale[:, None]
    low, high = centre - half, centre + half
    inside = np.where(np.isnan(y), np.nan, (y >= low) & (y <= high))
    if clinical:
        centre, y, low, high, quantiles = (
            judged.scaling.clinical(v, d) for v in (centre, y, low, high, quantiles)
        )
    return {
        "mae": np.abs(y - centre),
        "rmse": (y - centre) ** 2,
        "crps": crps_of_quantiles(y, quantiles),
        "coverage_90": inside,
        "width_90": np.where(np.isnan(y), np.nan, high - low),
    }


def _mean_of_observed(values: Floats) -> Floats:
    seen = ~np.isnan(values)
    return np.where(seen.any(1), np.nansum(values, 1) / np.maximum(seen.sum(1), 1), np.nan)
