"""A column that copies another is found, however it is written; columns that are merely alike are not."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from data_contracts.draft.column_types import column_facts
from data_contracts.draft.copies import copies

ROWS = 400


def found(**columns: object) -> list[tuple[str, str]]:
    frame = pd.DataFrame(columns).astype("str")
    facts = [column_facts(str(n), pa.chunked_array([pa.array(c)]).combine_chunks()) for n, c in frame.items()]
    return list(copies(facts))


@pytest.fixture
def weight() -> np.ndarray:
    return np.random.default_rng(1).normal(80, 12, ROWS).round(1)


@pytest.mark.parametrize(
    "written",
    [
        lambda x: x,
        lambda x: (x * 2.2046).round(1),
        lambda x: 100 - x,
        lambda x: np.log(x).round(6),
        lambda x: np.where(np.arange(ROWS) % 3 == 0, np.nan, x),
    ],
)
def test_numbers_that_follow_from_others_are_copies(
    written: Callable[[np.ndarray], np.ndarray], weight: np.ndarray
) -> None:
    assert found(weight=weight, noise=weight[::-1], again=written(weight)) == [("again", "weight")]


def test_categories_under_other_names_are_copies() -> None:
    sites = np.random.default_rng(2).integers(0, 5, ROWS)
    names = np.asarray(["north", "south", "east", "west", "centre"])[sites]
    assert found(site=sites, x=np.arange(ROWS) % 7, site_name=names) == [("site_name", "site")]
    assert found(male=sites % 2, sex=np.where(sites % 2 == 1, "m", "f")) == [("sex", "male")]


def test_each_copy_is_named_once(weight: np.ndarray) -> None:
    assert found(a=weight, b=weight, c=weight) == [("b", "a"), ("c", "a")]


def test_what_is_merely_alike_is_no_copy(weight: np.ndarray) -> None:
    rng = np.random.default_rng(3)
    rare = np.zeros(ROWS)
    rare[7] = 1
    assert found(weight=weight, later=weight + rng.normal(0, 1, ROWS)) == []
    assert found(a=rare, b=rare) == []
    assert found(first_id=[f"P{k}" for k in range(ROWS)], second_id=[f"Q{k}" for k in range(ROWS)]) == []


def test_few_rows_prove_nothing() -> None:
    assert found(a=[1, 2, 3, 4], b=[1, 2, 3, 4]) == []
