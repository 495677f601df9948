"""OMOP and MEDS exports that were once converted wrongly without a message, each with its right result."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml

from data_contracts.standards.convert import ConversionError, convert
from data_contracts.standards.export_files import event_times
from data_contracts.standards.mapping.parse import load
from tests.data_contracts.standards.exports import reasons

INPUTS = Path(__file__).parents[2] / "cases" / "inputs"
KNOWN = yaml.safe_load((Path(__file__).parent / "known_cases.yaml").read_text())
TODAY = int(np.datetime64("2026-11-01", "us").astype(np.int64))
LIKE = {
    "11_omop_ids_text": "10_omop_quirks",
    "30_visit_versions": "10_omop_quirks",
    "05_omop_ns": "01_omop_visit_end",
}
"""Folders that use the mapping of another."""


@dataclass(frozen=True)
class Outcome:
    """`refused` is the code of the error; `told` the counts by reason."""

    records: pd.DataFrame = field(default_factory=pd.DataFrame)
    refused: str = ""
    said: str = ""
    told: dict[str, int] = field(default_factory=dict)

    def __str__(self) -> str:
        if self.refused:
            what = f"refused by {self.refused}"
        else:
            what = "values " + ", ".join(f"{value:g}" for value in self.values)
        return "; ".join(
            [what, ", ".join(f"{code} {count}" for code, count in sorted(self.told.items()))]
        ).rstrip("; ")

    @property
    def values(self) -> list[float]:
        """Of the first measured column."""
        return [
            float(value) for value in self.records[self.records.columns.intersection(["systolic", "lab"])[0]]
        ]


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_times, "now", lambda: TODAY)


def outcome(folder: str, out: Path) -> Outcome:
    case = folder.split("/", maxsplit=1)[0]
    try:
        account = convert(load(INPUTS / LIKE.get(case, case) / "mapping.yaml"), INPUTS / folder, out)
    except ConversionError as error:
        return Outcome(
            refused=str(error).split(":")[0],
            said=str(error),
            told=reasons(error.account) if error.account else {},
        )
    return Outcome(records=pd.read_parquet(out), told=reasons(account))


@pytest.mark.parametrize(
    "case", [pytest.param(case, marks=pytest.mark.case(f"data/{case}")) for case in KNOWN]
)
def test_a_known_export_becomes_the_right_values_or_is_refused_with_the_reason(
    case: str, tmp_path: Path, now: Callable[[str], None]
) -> None:
    wanted = KNOWN[case]
    found = outcome(wanted["folder"], tmp_path / "records.parquet")
    now(str(found))
    assert found.refused == wanted.get("refused", "")
    assert found.told == wanted["told"]
    if not found.refused:
        assert found.values == [
            pytest.approx(np.nan if v is None else v, nan_ok=True) for v in wanted["values"]
        ]
    # whoever must act needs the file, or what was left out
    assert not found.refused or ".csv" in found.said or ".parquet" in found.said or found.told


@pytest.mark.case("data/01_omop_visit_end")
def test_ends_and_births_come_from_the_next_column_that_says_them(
    tmp_path: Path, now: Callable[[str], None]
) -> None:
    records = outcome("01_omop_visit_end/cdm", tmp_path / "o.parquet").records.set_index("visit_id")
    now(f"days {', '.join(f'{d:.2f}' for d in records['days'])}; {records['age'].notna().sum()} ages")
    end_of_day = pd.Timedelta("1D") - pd.Timedelta("1us")
    ends = records["time"].dt.tz_convert(None)
    assert ends["11"] == pd.Timestamp("2020-03-10") + end_of_day, "midnight of the day it began is that day"
    assert {ends[visit] for visit in ("12", "13", "15")} == {pd.Timestamp("2020-03-15") + end_of_day}
    assert ends["14"] == pd.Timestamp("2020-03-10 10:00"), "an end before the start is no end"
    assert ends["16"] == pd.Timestamp("2020-03-15 12:00")
    assert (records["days"].dropna() > 0).all()
    assert records["age"].tolist() == pytest.approx([59.85, 58.85, 57.85, 56.7, 55.85, 54.85], abs=0.02)


@pytest.mark.case("data/30_visit_versions/omop_ab")
@pytest.mark.case("data/30_visit_versions/omop_ba")
def test_the_order_of_lines_does_not_choose_a_visit(tmp_path: Path) -> None:
    one, other = (outcome(f"30_visit_versions/x/omop_{order}", tmp_path / "o") for order in ("ab", "ba"))
    assert one.told == other.told
    assert one.told["W_VISIT_SAME_ID"] == 2
