"""What is left of earlier doses at a record."""

import numpy as np
import pandas as pd
import pytest

from meta_med.cohorts.dose_history import dose_covariates
from meta_med.cohorts.doses import (
    ABSORBED,
    GIVEN,
    HALF_LIVES,
    LAST,
    LEFT,
    NAMES,
    RUNNING,
    SINCE_FIRST,
    SINCE_LAST,
    decayed,
)
from meta_med.cohorts.row_filters import SUBJECT
from meta_med.study import DosesSpec

SPEC = DosesSpec(amount="amt", rate="rate")


def rows(*drawn: tuple[str, float, float, float], **columns) -> pd.DataFrame:
    return pd.DataFrame(drawn, columns=[SUBJECT, "hours", "amt", "rate"]).assign(**columns)


def features(frame: pd.DataFrame, spec: DosesSpec = SPEC) -> pd.DataFrame:
    return dose_covariates(frame, frame["hours"].to_numpy(float), spec)


def test_a_dose_halves_with_each_half_life() -> None:
    found = features(rows(("a", 0, 100, 0), ("a", 8, 0, 0), ("a", 24, 0, 0)))
    assert found["dose_left_8h"].tolist()[1:] == pytest.approx([50, 12.5])
    assert found["dose_left_24h"].iloc[2] == pytest.approx(50)


def test_doses_add_up_and_those_of_others_do_not_count() -> None:
    found = features(rows(("a", 0, 100, 0), ("b", 0, 999, 0), ("a", 8, 40, 0), ("a", 16, 0, 0)))
    assert found["dose_left_8h"].iloc[3] == pytest.approx(25 + 20)
    assert found.loc[3, [GIVEN, LAST, SINCE_FIRST, SINCE_LAST]].tolist() == [140, 40, 16, 8]


def test_an_infusion_is_the_limit_of_many_small_doses() -> None:
    infused = features(rows(("a", 0, 60, 30), ("a", 5, 0, 0)))
    hours = np.linspace(0, 2, 2001)[:-1] + 0.0005
    drips = features(rows(*[("a", h, 0.03, 0) for h in hours], ("a", 5, 0, 0)))
    np.testing.assert_allclose(infused[list(LEFT)].iloc[-1], drips[list(LEFT)].iloc[-1], rtol=1e-3)


def test_an_infusion_runs_until_its_end() -> None:
    found = features(rows(("a", 0, 60, 30), ("a", 1, 0, 0), ("a", 3, 0, 0)))
    assert found[RUNNING].tolist()[1:] == [30, 0]


def test_a_rate_per_minute_is_sixty_times_that_an_hour() -> None:
    frame = rows(("a", 0, 60, 0.5), ("a", 1, 0, 0), drug="quick")
    spec = DosesSpec(amount="amt", rate="rate", per_minute={"drug": ("quick",)})
    assert features(frame, spec)[RUNNING].iloc[1] == pytest.approx(30)


def test_nothing_given_later_or_at_the_same_time_changes_a_record() -> None:
    before = features(rows(("a", 0, 100, 0), ("a", 5, 0, 0), ("a", 9, 0, 0)))
    later = features(rows(("a", 0, 100, 0), ("a", 5, 70, 0), ("a", 9, 30, 10)))
    pd.testing.assert_series_equal(before.loc[1], later.loc[1])


def test_before_the_first_dose_everything_is_missing() -> None:
    assert features(rows(("a", 0, 0, 0), ("a", 2, 10, 0))).isna().all().all()


def test_who_has_no_dose_row_had_one_dose_at_time_0() -> None:
    frame = rows(("a", 8, 0, 0), ("b", 8, np.nan, np.nan), ("c", 0, 20, 0), ("c", 8, 0, 0))
    frame["stated"] = [4.0, np.nan, 7.0, 7.0]
    found = features(frame, DosesSpec(amount="amt", at_start="stated"))
    assert found[GIVEN].tolist() == pytest.approx([4, 1, np.nan, 20], nan_ok=True)
    assert found["dose_left_8h"].iloc[0] == pytest.approx(2)


def test_moving_on_in_time_is_what_a_later_record_would_have_shown() -> None:
    frame = rows(("a", 0, 100, 0), ("a", 4, 50, 0), ("a", 6, 0, 0), ("a", 16, 0, 0))
    found = features(frame)
    x, names = found.to_numpy()[[2]], tuple(found.columns)
    moved = decayed(x, names, 10 / (24 * 365.25))
    kept = [names.index(n) for n in (*LEFT, *ABSORBED, GIVEN, LAST, RUNNING, SINCE_FIRST, SINCE_LAST)]
    np.testing.assert_allclose(moved[0, kept], found.to_numpy()[3, kept], rtol=1e-9, atol=1e-12)


def test_columns_without_doses_are_left_alone() -> None:
    x = np.ones((2, 1))
    assert decayed(x, ("age",), 1.0) is x
    assert len(NAMES) == len(HALF_LIVES) + len(ABSORBED) + 5
