"""Hand-made lag features, on values that can be checked by eye."""

from dataclasses import replace

import numpy as np
import pytest

from meta_med.baselines.lags import OF_OTHERS, OWN, lags_of, last_observed, trend
from meta_med.episodes.episode_arrays import Episodes

NONE = np.nan


def two_patients() -> Episodes:
    """One with values 1, -, 4 at -3, -2, -1 years; one without any record. One covariate measured at records."""
    return Episodes(
        support_y=np.array([[[1.0], [NONE], [4.0]], [[NONE]] * 3]),
        support_x=np.array([[[10.0], [20.0], [NONE]], [[NONE]] * 3]),
        support_time=np.array([[-3.0, -2.0, -1.0], [NONE] * 3]),
        x=np.array([[NONE], [7.0]]),
        y=np.zeros((2, 1)),
        cohort=np.array([2, 5]),
        subject=np.array([0, 1]),
    )


NAMES = (*OWN, "x", "records", "newest", "oldest")


def test_of_a_patient_with_records() -> None:
    found = dict(zip(NAMES, lags_of(two_patients()).of(0)[0], strict=True))
    assert found == pytest.approx(
        {
            "last": 4.0, "age": np.log(2), "previous": 1.0, "gap": np.log(3), "mean": 2.5, "recent": 4.6 / 1.6,
            "deviation": 1.5, "change": 3.0, "spread": np.std([1, 4], ddof=1), "smallest": 1.0, "largest": 4.0,
            "slope": 1.5, "seen": 2.0, "x": 20.0, "records": 3.0, "oldest": np.log(4), "newest": np.log(2),
        }
    )  # fmt: skip


def test_of_a_patient_without_any() -> None:
    found = dict(zip(NAMES, lags_of(two_patients()).of(0)[1], strict=True))
    known = {name: value for name, value in found.items() if not np.isnan(value)}
    assert known == {"seen": 0.0, "x": 7.0, "records": 0.0}


def test_a_single_value_has_neither_spread_nor_slope() -> None:
    episodes = two_patients()
    episodes.support_y[0, 0] = NONE
    found = dict(zip(NAMES, lags_of(episodes).of(0)[0], strict=True))
    assert np.isnan([found["spread"], found["slope"], found["previous"]]).all()


def test_other_outcomes_lend_their_main_lags() -> None:
    one = two_patients()
    both = replace(one, support_y=np.concatenate([one.support_y, 10 * one.support_y], 2), y=np.zeros((2, 2)))
    found, alone = lags_of(both).of(0)[0], lags_of(one).of(0)[0]
    others = found[len(OWN) : len(OWN) + len(OF_OTHERS)]
    np.testing.assert_array_equal(found[: len(OWN)], alone[: len(OWN)])
    np.testing.assert_allclose(others, [10 * alone[OWN.index(name)] for name in OF_OTHERS])


def test_no_support_at_all_is_no_value() -> None:
    value, age = last_observed(np.zeros((2, 0, 3)), np.zeros((2, 0)))
    assert value.shape == age.shape == (2, 3)
    assert np.isnan(value).all()


@pytest.mark.parametrize(
    ("values", "time", "expected"),
    [
        ([0.0, 0.1, 0.3], [-3.0, -2.0, -1.0], 0.5),  # the line through the newest two
        ([0.1, NONE, 0.3], [-3.0, -2.0, -1.0], 0.4),  # whatever lies between them
        ([NONE, 0.2, 0.3], [-3.0, -1.1, -1.0], 0.6),  # no farther than three times their gap
        ([NONE, 0.0, 2.0], [-3.0, -2.0, -1.0], 3.0),  # by no more than one standard deviation
        ([NONE, NONE, 2.0], [-3.0, -2.0, -1.0], NONE),  # one value has no line
    ],
)
def test_the_line_through_the_newest_two_values(
    values: list[float], time: list[float], expected: float
) -> None:
    y, x = np.array(values)[None, :, None], np.zeros((1, 3, 1))
    one = Episodes(y, x, np.array([time]), x[:, 0], y[:, 0], np.zeros(1, int), np.zeros(1, int))
    assert trend(lags_of(one))[0, 0] == pytest.approx(expected, nan_ok=True)
