"""Numbers as text: nothing that was not estimated, no signed zero, no exponent."""

import numpy as np
import pytest

from meta_med.evaluate.number_text import change, decimal, estimate, percent, points

NAN = float("nan")


@pytest.mark.parametrize("value", [0.0, -0.0, 1e-17, -1e-17, -0.0004, 0.0004, np.float64(-0.0)])
def test_a_zero_has_no_sign(value: float) -> None:
    assert (change(value), percent(value, 0), points(value)) == ("0.0 %", "0 %", "0.0")
    assert decimal(value, "+.2f") == "0.00"


@pytest.mark.parametrize("value", [NAN, float("inf"), -float("inf"), None, np.float64("nan")])
def test_what_is_not_known_is_blank(value: float | None) -> None:
    assert (decimal(value), percent(value), change(value), points(value)) == ("", "", "", "")


def test_an_interval_that_is_not_known_is_left_out() -> None:
    assert estimate(0.25, 0.2, 0.3) == "0.25 [0.2, 0.3]"
    assert estimate(0.25, NAN, NAN) == "0.25"
    assert estimate(0.25, 0.2, NAN, percent) == "25.0 %"
    assert estimate(NAN, NAN, NAN) == ""


def test_per_cent_stands_after_a_space() -> None:
    assert (percent(0.125), change(0.125), change(-0.125)) == ("12.5 %", "+12.5 %", "-12.5 %")


def test_large_numbers_have_no_exponent() -> None:
    assert [decimal(v) for v in (999.4, 1234.5, -70000.0, 0.0001234)] == [
        "999",
        "1,234",
        "-70,000",
        "0.000123",
    ]
    assert decimal(120.4, "+.2g") == "+120"
