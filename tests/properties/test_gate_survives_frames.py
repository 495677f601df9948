"""Whatever stands in a table, in memory, as CSV or as Parquet, the gate answers and accounts for every row."""

import io
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from data_contracts.gate import validate, validate_frames
from tests.properties.fuzzing import CASES
from tests.properties.gate_bytes import Damaged
from tests.properties.gate_frames import Spoiled, spoiled
from tests.properties.test_gate_survives_bytes import CONTRACT, FUZZ, check, in_time, put


@settings(FUZZ, max_examples=max(CASES // 4, 20))
@given(spoiled())
def test_no_table_in_memory_makes_the_gate_fail_or_hang(given_table: Spoiled) -> None:
    with in_time():
        check(validate_frames(CONTRACT, {"records": given_table.table}))


@settings(FUZZ, max_examples=max(CASES // 4, 20))
@given(spoiled(), st.sampled_from(["csv", "parquet"]))
def test_no_table_in_a_file_makes_the_gate_fail_or_hang(given_table: Spoiled, form: str) -> None:
    out = io.BytesIO()
    try:
        if form == "csv":
            out.write(given_table.table.to_csv(index=False).encode(errors="replace"))
        else:
            given_table.table.to_parquet(out)
    except (ValueError, TypeError, OverflowError, NotImplementedError):
        return  # not every table can be written down
    with tempfile.TemporaryDirectory() as folder, in_time():
        file = Damaged(f"t.{form}", out.getvalue(), given_table.steps)
        check(validate(CONTRACT, {"records": put(Path(folder), [file])}))
