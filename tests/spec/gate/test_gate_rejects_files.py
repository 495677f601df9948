"""A file that cannot be trusted as a whole is refused in one clear sentence, and nothing of it is used."""

from pathlib import Path

import pytest

from data_contracts.contract import load
from data_contracts.errors import DeliveryError
from data_contracts.gate import validate
from tests.spec.gate.drawn_table import VISITS, codes, gate

GOOD = b"patient,day,hdl,sex\nA,2020-01-01,50,f\nA,2020-02-01,51,f\nB,2020-01-01,52,m\n"


@pytest.mark.parametrize(
    ("raw", "code", "says"),
    [
        (b"", "E_FILE_EMPTY", "empty"),
        (b"patient,day,hdl,sex\n", "E_NO_ROWS", "no rows"),
        (GOOD.replace(b",hdl", b"").replace(b",5", b"").replace(b"0,", b","), "E_COLUMNS_MISSING", "'hdl'"),
        (GOOD.replace(b"hdl", b"hdll"), "E_COLUMNS_MISSING", "nearly the name 'hdl'"),
        (GOOD.replace(b",", b";"), "E_COLUMNS_MISSING", "looks semicolon-separated"),
        (GOOD.replace(b"hdl", b"day"), "E_DUP_COLUMN", "'day'"),
        (GOOD.replace(b"hdl", b"Day"), "E_DUP_COLUMN", "'day'"),
        (GOOD.replace(b",5", b",x"), "E_TYPE", "'hdl'"),
        (GOOD.replace(b"2020-01", b"2020/01").replace(b"2020-02", b"2020/02"), "E_DATE_FORMAT", "'day'"),
        (GOOD[:-9], "E_TRUNCATED", "cut off"),
        (GOOD.replace(b"A,2020-01", b'"A,2020-01'), "E_PARSE", "quotation mark near line 2"),
        (b"PK\x03\x04" + GOOD, "E_MAGIC_MISMATCH", "export the table as CSV"),
    ],
)  # fmt: skip
def test_the_reason_names_the_fault(raw: bytes, code: str, says: str, tmp_path: Path) -> None:
    result = gate(tmp_path, raw)
    found = [f for f in result.findings if f.code == code]
    assert (result.verdict, result.exit_code, result.valid) == ("reject", 4, {})
    assert found
    assert says in found[0].message


def test_every_row_of_a_refused_file_is_in_quarantine(tmp_path: Path) -> None:
    result = gate(tmp_path, GOOD.replace(b",5", b",x"))
    assert (result.rows_in, result.rows_accepted, result.rows_quarantined) == (3, 0, 3)
    assert sorted(set(result.quarantined["line"])) == [2, 3, 4]
    assert set(result.quarantined["code"]) == {"Q_TYPE"}


def test_rows_without_fault_carry_the_reason_of_their_file(tmp_path: Path) -> None:
    result = gate(tmp_path, GOOD.replace(b"hdl", b"name,hdl").replace(b",5", b",Roe,5"))
    assert set(result.quarantined["code"]) == {"E_PHI_COLUMN"}


def test_too_many_bad_rows_refuse_the_file(tmp_path: Path) -> None:
    strict = VISITS.replace("0.8", "0.1")
    assert "E_QUARANTINE_FRACTION" in codes(gate(tmp_path, GOOD.replace(b"50", b"-1"), strict))
    assert gate(tmp_path, GOOD.replace(b"50", b"-1")).verdict == "quarantine"


def test_a_delivery_of_which_nothing_stays_is_refused_whatever_the_limit(tmp_path: Path) -> None:
    anything = VISITS.replace("0.8", "1.0")
    below = GOOD.replace(b",5", b",-5")
    result = gate(tmp_path, below, anything)
    assert (result.verdict, codes(result)) == ("reject", {"Q_HARD_RANGE", "E_QUARANTINE_FRACTION"})
    assert gate(tmp_path, below.replace(b"-52", b"52"), anything).verdict == "quarantine"


def test_a_missing_file_is_a_finding(tmp_path: Path) -> None:
    terms = tmp_path / "drawn.yaml"
    terms.write_text(VISITS)
    result = validate(load(terms), {"visits": tmp_path / "nowhere.csv"})
    assert (result.verdict, codes(result), result.rows_in) == ("reject", {"E_FILE_MISSING"}, 0)


def test_files_that_the_contract_does_not_name_are_the_callers_mistake(tmp_path: Path) -> None:
    terms = tmp_path / "drawn.yaml"
    terms.write_text(VISITS)
    with pytest.raises(
        DeliveryError, match=r"no table 'visit' in the contract; no file given for table 'visits'"
    ):
        validate(load(terms), {"visit": tmp_path / "visits.csv"})


def test_an_unfinished_last_line_is_accepted_where_the_contract_says_so(tmp_path: Path) -> None:
    relaxed = VISITS.replace(
        "      - {property: max", "      - {property: finalNewline, value: optional}\n      - {property: max"
    )
    assert gate(tmp_path, GOOD.rstrip(b"\n"), relaxed).verdict == "accept"
    assert codes(gate(tmp_path, GOOD[:-9], relaxed)) == {"E_TRUNCATED"}


def test_a_file_with_another_delimiter_passes_where_the_contract_says_so(tmp_path: Path) -> None:
    semicolons = VISITS.replace(
        "      - {property: max", "      - {property: delimiter, value: ';'}\n      - {property: max"
    )
    assert gate(tmp_path, GOOD.replace(b",", b";"), semicolons).verdict == "accept"
    assert codes(gate(tmp_path, GOOD, semicolons)) == {"E_COLUMNS_MISSING"}


def test_names_that_differ_in_case_only_are_two_columns_where_the_contract_has_both(tmp_path: Path) -> None:
    entry = "      - name: Day\n        logicalType: string\n      - name: hdl"
    both = VISITS.replace("      - name: hdl", entry)
    raw = GOOD.replace(b"day,hdl", b"day,hdl,Day").replace(b",f", b",x,f").replace(b",m", b",x,m")
    result = gate(tmp_path, raw, both)
    assert result.verdict == "accept"
    assert result.valid["visits"]["Day"].tolist() == ["x"] * 3
