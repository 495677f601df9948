"""Held rows go out as a spreadsheet that runs nothing, and come back as the cells that were corrected."""

import csv
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_contracts.errors import QuarantineError
from data_contracts.quarantine_store.held_rows import HeldRowsFilter
from data_contracts.quarantine_store.journal import entries
from data_contracts.quarantine_store.ledger import Ledger
from data_contracts.quarantine_store.sheets import corrections_in, escape_formula, export, unescape_formula
from tests.data_contracts.quarantine_store.kept_ward import ADA, ledger_in, run


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    run(tmp_path, "first")
    return ledger_in(tmp_path)


def exported(ledger: Ledger, folder: Path) -> list[dict[str, str]]:
    path = folder / "held.csv"
    export(ledger, HeldRowsFilter(study="ward"), path, ADA)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def returned(folder: Path, rows: list[dict[str, str]], delimiter: str = ",") -> Path:
    path = folder / "fixed.csv"
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path


@given(st.text(st.characters(codec="utf-8")))
def test_a_cell_comes_back_as_it_was_and_starts_no_formula(cell: str) -> None:
    assert unescape_formula(escape_formula(cell)) == cell
    shown = escape_formula(cell)
    assert not shown.startswith(("=", "@", "\t", "\r"))
    if shown.startswith(("+", "-")):
        float(shown)  # a number runs nothing


def test_a_sheet_has_rows_reasons_and_cells_and_is_for_its_owner_only(ledger: Ledger, tmp_path: Path) -> None:
    rows = exported(ledger, tmp_path)
    assert [row["quarantine_line"] for row in rows] == ["3", "4", "5", "6", "7"]
    assert rows[0]["quarantine_rules"] == "visits.pulse.hard_range"
    assert [row["weight"] for row in rows] == ["81", "5000", "4100", "", "61"]
    assert rows[3]["quarantine_row_as_delivered"] == "'=C-73,2024-01-01,64,60,70"
    assert rows[4]["pulse"] == "-5"
    assert stat.S_IMODE((tmp_path / "held.csv").stat().st_mode) == 0o600
    assert entries(ledger)["action"].tolist() == ["exported"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_what_was_changed_in_a_spreadsheet_comes_back(ledger: Ledger, tmp_path: Path, delimiter: str) -> None:
    rows = exported(ledger, tmp_path)
    rows[2]["weight"] = "41"
    number = int(rows[2]["quarantine_row"])
    assert corrections_in(ledger, "ward", returned(tmp_path, rows, delimiter)) == {number: {"weight": "41"}}


def test_a_row_that_had_no_columns_comes_back_whole(ledger: Ledger, tmp_path: Path) -> None:
    rows = exported(ledger, tmp_path)
    whole = {"patient": "'=C-73", "day": "2024-01-01", "pulse": "64", "weight": "60"}
    rows[3] |= whole
    (changes,) = corrections_in(ledger, "ward", returned(tmp_path, rows)).values()
    assert changes == {**whole, "patient": "=C-73"}


def test_a_sheet_is_refused_when_it_changes_nothing_or_is_another(ledger: Ledger, tmp_path: Path) -> None:
    rows = exported(ledger, tmp_path)
    with pytest.raises(QuarantineError, match="none of its 5 rows differs"):
        corrections_in(ledger, "ward", returned(tmp_path, rows))
    with pytest.raises(QuarantineError, match="not in the quarantine of 'other'"):
        corrections_in(ledger, "other", returned(tmp_path, rows))
    with pytest.raises(QuarantineError, match="each row must appear once"):
        corrections_in(ledger, "ward", returned(tmp_path, [*rows, rows[0]]))
    without = [{k: v for k, v in row.items() if k != "weight"} for row in rows]
    with pytest.raises(QuarantineError, match="columns of the table are missing"):
        corrections_in(ledger, "ward", returned(tmp_path, without))
    (tmp_path / "odd.csv").write_bytes(b"PK\x03\x04\xff\xfe")
    with pytest.raises(QuarantineError, match="Save the sheet as CSV"):
        corrections_in(ledger, "ward", tmp_path / "odd.csv")


def test_a_sheet_overwrites_nothing_and_holds_one_table(ledger: Ledger, tmp_path: Path) -> None:
    exported(ledger, tmp_path)
    with pytest.raises(QuarantineError, match="exists already"):
        export(ledger, HeldRowsFilter(study="ward"), tmp_path / "held.csv", ADA)
    with pytest.raises(QuarantineError, match="No held row"):
        export(ledger, HeldRowsFilter(study="other"), tmp_path / "other.csv", ADA)
    assert len(entries(ledger)) == 1
