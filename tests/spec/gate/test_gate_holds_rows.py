"""A row that breaks a promise is held back with its line and reason; the other rows go on."""

from pathlib import Path

import pytest

from tests.spec.gate.drawn_table import VISITS, codes, gate, reasons


def test_a_clean_table_passes_without_a_word(tmp_path: Path) -> None:
    result = gate(
        tmp_path,
        """
        patient, day,        hdl, sex
        007,     2020-01-01, 50,  f
        007,     2020-02-01, 55,  f
        8,       2020-01-01, ,    m
        """,
    )
    assert (result.verdict, result.exit_code, result.findings) == ("accept", 0, ())
    assert list(result.valid["visits"]["patient"]) == ["007", "007", "8"]
    assert result.valid["visits"]["hdl"].isna().tolist() == [False, False, True]
    assert str(result.valid["visits"]["day"].dtype) == "datetime64[us]"


def test_two_versions_of_one_visit_are_both_held_and_the_patient_is_withheld(tmp_path: Path) -> None:
    result = gate(
        tmp_path,
        """
        patient, day,        hdl, sex
        A,       2020-01-01, 50,  f
        A,       2020-01-01, 80,  f
        B,       2020-01-01, 60,  m
        """,
    )
    assert reasons(result) == [(2, "Q_KEY_CONFLICT", ""), (3, "Q_KEY_CONFLICT", "")]
    assert result.withheld_subjects == {"A"}
    assert list(result.valid["visits"]["patient"]) == ["B"]


def test_a_row_written_twice_is_kept_once_and_nobody_is_withheld(tmp_path: Path) -> None:
    result = gate(
        tmp_path,
        """
        patient, day,        hdl, sex
        A,       2020-01-01, 50,  f
        A,       2020-01-01, 50,  f
        """,
    )
    assert (result.verdict, reasons(result)) == ("accept", [(3, "N_DEDUP", "")])
    assert result.withheld_subjects == frozenset()
    assert (result.rows_in, result.rows_accepted, result.rows_quarantined) == (2, 1, 1)


def test_a_date_that_is_none_is_held(tmp_path: Path) -> None:
    result = gate(
        tmp_path,
        """
        patient, day,        hdl, sex
        A,       2020-01-01, 50,  f
        A,       2020-02-30, 50,  f
        A,       2020-03-01, 50,  f
        """,
    )
    assert reasons(result) == [(3, "Q_TYPE", "day")]
    assert list(result.quarantined["raw"]) == ["A,2020-02-30,50,f"]


def test_a_value_that_cannot_be_is_held_and_one_that_is_rare_is_kept(tmp_path: Path) -> None:
    result = gate(
        tmp_path,
        """
        patient, day,        hdl,   sex
        A,       2020-01-01, 50,    f
        A,       2020-02-01, 13682, f
        A,       2020-03-01, 200,   f
        """,
    )
    assert reasons(result) == [(3, "Q_HARD_RANGE", "hdl")]
    assert codes(result) == {"Q_HARD_RANGE", "W_OOD"}
    assert list(result.valid["visits"]["hdl"]) == [50, 200]


def one_unit_more(hard: str) -> str:
    """The contract with mmol/L as the other unit of HDL, this hard range and no soft one."""
    with_unit = VISITS.replace(
        "[{property: unit, value: mg/dL}]",
        "[{property: unit, value: mg/dL}, {property: alternativeUnits, value: {mmol/L: 0.02586}}]",
    )
    lines = [line for line in with_unit.splitlines() if "soft_range" not in line]
    return "\n".join(lines).replace("{rule: hard_range, min: 1, max: 300}", hard)


@pytest.mark.parametrize(
    ("hard", "code"),
    [
        ("{rule: hard_range, min: 10, max: 300}", "Q_UNIT_SUSPECT"),
        ("{rule: hard_range, above: 10, below: 300}", "Q_UNIT_SUSPECT"),
        ("{rule: hard_range, above: 10, below: 30}", "Q_HARD_RANGE"),
        ("{rule: hard_range, min: 10, max: 300, where: {sex: f}}", "Q_UNIT_SUSPECT"),
        ("{rule: hard_range, min: 10, max: 30, where: {sex: f}}", "Q_HARD_RANGE"),
    ],
)
def test_a_value_that_another_unit_explains_is_held_as_such(tmp_path: Path, hard: str, code: str) -> None:
    result = gate(
        tmp_path,
        """
        patient, day,        hdl, sex
        A,       2020-01-01, 1.5, f
        """,
        one_unit_more(hard),
    )
    assert reasons(result) == [(2, code, "hdl")]


def test_a_visit_in_the_future_is_held(tmp_path: Path) -> None:
    result = gate(
        tmp_path,
        """
        patient, day,        hdl, sex
        A,       2020-01-01, 50,  f
        A,       2099-01-01, 50,  f
        """,
    )
    assert reasons(result) == [(3, "Q_TIME_FUTURE", "day")]


def test_a_row_of_nobody_is_held_for_that_and_not_also_for_its_type(tmp_path: Path) -> None:
    result = gate(
        tmp_path,
        """
        patient, day,        hdl, sex
        A,       2020-01-01, 50,  f
        ,        2020-02-01, 50,  f
        A,       soon,       50,  f
        """,
    )
    assert reasons(result) == [(3, "Q_KEY_NULL", "patient"), (4, "Q_TYPE", "day")]


def test_a_row_with_two_faults_has_two_reasons_but_counts_once(tmp_path: Path) -> None:
    result = gate(
        tmp_path,
        """
        patient, day,        hdl,  sex
        A,       2020-01-01, 50,   f
        A,       2020-02-01, high, x
        """,
    )
    assert reasons(result) == [(3, "Q_TYPE", "hdl"), (3, "Q_CATEGORY", "sex")]
    assert result.rows_quarantined == 1


def test_lines_count_as_an_editor_counts_them(tmp_path: Path) -> None:
    result = gate(tmp_path, b'patient,day,hdl,sex\n"A",2020-01-01,50,"f\n"\n\nA,2020-02-01,-1,f\n')
    assert (5, "Q_HARD_RANGE", "hdl") in reasons(result)
