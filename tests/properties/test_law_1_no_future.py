"""Law 1: what happens at or after prediction time leaves every prediction bit-identical."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meta_med.cohorts.record_table import Ints, RecordTable
from meta_med.episodes.horizon_queries import queries_at_horizons
from meta_med.episodes.prepared import Prepared
from meta_med.episodes.queries import Queries, most_recent
from meta_med.forecast import Forecast
from meta_med.serving.adapt import next_records
from tests import scenario
from tests.examples import WHOLE_RUN, examples

quick = examples(12, WHOLE_RUN)
seeds = st.integers(0, 2**32 - 1)
HORIZONS = (180.0, 365.0, 730.0)


def drawn_predictions(rng: np.random.Generator, table: RecordTable, subjects: np.ndarray) -> Ints:
    """One record to predict of each of these subjects."""
    lengths = np.diff(table.offsets)[subjects]
    return table.offsets[:-1][subjects] + rng.integers(0, lengths)


def with_another_future(rng: np.random.Generator, table: RecordTable, predicted: Ints) -> RecordTable:
    """Other outcomes and at-record covariates in the predicted records, everything else in those after them."""
    n, subject = table.n_records, table.subject
    at = np.isin(np.arange(n), predicted)
    cut = np.full(table.n_subjects, n)
    cut[subject[predicted]] = predicted
    after = np.arange(n) > cut[subject]
    noise = np.where(rng.random(table.y.shape) < 0.3, np.nan, rng.integers(0, 2, table.y.shape) * 1.0)
    x = np.where(after[:, None], rng.normal(size=table.x.shape) * 50, table.x)
    x = np.where(at[:, None] & ~np.asarray(table.known_ahead), rng.normal(size=table.x.shape) * 50, x)
    later = np.cumsum(rng.random(n))  # increasing, so that records stay in their order
    return replace(
        table,
        y=np.where((at | after)[:, None], noise, table.y),
        x=x,
        time=np.where(after, table.time + later, table.time),
        cohort=np.where(after, rng.integers(0, len(table.cohort_names), n), table.cohort),
    )


def without_the_future(table: RecordTable, predicted: Ints) -> tuple[RecordTable, Ints]:
    """Every record after the predicted ones deleted; and where the predicted ones stand then."""
    cut = np.full(table.n_subjects, table.n_records)
    cut[table.subject[predicted]] = predicted
    keep = np.arange(table.n_records) <= cut[table.subject]
    lengths = np.bincount(table.subject[keep], minlength=table.n_subjects)
    columns = {name: getattr(table, name)[keep] for name in ("time", "x", "y", "cohort")}
    shorter = replace(table, offsets=np.r_[0, np.cumsum(lengths)].astype(np.int64), **columns)
    return shorter, (np.cumsum(keep) - 1)[predicted]


def same_scaling_and_context(table: RecordTable) -> Prepared:
    """As in serving: what training determined stays, the records are new."""
    before = scenario.prepared()
    ready = Prepared.with_scaling(before.study, table, before.splits, before.scaling)
    return replace(ready, context=before.context)


def forecasts(ready: Prepared, rows: Ints) -> dict[str, Forecast]:
    return scenario.fitted().forecasts(ready, most_recent(ready, rows))


def assert_identical(one: dict[str, Forecast], other: dict[str, Forecast]) -> None:
    for name, forecast in one.items():
        for part in ("mean", "scale", "df"):
            a, b = getattr(forecast, part), getattr(other[name], part)
            assert np.array_equal(a, b, equal_nan=True), f"{name}: {part} saw the future"


@pytest.mark.fault("M10")
@quick
@given(seeds)
def test_another_future_changes_no_prediction(seed: int) -> None:
    rng = np.random.default_rng(seed)
    before = scenario.prepared()
    rows = drawn_predictions(rng, before.table, np.arange(before.table.n_subjects))
    after = same_scaling_and_context(with_another_future(rng, before.table, rows))
    assert_identical(forecasts(before, rows), forecasts(after, rows))


@pytest.mark.fault("M10")
@quick
@given(seeds)
def test_a_deleted_future_changes_no_prediction(seed: int) -> None:
    rng = np.random.default_rng(seed)
    before = scenario.prepared()
    rows = drawn_predictions(rng, before.table, np.arange(before.table.n_subjects))
    shorter, moved = without_the_future(before.table, rows)
    assert_identical(forecasts(before, rows), forecasts(same_scaling_and_context(shorter), moved))


@quick
@given(seeds)
def test_the_future_of_held_out_subjects_changes_nothing_that_is_prepared_either(seed: int) -> None:
    """Scaling and contexts are made anew here, from records with another future."""
    rng = np.random.default_rng(seed)
    before = scenario.prepared()
    rows = drawn_predictions(rng, before.table, np.flatnonzero(before.splits.subjects("held_out")))
    changed = with_another_future(rng, before.table, rows)
    after = Prepared.of(before.study, changed, before.splits)
    assert_identical(forecasts(before, rows), forecasts(after, rows))


@quick
@given(seeds)
def test_a_later_record_predicted_from_the_first_k_sees_nothing_after_these(seed: int) -> None:
    """Records between the newest one used and the predicted one are as unknown as the future.

    Of the entry record the cohort and the covariates known ahead are known, as a patient enters with them.
    """
    rng = np.random.default_rng(seed)
    before, table = scenario.prepared(), scenario.table()
    rows = drawn_predictions(rng, table, np.arange(table.n_subjects))
    start = table.offsets[table.subject[rows]]
    k = np.minimum(rng.integers(0, 5, len(rows)), rows - start)
    queries = Queries(rows, start + k, k)
    unused = np.arange(table.n_records) >= queries.end[table.subject]
    ahead_of = np.isin(np.arange(table.n_records), np.append(rows, table.offsets[:-1]))
    hidden = ~np.asarray(table.known_ahead) | ~ahead_of[:, None]
    changed = replace(
        table,
        y=np.where(unused[:, None], rng.integers(0, 2, table.y.shape) * 1.0, table.y),
        x=np.where(unused[:, None] & hidden, rng.normal(size=table.x.shape) * 50, table.x),
        cohort=np.where(unused & (np.arange(table.n_records) != start[table.subject]), 0, table.cohort),
    )
    after, fitted = same_scaling_and_context(changed), scenario.fitted()
    assert_identical(fitted.forecasts(before, queries), fitted.forecasts(after, queries))


@quick
@given(seeds)
def test_a_forecast_over_time_sees_nothing_after_the_record_it_starts_from(seed: int) -> None:
    """Later records, those up to the predicted one too, change no horizon's forecast."""
    rng = np.random.default_rng(seed)
    before, table = scenario.prepared(), scenario.table()
    every, horizon = queries_at_horizons(before, "held_out", HORIZONS)
    subject = table.subject[every.rows]
    order = rng.permutation(len(every))
    one_each = order[np.unique(subject[order], return_index=True)[1]]
    queries = every.take(one_each)
    start = np.full(table.n_subjects, table.n_records)
    start[table.subject[queries.rows]] = queries.end
    unused = np.arange(table.n_records) >= start[table.subject]
    predicted = np.isin(np.arange(table.n_records), queries.rows)
    hidden = ~np.asarray(table.known_ahead) | ~predicted[:, None]
    changed = replace(
        table,
        y=np.where(unused[:, None], rng.integers(0, 2, table.y.shape) * 1.0, table.y),
        x=np.where(unused[:, None] & hidden, rng.normal(size=table.x.shape) * 50, table.x),
        cohort=np.where(unused, 0, table.cohort),
    )
    after, fitted = same_scaling_and_context(changed), scenario.fitted()
    assert set(horizon.tolist()) > {1}
    assert_identical(fitted.forecasts(before, queries), fitted.forecasts(after, queries))


def test_the_claim_can_fail_because_the_past_does_change_predictions() -> None:
    before = scenario.prepared()
    rows = before.table.newest[np.diff(before.table.offsets) > 1]
    past = before.table.y.copy()
    past[rows - 1, :2] = past[rows - 1, :2] * 3 + 1
    past[rows - 1, 2] = 1 - past[rows - 1, 2]
    after = same_scaling_and_context(replace(before.table, y=past))
    one, other = forecasts(before, rows), forecasts(after, rows)
    moved = {name for name in one if not np.array_equal(one[name].mean, other[name].mean)}
    assert moved == set(one) - {"population", "cohort_offset", "un_adapted"}


@pytest.mark.parametrize("name", scenario.LEARNERS)
def test_the_served_next_record_holds_nothing_that_was_measured_at_it(name: str) -> None:
    serving = next_records(scenario.prepared(), np.ones(scenario.table().n_subjects, dtype=bool))
    ready, rows = serving.prepared, serving.rows
    assert np.isnan(ready.table.y[rows]).all()
    assert np.isnan(ready.table.x[rows][:, ~np.asarray(ready.table.known_ahead)]).all()
    y = ready.table.y.copy()
    y[rows] = 1.0
    queries, changed = most_recent(ready, rows), same_scaling_and_context(replace(ready.table, y=y))
    one = scenario.fitted().learner_forecast(name, ready, queries)
    other = scenario.fitted().learner_forecast(name, changed, queries)
    assert np.array_equal(one.mean, other.mean)
