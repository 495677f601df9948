"""The numbers of own records that were evaluated, and those that patients are served from."""

from dataclasses import replace

import numpy as np
import pytest

from meta_med.episodes.prepared import Prepared
from meta_med.episodes.queries import queries_of
from meta_med.episodes.withheld import evaluated_sizes, served_sizes
from meta_med.study import EvaluationSpec, Setting
from tests import scenario


def asking(sizes: tuple[int, ...] | None, setting: Setting = "next") -> Prepared:
    ready = scenario.prepared()
    evaluation = EvaluationSpec(settings=(setting,), support_sizes=sizes)
    return replace(ready, study=replace(ready.study, evaluation=evaluation))


def served(ready: Prepared, *own_records: int) -> list[int]:
    """The support size of the first outcome for patients with these numbers of own records."""
    return served_sizes(evaluated_sizes(ready), np.asarray(own_records))[:, 0].tolist()


@pytest.mark.parametrize("sizes", [(0, 1, 3), (0, 4), (0, 2, 5)])
def test_a_patient_is_served_as_records_are_evaluated(sizes: tuple[int, ...]) -> None:
    ready = asking(sizes)
    for own in range(6):
        assert served(ready, own) == [max(k for k in sizes if k <= own)]
    assert set(queries_of(ready, "held_out", "next").size.tolist()) == set(sizes)


def test_without_the_size_0_a_patient_without_own_records_is_not_served() -> None:
    assert served(asking((1, 3)), 0, 1, 2, 3) == [-1, 1, 1, 3]


def test_without_stated_sizes_next_serves_every_number() -> None:
    assert served(asking(None), 0, 1, 2, 3, 4, 5) == [0, 1, 2, 3, 4, 5]


def test_a_size_between_two_that_are_evaluated_is_served_unless_the_study_states_its_sizes() -> None:
    """Sizes of one stratum share weights and intervals, so those between two evaluated ones are vouched for."""
    assert served(asking(None, "recent"), 3, 4, 5) == [3, 4, 5]
    assert served(asking((3, 5), "recent"), 3, 4, 5) == [3, 3, 5]
