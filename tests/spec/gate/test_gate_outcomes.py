"""A contract chooses what follows from a broken promise; the code's first letter follows the choice."""

from pathlib import Path

import pytest

from tests.spec.gate.drawn_table import VISITS, codes, gate

HIGH = b"patient,day,hdl,sex\nA,2020-01-01,50,f\nA,2020-02-01,999,f\nB,2020-01-01,52,m\n"


def chosen(outcome: str) -> str:
    return VISITS.replace("min: 1, max: 300}", f"min: 1, max: 300, outcome: {outcome}}}")


@pytest.mark.parametrize(
    ("outcome", "verdict", "code", "held"),
    [
        ("warn", "accept", "W_HARD_RANGE", 0),
        ("quarantine_rows", "quarantine", "Q_HARD_RANGE", 1),
        ("quarantine_patient", "quarantine", "Q_HARD_RANGE", 2),
        ("reject", "reject", "E_HARD_RANGE", 3),
    ],
)
def test_one_fault_under_four_outcomes(
    outcome: str, verdict: str, code: str, held: int, tmp_path: Path
) -> None:
    result = gate(tmp_path, HIGH, chosen(outcome))
    assert (result.verdict, result.rows_quarantined) == (verdict, held)
    assert code in codes(result)
    assert result.patients_quarantined == (outcome == "quarantine_patient")


def test_a_rule_about_the_whole_may_warn_instead_of_refuse(tmp_path: Path) -> None:
    rule = "          - {type: custom, engine: meta-med, implementation: {rule: %s}}\n"
    median = "typical_median, min: 400, max: 500, min_rows: 1"
    soft = "{rule: soft_range, min: 10, max: 150}}\n"
    strict = VISITS.replace(soft, soft + rule % median)
    assert "E_SCALE_SHIFT" in codes(gate(tmp_path, HIGH, strict))
    lenient = VISITS.replace(soft, soft + rule % f"{median}, outcome: warn")
    result = gate(tmp_path, HIGH, lenient)
    assert (result.verdict, codes(result)) == ("quarantine", {"Q_HARD_RANGE", "W_SCALE_SHIFT"})
