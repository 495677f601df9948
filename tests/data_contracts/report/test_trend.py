"""Trends over deliveries: new and resolved findings; a trend line reveals no more than its text."""

import json
from pathlib import Path

import pandas as pd
import pytest

from data_contracts.report.page import facts, page
from data_contracts.report.tally import DeliveryCounts, delivery_counts, earlier_deliveries
from tests.data_contracts.report.ward_deliveries import CONTRACT, broken, rows, validated

CLEAN = rows({"east": 200, "west": 100})
RULE = "visits.weight.hard_range"


@pytest.fixture
def batches(tmp_path: Path) -> list[DeliveryCounts]:
    """A clean delivery, then one with 40 impossible weights in the east."""
    frames = [CLEAN, broken(CLEAN, "east", 40)]
    return [delivery_counts(*validated(tmp_path, frame), label=f"week {i}") for i, frame in enumerate(frames)]


def rule_of(content: dict, code: str = "Q_HARD_RANGE") -> dict:
    return next(r for t in content["cohorts"] for r in t["rules"] if r["code"] == code)


def test_a_finding_that_was_not_there_before_is_called_new(
    tmp_path: Path, batches: list[DeliveryCounts]
) -> None:
    content = facts(*validated(tmp_path, broken(CLEAN, "east", 40)), before=batches[:1])
    found = content["groups"][0]["findings"][0]
    assert found["new"]
    assert found["trend"]["words"] == "oldest first: none, 13%"
    again = facts(*validated(tmp_path, broken(CLEAN, "east", 50)), before=batches)["groups"][0]["findings"][0]
    assert not again["new"]
    assert again["trend"]["words"] == "oldest first: none, 13%, 17%"


def test_what_the_last_delivery_broke_and_this_does_not_is_listed_as_none(
    tmp_path: Path, batches: list[DeliveryCounts]
) -> None:
    content = facts(*validated(tmp_path, broken(CLEAN, "west", 30, value=30.0)), before=batches)
    shown = rule_of(content)
    cohorts = next(t for t in content["cohorts"])["cohorts"]
    east = shown["cells"][cohorts.index("east")]
    assert east["text"] == ""
    assert east["trend"]["words"] == "oldest first: none, 20%, none"


def test_a_small_count_is_drawn_as_any_other_small_count(tmp_path: Path) -> None:
    lines = []
    for count in (1, 10):
        before = [delivery_counts(*validated(tmp_path, broken(CLEAN, "east", count)))]
        content = facts(*validated(tmp_path, broken(CLEAN, "east", 60)), before=before)
        table = content["cohorts"][0]
        lines.append(rule_of(content)["cells"][table["cohorts"].index("east")]["trend"])
    assert lines[0] == lines[1]
    assert "1–10" in lines[0]["words"]


def test_a_delivery_judged_again_is_compared_with_what_preceded_it_then(
    tmp_path: Path, batches: list[DeliveryCounts]
) -> None:
    assert earlier_deliveries(batches, batches[1].delivery) == (batches[0],)
    assert earlier_deliveries(batches, "another") == tuple(batches)
    spoilt = validated(tmp_path, broken(CLEAN, "east", 40))
    assert facts(*spoilt, before=batches) == facts(*spoilt, before=batches[:1])


def test_a_rejected_delivery_leaves_a_gap_and_not_a_0(tmp_path: Path, batches: list[DeliveryCounts]) -> None:
    rejected = delivery_counts(*validated(tmp_path, CLEAN.drop(columns="weight")))
    content = facts(*validated(tmp_path, broken(CLEAN, "east", 50)), before=[*batches, rejected])
    assert content["groups"][0]["findings"][0]["trend"]["words"] == "oldest first: none, 13%, rejected, 17%"
    assert [d["verdict"] for d in content["deliveries"]] == ["accept", "quarantine", "reject", "quarantine"]


def test_more_missing_than_before_is_told_in_points(tmp_path: Path, batches: list[DeliveryCounts]) -> None:
    content = facts(*validated(tmp_path, broken(CLEAN, "west", 90, value=None)), before=batches)
    table = content["completeness"][0]
    weight = next(c for c in table["columns"] if c["column"] == "weight")
    assert weight["change"] == "+30 points"
    assert weight["all"]["text"] == "30%"
    shown = dict(zip(table["cohorts"], weight["cells"], strict=True))
    assert shown == {"east": {"text": "", "level": 0}, "west": {"text": "90%", "level": 4}}
    assert table["complete"] == ["patient", "ward"]


def test_a_rule_asked_cohort_by_cohort_stands_at_its_cohort(tmp_path: Path) -> None:
    each = CONTRACT.replace(
        "        quality:\n",
        "        quality:\n          - {type: custom, engine: meta-med, "
        "implementation: {rule: missing_at_most, share: 0.3, each_cohort: true}}\n",
        1,
    )
    content = facts(*validated(tmp_path, broken(CLEAN, "west", 50, value=None), each))
    (found,) = content["findings"]
    assert (found["cohort"], found["code"]) == ("west", "W_COMPLETENESS")
    cells = rule_of(content, "W_COMPLETENESS")["cells"]
    assert dict(zip(content["cohorts"][0]["cohorts"], [c["text"] for c in cells], strict=True)) == {
        "west": "50%"
    }


def test_a_batch_survives_its_json(batches: list[DeliveryCounts]) -> None:
    assert [DeliveryCounts.from_json(json.loads(json.dumps(b.to_json()))) for b in batches] == batches


def test_a_batch_holds_no_patient_and_no_value(tmp_path: Path) -> None:
    frame = broken(CLEAN, "east", 40, value=31_337.25)
    text = json.dumps(delivery_counts(*validated(tmp_path, frame)).to_json())
    assert "P0000" not in text
    assert "31337" not in text.replace(",", "")


def test_many_wards_and_deliveries_stay_readable(tmp_path: Path) -> None:
    wards = rows({f"ward {i:02d}": 40 for i in range(30)})
    spoilt = [pd.concat([broken(wards, f"ward {i:02d}", 12 + i) for i in range(2)])]
    result, contract = validated(tmp_path, spoilt[0], CONTRACT)
    before = [
        DeliveryCounts(**{**delivery_counts(result, contract, f"day {i}").__dict__, "delivery": str(i)})
        for i in range(20)
    ]
    content = facts(result, contract, before)
    assert content["cohorts"][0]["left_out"] == 18
    assert len(content["deliveries"]) == 12
    assert len(page(content)) < 300_000
