"""Environment variables that make no sense are refused with their name, before anything is computed."""

import pytest

from orchestration.errors import StudyError
from orchestration.graph import MAX_HOURS_VARIABLE, max_runtime_seconds
from orchestration.startup import THREADS_VARIABLE, thread_count
from orchestration.triggers import TIMEZONE_VARIABLE, time_zone


def test_a_time_zone_that_is_none_is_refused_with_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    for wrong in ("Europe/Nowhere", "../etc/passwd", "UTC+25"):
        monkeypatch.setenv(TIMEZONE_VARIABLE, wrong)
        with pytest.raises(StudyError, match=f"{TIMEZONE_VARIABLE} names no time zone"):
            time_zone()


@pytest.mark.parametrize("wrong", ["six", "0", "-1", "nan", "inf"])
def test_a_limit_that_is_no_number_of_hours_is_refused(monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
    monkeypatch.setenv(MAX_HOURS_VARIABLE, wrong)
    with pytest.raises(StudyError, match="META_MED_MAX_HOURS must be a number of hours"):
        max_runtime_seconds()


@pytest.mark.parametrize("wrong", ["two", "0", "-1", "1.5", "10000", "\u0662"])
def test_a_number_of_threads_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
    monkeypatch.setenv(THREADS_VARIABLE, wrong)
    with pytest.raises(StudyError, match="META_MED_THREADS must be a whole number of threads"):
        thread_count()
