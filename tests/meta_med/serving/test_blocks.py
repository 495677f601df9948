"""Blocks: a subject's forecast is the same to the last bit, whoever else is predicted."""

from dataclasses import replace

import numpy as np
import pytest

from meta_med.episodes.queries import Queries, join_queries, most_recent
from meta_med.forecast import Forecast
from meta_med.meta_train.predictors import FittedPredictors
from meta_med.serving.blocks import BLOCK, LARGE_BLOCK, answers_in_blocks, block_for
from tests import scenario


def every_record() -> Queries:
    ready = scenario.prepared()
    return most_recent(ready, np.arange(ready.table.n_records))


@pytest.fixture(scope="module", params=[BLOCK, LARGE_BLOCK])
def fitted(request: pytest.FixtureRequest) -> FittedPredictors:
    return replace(scenario.fitted(), block=request.param)


@pytest.fixture(scope="module")
def whole(fitted: FittedPredictors) -> dict[str, Forecast]:
    (answer,) = answers_in_blocks(fitted, scenario.prepared(), [every_record()])
    return answer.forecasts


@pytest.mark.parametrize("seed", range(3))
def test_some_subjects_in_any_order_have_the_forecasts_they_have_among_all(
    fitted: FittedPredictors, whole: dict[str, Forecast], seed: int
) -> None:
    queries = every_record()
    some = np.random.default_rng(seed).permutation(len(queries))[: 1 + 50 * seed]
    (answer,) = answers_in_blocks(fitted, scenario.prepared(), [queries.take(some)])
    for name, forecast in answer.forecasts.items():
        np.testing.assert_array_equal(forecast.mean, whole[name].mean[some], err_msg=name)
        np.testing.assert_array_equal(forecast.scale, whole[name].scale[some], err_msg=name)


def test_blocks_are_as_the_plain_forecasts_but_for_rounding(whole: dict[str, Forecast]) -> None:
    assert len(every_record()) > BLOCK
    plain = scenario.fitted().forecasts(scenario.prepared(), every_record())
    assert plain.keys() == whole.keys()
    for name, forecast in plain.items():
        np.testing.assert_allclose(whole[name].mean, forecast.mean, atol=2e-5, err_msg=name)
        np.testing.assert_allclose(whole[name].scale, forecast.scale, atol=2e-5, err_msg=name)


def test_a_query_in_two_lists_is_answered_in_both() -> None:
    queries = every_record()
    lists = [queries.take(np.arange(5)), queries.take(np.arange(3, 9))]
    first, second = answers_in_blocks(scenario.fitted(), scenario.prepared(), lists)
    (both,) = answers_in_blocks(scenario.fitted(), scenario.prepared(), [join_queries(lists)])
    for name, forecast in both.forecasts.items():
        joined = np.concatenate([first.forecasts[name].mean, second.forecasts[name].mean])
        np.testing.assert_array_equal(joined, forecast.mean)


@pytest.mark.parametrize(
    ("names", "cohorts", "block"),
    [(0, 0, BLOCK), (63, 8, BLOCK), (255, 1, BLOCK), (256, 1, LARGE_BLOCK), (2000, 6, LARGE_BLOCK)],
)
def test_models_of_large_cohorts_have_large_blocks(names: int, cohorts: int, block: int) -> None:
    assert block_for(names, cohorts) == block
