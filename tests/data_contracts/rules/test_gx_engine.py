"""The engine answers with exact rows, or says that a check is broken; it never takes one for the other."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pandas as pd
import pytest

from data_contracts.contract import load
from data_contracts.contract.check_specs import CheckSpec, resolve_bound, table_specs
from data_contracts.errors import CheckBrokenError
from data_contracts.rules.gx_engine import failing_rows

NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)
TABLE = load("pbc").tables["visits"]
SPECS = {s.name: s for s in table_specs(TABLE)}


def frame(**columns: object) -> pd.DataFrame:
    return pd.DataFrame(columns)


def run(spec: CheckSpec, rows: pd.DataFrame) -> list[int]:
    return failing_rows(rows, [spec], TABLE, NOW)[spec.name].tolist()


def test_a_range_names_the_rows_outside_and_passes_missing_values() -> None:
    assert run(SPECS["visits.bili.hard_range"], frame(bili=[1.0, -1.0, np.nan, 5000.0])) == [1, 3]


def test_not_null_names_missing_rows_even_when_all_are() -> None:
    assert run(SPECS["visits.day.not_null"], frame(day=[np.nan, np.nan])) == [0, 1]


def test_a_pattern_must_match_the_whole_text() -> None:
    assert run(SPECS["visits.id.pattern"], frame(id=["7", "7;", "=7", "7\n", "a" * 65])) == [1, 2, 3, 4]


def test_a_condition_keeps_the_files_row_numbers() -> None:
    spec = replace(SPECS["visits.bili.hard_range"], where={"sex": ("f",)})
    assert run(spec, frame(bili=[-1.0, -1.0, -1.0], sex=["m", "f", "f"])) == [1, 2]


def test_many_bad_rows_are_all_named() -> None:
    assert run(SPECS["visits.bili.hard_range"], frame(bili=np.full(5_000, -1.0))) == list(range(5_000))


def test_a_check_of_an_absent_column_is_left_out() -> None:
    assert failing_rows(frame(bili=[1.0]), [SPECS["visits.chol.hard_range"]], TABLE, NOW) == {}


def test_an_exception_inside_a_check_is_a_broken_check_and_tells_no_value() -> None:
    spec = SPECS["visits.bili.hard_range"]
    with pytest.raises(CheckBrokenError, match=r"visits\.bili\.hard_range") as caught:
        run(spec, frame(bili=["SECRET", "1"]))
    assert "SECRET" not in str(caught.value)
    assert caught.value.exit_code == 70


def test_now_is_made_definite_in_utc() -> None:
    assert resolve_bound("now + 1 day", NOW) == "2024-06-02T12:00:00"
    assert resolve_bound("now - 10 days", NOW) == "2024-05-22T12:00:00"
    assert resolve_bound("now", NOW.replace(tzinfo=None)) == "2024-06-01T12:00:00"
    assert resolve_bound("1990-01-01", NOW) == "1990-01-01T00:00:00"
    assert resolve_bound(5, NOW) == 5
