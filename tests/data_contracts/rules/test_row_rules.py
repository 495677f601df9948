"""Vectorised rules say what a plain loop over rows says."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from data_contracts.contract.vocabulary import word_of_rows
from data_contracts.rules.row_rules import not_a_copy


def table(seed: int) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    n = 200
    return pd.DataFrame(
        {
            "id": pd.Series(rng.choice(["a", "b", "c", None], n), dtype="str"),
            "day": rng.integers(0, 15, n).astype(float),
            "test": rng.choice(["hdl", "chol"], n),
            "value": rng.integers(0, 3, n).astype(float),
            "sex": pd.Series(rng.choice(["f", "m", None], n, p=[0.9, 0.05, 0.05]), dtype="str"),
        }
    ).mask(lambda f: pd.DataFrame(rng.random(f.shape) < 0.02, columns=f.columns))


def same(a: pd.Series, b: pd.Series) -> bool:
    return all((x == y) or (pd.isna(x) and pd.isna(y)) for x, y in zip(a, b, strict=True))


def slow_unique_key(frame: pd.DataFrame, i: int) -> bool:
    row, key = frame.iloc[i], ["id", "day"]
    if row[key].isna().any():
        return True
    return not any(
        j != i and (frame.iloc[j][key] == row[key]).all() and _conflicts(frame, i, j)
        for j in range(len(frame))
    )


def _conflicts(frame: pd.DataFrame, i: int, j: int) -> bool:
    """Rows of one key conflict when any two of the key's rows differ."""
    row, key = frame.iloc[i], ["id", "day"]
    group = [k for k in range(len(frame)) if (frame.iloc[k][key] == row[key]).all()]
    return any(not same(frame.iloc[a], frame.iloc[b]) for a in group for b in group if a < b) or not same(
        row, frame.iloc[j]
    )


def slow_repeated_row(frame: pd.DataFrame, i: int) -> bool:
    row = frame.iloc[i]
    return bool(row[["id", "day"]].isna().any()) or not any(same(frame.iloc[j], row) for j in range(i))


def slow_constant(frame: pd.DataFrame, i: int) -> bool:
    mine = frame[frame["id"] == frame.iloc[i]["id"]]
    return len(set(mine["sex"].dropna())) <= 1


def slow_in_order(frame: pd.DataFrame, i: int) -> bool:
    before = [j for j in range(i) if frame.iloc[j]["id"] == frame.iloc[i]["id"]]
    return not before or not frame.iloc[i]["day"] < frame.iloc[before[-1]]["day"]


@pytest.mark.parametrize(
    ("rule", "arguments", "slow"),
    [
        ("unique_key", {"columns": ["id", "day"]}, slow_unique_key),
        ("repeated", {"columns": ["id", "day"]}, slow_repeated_row),
        ("constant_per_subject", {"columns": ["sex"], "subject": "id"}, slow_constant),
        ("in_order", {"columns": ["id", "day"]}, slow_in_order),
    ],
)
@pytest.mark.parametrize("seed", [0, 1])
def test_a_rule_equals_its_plain_loop(
    rule: str, arguments: dict[str, Any], slow: Callable[[pd.DataFrame, int], bool], seed: int
) -> None:
    frame = table(seed).iloc[:40].reset_index(drop=True)
    fast = word_of_rows(rule).check(frame, arguments)
    assert fast.tolist() == [slow(frame, i) for i in range(len(frame))]


def test_a_copied_column_is_found_only_when_nearly_all_is_equal() -> None:
    frame = pd.DataFrame({"a": np.arange(100.0), "b": np.arange(100.0)})
    arguments = {"column": "a", "of": "b"}
    assert not not_a_copy(frame, arguments).any()
    assert not_a_copy(frame.assign(b=frame["b"] // 2), arguments).all()
    assert not_a_copy(frame.iloc[:10], arguments).all()


def test_a_copied_test_of_a_long_table_is_held_whole_even_without_its_original() -> None:
    days = np.tile(np.arange(50), 2)
    frame = pd.DataFrame({"id": "a", "day": days, "test": ["hdl"] * 50 + ["chol"] * 50, "value": days * 1.0})
    frame.loc[len(frame)] = ["b", 1, "chol", 9.0]
    arguments = {"column": "value", "of": "hdl", "name": "chol", "name_column": "test", "by": ["id", "day"]}
    assert not_a_copy(frame, arguments).tolist() == [True] * 50 + [False] * 51
    assert not_a_copy(frame.assign(value=np.arange(101.0)), arguments).all()
