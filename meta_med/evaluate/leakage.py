"""Leakage checks: three questions with known answers, asked of the fitted predictors on every run.

Shuffled outcomes cannot be predicted; a stranger's records do not help; what comes later changes nothing. A
model that passes them can still be wrong, one that fails them has seen what it must not see, and is not published.
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
from meta_med.evaluate.counterfactual import persons, retold, strangers
from meta_med.forecast import Forecast
from meta_med.meta_train.predictors import CHAMPION, UN_ADAPTED, FittedPredictors
from meta_med.metrics import per_subject_mean
from meta_med.outcomes import OutcomeLayout

Forecasts = Mapping[str, Forecast]
Ask = Callable[[Prepared, Queries], Forecasts]
HELD, VIOLATED, NOT_JUDGED = "held", "violated", "not judged"
MOST_QUERIES = 240
MIN_SUBJECTS = needed("a leakage check")
NO_SKILL = 0.02  # skill on shuffled outcomes that the lower end of its interval must not exceed
GAIN_LEFT = 0.5  # share of the adaptation gain that a stranger's records must not keep
ROUNDING = 1e-5
BOOTSTRAPS = 400


@dataclass(frozen=True)
class LeakageResult:
    """What one leakage check found.

    `value` with its 95 % interval over patients stands against `limit`; `evidence` says it in a sentence.
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


def watch(prepared: Prepared, fitted: FittedPredictors, champion: Champion) -> pd.DataFrame:
    """All leakage checks on held-out subjects, as rows of the published `sentinels` table."""
    queries = _some(prepared, queries_of(prepared, "held_out", main_setting(prepared.study)))
    ask = asking(fitted, champion)
    own = ask(*retold(prepared, queries))
    findings = [
        shuffled_outcomes(prepared, queries, ask),
        permuted_patient(prepared, queries, ask, own),
        changed_future(prepared, queries, ask, own),
    ]
    return pd.DataFrame([vars(f) for f in findings])


def asking(fitted: FittedPredictors, champion: Champion) -> Ask:
    """How the served predictors are asked: every one of them, and the champion made of them."""

    def ask(prepared: Prepared, queries: Queries) -> Forecasts:
        found, cohort = fitted.forecasts(prepared, queries), queries.cohort(prepared.table)
        return {**found, CHAMPION: champion.forecast(found, prepared.layout, queries.size, cohort)}

    return ask


def shuffled_outcomes(prepared: Prepared, queries: Queries, ask: Ask) -> LeakageResult:
    """Outcomes are dealt anew to all records, the predicted ones too: skill over a constant can only be a leak."""
    told, asked = retold(prepared, queries)
    y = _truth(prepared, queries)
    told, y = _shuffled(told, asked, y, np.random.default_rng(prepared.study.seed))
    loss = relative_loss(ask(told, asked)[CHAMPION], y, prepared.layout)
    skill = 1.0 - loss
    subject = persons(prepared, queries)
    value, low, high, n = _mean(skill, subject)
    said = f"Skill over a constant {value:+.1%} (95 % interval {low:+.1%} to {high:+.1%})."
    verdict = VIOLATED if low > NO_SKILL else HELD
    return _finding("shuffled_outcomes", verdict, said, (value, low, high), NO_SKILL, n)


def permuted_patient(prepared: Prepared, queries: Queries, ask: Ask, own: Forecasts) -> LeakageResult:
    """With a stranger's earlier records the gain over using none must be lost: it was this patient's.

    `own`: the forecasts from the patient's own records.
    """
    rng = np.random.default_rng(prepared.study.seed)
    lender, found = strangers(prepared, queries, rng)
    use = found & (queries.size > 0)
    subject = persons(prepared, queries)[use]
    if len(np.unique(subject)) < MIN_SUBJECTS:
        return _finding(
            "permuted_patient", NOT_JUDGED, "Too few patients have own records.", NONE, GAIN_LEFT, 0
        )
    plain = ask(*retold(prepared, queries.at_most(0)))[CHAMPION]
    lent = ask(*retold(prepared, queries, lender))[CHAMPION]
    y = _truth(prepared, queries)
    parts = (own[CHAMPION], lent, plain, own[UN_ADAPTED])
    mine, other, *without = [relative_loss(f, y, prepared.layout)[use] for f in parts]
    reference = min(without, key=lambda loss: float(np.nanmean(loss)))
    return _gain_left(reference - mine, reference - other, subject)


def changed_future(prepared: Prepared, queries: Queries, ask: Ask, own: Forecasts) -> LeakageResult:
    """Without the predicted record's own values and all later records every forecast is the same.

    Asked in other batches, forecasts may differ in their last bits (law 2); law 1 is tested bit by bit elsewhere.

    `own`: the forecasts without them; here they are made from the records as they are.
    """
    told = ask(prepared, queries)
    parts = [(getattr(told[n], k), getattr(own[n], k)) for n in told for k in ("mean", "scale")]
    moved = np.any([_moved(a, b) for a, b in parts], axis=0)
    n = len(np.unique(persons(prepared, queries)))
    said = f"{int(moved.sum())} of {len(moved)} predictions changed."
    share = float(moved.mean())
    return _finding("changed_future", VIOLATED if share else HELD, said, (share, np.nan, np.nan), 0.0, n)


def relative_loss(forecast: Forecast, y: Floats, layout: OutcomeLayout) -> Floats:
    """(R,) absolute error (squared for probabilities) over that of the best constant, mean over observed outcomes.

    1 is what knowing nothing but the outcomes' centre gives; NaN where no outcome is observed.
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


def _finding(
    name: str, verdict: str, said: str, value: tuple[float, float, float], limit: float, n: int
) -> LeakageResult:
    if verdict != NOT_JUDGED and n < MIN_SUBJECTS and name != "changed_future":
        verdict, said = NOT_JUDGED, f"Too few held-out patients: {n}."
    return LeakageResult(name, CLAIMS[name], verdict, said, *value, limit, n)


def _some(prepared: Prepared, queries: Queries) -> Queries:
    """At most MOST_QUERIES of them, drawn with the study's seed: leakage checks must be quick."""
    order = np.random.default_rng(prepared.study.seed).permutation(len(queries))
    return queries.take(np.sort(order[:MOST_QUERIES]))


def _truth(prepared: Prepared, queries: Queries) -> Floats:
    y = prepared.records.y[queries.rows].double().cpu().numpy()
    return np.where(prepared.records.y_observed[queries.rows].cpu().numpy(), y, np.nan)


def _shuffled(
    told: Prepared, asked: Queries, truth: Floats, rng: np.random.Generator
) -> tuple[Prepared, Floats]:
    """Every observed value of an outcome, the truths too, dealt to another place; the truths stand in the records."""
    y, seen = told.records.y.cpu().numpy().copy(), told.records.y_observed.cpu().numpy().copy()
    y[asked.rows], seen[asked.rows] = np.nan_to_num(truth), ~np.isnan(truth)
    for d in range(y.shape[1]):
        rows = np.flatnonzero(seen[:, d])
        y[rows, d] = y[rng.permutation(rows), d]
    device = told.records.y.device
    records = replace(
        told.records,
        y=torch.as_tensor(y, device=device),
        y_observed=torch.as_tensor(seen, device=device),
    )
    shown = np.where(seen[asked.rows], y[asked.rows].astype(np.float64), np.nan)
    return replace(told, records=records), shown


def _moved(before: Floats, after: Floats) -> np.ndarray:
    same = np.isclose(before, after, rtol=ROUNDING, atol=ROUNDING, equal_nan=True)
    return np.asarray(~same.all(1))


def _mean(values: Floats, subject: Ints) -> tuple[float, float, float, int]:
    """Mean over patients with a Student 95 % interval, and how many."""
    each, _ = per_subject_mean(values, subject)
    if len(each) < 2:
        return (*NONE, len(each))
    mean, error = float(each.mean()), float(each.std(ddof=1) / np.sqrt(len(each)))
    half = float(stats.t.ppf(0.975, len(each) - 1)) * error
    return mean, mean - half, mean + half, len(each)


def _gain_left(own: Floats, other: Floats, subject: Ints) -> LeakageResult:
    """How much of the gain is left with a stranger's records, resampling patients."""
    name = "permuted_patient"
    (gain, _), (left, _) = per_subject_mean(own, subject), per_subject_mean(other, subject)
    mean, low, _, n = _mean(own, subject)
    if not low > 0:
        said = f"Own records gave no clear gain here ({mean:+.1%}), so there is none to lose."
        return _finding(name, NOT_JUDGED, said, NONE, GAIN_LEFT, n)
    drawn = np.random.default_rng(0).integers(0, n, (BOOTSTRAPS, n))
    total = gain[drawn].sum(1)
    share = left[drawn].sum(1)[total > 0] / total[total > 0]
    value, (low, high) = float(left.sum() / gain.sum()), np.quantile(share, [0.025, 0.975])
    left_over = f"{value:.0%}" if value > 0 else "Nothing"
    said = f"{left_over} of the gain of {mean:.1%} is left (95 % interval {low:.0%} to {high:.0%})."
    verdict = VIOLATED if low > GAIN_LEFT else HELD
    return _finding(name, verdict, said, (value, float(low), float(high)), GAIN_LEFT, n)
