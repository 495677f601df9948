"""Rules asked of some rows, of each cohort, or of two deliveries say what a steward would say by hand."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import yaml

from data_contracts.contract import load
from data_contracts.contract.check_specs import CheckSpec, table_specs
from data_contracts.contract.model import Table
from data_contracts.findings import Note, SourceFacts
from data_contracts.rules.checked_table import CheckedTable
from data_contracts.rules.slices import SMALLEST_COHORT, slices_of

NOW = pd.Timestamp("2024-06-01").to_pydatetime()


def contract_with(folder: Path, column: str, **rule: Any) -> Table:
    """A table of visits with one rule, under a column or, with column "", under the table."""

    def entry(name: str, kind: str, **own: Any) -> dict[str, Any]:
        custom = [{"property": k, "value": v} for k, v in own.items()]
        quality = [declared] if name == column else []
        return {"name": name, "logicalType": kind, "customProperties": custom, "quality": quality}

    declared = {"type": "custom", "engine": "meta-med", "implementation": rule}
    document = {
        "kind": "DataContract", "apiVersion": "v3.0.2", "id": "t", "name": "t", "version": "1.0.0",
        "status": "active",
        "schema": [{
            "name": "visits",
            "quality": [] if column else [declared],
            "properties": [
                entry("patient", "string", role="subject"),
                entry("site", "string", role="cohort"),
                entry("day", "timestamp", role="time"),
                entry("glucose", "number", unit="mg/dL", alternativeUnits={"mmol/L": 0.0555}),
                entry("ward", "string"),
            ],
        }],
    }  # fmt: skip
    path = folder / "t.yaml"
    path.write_text(yaml.safe_dump(document))
    return load(path).tables["visits"]


def visits(seed: int = 1, patients: int = 60, visits_each: int = 5) -> pd.DataFrame:
    """Lifelike visits at two sites, valid in every respect; identifiers as the reader gives them, coded."""
    rng = np.random.default_rng(seed)
    number = np.repeat(np.arange(patients), visits_each)
    n = len(number)
    return pd.DataFrame(
        {
            "patient": pd.Categorical([f"P{k:03d}" for k in number]),
            "site": pd.Categorical(np.where(number % 3 == 0, "North", "South")),
            "day": pd.Timestamp("2024-01-01") + pd.to_timedelta(rng.integers(0, 90, n), unit="D"),
            "glucose": rng.normal(110, 15, n).round(1),
            "ward": pd.Series(rng.choice(["a", "b", "c"], n), dtype="str"),
        }
    )


def judged(table: Table, frame: pd.DataFrame, sha256: str = "") -> CheckedTable:
    facts = SourceFacts(source=table.name, file="visits.csv", sha256=sha256, bytes=1, rows=len(frame))
    return CheckedTable(table=table, specs=table_specs(table), facts=facts, frame=frame)


def alone(table: Table, frame: pd.DataFrame) -> list[Note]:
    """What the declared rule says of one delivery."""
    from data_contracts.rules.slices import whole_table_notes

    notes = whole_table_notes(frame, np.ones(len(frame), dtype=bool), table_specs(table), table, NOW)
    return of_declared(table, notes)


def beside(
    table: Table, new: pd.DataFrame, old: pd.DataFrame, sha256: str = "", before: str = ""
) -> list[Note]:
    """What it says of a delivery and the one before."""
    from data_contracts.validation.compare_deliveries import compare_with

    return of_declared(table, compare_with(judged(table, new, sha256), judged(table, old, before)).notes)


def of_declared(table: Table, notes: Iterable[Note]) -> list[Note]:
    """Without what is told unasked: deliveries of chance days also have records from the past."""
    declared = {rule.name for rule in table.rules}
    return [n for n in notes if n.rule in declared]


def spec_of(table: Table) -> CheckSpec:
    return next(s for s in table_specs(table) if s.each_cohort or s.where)


def test_missing_values_of_one_site_show_although_the_whole_is_within_the_limit(tmp_path: Path) -> None:
    frame = visits()
    north = frame.index[frame["site"] == "North"]
    frame.loc[north[::2], "glucose"] = np.nan
    limit = {"rule": "missing_at_most", "share": 0.3}
    assert alone(contract_with(tmp_path, "glucose", **limit), frame) == []
    (note,) = alone(contract_with(tmp_path, "glucose", **limit, each_cohort=True), frame)
    assert (note.code, note.cohort, note.column, note.count) == ("W_COMPLETENESS", "North", "glucose", 50)
    assert note.message.startswith("Where site is 'North': 'glucose' is missing in 50% of rows")


def test_a_site_that_stopped_sending_shows_although_the_others_are_fresh(tmp_path: Path) -> None:
    frame = visits()
    frame.loc[frame["site"] == "North", "day"] -= pd.Timedelta(days=400)
    fresh = {"rule": "fresh", "newest_not_before": "now - 90 days"}
    assert alone(contract_with(tmp_path, "day", **fresh), frame) == []
    notes = alone(contract_with(tmp_path, "day", **fresh, each_cohort=True), frame)
    assert [(n.code, n.cohort) for n in notes] == [("W_STALE_FEED", "North")]


def test_a_rule_about_the_whole_sees_only_the_rows_of_its_where(tmp_path: Path) -> None:
    frame = visits()
    frame.loc[frame["ward"] == "b", "glucose"] = 100.0
    table = contract_with(tmp_path, "glucose", rule="varies", where={"ward": ["b"]})
    (note,) = alone(table, frame)
    assert note.count == (frame["ward"] == "b").sum()
    assert note.message == "Where ward is 'b': 'glucose' has the same value in every row."
    assert alone(contract_with(tmp_path, "glucose", rule="varies", where={"ward": "a"}), frame) == []


def test_where_and_each_cohort_go_together(tmp_path: Path) -> None:
    frame = visits()
    frame.loc[(frame["ward"] == "b") & (frame["site"] == "South"), "glucose"] = 100.0
    table = contract_with(tmp_path, "glucose", rule="varies", where={"ward": "b"}, each_cohort=True)
    assert [n.cohort for n in alone(table, frame)] == ["South"]


def test_parts_of_cohorts_hold_every_row_of_a_large_cohort_once(tmp_path: Path) -> None:
    frame = visits()
    table = contract_with(tmp_path, "glucose", rule="varies", each_cohort=True)
    found = {p.cohort: p.positions for p in slices_of(frame, spec_of(table), "site")}
    for cohort, positions in found.items():
        assert positions is not None
        assert (np.sort(positions) == np.flatnonzero(frame["site"] == cohort)).all()
    assert set(found) == {"North", "South"}


def test_a_cohort_of_few_rows_is_neither_judged_nor_named(tmp_path: Path) -> None:
    frame = visits()
    frame["site"] = frame["site"].astype("str")
    frame.loc[: SMALLEST_COHORT - 2, ["site", "glucose"]] = ["MrsRoe", None]
    table = contract_with(tmp_path, "glucose", rule="missing_at_most", share=0.2, each_cohort=True)
    assert alone(table, frame) == []


def test_a_cohort_whose_rows_are_held_is_not_named(tmp_path: Path) -> None:
    frame = visits()
    table = contract_with(tmp_path, "glucose", rule="varies", each_cohort=True)
    kept = (frame["site"] == "South").to_numpy()
    assert [p.cohort for p in slices_of(frame, spec_of(table), "site", kept)] == ["South"]


@pytest.mark.parametrize(
    ("factor", "says"),
    [(0.0555, "mmol/L"), (1 / 0.0555, "was in mmol/L before"), (10, "a tenth of the unit")],
)
def test_another_unit_than_before_refuses_the_delivery(factor: float, says: str, tmp_path: Path) -> None:
    table = contract_with(tmp_path, "glucose", rule="same_scale")
    new = visits(2).assign(glucose=lambda f: f["glucose"] * factor)
    (note,) = beside(table, new, visits(1))
    assert note.code == "E_SCALE_SHIFT"
    assert says in note.message


def test_another_unit_of_one_site_names_the_site(tmp_path: Path) -> None:
    table = contract_with(tmp_path, "glucose", rule="same_scale", each_cohort=True)
    new = visits(2)
    new.loc[new["site"] == "North", "glucose"] *= 0.0555
    assert [(n.code, n.cohort) for n in beside(table, new, visits(1))] == [("E_SCALE_SHIFT", "North")]
    assert beside(contract_with(tmp_path, "glucose", rule="same_scale"), new, visits(1)) == []


def test_another_unit_of_the_added_rows_shows_where_deliveries_accumulate(tmp_path: Path) -> None:
    table = contract_with(tmp_path, "glucose", rule="same_scale")
    added = visits(2, patients=10).assign(
        day=lambda f: f["day"] + pd.Timedelta(days=200), glucose=lambda f: f["glucose"] * 0.0555
    )
    new = pd.concat([visits(1), added], ignore_index=True)
    (note,) = beside(table, new, visits(1))
    assert note.message.startswith("In the added rows, ")


@pytest.mark.parametrize("factor", [1.0, 0.9, 1.14, 1.5, 3.0])
def test_a_shift_that_is_no_factor_between_units_is_no_other_unit(factor: float, tmp_path: Path) -> None:
    table = contract_with(tmp_path, "glucose", rule="same_scale")
    assert beside(table, visits(2).assign(glucose=lambda f: f["glucose"] * factor), visits(1)) == []


@pytest.mark.parametrize(
    "change",
    [{"a": "d"}, {"a": "b"}, {"a": "A"}],
    ids=["a new category", "two merged", "another spelling"],
)
def test_categories_that_drift_are_told_by_their_number(change: dict[str, str], tmp_path: Path) -> None:
    table = contract_with(tmp_path, "ward", rule="categories_stay")
    new = visits(2).assign(ward=lambda f: f["ward"].replace(change))
    assert [n.code for n in beside(table, new, visits(1))] == ["W_CATEGORY_DRIFT"]
    assert beside(table, visits(2), visits(1)) == []


def test_a_rare_category_may_be_absent_by_chance(tmp_path: Path) -> None:
    table = contract_with(tmp_path, "ward", rule="categories_stay")
    new = visits(2)
    new.loc[:3, "ward"] = "rare"
    assert beside(table, new, visits(1)) == []
    assert beside(table, visits(1), new) == []


def test_a_laboratory_that_went_missing_shows(tmp_path: Path) -> None:
    table = contract_with(tmp_path, "glucose", rule="missing_stays", max_rise=0.2)
    some, most = visits(2), visits(3)
    some.loc[::6, "glucose"] = np.nan
    most.loc[most.index % 2 == 0, "glucose"] = np.nan
    assert beside(table, some, visits(1)) == []
    (note,) = beside(table, most, visits(1))
    assert (note.code, note.count) == ("W_MISSING_JUMP", 150)
    assert beside(table, visits(1), most) == []


def test_missing_values_of_a_small_cohort_jump_by_chance(tmp_path: Path) -> None:
    table = contract_with(tmp_path, "glucose", rule="missing_stays", each_cohort=True)
    new, old = visits(2, patients=9), visits(1, patients=9)
    new.loc[new.index[new["site"] == "North"][:3], "glucose"] = np.nan
    assert beside(table, new, old) == []


def test_the_same_delivery_again_is_told(tmp_path: Path) -> None:
    table = contract_with(tmp_path, "", rule="new_content")
    frame = visits()
    (bytes_,) = beside(table, frame, frame, sha256="f00", before="f00")
    (rows,) = beside(table, frame.sample(frac=1, random_state=1), frame, sha256="f00", before="bad")
    assert "identical to the previous" in bytes_.message
    assert "exactly the rows" in rows.message
    assert beside(table, frame.assign(glucose=frame["glucose"] + 1), frame) == []
    assert beside(table, frame.iloc[1:], frame) == []


def test_cohorts_and_patients_compare_across_deliveries_with_codes_of_their_own(tmp_path: Path) -> None:
    table = contract_with(tmp_path, "", rule="cohorts_stay")
    old = visits()
    new = visits(patients=50)
    new["site"] = new["site"].astype("str").where(new["patient"] != "P001", "North").astype("category")
    assert [(n.code, n.count) for n in beside(table, new, old)] == [("W_COHORT_MOVED", 1)]
    same = contract_with(tmp_path, "", rule="same_person", columns=["site"])
    from data_contracts.validation.compare_deliveries import compare_with

    after = compare_with(judged(same, new), judged(same, old))
    assert after.held_patients == {"P001"}
    assert [len(h.positions) for h in after.held] == [5]


def test_patients_of_one_trajectory_are_linked_by_the_gate(tmp_path: Path) -> None:
    from data_contracts.gate import validate
    from tests.bad_inputs.base_table import base_table

    base = base_table(patients=30)
    twin = base[base["patient_id"] == "P0003"].assign(patient_id="P9999")
    path = tmp_path / "records.csv"
    pd.concat([base, twin]).to_csv(path, index=False)
    contract = load(Path(__file__).parents[2] / "bad_inputs" / "contract.yaml")
    result = validate(contract, {"records": path})
    assert result.linked_subjects == (("P0003", "P9999"),)
    assert "P9999" not in result.to_json() + repr(result)


def test_a_finding_of_one_cohort_names_it_in_the_json(tmp_path: Path) -> None:
    import json

    from data_contracts.gate import validate

    contract_with(tmp_path, "glucose", rule="missing_at_most", share=0.3, each_cohort=True)
    frame = visits(patients=30)
    frame["day"] = frame["day"].dt.strftime("%Y-%m-%dT%H:%M:%SZ")
    frame.loc[frame.index[frame["site"] == "North"][::2], "glucose"] = np.nan
    frame.to_csv(tmp_path / "visits.csv", index=False)
    told = json.loads(
        validate(load(tmp_path / "t.yaml"), {"visits": tmp_path / "visits.csv"}, now=NOW).to_json()
    )
    assert told["verdict"] == "accept"
    (finding,) = told["findings"]
    assert (finding["code"], finding["cohort"], finding["count"]) == ("W_COMPLETENESS", "North", 25)
