"""Records of a later delivery in the columns and cohorts of a trained model."""

import json

import numpy as np
import pandas as pd

from meta_med.cohorts.assemble import assemble_with_account
from meta_med.cohorts.assign import OTHER, assign_cohorts
from meta_med.cohorts.columns.known_columns import KnownColumns
from meta_med.study import CohortFactor, CohortsSpec
from tests import scenario

KNOWN = KnownColumns.of(scenario.table())


def column(table, name: str) -> np.ndarray:
    return table.x[:, table.covariates.index(name)]


def test_the_same_rows_give_the_same_table() -> None:
    again = assemble_with_account({"visits": scenario.visits()}, scenario.study(), KNOWN).table
    for name, value in vars(scenario.table()).items():
        np.testing.assert_array_equal(getattr(again, name), value, err_msg=name)


def test_columns_can_be_read_back_from_json() -> None:
    assert KnownColumns.from_json(json.loads(json.dumps(KNOWN.to_json()))) == KNOWN


def test_a_level_that_nobody_has_any_more_is_zero_and_missing_where_the_category_is() -> None:
    visits = scenario.visits()
    visits = visits[visits["sex"] == "f"]
    visits.loc[visits["id"] == visits["id"].iloc[0], "sex"] = None
    table = assemble_with_account({"visits": visits}, scenario.study(), KNOWN).table
    assert table.covariates == KNOWN.covariates
    unknown = np.isnan(column(table, "sex=f"))
    assert unknown.any()
    np.testing.assert_array_equal(np.isnan(column(table, "sex=m")), unknown)
    assert (column(table, "sex=m")[~unknown] == 0).all()


def test_a_new_level_follows_the_known_columns() -> None:
    visits = scenario.visits()
    visits.loc[visits["id"] == "P007", "sex"] = "d"
    table = assemble_with_account({"visits": visits}, scenario.study(), KNOWN).table
    assert table.covariates == (*KNOWN.covariates, "sex=d")
    assert column(table, "sex=d").sum() == (visits["id"] == "P007").sum()
    assert len(table.known_ahead) == len(table.log_covariate) == len(table.covariates) == table.x.shape[1]


def cohorts_of(sites: list[str], known: tuple[str, ...]) -> list[str]:
    frame = pd.DataFrame({"id": range(len(sites)), "site": sites})
    spec = CohortsSpec(factors=(CohortFactor(column="site"),), min_subjects=3)
    place, names = assign_cohorts(frame, "id", spec, known=known)
    assert names[: len(known)] == known
    return [names[i] for i in place]


def test_known_cohorts_stay_whatever_their_size_and_new_ones_come_after() -> None:
    assert cohorts_of(["b", "z", "a", "z"], ("b", "a")) == ["b", "z", "a", "z"]


def test_where_the_model_has_pooled_small_cohorts_new_ones_join_these() -> None:
    assert cohorts_of(["b", "z", "y"], ("b", OTHER)) == ["b", OTHER, OTHER]
