"""What is told of a cohort's values, and what too few patients stand behind."""

import numpy as np
import pandas as pd
import pytest

from dashboard.cohorts.distribution import ALL, summaries
from meta_med.published.release import LEAST_PATIENTS as LEAST


def of(sizes: dict[str, int]) -> pd.DataFrame:
    """Values 0, 1, 2, ... of the patients of each cohort."""
    parts = [
        pd.DataFrame(
            {
                "outcome": "bili",
                "cohort": name,
                "patient": [f"{name} {i}" for i in range(n)],
                "value": np.arange(n, dtype=float),
            }
        )
        for name, n in sizes.items()
    ]
    return summaries(pd.concat(parts, ignore_index=True)).set_index("cohort")


def test_a_cohort_of_few_patients_is_only_in_the_whole() -> None:
    found = of({"large": 30, "small": LEAST - 1})
    assert list(found.index) == [ALL, "large"]
    assert found.loc[ALL, "n_patients"] == 30 + LEAST - 1


def test_the_largest_cohort_comes_first() -> None:
    assert list(of({"b": 20, "a": 50}).index) == [ALL, "a", "b"]


@pytest.mark.parametrize(
    ("n", "told"),
    [
        (LEAST, {"middle"}),
        (4 * LEAST - 1, {"middle"}),
        (4 * LEAST, {"low_50", "middle", "high_50"}),
        (10 * LEAST, {"low_80", "low_50", "middle", "high_50", "high_80"}),
    ],
)
def test_a_mark_cuts_off_no_group_of_few_patients(n: int, told: set[str]) -> None:
    row = of({"one": n}).loc["one"]
    marks = [name for name in row.index if name.endswith(("_50", "_80")) or name == "middle"]
    assert {name for name in marks if not np.isnan(row[name])} == told
    assert row["middle"] == (n - 1) / 2


@pytest.mark.parametrize(
    ("yes", "share"),
    [(0, 0.0), (1, np.nan), (LEAST - 1, np.nan), (LEAST, LEAST / 50), (50 - LEAST + 1, np.nan), (50, 1.0)],
)
def test_a_share_that_few_make_up_or_few_are_missing_from_is_hidden(yes: int, share: float) -> None:
    values = pd.DataFrame(
        {
            "outcome": "event",
            "cohort": "one",
            "patient": range(50),
            "value": [1.0] * yes + [0.0] * (50 - yes),
        }
    )
    found = summaries(values).set_index("cohort").loc["one", "present"]
    assert found == pytest.approx(share, nan_ok=True)


def test_without_values_there_is_no_row() -> None:
    assert summaries(pd.DataFrame({"outcome": [], "cohort": [], "patient": [], "value": []})).empty


def test_a_patient_of_two_cohorts_counts_once_in_all() -> None:
    one = pd.DataFrame({"outcome": "bili", "patient": [f"P{i}" for i in range(20)], "value": 1.0})
    found = summaries(pd.concat([one.assign(cohort=name) for name in ("a", "b")])).set_index("cohort")
    assert found["n_patients"].to_dict() == {"all": 20, "a": 20, "b": 20}
