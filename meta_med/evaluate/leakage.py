"""Leakage checks: three tests with a known result, run on the fitted predictors in every run.

Shuffled outcomes cannot be predicted; another patient's records do not help; later records change nothing. A model that
passes can still be wrong; a model that fails has seen what it must not see, and is not published.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import torch
from scipy import stats

from meta_med.calibrate.champion import Champion
from meta_med.cohorts.record_table import Floats, Ints
from meta_med.enough import needed
from meta_med.episodes.prepared import Prepared
from meta_med.episodes.queries import Queries, main_setting, queries_of
from meta_med.evaluate.counterfactual import as_single_queries, other_patients, persons
from meta_med.evaluate.number_text import change, percent
from meta_med.forecast import Forecast
from meta_med.meta_train.predictors import CHAMPION, UN_ADAPTED, FittedPredictors
from meta_med.metrics import per_subject_mean
from meta_med.outcomes import OutcomeLayout

Forecasts = Mapping[str, Forecast]
ForecastFunction = Callable[[Prepared, Queries], Forecasts]
HELD, VIOLATED, NOT_JUDGED = "held", "violated", "not judged"
MOST_QUERIES = 240
MIN_SUBJECTS = needed("a leakage check")
NO_SKILL = 0.02  # skill on shuffled outcomes that the lower end of its interval must not exceed
GAIN_LEFT = 0.5  # share of the adaptation gain that another patient's records must not keep
ROUNDING = 1e-5
BOOTSTRAPS = 400


@dataclass(frozen=True)
class LeakageResult:
    """The result of one leakage check.

    Attributes:
        sentinel: name of the check; claim: what it tests, as a sentence.
        verdict: HELD, VIOLATED or NOT_JUDGED; evidence: the result as a sentence.
        value, ci_low, ci_high: the statistic with its 95 % interval over patients; limit: its limit.
        n_patients: patients behind it.

    """

    sentinel: str
    claim: str
    verdict: str
    evidence: str
    value: float
    ci_low: float
    ci_high: float
    limit: float
    n_patients: int


def run_checks(prepared: Prepared, fitted: FittedPredictors, champion: Champion) -> pd.DataFrame:
    """Run all leakage checks on held-out subjects; rows of the published `sentinels` table."""
    queries = _sample(prepared, queries_of(prepared, "held_out", main_setting(prepared.study)))
    forecast = forecast_function(fitted, champion)
    own = forecast(*as_single_queries(prepared, queries))
    results = [
        shuffled_outcomes(prepared, queries, forecast),
        permuted_patient(prepared, queries, forecast, own),
        changed_future(prepared, queries, forecast, own),
    ]
    return pd.DataFrame([vars(result) for result in results])


def forecast_function(fitted: FittedPredictors, champion: Champion) -> ForecastFunction:
    """The function from queries to the forecasts of every predictor and of the champion."""

    def forecast(prepared: Prepared, queries: Queries) -> Forecasts:
        found, cohort = fitted.forecasts(prepared, queries), queries.cohort(prepared.table)
        return {
            **found,
            CHAMPION: champion.forecast(found, prepared.layout, prepared.own_values(queries), cohort),
        }

    return forecast


def shuffled_outcomes(prepared: Prepared, queries: Queries, forecast: ForecastFunction) -> LeakageResult:
    """Outcomes are permuted over all records, the predicted ones too: skill over a constant can only be a leak."""
    shuffled, single = as_single_queries(prepared, queries)
    y = _truth(prepared, queries)
    shuffled, y = _shuffled(shuffled, single, y, np.random.default_rng(prepared.study.seed))
    loss = relative_loss(forecast(shuffled, single)[CHAMPION], y, prepared.layout)
    skill = 1.0 - loss
    subject = persons(prepared, queries)
    value, low, high, n = _mean(skill, subject)
    evidence = f"Skill over a constant {change(value)} (95 % interval {change(low)} to {change(high)})."
    verdict = VIOLATED if low > NO_SKILL else HELD
    return _result("shuffled_outcomes", verdict, evidence, (value, low, high), NO_SKILL, n)


def permuted_patient(
    prepared: Prepared, queries: Queries, forecast: ForecastFunction, own: Forecasts
) -> LeakageResult:
    """With another patient's earlier records, the gain over using none must be lost.

    `own`: the forecasts from the patient's own records.
    """
    rng = np.random.default_rng(prepared.study.seed)
    donor, found = other_patients(prepared, queries, rng)
    use = found & (queries.size > 0)
    subject = persons(prepared, queries)[use]
    if len(np.unique(subject)) < MIN_SUBJECTS:
        return _result(
            "permuted_patient", NOT_JUDGED, "Too few patients have own records.", NONE, GAIN_LEFT, 0
        )
    plain = forecast(*as_single_queries(prepared, queries.at_most(0)))[CHAMPION]
    swapped = forecast(*as_single_queries(prepared, queries, donor))[CHAMPION]
    y = _truth(prepared, queries)
    parts = (own[CHAMPION], swapped, plain, own[UN_ADAPTED])
    with_own, with_other, *without = [relative_loss(f, y, prepared.layout)[use] for f in parts]
    reference = min(without, key=lambda loss: float(np.nanmean(loss)))
    return _gain_left(reference - with_own, reference - with_other, subject)


def changed_future(
    prepared: Prepared, queries: Queries, forecast: ForecastFunction, own: Forecasts
) -> LeakageResult:
    """Every forecast is the same without the predicted record's own values and all later records.

    In another batch a forecast may differ by rounding (law 2); law 1 is tested bit by bit elsewhere.

    `own`: the forecasts without those values and records; here they are compared with those from all records.
    """
    whole = forecast(prepared, queries)
    parts = [(getattr(whole[n], k), getattr(own[n], k)) for n in whole for k in ("mean", "scale")]
    changed = np.any([_changed(a, b) for a, b in parts], axis=0)
    n = len(np.unique(persons(prepared, queries)))
    evidence = f"{int(changed.sum())} of {len(changed)} predictions changed."
    share = float(changed.mean())
    return _result("changed_future", VIOLATED if share else HELD, evidence, (share, np.nan, np.nan), 0.0, n)


def relative_loss(forecast: Forecast, y: Floats, layout: OutcomeLayout) -> Floats:
    """(R,) absolute error (squared for probabilities) over that of the best constant, mean over observed outcomes.

    1 is the loss of a constant forecast; NaN where no outcome is observed.
    """
    out = np.full(y.shape, np.nan)
    for d in range(y.shape[1]):
        seen = y[~np.isnan(y[:, d]), d]
        kind = layout.kinds[d]
        if len(seen) and (least := np.mean(kind.error(seen, np.asarray(kind.best_constant(seen))))) > 0:
            out[:, d] = kind.error(y[:, d], forecast.mean[:, d]) / least
    count = (~np.isnan(out)).sum(1)
    return np.where(count > 0, np.nansum(out, 1) / np.maximum(count, 1), np.nan)


CLAIMS = {
    "shuffled_outcomes": "Outcomes dealt at random to other records cannot be predicted.",
    "permuted_patient": "With another patient's records the gain of adaptation is lost.",
    "changed_future": "The predicted record's own values and later records change no prediction.",
}
NONE = (float("nan"), float("nan"), float("nan"))


def _result(
    name: str, verdict: str, evidence: str, value: tuple[float, float, float], limit: float, n: int
) -> LeakageResult:
    if verdict != NOT_JUDGED and n < MIN_SUBJECTS and name != "changed_future":
        verdict, evidence = NOT_JUDGED, f"Too few held-out patients: {n}."
    return LeakageResult(name, CLAIMS[name], verdict, evidence, *value, limit, n)


def _sample(prepared: Prepared, queries: Queries) -> Queries:
    """A random sample of at most MOST_QUERIES, by the study's seed: leakage checks must be quick."""
    order = np.random.default_rng(prepared.study.seed).permutation(len(queries))
    return queries.take(np.sort(order[:MOST_QUERIES]))


def _truth(prepared: Prepared, queries: Queries) -> Floats:
    y = prepared.records.y[queries.rows].double().cpu().numpy()
    return np.where(prepared.records.y_observed[queries.rows].cpu().numpy(), y, np.nan)


def _shuffled(
    prepared: Prepared, queries: Queries, truth: Floats, rng: np.random.Generator
) -> tuple[Prepared, Floats]:
    """The study with the observed values of each outcome permuted over all records, and the truth (R, D) after it."""
    y, seen = prepared.records.y.cpu().numpy().copy(), prepared.records.y_observed.cpu().numpy().copy()
    y[queries.rows], seen[queries.rows] = np.nan_to_num(truth), ~np.isnan(truth)
    for d in range(y.shape[1]):
        rows = np.flatnonzero(seen[:, d])
        y[rows, d] = y[rng.permutation(rows), d]
    device = prepared.records.y.device
    records = replace(
        prepared.records,
        y=torch.as_tensor(y, device=device),
        y_observed=torch.as_tensor(seen, device=device),
    )
    shuffled = np.where(seen[queries.rows], y[queries.rows].astype(np.float64), np.nan)
    return replace(prepared, records=records), shuffled


def _changed(before: Floats, after: Floats) -> np.ndarray:
    same = np.isclose(before, after, rtol=ROUNDING, atol=ROUNDING, equal_nan=True)
    return np.asarray(~same.all(1))


def _mean(values: Floats, subject: Ints) -> tuple[float, float, float, int]:
    """Mean over patients with its 95 % Student interval, and the number of patients."""
    each, _ = per_subject_mean(values, subject)
    if len(each) < 2:
        return (*NONE, len(each))
    mean, error = float(each.mean()), float(each.std(ddof=1) / np.sqrt(len(each)))
    half = float(stats.t.ppf(0.975, len(each) - 1)) * error
    return mean, mean - half, mean + half, len(each)


def _gain_left(own: Floats, other: Floats, subject: Ints) -> LeakageResult:
    """The share of the gain that is left with another patient's records; its interval by bootstrap over patients."""
    name = "permuted_patient"
    (gain, _), (left, _) = per_subject_mean(own, subject), per_subject_mean(other, subject)
    mean, low, _, n = _mean(own, subject)
    if not low > 0:
        evidence = f"Own records gave no clear gain here ({change(mean)}), so there is none to lose."
        return _result(name, NOT_JUDGED, evidence, NONE, GAIN_LEFT, n)
    drawn = np.random.default_rng(0).integers(0, n, (BOOTSTRAPS, n))
    total = gain[drawn].sum(1)
    share = left[drawn].sum(1)[total > 0] / total[total > 0]
    value, (low, high) = float(left.sum() / gain.sum()), np.quantile(share, [0.025, 0.975])
    left_over = percent(value, 0) if value > 0 else "Nothing"
    bounds = f"95 % interval {percent(low, 0)} to {percent(high, 0)}"
    evidence = f"{left_over} of the gain of {percent(mean)} is left ({bounds})."
    verdict = VIOLATED if low > GAIN_LEFT else HELD
    return _result(name, verdict, evidence, (value, float(low), float(high)), GAIN_LEFT, n)
