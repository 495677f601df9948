"""Queries as subjects of their own have the covariates of the whole study, without the records that told them."""

from dataclasses import replace

import numpy as np
import pytest

from meta_med.cohorts.record_table import Ahead
from meta_med.episodes.prepared import Prepared
from meta_med.episodes.queries import Queries, join_queries, most_recent
from meta_med.evaluate.counterfactual import as_single_queries
from tests import scenario

WAYS: tuple[Ahead, ...] = ("own", "computed", "carried", "planned", "fixed")


def moving(ahead: Ahead) -> Prepared:
    """The scenario with another covariate known ahead, which changes at every record."""
    table = scenario.table()
    drawn = np.random.default_rng(0).normal(size=(2, table.n_records))
    own = tuple("carried" if known else "own" for known in table.known_ahead)
    x = np.column_stack([table.x, drawn[0]])
    table = replace(
        table,
        x=x,
        next_x=np.column_stack(
            [np.full(table.x.shape, np.nan), drawn[1] if ahead != "fixed" else drawn[1] * 0 + 2]
        ),
        covariates=(*table.covariates, "moving"),
        known_ahead=(*table.known_ahead, True),
        log_covariate=(*table.log_covariate, False),
        most=(*table.most, 0),
        by_cohort=(*table.by_cohort, False),
        ahead=(*own, ahead),  # type: ignore[arg-type]
    )
    return scenario.prepare(table)


def some_queries(ready: Prepared) -> Queries:
    """The newest record of each subject from all records before it, from the first one, and from none."""
    rows = ready.table.newest
    start = ready.table.offsets[:-1]
    first = np.minimum(start + 1, rows)
    return join_queries(
        [most_recent(ready, rows), Queries(rows, first, first - start), Queries(rows, start, 0 * rows)]
    )


@pytest.mark.parametrize("ahead", WAYS)
def test_a_query_alone_has_the_covariates_that_it_has_among_all_records(ahead: Ahead) -> None:
    ready = moving(ahead)
    queries = some_queries(ready)
    alone, single = as_single_queries(ready, queries)
    known = np.asarray(ready.table.known_ahead)
    np.testing.assert_array_equal(
        alone.covariates_of(single)[:, known], ready.covariates_of(queries)[:, known]
    )
    np.testing.assert_array_equal(alone.episodes(single).x, ready.episodes(queries).x)


def test_with_another_patients_records_it_keeps_its_own_covariates_but_for_windows() -> None:
    ready = moving("carried")
    queries = most_recent(ready, ready.table.newest)
    donor = np.roll(np.arange(len(queries)), 1)
    swapped, single = as_single_queries(ready, queries, donor)
    np.testing.assert_array_equal(swapped.episodes(single).x, ready.episodes(queries).x)
    window = moving("window")
    swapped, single = as_single_queries(window, queries, donor)
    expected = window.covariates_of(queries)
    expected[:, -1] = expected[donor, -1]
    found = swapped.covariates_of(single)
    known = np.asarray(window.table.known_ahead)
    np.testing.assert_array_equal(found[:, known], expected[:, known])
