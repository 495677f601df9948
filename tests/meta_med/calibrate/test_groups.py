"""Groups of patients: every predicted record has one label, and missing ones say so."""

from dataclasses import replace

import numpy as np
import pytest

from meta_med.calibrate.choose_and_calibrate import UNKNOWN, group_labels
from meta_med.episodes.queries import Queries
from tests import scenario


def labels(covariate: str, bands: tuple[float, ...] = (), blank: tuple[int, ...] = ()) -> np.ndarray:
    table = scenario.table()
    x = table.x.copy()
    x[list(blank)] = np.nan
    rows = np.arange(20)
    return group_labels(replace(table, x=x), Queries(rows, rows, np.zeros(20, np.int64)), covariate, bands)


def test_a_category_is_named_by_its_level() -> None:
    table = scenario.table()
    is_f = table.x[:20, table.covariates.index("sex=f")] == 1
    assert labels("sex").tolist() == np.where(is_f, "f", "m").tolist()


def test_a_number_falls_into_bands_that_are_closed_on_the_left() -> None:
    age = scenario.table().x[:20, scenario.table().covariates.index("age")]
    cut = float(age[0])  # a value on the cut belongs to the band above
    expected = np.where(age < cut, f"under {cut:g}", f"{cut:g} and over")
    assert labels("age", (cut,)).tolist() == expected.tolist()
    assert set(labels("age", (40.0, 60.0))) <= {"under 40", "40 to 60", "60 and over"}


@pytest.mark.parametrize("bands", [(), (50.0,)])
@pytest.mark.parametrize("covariate", ["sex", "age"])
def test_a_missing_value_is_unknown(covariate: str, bands: tuple[float, ...]) -> None:
    found = labels(covariate, bands, blank=(3, 4))
    assert (found == UNKNOWN).tolist() == [i in (3, 4) for i in range(20)]


def test_a_covariate_that_is_not_there_is_named() -> None:
    with pytest.raises(ValueError, match=r"evaluation\.groups: no covariate height in the records"):
        labels("height")
