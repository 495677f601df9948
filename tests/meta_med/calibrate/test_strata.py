"""Strata of support sizes, and who is asked too where a stratum has few subjects."""

import numpy as np
import pytest

from meta_med.calibrate.strata import ENOUGH, STRATA, stratum_name, stratum_of, with_neighbours


def test_every_support_size_has_one_stratum_and_a_name() -> None:
    assert stratum_of(np.array([0, 1, 2, 3, 5, 6, 500])).tolist() == [0, 1, 2, 3, 3, 4, 4]
    assert [stratum_name(s) for s in range(len(STRATA))] == ["0", "1", "2", "3-5", "6+"]


def strata_asked(subjects: dict[int, int], s: int) -> set[int]:
    """Which strata answer for `s`, where each of these strata has so many subjects."""
    stratum = np.repeat(list(subjects), list(subjects.values()))
    return set(stratum[with_neighbours(stratum, np.arange(len(stratum)), s)].tolist())


@pytest.mark.parametrize(
    ("subjects", "asked"),
    [
        ({1: ENOUGH, 2: ENOUGH, 3: ENOUGH}, {2}),
        ({1: ENOUGH, 2: ENOUGH - 1, 3: 1, 4: ENOUGH}, {1, 2, 3}),
        ({0: ENOUGH, 2: 3, 4: 5}, {2, 4}),
    ],
)
def test_a_stratum_asks_no_farther_than_it_must_and_never_those_without_records(
    subjects: dict[int, int], asked: set[int]
) -> None:
    assert strata_asked(subjects, 2) == asked


def test_those_without_records_stay_by_themselves_however_few() -> None:
    assert strata_asked({0: 2, 1: ENOUGH}, 0) == {0}
