"""Runs of records are cut from episodes so that each record counts about once."""

import numpy as np

from meta_med.baselines.serial import series_of
from meta_med.episodes.episode_arrays import Episodes


def asked(subject: list[int], size: list[int], most: int) -> Episodes:
    """Episodes with these support sizes."""
    n = len(subject)
    time = np.where(np.arange(most, 0, -1.0) <= np.array(size)[:, None], -1.0, np.nan)
    return Episodes(
        support_y=np.zeros((n, most, 1)),
        support_x=np.zeros((n, most, 1)),
        support_time=time,
        x=np.zeros((n, 1)),
        y=np.zeros((n, 1)),
        cohort=np.zeros(n, dtype=np.int64),
        subject=np.array(subject),
    )


def test_a_short_series_is_its_last_episode() -> None:
    episodes = asked([0, 0, 0, 1, 1], [0, 1, 2, 0, 1], 5)
    assert series_of(episodes).tolist() == [2, 4]


def test_a_record_that_is_asked_several_times_counts_once() -> None:
    episodes = asked([0, 0, 0, 0], [2, 1, 2, 0], 5)
    assert len(series_of(episodes)) == 1


def test_a_long_series_gives_several_runs_evenly_spread_that_end_with_the_last() -> None:
    episodes = asked([0] * 30, [2] * 30, 2)
    assert series_of(episodes, most=2).tolist() == [9, 19, 29]


def test_subjects_without_own_records_are_runs_of_one() -> None:
    assert series_of(asked([0, 1, 2], [0, 0, 0], 5)).tolist() == [0, 1, 2]


def test_where_runs_are_very_many_an_even_part_of_them_is_taken() -> None:
    assert series_of(asked(list(range(9)), [0] * 9, 5), runs=3).tolist() == [0, 3, 6]
