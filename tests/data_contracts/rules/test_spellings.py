"""Names that a program on the way may have rewritten are told; names that only look alike are not."""

import pandas as pd
import pytest

from data_contracts.rules.identity_rules import loose


@pytest.mark.parametrize(("one", "other"), [("007", "7"), ("P0012", "p12"), ("C3", "c3"), ("A-01", "a-1")])
def test_capitals_and_leading_zeros_may_change_on_the_way(one: str, other: str) -> None:
    first, second = loose(pd.Index([one, other]))
    assert first == second


@pytest.mark.parametrize(("one", "other"), [("10", "1"), ("0", "00a"), ("1.05", "1.5"), ("P-1", "P1")])
def test_other_differences_are_other_names(one: str, other: str) -> None:
    first, second = loose(pd.Index([one, other]))
    assert first != second
