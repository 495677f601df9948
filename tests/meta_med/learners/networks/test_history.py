"""Own history, on a table that can be checked by eye."""

import torch

from meta_med.episodes.batch import Records
from meta_med.learners.networks.history import history
from meta_med.outcomes import Outcome, OutcomeLayout

LAYOUT = OutcomeLayout.of([Outcome("a"), Outcome("b", "binary")])

#          time  present  a     b
SUPPORT = [
    (-4.0, True, 1.0, 0),
    (-3.0, True, 2.0, None),
    (-2.0, True, None, 1),
    (-1.0, False, 9.0, 1),
]


def records(*rows: tuple[float, bool, float | None, int | None]) -> Records:
    """One subject's records; None is not observed, and NaN stands there."""
    y = torch.tensor([[[torch.nan if v is None else float(v) for v in row[2:]] for row in rows]])
    n = len(rows)
    return Records(
        x=torch.zeros(1, n, 1),
        x_observed=torch.ones(1, n, 1, dtype=torch.bool),
        time=torch.tensor([[row[0] for row in rows]]),
        y=y,
        y_observed=~torch.isnan(y),
        present=torch.tensor([[row[1] for row in rows]]),
    )


def seen_at(time: float):
    found = history(LAYOUT, records((time, True, None, None)), records(*SUPPORT))
    return {name: getattr(found, name)[0, 0].tolist() for name in ("last", "known", "age", "mean", "count")}


def test_at_prediction_time_everything_that_is_present_and_observed_counts() -> None:
    # columns: a, b = 0, b = 1; the absent record at -1 does not count
    assert seen_at(0.0) == {
        "last": [2.0, 0.0, 1.0],
        "known": [1.0, 1.0, 1.0],
        "age": [3.0, 2.0, 2.0],
        "mean": [1.5, 0.5, 0.5],
        "count": [2.0, 2.0, 2.0],
    }


def test_only_strictly_earlier_records_count() -> None:
    assert seen_at(-3.0)["last"] == [1.0, 1.0, 0.0]
    assert seen_at(-3.0)["count"] == [1.0, 1.0, 1.0]
    assert seen_at(-2.99)["last"][0] == 2.0


def test_before_the_first_record_nothing_is_known() -> None:
    assert all(values == [0.0, 0.0, 0.0] for values in seen_at(-4.0).values())


def test_without_support_records_nothing_is_known() -> None:
    support = records(*SUPPORT)
    found = history(LAYOUT, support, Records.empty(1, support))
    assert all(bool((value == 0).all()) for value in vars(found).values())
    assert found.features().shape == (1, 4, 15)


def test_features_are_bounded_in_count_and_age() -> None:
    many = records(*[(-1000.0 + i, True, 1.0, 1) for i in range(200)])
    features = history(LAYOUT, records((0.0, True, None, None)), many).features()
    assert float(features.abs().max()) < 10


def test_the_last_value_of_several_records_of_one_time_is_their_mean() -> None:
    """In any order; a class is then a share."""
    tied = [(-2.0, True, 1.0, 0), (-1.0, True, 4.0, 1), (-1.0, True, 8.0, 0), (-1.0, True, None, 1)]
    for rows in (tied, tied[::-1]):
        found = history(LAYOUT, records((0.0, True, None, None)), records(*rows))
        assert found.last[0, 0, 0].item() == 6.0
        torch.testing.assert_close(found.last[0, 0, 1:], torch.tensor([1 / 3, 2 / 3]))
        assert found.age[0, 0].tolist() == [1.0, 1.0, 1.0]
        assert found.count[0, 0].tolist() == [3.0, 4.0, 4.0]
