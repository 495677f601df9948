"""The ceiling: a mixed model that also sees the next two records, and never the predicted one."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from meta_med.baselines.baseline import Baseline
from meta_med.baselines.registry import create_baseline
from meta_med.calibrate.choose_and_calibrate import held_out_records
from meta_med.cohorts.splits import split_subjects
from meta_med.episodes.prepared import Prepared
from meta_med.episodes.queries import Queries, every_query, main_setting, queries_of
from meta_med.evaluate.comparison.ceiling import (
    LATER,
    LaterRecords,
    ceiling,
    later_errors,
    oldest_after,
    with_later_records,
)
from tests import scenario
from tests.meta_med.scored_example import FACTOR, SPEC, scored


@cache
def mixed_model() -> Baseline:
    return fitted_mixed_model(scenario.prepared())


def fitted_mixed_model(prepared: Prepared) -> Baseline:
    training = prepared.episodes(every_query(prepared, "train", [main_setting(prepared.study)]))
    return create_baseline("mixed_model", prepared.layout).fit(training)


def held_out_queries(prepared: Prepared) -> Queries:
    return queries_of(prepared, "held_out", main_setting(prepared.study))


@pytest.fixture(scope="module")
def queries() -> Queries:
    return held_out_queries(scenario.prepared())


def test_the_oldest_record_after_the_gap_mirrors_the_newest_one_before_it() -> None:
    offsets, days = np.array([0, 4, 6]), np.array([0.0, 1.0, 10.0, 11.0, 0.0, 30.0])
    assert oldest_after(offsets, days / 365.25).tolist() == [1, 2, 3, 4, 5, 6]
    assert oldest_after(offsets, days / 365.25, gap_days=5).tolist() == [2, 2, 4, 4, 5, 6]


def test_the_support_holds_the_own_records_and_the_next_two_of_the_same_patient(queries: Queries) -> None:
    prepared = scenario.prepared()
    table, later = prepared.table, LaterRecords.of(prepared, queries)
    found, plain = with_later_records(prepared, queries, later), prepared.episodes(queries)
    own = plain.support_time.shape[1]
    np.testing.assert_array_equal(found.support_y[:, :own], plain.support_y)
    ahead = table.time[later.rows.clip(max=table.n_records - 1)] - table.time[queries.rows][:, None]
    np.testing.assert_allclose(found.support_time[:, own:], np.where(later.present, ahead, np.nan), rtol=1e-5)
    assert found.support_time.shape[1] == own + LATER
    assert (ahead[later.present] > 0).all()
    patient = table.subject[later.rows.clip(max=table.n_records - 1)]
    assert (patient == table.subject[queries.rows][:, None])[later.present].all()
    counted = np.bincount(later.present.sum(1), minlength=3)
    assert (counted > 0).all()  # patients with none, one and two later records


def test_the_predicted_value_is_not_seen(queries: Queries) -> None:
    """With other values in the predicted records of one patient each, the forecasts of those records are the same."""
    prepared, model = scenario.prepared(), mixed_model()
    one = queries.take(np.unique(prepared.table.subject[queries.rows], return_index=True)[1])
    y = prepared.table.y.copy()
    y[one.rows] *= 3.0
    other = replace(prepared.table, y=y)
    changed = Prepared.with_scaling(prepared.study, other, prepared.splits, prepared.scaling)
    before, after = (
        model.forecast(with_later_records(p, one, LaterRecords.of(p, one))).mean for p in (prepared, changed)
    )
    np.testing.assert_array_equal(before, after)


def test_two_later_records_lower_the_error_of_the_mixed_model() -> None:
    """Over all five folds: the twenty patients of one are few to tell errors of one record apart."""
    both = np.concatenate([errors_of_pressure(fold) for fold in range(5)])
    assert len(both) > 150
    with_later, without = both.mean(0)
    assert with_later < 0.95 * without


def errors_of_pressure(fold: int) -> np.ndarray:
    """(n, 2) errors of held-out records with own and two later ones: from both, and from the own ones alone."""
    study, table = scenario.study(), scenario.table()
    prepared = Prepared.of(study, table, split_subjects(table, replace(study.splits, fold=fold)))
    queries, model = held_out_queries(prepared), fitted_mixed_model(prepared)
    d = [o.name for o in study.outcomes].index("pressure")
    records = held_out_records(prepared)
    truth, alone = records.y[:, d], model.forecast(prepared.episodes(queries)).mean[:, d]
    plain = np.abs(records.scaling.clinical(truth, d) - records.scaling.clinical(alone, d))
    errors = later_errors(prepared, [model], queries)[:, d]
    asked = ~np.isnan(errors) & (queries.size > 0)
    return np.stack([errors[asked], plain[asked]], axis=1)


def test_errors_are_of_records_with_two_later_ones_only(queries: Queries) -> None:
    prepared, model = scenario.prepared(), mixed_model()
    errors = later_errors(prepared, [model], queries)
    later = LaterRecords.of(prepared, queries)
    assert np.isnan(errors[~later.present.all(1)]).all()
    assert not np.isnan(errors[later.present.all(1)]).all()


def later_of(factor: float) -> tuple:
    """Made-up scores, and the errors of a predictor that sees later records; those with k = 3 have none."""
    one, ahead = scored(n=80), scored({**FACTOR, "champion": factor}, n=80)
    errors = {
        name: np.where(
            one.size == 3, np.nan, next(s for k, s in ahead.scores["champion"].items() if k[0] == name)
        )
        for name in ("marker", "event")
    }
    return one, errors


def test_the_champions_share_of_the_ceiling_is_its_gain_over_the_ceilings() -> None:
    """The champion errs a fifth less than the baseline, the one that sees later records two fifths."""
    found = ceiling(*later_of(0.6), SPEC)
    assert found["ceiling"] == pytest.approx(-0.4, abs=0.02)
    assert found["champion"] == pytest.approx(-0.2, abs=0.02)
    assert found["share"] == pytest.approx(found["champion"] / found["ceiling"])
    assert found["ceiling_low"] < found["ceiling"] < found["ceiling_high"] < 0
    assert (found["cells"], found["n_patients"]) == (4, 80)  # k = 1 and 2 of two outcomes


def test_without_a_gain_of_later_records_there_is_no_share() -> None:
    assert ceiling(*later_of(1.0), SPEC)["share"] is None


def test_without_own_records_there_is_no_ceiling() -> None:
    one = scored(n=40, sizes=1)
    assert ceiling(one, {name: np.ones(len(one.size)) for name in ("marker", "event")}, SPEC) == {}
