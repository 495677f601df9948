"""Durations are said in the unit that fits."""

import pytest

from meta_med.published.durations import in_words, stated, unit_of

MINUTE, HOUR = 1 / 1440, 1 / 24


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0.0, "0 seconds"), (45 / 86_400, "45 seconds"), (MINUTE, "1 minute"), (29.4 * MINUTE, "29 minutes"),
        (0.0208, "30 minutes"), (0.0417, "1 hour"), (0.083, "2 hours"),
        (90 * MINUTE, "90 minutes"), (0.5, "12 hours"), (1.0, "1 day"),
        (1.5, "36 hours"), (2.5, "3 days"), (45.0, "45 days"), (150.0, "5 months"), (365.25, "12 months"),
        (731.0, "2 years"), (1000.0, "2.7 years"), (1100.0, "3 years"),
    ],
)  # fmt: skip
def test_a_duration_has_the_unit_that_fits(days: float, words: str) -> None:
    assert in_words(days) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (300.0, "300 days"),
        (1100.0, "1,100 days"),
        (36.5, "36.5 days"),
        (0.5, "12 hours"),
        (0.0208, "30 minutes"),
    ],
)
def test_a_limit_is_said_as_the_study_writes_it(days: float, words: str) -> None:
    assert stated(days) == words


def test_no_duration_longer_than_a_second_is_none_of_its_unit() -> None:
    days = [2**i / 86_400 for i in range(31)]
    assert not any(in_words(d).startswith("0 ") for d in days)
    lengths = [unit_of(d).days for d in days]
    assert lengths == sorted(lengths)
