"""The bundled tables pass their own contracts; the known defects of nafld are found, and only those."""

from pathlib import Path
from time import perf_counter

import pandas as pd
import pytest

from data_contracts.bundled.tables import bundled, bundled_tables
from data_contracts.contract import load
from data_contracts.gate import validate
from data_contracts.validation.result import GateResult

NAFLD = {t: bundled(f"nafld/{t}.parquet") for t in ("subjects", "measurements", "events")}


@pytest.fixture(scope="module")
def nafld() -> GateResult:
    return validate(load("nafld"), NAFLD)


def test_pbc_is_accepted_whole_and_its_real_extremes_are_only_warned_of() -> None:
    result = validate(load("pbc"), {"visits": bundled("pbc/visits.csv")})
    assert (result.verdict, result.rows_in, result.rows_accepted) == ("accept", 1945, 1945)
    assert {f.code for f in result.findings} == {"W_OOD"}
    visits = result.valid["visits"]
    assert visits["id"].nunique() == 312
    assert visits["protime"].max() == 36
    assert visits["alk_phos"].max() == 13862


def test_every_cholesterol_is_found_to_be_a_copy_of_hdl(nafld: GateResult) -> None:
    found = next(f for f in nafld.findings if f.rule == "measurements.not_a_copy.chol")
    assert (found.code, found.count) == ("Q_COPIED_COLUMN", 161_258)
    assert "chol is a copy of hdl" in found.message


def test_every_diastolic_pressure_is_found_to_be_a_copy_of_systolic(nafld: GateResult) -> None:
    found = next(f for f in nafld.findings if f.rule == "measurements.not_a_copy.dbp")
    assert (found.code, found.count) == ("Q_COPIED_COLUMN", 33_430)


def test_the_impossible_pressures_are_found_and_held(nafld: GateResult) -> None:
    found = next(f for f in nafld.findings if f.rule == "measurements.value.hard_range.sbp")
    assert (found.code, found.count) == ("Q_HARD_RANGE", 7)
    held = nafld.quarantined[nafld.quarantined["rule"] == found.rule]
    assert held["raw"].str.contains('"value": 13682.0').sum() == 1


def test_nothing_of_the_defects_is_left_and_nothing_else_is_lost(nafld: GateResult) -> None:
    valid = nafld.valid["measurements"]
    assert set(valid["test"]) == {"hdl", "sbp", "fib4", "smoke"}
    assert valid.loc[valid["test"] == "sbp", "value"].between(30, 300).all()
    assert nafld.rows_in == nafld.rows_accepted + nafld.rows_quarantined == 452_012
    assert nafld.quarantined.groupby("source")["line"].nunique().sum() == nafld.rows_quarantined
    assert (len(nafld.valid["subjects"]), len(nafld.valid["events"])) == (17_549, 34_340)
    assert nafld.verdict == "quarantine"


def test_the_repeated_rows_are_set_aside_once_each(nafld: GateResult) -> None:
    delivered = pd.read_parquet(NAFLD["measurements"])
    found = next(f for f in nafld.findings if f.code == "N_DEDUP")
    assert found.count == delivered.duplicated().sum() == 3_817
    assert not nafld.valid["measurements"].duplicated().any()


def test_half_a_million_rows_take_seconds() -> None:
    began = perf_counter()
    validate(load("nafld"), NAFLD)
    assert perf_counter() - began < 60


def test_children_of_a_quarantined_subject_are_quarantined_too(tmp_path: Path) -> None:
    subjects = pd.read_parquet(NAFLD["subjects"])
    subjects.loc[0, "age"] = 300
    path = tmp_path / "subjects.parquet"
    subjects.to_parquet(path)
    result = validate(load("nafld"), {**NAFLD, "subjects": path})
    orphan = next(f for f in result.findings if f.rule == "measurements.in_parent")
    measured = pd.read_parquet(NAFLD["measurements"])["id"] == subjects.loc[0, "id"]
    assert (orphan.code, orphan.count) == ("Q_NO_PARENT", measured.sum())


def test_a_bundled_table_is_found_by_name_and_nothing_else_is() -> None:
    assert bundled("bundled:pbc/visits.csv") == bundled("pbc/visits.csv")
    assert "nafld/events.parquet" in bundled_tables()
    for wrong in ("pbc/visit.csv", "../contracts/pbc.yaml", "/etc/passwd"):
        with pytest.raises(FileNotFoundError):
            bundled(wrong)
