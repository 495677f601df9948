"""Identifiers, whole numbers and years that pass the whole gate: exact, held, or refused."""

import datetime as dt
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import yaml

from data_contracts.contract import ContractError, load
from data_contracts.corrections.correction import RowForm, cells_of
from data_contracts.draft import draft
from data_contracts.gate import validate, validate_frames
from data_contracts.reading.file_format import take_snapshot
from tests.data_contracts.test_contract_options import contract_of, parse

NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
CASES = Path(__file__).parents[1] / "cases/inputs"


def test_identifiers_of_a_frame_are_kept_digit_by_digit_in_rows_and_in_quarantine() -> None:
    document = contract_of({"logicalType": "number", "logicalTypeOptions": {"minimum": 0}})
    contract = parse(yaml.safe_dump(document).encode(), file="c.yaml", sha256="")
    names = ["007", "7", str(2**53), str(2**53 + 1), "1e3", "1000"]
    for column in (names, pd.Categorical(names), pd.array(names, dtype="string")):
        frame = pd.DataFrame({"p": column, "x": [1.0, 1, 1, -1, -1, 1]})
        result = validate_frames(contract, {"t": frame}, now=NOW)
        assert list(result.valid["t"]["p"]) == ["007", "7", str(2**53), "1000"]
        form = RowForm(form="parquet", header=("p", "x"))
        assert [cells_of(raw, form)[0] for raw in result.quarantined["raw"]] == [str(2**53 + 1), "1e3"]
    numbers = pd.DataFrame({"p": [2**53, 2**53 + 1, 7], "x": [1.0, -1, 1]})
    result = validate_frames(contract, {"t": numbers}, now=NOW)
    assert list(result.valid["t"]["p"]) == [str(2**53), "7"]
    assert cells_of(result.quarantined["raw"][0], RowForm(form="parquet", header=("p", "x")))[0] == str(
        2**53 + 1
    )


@pytest.mark.case("data/04_int96")
@pytest.mark.parametrize("file", ["visits.parquet", "visits_us.parquet", "visits_int96.parquet"])
def test_a_year_of_another_calendar_is_judged_as_it_is(file: str, now: Any) -> None:
    result = validate(load(CASES / "04_int96/contract.yaml"), {"visits": CASES / "04_int96" / file}, now=NOW)
    kept = result.valid["visits"]["visit_date"].dt.year.tolist()
    assert kept == [2020, 2021][: len(kept)]
    held = [f.count for f in result.findings if f.code == "Q_TIME_FUTURE"]
    assert held == [result.rows_quarantined]
    now(f"{file}: {held[0]} rows of the years 2605 and 9999 held as future, {result.rows_accepted} accepted")


@pytest.mark.case("data/16_integer_ids")
def test_whole_numbers_as_patients_are_refused_and_text_is_kept_exactly(now: Any, tmp_path: Path) -> None:
    folder = CASES / "16_integer_ids"
    with pytest.raises(ContractError, match="logicalType: string"):
        load(folder / "contract.yaml")
    text = tmp_path / "as_text.yaml"
    text.write_text(
        (folder / "contract.yaml").read_text().replace("logicalType: integer", "logicalType: string")
    )
    patients = {}
    for name in ("visits.csv", "visits.parquet"):
        result = validate(load(text), {"visits": folder / name}, now=NOW)
        patients[name] = result.valid["visits"]["patient"].tolist()
    assert patients["visits.csv"] == ["007", "7", "9007199254740992", "9007199254740993", "1e3", "1000"]
    assert patients["visits.parquet"] == ["9007199254740992", "9007199254740993", "7"]
    now("the contract is refused; as text 6 of 6 and 3 of 3 patients stay apart")


@pytest.mark.case("science/18_ids_as_numbers")
def test_a_draft_keeps_identifiers_as_text_whatever_the_file_made_of_them(now: Any, tmp_path: Path) -> None:
    whole = [2**53, 2**53 + 1, 7, *range(100, 130)]
    pd.DataFrame({"patient": whole, "day": range(33)}).to_parquet(tmp_path / "ints.parquet")
    pd.DataFrame({"patient": np.array(whole[2:], float) + 1e10, "day": range(31)}).to_parquet(
        tmp_path / "floats.parquet"
    )
    pd.DataFrame({"patient": whole, "day": range(33)}).to_csv(tmp_path / "text.csv", index=False)
    for name, patients in (("ints.parquet", 33), ("floats.parquet", 31), ("text.csv", 33)):
        made = draft(tmp_path / name, now=NOW)
        path = tmp_path / "made.yaml"
        path.write_text(made.text)
        contract = load(path)
        table = next(iter(contract.tables))
        assert contract.tables[table].column("patient").kind == "string"
        result = validate(contract, {table: tmp_path / name}, now=NOW)
        assert result.valid[table]["patient"].nunique() == patients
        assert all(p.isdigit() for p in result.valid[table]["patient"])
    now("a number as patient is refused; drafts of numbers keep 33 of 33 and 31 of 31 patients apart")


@pytest.mark.case("data/19_integer_range")
@pytest.mark.parametrize("file", ["uint64", "float", "int64"])
def test_whole_numbers_that_are_not_exact_are_out_of_range(file: str, now: Any) -> None:
    folder = CASES / "19_integer_range"
    result = validate(load(folder / "contract.yaml"), {"visits": folder / f"{file}.parquet"}, now=NOW)
    assert [(f.code, f.column, f.count) for f in result.findings] == [("Q_HARD_RANGE", "n", 1)]
    assert result.valid["visits"]["n"].tolist() == [3, 4]
    now(f"{file}.parquet: 1 of 3 rows out of range, as in CSV")


@pytest.mark.case("data/19_integer_range")
def test_patients_that_came_as_large_floats_are_refused(now: Any) -> None:
    folder = CASES / "19_integer_range"
    result = validate(load(folder / "contract.yaml"), {"visits": folder / "f.parquet"}, now=NOW)
    assert result.verdict == "reject"
    assert "E_ID_FORMAT" in {f.code for f in result.findings}
    assert take_snapshot(folder / "f.parquet").form == "parquet"
    now("f.parquet: 40 patients from 1e17 on are refused")
