"""Everything reported about a distribution is computed from counts over the contract's range, never from the values."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_contracts.contract.check_specs import table_specs
from data_contracts.contract.model import Column, Rule, Table
from data_contracts.contract.vocabulary import vocabulary
from data_contracts.report.distributions import distributions
from data_contracts.report.shapes import AcceptedRows, AxisCounts, drift, shapes_of
from data_contracts.report.tally import DeliveryCounts
from data_contracts.rules.delivery_pair import Pair

WEIGHT = Column(name="weight", kind="number", unit="kg")
USUAL = Rule(name="t.weight.soft_range", rule="soft_range", table="t", column="weight", outcome="warn", code="W_OOD",
             arguments={"min": 40, "max": 200})  # fmt: skip
TABLE = Table(name="t", columns=(WEIGHT,), rules=(USUAL,))


def shape(values: np.ndarray) -> AxisCounts:
    return next(shapes_of(AcceptedRows({"t": pd.DataFrame({"weight": values})}, TABLE)))


def batch(*shapes: AxisCounts) -> DeliveryCounts:
    return DeliveryCounts(delivery=str(hash(shapes)), verdict="accept", rows_in=1, rows_accepted=1, rows_quarantined=0,
                 shapes={s.column: s for s in shapes})  # fmt: skip


@pytest.fixture
def drawn() -> np.ndarray:
    return np.random.default_rng(0).normal(80, 12, 5_000)


def test_values_beyond_the_axis_are_counted_at_its_ends() -> None:
    found = shape(np.array([1.0, 300.0, 90.0, np.nan]))
    assert (found.counts[0], found.counts[-1], found.rows) == (1, 1, 3)


def test_quantiles_read_off_the_bins_are_close_to_the_true_ones(drawn: np.ndarray) -> None:
    found = shape(drawn)
    for share in (0.05, 0.25, 0.5, 0.75, 0.95):
        assert found.quantile(share) == pytest.approx(np.quantile(drawn, share), abs=1.0)


def test_a_quantile_that_few_values_lie_beyond_is_not_told(drawn: np.ndarray) -> None:
    assert shape(drawn[:200]).quantile(0.05) is None
    assert shape(drawn[:201]).quantile(0.05) is not None
    assert shape(np.full(5_000, 81.234)).quantile(0.5) is None


def test_the_same_shape_again_is_as_before_and_a_shifted_one_is_not(drawn: np.ndarray) -> None:
    old, again = shape(drawn[:2_500]), shape(drawn[2_500:])
    moved = shape(drawn + 12)
    assert drift(again, old) < 0.02
    assert drift(moved, old) > 0.5
    shown = distributions(batch(moved), [batch(old)])[0]
    assert shown["says"] == "large shift"
    assert shown["quantiles"]["50%"] - shown["quantiles_before"]["50%"] == pytest.approx(12, abs=1.5)


def test_the_rule_between_deliveries_says_the_same_number(drawn: np.ndarray) -> None:
    new, old = drawn[:2_500] + 12, drawn[2_500:]
    frames = (pd.DataFrame({"weight": values}) for values in (new, old))
    no_drift = Rule(name="t.weight.no_drift", rule="no_drift", table="t", column="weight", outcome="warn",
                    code="W_DRIFT_PSI")  # fmt: skip
    table = Table(name="t", columns=(WEIGHT,), rules=(USUAL, no_drift))
    spec = next(s for s in table_specs(table) if s.rule == "no_drift")
    (note,) = vocabulary()["no_drift"].check(Pair(new=next(frames), old=next(frames), table=table), spec)
    assert f"{drift(shape(new), shape(old)):.2f}" in note.message


def test_too_few_values_and_other_axes_are_not_compared(drawn: np.ndarray) -> None:
    few = shape(drawn[:60])
    assert drift(few, shape(drawn)) is None
    other = AxisCounts(**{**few.to_json(), "labels": ("0", "200")})
    assert distributions(batch(shape(drawn)), [batch(other)])[0]["before"] is None


def test_bars_of_few_rows_have_no_height(drawn: np.ndarray) -> None:
    shown = distributions(batch(shape(drawn[:300])), [])[0]
    assert None in shown["bars"]
    assert max(height for height in shown["bars"] if height) == 1.0
    assert all(height is None or height == 0 or height > 10 / 300 for height in shown["bars"])


@given(
    st.lists(st.integers(0, 500), min_size=32, max_size=32),
    st.lists(st.integers(0, 500), min_size=32, max_size=32),
)
def test_the_index_is_never_negative_and_0_for_itself(new: list[int], old: list[int]) -> None:
    one, other = (AxisCounts(**{**shape(np.array([50.0])).to_json(), "counts": tuple(c)}) for c in (new, old))
    index = drift(one, other)
    assert index is None or index >= 0
    assert drift(one, one) in {None, 0.0}


def test_a_shape_survives_its_json(drawn: np.ndarray) -> None:
    assert AxisCounts.from_json(shape(drawn).to_json()) == shape(drawn)
