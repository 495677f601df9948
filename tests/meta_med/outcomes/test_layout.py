"""Outcomes and where they stand in a tensor."""

import pytest
import torch

from meta_med.outcomes import Outcome, OutcomeLayout
from tests import scenario


def test_a_class_takes_one_column_each() -> None:
    layout = OutcomeLayout.of(scenario.MIXED)  # continuous, binary, three classes, continuous
    assert layout.width == 1 + 2 + 3 + 1
    assert [(c.start, c.stop) for c in layout.columns] == [(0, 1), (1, 3), (3, 6), (6, 7)]
    assert layout.scaled == (0, 3)
    assert layout.scaled_columns == (0, 6)
    assert layout.classes == (1, 2)


def test_targets_are_values_and_one_hot_classes_and_zero_where_not_observed() -> None:
    layout = OutcomeLayout.of(scenario.MIXED)
    y = torch.tensor([[2.5, 1.0, 2.0, -1.0], [torch.nan, torch.nan, 99.0, torch.nan]])
    observed = torch.tensor([[True] * 4, [False] * 4])
    values, seen = layout.targets(y, observed)
    assert values.tolist() == [[2.5, 0, 1, 0, 0, 1, -1.0], [0.0] * 7]
    assert seen.tolist() == [[True] * 7, [False] * 7]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"kind": "ordinal"}, "kind must be continuous, binary or categorical"),
        ({"kind": "categorical"}, "needs n_classes >= 2"),
        ({"kind": "categorical", "n_classes": 1}, "needs n_classes >= 2"),
        ({"kind": "binary", "n_classes": 3}, "a binary outcome has 2 classes"),
    ],
)
def test_an_outcome_that_makes_no_sense_is_refused(arguments: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Outcome("grade", **arguments)


def test_no_outcome_at_all_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one outcome"):
        OutcomeLayout.of([])
