"""Law 4 and law 8 at the gate: no row is lost, none slips through, no text holds a value, the same is the same."""

import hashlib
import io
import json
import os
from contextlib import redirect_stderr, redirect_stdout
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_contracts.contract import load
from data_contracts.gate import validate
from data_contracts.report import page as report
from data_contracts.validation.result import GateResult
from tests.bad_inputs.base_table import base_table
from tests.bad_inputs.case import put
from tests.bad_inputs.cases import csv
from tests.examples import WHOLE_RUN, examples

CONTRACT = load(Path(__file__).parents[1] / "bad_inputs" / "contract.yaml")
NOW = datetime(2026, 1, 1, tzinfo=UTC)
BAD = {
    "weight_kg": [-5, "1,5", "n.d.", 1e9],
    "sex": ["X", ""],
    "time": ["2099-01-01T00:00:00Z", "", "2021-02-29T00:00:00Z"],
    "patient_id": ["", "=1+1"],
    "outcome": ["inf", 400],
}


def judged(table: pd.DataFrame | bytes, folder: Path) -> GateResult:
    path = folder / "records.csv"
    path.write_bytes(table if isinstance(table, bytes) else csv(table))
    os.utime(path, (0, 0))
    return validate(CONTRACT, {"records": path}, now=NOW)


def numbered(patients: int = 60) -> pd.DataFrame:
    """Every row can be told from every other by its glucose."""
    table = base_table(patients=patients)
    return table.assign(glucose_mg_dl=100 + np.arange(len(table)) / 1000)


faults = st.lists(
    st.sampled_from([(column, value) for column, values in BAD.items() for value in values]).flatmap(
        lambda fault: st.tuples(st.just(fault), st.integers(0, 300))
    ),
    max_size=12,
)


@examples(8, WHOLE_RUN)
@given(faults)
def test_every_row_is_accepted_or_held_and_no_held_row_is_among_the_valid(
    tmp_path: Path, faults: list[tuple[tuple[str, object], int]]
) -> None:
    table = numbered()
    for (column, value), row in faults:
        table = put(column, [value], [row % len(table)])(table)
    result = judged(table, tmp_path)
    held = set(result.quarantined["line"])
    valid = result.valid.get("records", pd.DataFrame({"glucose_mg_dl": []}))
    lines = {round((g - 100) * 1000) + 2 for g in valid["glucose_mg_dl"]}
    assert lines.isdisjoint(held)
    assert lines | held == set(range(2, len(table) + 2))
    assert (result.rows_in, result.rows_accepted, result.rows_quarantined) == (
        len(table),
        len(lines),
        len(held),
    )


CANARY = "Zqx7Canary"


def canaries() -> pd.DataFrame:
    """Text and numbers that stand nowhere else: were one told, it would be found."""
    table = base_table(patients=30)
    ids = table["patient_id"] + CANARY
    return table.assign(
        patient_id=ids,
        weight_kg=71.0073110073 + np.arange(len(table)) * 1e-9,
        glucose_mg_dl=111.0073110073 + np.arange(len(table)) * 1e-9,
    )


def spoilt(name: str) -> pd.DataFrame | bytes:
    table, text = canaries(), f"{CANARY} spoke"
    return {
        "valid": lambda: table,
        "words among numbers": lambda: put("sbp_mmhg", [text] * 3)(table),
        "words for numbers": lambda: table.assign(sbp_mmhg=text),
        "categories": lambda: put("sex", [text] * 3)(table),
        "dates": lambda: put("date_of_birth", [text] * 3)(table),
        "cohorts": lambda: put("cohort_id", [text] * 3)(table),
        "ids": lambda: put("patient_id", [f"={text}"] * 3)(table),
        "two births": lambda: put("date_of_birth", ["1931-01-01"])(table),
        "twice": lambda: pd.concat([table, table[:5].assign(outcome=1.5)]),
        "no header": lambda: csv(table).split(b"\n", 1)[1],
        "free text": lambda: table.assign(note=text * 9),
        "cut off": lambda: csv(table)[:-7],
        "latin-1": lambda: csv(table).replace(b"Canary", b"Canary\xe9", 1),
        "open quote": lambda: csv(table).replace(b"Zqx", b'"Zqx', 1),
        "other fields": lambda: csv(table).replace(b"Zqx", b",Zqx", 4),
    }[name]()


@pytest.mark.parametrize(
    "name",
    ["valid", "words among numbers", "words for numbers", "categories", "dates", "cohorts", "ids", "two births",
     "twice", "no header", "free text", "cut off", "latin-1", "open quote", "other fields"],
)  # fmt: skip
def test_what_is_told_about_a_delivery_holds_no_value_of_it(
    name: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    said = io.StringIO()
    with caplog.at_level("DEBUG"), redirect_stdout(said), redirect_stderr(said):
        result = judged(spoilt(name), tmp_path)
        page = report.page(report.facts(result, CONTRACT), "Canaries")
    for told in (result.to_json(), repr(result), page, said.getvalue(), caplog.text):
        assert CANARY.casefold() not in told.casefold()
        assert "0073110073" not in told


@examples(4, WHOLE_RUN)
@given(faults)
def test_the_same_file_twice_gives_the_same_report(
    tmp_path: Path, faults: list[tuple[tuple[str, object], int]]
) -> None:
    table = base_table(patients=30)
    for (column, value), row in faults:
        table = put(column, [value], [row % len(table)])(table)
    hashes = set()
    for name in ("one", "two"):
        (tmp_path / name).mkdir(exist_ok=True)
        result = judged(table, tmp_path / name)
        told = report.page(report.facts(result, CONTRACT), "Twice") + json.dumps(result.to_dict())
        hashes.add(hashlib.sha256(told.encode()).hexdigest())
    assert len(hashes) == 1
