"""A row let in again is judged again: corrected cells like any other, confirmed rows but for what may be excused."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from data_contracts.corrections.correction import Correction, from_plain, to_plain
from data_contracts.errors import ContractError
from data_contracts.validation.result import GateResult
from tests.data_contracts.readmission.ward import CONTRACT, HEADER, ROWS, Form, held_text, judged, written

LINE = {"csv": 2, "parquet": 1}
"""Of the first row."""


def correction(
    raw: str, changes: Mapping[str, str] | None = None, *rules: str, number: int = 1, by: str = "Ada"
) -> Correction:
    return Correction(
        number=number, source="visits", header=HEADER, raw=raw, changes=changes or {}, rules=rules, by=by
    )


def lines(result: GateResult, form: Form) -> list[int]:
    """Held rows, counted from 0."""
    return sorted(set(result.quarantined["line"] - LINE[form]))


def says(result: GateResult) -> str:
    return next((f.message for f in result.findings if f.code == "N_READMITTED"), "")


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_corrected_row_stands_where_it_was_and_the_others_stay_as_they_are(
    tmp_path: Path, form: Form
) -> None:
    path = written(tmp_path, form)
    before = judged(path)
    fixed = correction(held_text(before, 3 + LINE[form]), {"weight": "41"})
    after = judged(path, [fixed])
    assert lines(before, form) == [1, 2, 3]
    assert lines(after, form) == [1, 2]
    assert after.rows_in == after.rows_accepted + after.rows_quarantined == len(ROWS)
    assert after.valid["visits"]["weight"].tolist() == [80.5, 41.0, 60.0]
    assert after.valid["visits"]["note"].tolist() == ["plain", 'a "quoted" word', "plain"]
    assert says(after) == "Re-admitted by Ada: 1 row, of which 1 corrected and 0 confirmed as delivered."


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_confirmed_row_passes_what_the_contract_releases_and_nothing_else(
    tmp_path: Path, form: Form
) -> None:
    path = written(tmp_path, form)
    before = judged(path)
    rules = ("visits.pulse.hard_range", "visits.weight.hard_range")
    confirmed = [correction(held_text(before, row + LINE[form]), None, *rules) for row in (1, 2)]
    after = judged(path, confirmed)
    assert lines(after, form) == [2, 3]
    assert set(after.quarantined["rule"]) == {"visits.weight.hard_range"}
    assert after.valid["visits"]["pulse"].tolist() == [70.0, 15.0, 64.0]
    assert "1 confirmed" in says(after)
    assert "Held again, for the reasons listed here: 1 row." in says(after)


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_corrected_row_that_still_breaks_a_rule_is_held_with_its_new_text(
    tmp_path: Path, form: Form
) -> None:
    path = written(tmp_path, form)
    first = correction(held_text(judged(path), 2 + LINE[form]), {"pulse": "90"})
    between = judged(path, [first])
    text = held_text(between, 2 + LINE[form])
    assert "90" in text
    assert set(between.quarantined["rule"][between.quarantined["raw"] == text]) == {
        "visits.weight.hard_range"
    }
    second = correction(text, {"weight": "50"}, number=2, by="Ben")
    after = judged(path, [first, second])
    assert lines(after, form) == [1, 3]
    assert "by Ada, Ben: 1 row, of which 1 corrected" in says(after)


def test_a_correction_back_to_what_was_delivered_ends(tmp_path: Path) -> None:
    path = written(tmp_path, "csv")
    raw = held_text(judged(path), 5)
    away = correction(raw, {"weight": "9000"})
    text = held_text(judged(path, [away]), 5)
    back = correction(text, {"weight": "4100"}, number=2)
    assert held_text(judged(path, [away, back]), 5) == raw


def test_a_row_with_too_many_fields_can_be_corrected(tmp_path: Path) -> None:
    path = written(tmp_path, "csv")
    path.write_text(path.read_text() + "D,2024-01-01,80,70,a,b\n")
    whole = dict(zip(HEADER, ["D", "2024-01-01", "80", "70", "a, b"], strict=True))
    assert "Q_FIELD_COUNT" in set(judged(path).quarantined["code"])
    after = judged(path, [correction("D,2024-01-01,80,70,a,b", whole)])
    assert "Q_FIELD_COUNT" not in set(after.quarantined["code"])
    assert after.valid["visits"]["note"].tolist()[-1] == "a, b"


def test_a_correction_is_idle_where_the_source_has_put_the_row_right(tmp_path: Path) -> None:
    raw = held_text(judged(written(tmp_path, "csv")), 5)
    mended = [*ROWS[:3], ("B", "2024-02-01", "72", "41", 'a "quoted" word'), ROWS[4]]
    after = judged(written(tmp_path, "csv", mended), [correction(raw, {"weight": "42"})])
    assert after.valid["visits"]["weight"].tolist() == [80.5, 41.0, 60.0]
    assert says(after) == ""


def test_the_same_bytes_under_another_header_are_another_row(tmp_path: Path) -> None:
    path = written(tmp_path, "csv")
    raw = held_text(judged(path), 3)
    path.write_text(path.read_text().replace("pulse,weight", "weight,pulse"))
    assert says(judged(path, [correction(raw, {"pulse": "60"})])) == ""


def test_a_correction_that_no_longer_fits_its_column_is_told_and_not_used(tmp_path: Path) -> None:
    path = written(tmp_path, "parquet")
    raw = held_text(judged(path), 2)
    after = judged(path, [correction(raw, {"pulse": "sixty"})])
    assert lines(after, "parquet") == [1, 2, 3]
    assert "are not used: 1 row." in says(after)


def test_a_delivery_refused_for_its_share_of_bad_rows_passes_once_they_are_corrected(tmp_path: Path) -> None:
    strict = CONTRACT.replace("value: 0.9", "value: 0.1")
    path = written(tmp_path, "csv")
    before = judged(path, contract=strict)
    mended = [
        correction(held_text(before, 3), None, "visits.pulse.hard_range"),
        correction(held_text(before, 4), {"pulse": "90", "weight": "50"}),
        correction(held_text(before, 5), {"weight": "41"}),
    ]
    assert (before.verdict, before.rows_quarantined) == ("reject", 5)
    assert judged(path, mended, contract=strict).rows_accepted == 5


def test_corrections_survive_a_file(tmp_path: Path) -> None:
    one = correction("a,b", {"pulse": "é"}, "rule", number=3)
    assert from_plain(to_plain([one])) == (one,)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("max: 400}", "max: 400, releasable: 1}"),
        ("max: 400}", "max: 400, releasable: true, outcome: warn}"),
        ("- name: note", "- name: note\n        quality: [{type: custom, engine: meta-med, implementation: "
                         "{rule: pattern, regex: x, releasable: true}}]"),
    ],
)  # fmt: skip
def test_only_rules_of_plausibility_can_be_releasable(tmp_path: Path, old: str, new: str) -> None:
    with pytest.raises(ContractError, match="releasable"):
        judged(written(tmp_path, "csv"), contract=CONTRACT.replace(old, new))
