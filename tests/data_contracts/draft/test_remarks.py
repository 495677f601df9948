"""What a draft says about the table as a whole, without any patient's value."""

from pathlib import Path

import numpy as np
import pandas as pd

from tests.data_contracts.draft.tables import PATIENTS, visits
from tests.data_contracts.draft.test_follow_up import drafted


def test_identifiers_that_differ_only_in_case_or_blanks_are_counted(tmp_path: Path) -> None:
    frame = visits()
    frame.loc[3, "patient"] = "p0"
    frame.loc[7, "patient"] = "P 1"
    made, _ = drafted(frame, tmp_path)
    said = [r for r in made.remarks if "letter case or blanks" in r]
    assert [r.split(" differ")[0] for r in said] == ["4 names in 'patient'"]
    assert not [v for v in ("p0", "P 1", "P0") if v in said[0]]


def test_no_remark_on_identifiers_that_differ_in_more(tmp_path: Path) -> None:
    made, _ = drafted(visits(), tmp_path)
    assert not [r for r in made.remarks if "blanks" in r or "copies" in r or "never change" in r]


def test_what_never_changes_within_a_patient_is_said(tmp_path: Path) -> None:
    died = np.repeat(np.arange(PATIENTS) % 2, 4)
    made, _ = drafted(visits(outcome=died, arm=np.repeat(np.arange(PATIENTS) % 3, 4)), tmp_path)
    said = next(r for r in made.remarks if r.startswith("never change within a patient"))
    assert "outcome" in said


def test_a_copied_column_is_said_by_name(tmp_path: Path) -> None:
    frame = visits()
    made, _ = drafted(
        frame.assign(hb_g_l=(frame["hb"] * 10).round(), other=pd.Series(range(len(frame)))), tmp_path
    )
    assert [r.split(":")[0] for r in made.remarks if "copies" in r] == ["'hb_g_l' copies 'hb'"]


def test_a_long_table_has_soft_ranges_inside_the_hard_ones(tmp_path: Path) -> None:
    rng = np.random.default_rng(4)
    days = [d for _ in range(PATIENTS) for d in (1, 1, 2, 2)]
    frame = pd.DataFrame({"patient": np.repeat(np.arange(PATIENTS), 4), "day": days,
                          "test": np.tile(["hdl", "sbp"], 2 * PATIENTS)})  # fmt: skip
    made, table = drafted(frame.assign(value=rng.normal(90, 8, len(frame)).round(1)), tmp_path)
    bounds = {r.rule: r.arguments for r in table.rules if r.where == {"test": ("hdl",)}}
    assert made.verdict == "accept"
    hard, soft = bounds["hard_range"], bounds["soft_range"]
    assert hard["min"] <= soft["min"] < soft["max"] <= hard["max"]


def test_a_stay_stands_for_the_patient_where_nothing_else_does_and_that_is_said(tmp_path: Path) -> None:
    frame = visits().rename(columns={"patient": "icu_stay_id"})
    made, table = drafted(frame, tmp_path)
    assert table.subject == "icu_stay_id"
    assert [r for r in made.remarks if "'icu_stay_id': taken for the patient" in r and "several stays" in r]
    both, table = drafted(visits().assign(icu_stay_id=frame["icu_stay_id"] + "-1"), tmp_path)
    assert table.subject == "patient"
    assert not [r for r in both.remarks if "taken for the patient" in r]
