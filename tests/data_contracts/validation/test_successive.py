"""A full delivery followed by deliveries of changed patients is judged like the whole table that they make."""

import gzip
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data_contracts.contract import load
from data_contracts.gate import validate
from data_contracts.subject_lines import FILE, LINE, subject_lines
from data_contracts.validation.result import GateResult
from tests.bad_inputs.base_table import base_table
from tests.bad_inputs.cases import csv

CONTRACT = load(Path(__file__).parents[2] / "bad_inputs" / "contract.yaml")
TABLE = CONTRACT.tables["records"]
SUBJECT = str(TABLE.subject)
BASE = base_table()
PATIENTS = BASE[SUBJECT].unique()


def judged(path: Path) -> GateResult:
    return validate(CONTRACT, {"records": path})


def rows_of(patients: list[str], weight: float = 0.0) -> pd.DataFrame:
    own = BASE[BASE[SUBJECT].isin(patients)].copy()
    return own.assign(weight_kg=own["weight_kg"] + weight)


def delivered(place: Path, *deliveries: pd.DataFrame | bytes) -> Path:
    for number, rows in enumerate(deliveries):
        folder = place / "records" / f"{number:06d}"
        folder.mkdir(parents=True)
        (folder / "records.csv").write_bytes(rows if isinstance(rows, bytes) else csv(rows))
    return place / "records"


def whole(deliveries: list[pd.DataFrame]) -> pd.DataFrame:
    """What the deliveries make, by the rule's own words."""
    rows = deliveries[0]
    for later in deliveries[1:]:
        rows = pd.concat([rows[~rows[SUBJECT].isin(later[SUBJECT])], later])
    return rows


def in_order(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.astype({SUBJECT: "str"}).sort_values([SUBJECT, "time"], kind="stable", ignore_index=True)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=st.lists(st.lists(st.sampled_from(list(PATIENTS[:40])), max_size=8, unique=True), max_size=4))
def test_the_newest_rows_of_each_patient_count(
    tmp_path_factory: pytest.TempPathFactory, chosen: list[list[str]]
) -> None:
    deliveries = [BASE, *(rows_of(own, k / 8) for k, own in enumerate(chosen, start=1))]
    found = judged(delivered(tmp_path_factory.mktemp("d"), *deliveries))
    place = tmp_path_factory.mktemp("w") / "records.csv"
    place.write_bytes(csv(whole(deliveries)))
    expected = judged(place)
    pd.testing.assert_frame_equal(
        in_order(found.valid["records"]), in_order(expected.valid["records"]), check_categorical=False
    )
    superseded = sum(len(d) for d in deliveries) - found.rows_in
    assert {f.code: f.count for f in found.findings}.get("N_SUPERSEDED", 0) == superseded


def test_a_row_keeps_the_file_and_line_that_it_was_delivered_in(tmp_path: Path) -> None:
    first, second = str(PATIENTS[0]), str(PATIENTS[1])
    place = delivered(tmp_path, BASE, rows_of([second]))
    own = subject_lines(TABLE, place, SUBJECT, second)
    assert set(own[FILE]) == {"000001/records.csv"}
    assert list(own[LINE]) == list(range(2, 2 + len(own)))
    other = subject_lines(TABLE, place, SUBJECT, first)
    assert set(other[FILE]) == {"000000/records.csv"}
    assert list(other[LINE]) == list(np.flatnonzero(BASE[SUBJECT] == first) + 2)


def test_held_rows_are_told_where_they_were_delivered_and_superseded_ones_no_more(tmp_path: Path) -> None:
    bad = rows_of([str(PATIENTS[2])])
    bad["weight_kg"] = -5.0
    faulty = BASE.copy()
    faulty.loc[faulty[SUBJECT].isin(PATIENTS[3:5]), "weight_kg"] = -5.0
    held = judged(delivered(tmp_path, faulty, rows_of([str(PATIENTS[3])]), bad)).quarantined
    assert set(held["file"]) == {"000000/records.csv", "000002/records.csv"}
    assert len(held) == len(bad) + (BASE[SUBJECT] == PATIENTS[4]).sum()


def test_rows_without_a_patient_stay_until_the_next_full_delivery(tmp_path: Path) -> None:
    nameless = BASE.copy()
    nameless.loc[5, SUBJECT] = None
    ragged = csv(BASE) + b"P1,too few\n"
    for rows, code in ((nameless, "Q_NULL"), (ragged, "Q_RAGGED")):
        found = judged(delivered(tmp_path / code, rows, rows_of(list(PATIENTS[1:9]))))
        held = found.quarantined
        assert len(held) == 1
        assert held["file"].iloc[0] == "000000/records.csv"


def test_a_delivery_without_rows_changes_nothing(tmp_path: Path) -> None:
    nothing = judged(delivered(tmp_path / "a", BASE, BASE[:0]))
    pd.testing.assert_frame_equal(
        nothing.valid["records"], judged(delivered(tmp_path / "b", BASE)).valid["records"]
    )
    assert "N_SUPERSEDED" not in {f.code for f in nothing.findings}


def test_a_delivery_may_be_compressed_or_in_parts(tmp_path: Path) -> None:
    place = delivered(tmp_path, BASE, gzip.compress(csv(rows_of([str(PATIENTS[0])]))))
    (place / "000001" / "records.csv").rename(place / "000001" / "records.csv.gz")
    parts = place / "000002" / "records"
    parts.mkdir(parents=True)
    for name in PATIENTS[1:3]:
        (parts / f"{name}.csv").write_bytes(csv(rows_of([str(name)])))
    found = judged(place)
    assert found.rows_in == len(BASE)
    assert {part.file for part in found.sources[0].parts} == {
        "000000/records.csv",
        "000001/records.csv.gz",
        *(f"000002/{name}.csv" for name in PATIENTS[1:3]),
    }


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (csv(BASE.drop(columns="weight_kg")), "E_PARTS_DIFFER"),
        (csv(BASE.drop(columns=SUBJECT)), "E_PARTS_DIFFER"),
        (csv(BASE)[:-20], "E_TRUNCATED"),
        (b"", "E_FILE_EMPTY"),
    ],
)
def test_a_delivery_that_cannot_be_trusted_rejects_all_and_is_named(
    tmp_path: Path, rows: bytes, code: str
) -> None:
    found = judged(delivered(tmp_path, BASE, rows))
    assert found.verdict == "reject"
    told = next(f for f in found.findings if f.code == code)
    assert "000001" in told.message


def test_two_entries_under_one_number_are_refused(tmp_path: Path) -> None:
    place = delivered(tmp_path, BASE, BASE[:0])
    (place / "000001" / "more.csv").write_bytes(csv(BASE))
    assert {f.code for f in judged(place).findings if f.code[0] == "E"} == {"E_UNSUPPORTED_FORMAT"}
