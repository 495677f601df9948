"""What a change of contract breaks, for producers and for consumers."""

from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

from data_contracts.contract import bundled_contracts, load
from data_contracts.difference import Difference, compare
from data_contracts.gate import validate
from tests.bad_inputs.base_table import base_table

NOW = datetime(2024, 6, 1, tzinfo=UTC)
CONTRACT = """
kind: DataContract
apiVersion: v3.0.2
id: t
name: t
version: 1.2.3
status: active
schema:
  - name: visits
    customProperties: [{property: sentinels, value: [-999]}]
    quality:
      - {type: custom, engine: meta-med, implementation: {rule: no_dominant_subject, max_share: 0.5}}
    properties:
      - {name: patient_id, logicalType: string, primaryKey: true, primaryKeyPosition: 1, customProperties: [{property: role, value: subject}]}
      - {name: time, logicalType: timestamp, primaryKey: true, primaryKeyPosition: 2}
      - name: sex
        logicalType: string
        customProperties: [{property: spellings, value: {f: F}}]
        quality:
          - {type: custom, engine: meta-med, implementation: {rule: allowed, values: [F, M]}}
      - name: weight_kg
        logicalType: number
        customProperties: [{property: unit, value: kg}]
        quality:
          - {type: custom, engine: meta-med, implementation: {rule: hard_range, min: 1, max: 400}}
          - {type: custom, engine: meta-med, implementation: {rule: soft_range, min: 30, max: 180}}
      - name: on_drug
        logicalType: integer
"""  # noqa: E501


def between(folder: Path, *changes: tuple[str, str]) -> Difference:
    """The contract above compared with itself after these replacements."""
    text = CONTRACT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (folder / "a.yaml").write_text(CONTRACT)
    (folder / "b.yaml").write_text(text)
    return compare(load(folder / "a.yaml"), load(folder / "b.yaml"))


@pytest.mark.parametrize(
    ("old", "new", "producer", "consumer"),
    [
        ("max: 400", "max: 300", "breaking", "compatible"),
        ("max: 400", "max: 500", "compatible", "breaking"),
        ("min: 1, max: 400", "max: 400", "compatible", "breaking"),
        ("min: 1, max: 400", "min: 2, max: 500", "breaking", "breaking"),
        ("[F, M]", "[F, M, U]", "compatible", "breaking"),
        ("[F, M]", "[F]", "breaking", "compatible"),
        ("[F, M]", "[F, W]", "breaking", "breaking"),
        ("max: 180", "max: 100", "compatible", "compatible"),
        ("max: 180", "max: 180, outcome: quarantine_rows", "breaking", "compatible"),
        ("max: 400", "max: 400, outcome: warn", "compatible", "breaking"),
        ("max: 400", "max: 400, counts_towards_limit: false", "compatible", "breaking"),
        ("max_share: 0.5", "max_share: 0.4", "compatible", "compatible"),
        ("value: kg", "value: lb", "breaking", "breaking"),
        ("logicalType: integer", "logicalType: number", "compatible", "breaking"),
        ("logicalType: number", "logicalType: integer", "breaking", "compatible"),
        ("logicalType: integer", "logicalType: string", "breaking", "breaking"),
        ("logicalType: timestamp, ", "logicalType: date, ", "breaking", "breaking"),
        (", primaryKey: true, primaryKeyPosition: 2", "", "breaking", "breaking"),
        ("primaryKeyPosition: 2}", "primaryKeyPosition: 2, customProperties: [{property: role, value: time}]}",
         "compatible", "breaking"),
        ("{f: F}", "{f: F, w: F}", "compatible", "compatible"),
        ("{f: F}", "{w: F}", "breaking", "compatible"),
        ("value: [-999]", "value: [-999, -99]", "compatible", "compatible"),
        ("value: [-999]", "value: [-99]", "breaking", "compatible"),
        ("logicalType: integer", "logicalType: integer\n        required: true", "breaking", "compatible"),
        ("logicalType: timestamp", "logicalType: timestamp, customProperties: [{property: timezone, value: UTC}]",
         "compatible", "compatible"),
        ("logicalType: integer", "logicalType: integer\n        customProperties: [{property: optional, value: true}]",
         "compatible", "breaking"),
        ("      - name: on_drug\n        logicalType: integer\n", "", "compatible", "breaking"),
        ("logicalType: integer\n", "logicalType: integer\n      - {name: dose, logicalType: number}\n",
         "breaking", "additive"),
        ("logicalType: integer\n", "logicalType: integer\n      - {name: dose, logicalType: number, "
         "customProperties: [{property: optional, value: true}]}\n", "additive", "additive"),
        ("customProperties: [{property: sentinels, value: [-999]}]",
         "customProperties: [{property: sentinels, value: [-999]}, {property: delimiter, value: ;}]",
         "breaking", "compatible"),
    ],
)  # fmt: skip
def test_each_change_breaks_whom_it_must(
    old: str, new: str, producer: str, consumer: str, tmp_path: Path
) -> None:
    found = between(tmp_path, (old, new)).changes
    assert found
    rank = ["compatible", "additive", "breaking"]
    assert max((c.producer for c in found), key=rank.index) == producer, found
    assert max((c.consumer for c in found), key=rank.index) == consumer, found


@pytest.mark.parametrize("name", bundled_contracts())
def test_a_contract_beside_itself_differs_in_nothing(name: str) -> None:
    same = compare(load(name), load(name))
    assert same.changes == ()
    assert (same.level, same.breaks, same.version_is_enough) == ("none", False, True)


@pytest.mark.parametrize(
    ("change", "level", "advised"),
    [
        (("max: 400", "max: 300"), "major", "2.0.0"),
        (("max: 180", "max: 200"), "minor", "1.3.0"),
        (("logicalType: integer", "logicalType: integer\n        description: a flag"), "patch", "1.2.4"),
        (("status: active", "status: draft"), "none", "1.2.3"),
    ],
)
def test_a_version_is_advised(change: tuple[str, str], level: str, advised: str, tmp_path: Path) -> None:
    difference = between(tmp_path, change)
    assert (difference.level, difference.advised_version) == (level, advised)
    assert difference.version_is_enough == (level == "none")
    assert between(tmp_path, change, ("version: 1.2.3", f"version: {advised}")).version_is_enough


def test_before_the_first_version_a_break_raises_the_middle_number(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(CONTRACT.replace("1.2.3", "0.4.1"))
    (tmp_path / "b.yaml").write_text(CONTRACT.replace("max: 400", "max: 300"))
    assert compare(load(tmp_path / "a.yaml"), load(tmp_path / "b.yaml")).advised_version == "0.5.0"


def test_a_column_that_went_and_a_like_one_that_came_look_renamed(tmp_path: Path) -> None:
    (removed,) = (
        c for c in between(tmp_path, ("weight_kg", "weight")).changes if c.place == "visits.weight_kg"
    )
    assert "was it renamed to 'weight'?" in removed.what


def test_a_table_that_comes_must_be_delivered(tmp_path: Path) -> None:
    more = CONTRACT + "  - name: deaths\n    properties: [{name: patient_id, logicalType: string}]\n"
    (tmp_path / "a.yaml").write_text(CONTRACT)
    (tmp_path / "b.yaml").write_text(more)
    a, b = load(tmp_path / "a.yaml"), load(tmp_path / "b.yaml")
    assert [(c.producer, c.consumer) for c in compare(a, b).changes] == [("breaking", "additive")]
    assert [(c.producer, c.consumer) for c in compare(b, a).changes] == [("breaking", "breaking")]


SPOILT = [("weight_kg", 350.0), ("weight_kg", 0.5), ("sex", "U"), ("on_drug", 0.5), ("on_drug", None)]


@pytest.mark.parametrize(
    "change",
    [
        ("max: 400", "max: 300"), ("min: 1,", "min: 0.1,"), ("[F, M]", "[F, M, U]"),
        ("logicalType: integer", "logicalType: number"), ("max: 180", "max: 100"), ("max_share: 0.5", "max_share: 0.1"),
        ("logicalType: integer", "logicalType: integer\n        required: true"),
    ],
)  # fmt: skip
def test_what_breaks_no_producer_holds_no_row_that_was_accepted(
    change: tuple[str, str], tmp_path: Path
) -> None:
    """The claim checked by the gate: fewer rows are accepted only if the comparison reports it."""
    difference = between(tmp_path, change)
    frame = base_table(patients=20)[["patient_id", "time", "sex", "weight_kg", "on_drug"]].astype(object)
    for row, (column, value) in enumerate(SPOILT):
        frame.loc[row, column] = value
    path = tmp_path / "visits.csv"
    pd.DataFrame(frame).to_csv(path, index=False)
    before, after = (
        validate(c, {"visits": path}, now=NOW).rows_accepted for c in (difference.before, difference.after)
    )
    assert after >= before or difference.breaks_producer
    assert after <= before or difference.breaks_consumer
