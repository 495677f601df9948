"""The report of a run knows earlier deliveries and the predictions that are published; the store knows the counts."""

import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from data_contracts.contract import load
from data_contracts.gate import validate
from data_contracts.report.tally import DeliveryCounts, delivery_counts
from meta_med.cohorts.account import RecordCounts
from meta_med.published import quality, reader
from meta_med.published.errors import StoreUnreadable
from orchestration.quality import release
from orchestration.quality.report import KEEP, append_history, history, published_patients
from orchestration.runs import stage_results
from orchestration.study.load import LoadedStudy
from orchestration.validate_files import validate_files
from orchestration.workspace import Workspace
from tests import scenario
from tests.orchestration.small_study import Finished


def batch(number: int) -> DeliveryCounts:
    return DeliveryCounts(
        label=f"day {number}",
        delivery=f"{number:064d}",
        verdict="accept",
        rows_in=10,
        rows_accepted=10,
        rows_quarantined=0,
    )


def test_a_delivery_that_is_judged_again_keeps_its_place(workspace: Workspace) -> None:
    for number in (1, 2, 3, 2):
        append_history(workspace, "asthma", batch(number))
    assert [b.label for b in history(workspace, "asthma")] == ["day 1", "day 2", "day 3"]


def test_the_history_has_an_end(workspace: Workspace) -> None:
    for number in range(KEEP + 2):
        append_history(workspace, "asthma", batch(number))
    assert [b.label for b in history(workspace, "asthma")][:: KEEP - 1] == ["day 2", f"day {KEEP + 1}"]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"deliveries": [{}]}', '{"deliveries": [[1]]}'])
def test_a_damaged_history_costs_the_comparison_and_nothing_else(workspace: Workspace, text: str) -> None:
    place = workspace.reports("asthma") / "history.json"
    place.parent.mkdir(parents=True)
    place.write_text(text)
    assert history(workspace, "asthma") == []
    append_history(workspace, "asthma", batch(1))
    assert len(history(workspace, "asthma")) == 1


def test_the_report_of_a_run_speaks_of_the_predictions_it_published(finished: Finished) -> None:
    study, workspace = finished.study, finished.workspace()
    twin = json.loads((workspace.reports(study.name) / "data_quality.json").read_text())
    told = twin["reach"]["published"]
    statuses = published_patients(study, workspace)
    assert told["says"] == "published with this delivery"
    assert told["predictions"] == len(statuses.predictions) > 0
    assert (told["touched"], told["withheld"]) == (told["withheld"] + told["marked"], told["withheld"])
    (kept,) = history(workspace, study.name)
    assert kept.label == "2027-03-01 12:00"
    assert kept.units


def test_the_account_of_the_records_is_on_the_page_in_the_output_and_among_what_is_published(
    finished: Finished,
) -> None:
    told = stage_results.record_account(finished.outcome.folder, of_the_night=True)
    (visits,) = told["sources"]
    assert visits["accepted"] == visits["used"] + visits["left_out"] == 740
    assert [split["records"] for split in told["splits"]] == [
        split["predicted"] + split["support_only"] + split["unused"] for split in told["splits"]
    ]
    workspace = finished.workspace()
    twin = json.loads((workspace.reports(finished.study.name) / "data_quality.json").read_text())
    assert twin["records"] == told
    assert (
        "From the accepted rows to the records"
        in (workspace.reports(finished.study.name) / "data_quality.html").read_text()
    )
    assert f"{visits['used']:,} of 740 accepted rows used" in stage_results.record_lines(told)[0]


def test_what_was_left_out_of_the_records_is_published_as_a_finding() -> None:
    ledger = RecordCounts(accepted={"visits": 10})
    ledger.add("W_ROW_NO_TIME", 4, "visits", "day")
    ledger.add("W_NO_FACTS", 1, "visits")
    found = stage_results.record_findings(
        ledger.account(scenario.table(), scenario.study()).to_json()
    ).set_index("code")
    assert found.loc["W_ROW_NO_TIME", ["severity", "count", "share"]].tolist() == ["warning", 4, 0.4]
    assert (
        found.loc["W_ROW_NO_TIME", "message"]
        == "4 of 10 accepted rows of visits, day, have no time that can be read."
    )
    assert pd.isna(found.loc["W_NO_FACTS", "share"])


def test_the_release_holds_the_counts_of_the_report(finished: Finished) -> None:
    workspace = finished.workspace()
    url = workspace.store_url
    head = reader.head(url, finished.study.name)
    contract = load(finished.study.contract)
    result = validate(contract, finished.outcome.folder.sources(), now=workspace.now())
    missing = quality.missing(url, head.release_id)
    whole = missing[missing["cohort"] == ""].set_index(["source", "column"])["size"]
    for name, frame in result.valid.items():
        assert set(whole[name]) == {len(frame)}
    shapes = quality.shapes(url, head.release_id)
    assert len(shapes) == len(delivery_counts(result, contract).shapes)
    deliveries = quality.deliveries(url, finished.study.name, head.release_id)
    assert deliveries["rows_in"].tolist() == [result.rows_in]


def test_validate_compares_with_the_delivery_before_and_keeps_no_history(
    study: LoadedStudy, workspace: Workspace, tmp_path: Path
) -> None:
    table, file = next(iter(study.sources.items()))
    earlier = tmp_path / f"{table}.csv"
    rows = pd.read_csv(file, dtype=str)
    rows.iloc[: len(rows) * 3 // 4].to_csv(earlier, index=False)
    content = validate_files(study, workspace, earlier).content
    twin = json.loads(Path(content["report_json"]).read_text())
    assert [d["label"] for d in twin["deliveries"]] == ["the delivery before", "this delivery"]
    assert any(picture["before"] for picture in twin["distributions"])
    assert history(workspace, study.name) == []
    assert "published" not in twin["reach"]


def test_a_store_of_another_version_does_not_stop_the_gate(workspace: Workspace, tmp_path: Path) -> None:
    damaged = tmp_path / "published.sqlite"
    damaged.write_bytes(b"no database" * 100)
    elsewhere = replace(workspace, store_url=f"sqlite:///{damaged}")
    (study,) = workspace.studies.values()
    with pytest.raises(StoreUnreadable):
        published_patients(study, elsewhere)
    content = validate_files(study, elsewhere).content
    assert content["verdict"] == "accept"
    assert "damaged" in content["store"]


def test_a_note_tells_rows_and_reasons_of_a_patient_and_no_value() -> None:
    touched = pd.DataFrame(
        [
            ["visits", "visits.weight.hard_range", "Q_HARD_RANGE", True, "P1", 2],
            ["visits", "visits.height.hard_range", "Q_HARD_RANGE", True, "P1", 1],
            ["visits", "visits.weight.soft_range", "W_OOD", False, "P1", 1],
            ["visits", "visits.unique_key.repeated", "N_DEDUP", True, "P2", 1],
            ["visits", "visits.weight.hard_range", "Q_HARD_RANGE", True, "unknown", 1],
        ],
        columns=["source", "rule", "code", "holds", "subject", "rows"],
    )
    assert release.remarks(touched, {"P1", "P2"}) == {
        "P1": "Held back and not used: 3 rows (impossible values). Kept, look at it: 1 row (unusual values)."
    }


def test_cohorts_of_few_patients_have_no_counts_of_their_own(finished: Finished) -> None:
    contract = load(finished.study.contract)
    valid = stage_results.valid_tables(finished.folder)["visits"]
    few = {"Hill"}
    three = valid.query("clinic == 'Hill'")["patient"].unique()[:3]
    few_rows = valid[valid["clinic"].ne("Hill") | valid["patient"].isin(three)]
    cohorts = few_rows.groupby("patient")["clinic"].first()
    assert release.few_patients({"visits": few_rows}, contract, cohorts) == few
    everyone = valid.groupby("patient")["clinic"].first()
    assert release.few_patients({"visits": valid}, contract, everyone) == frozenset()
    counts = DeliveryCounts.from_json(finished.folder.read("batch.json"))
    named = release.tables(counts, contract, few)["quality_missing"]["cohort"]
    assert set(named) == {"", "Harbour", "Riverside"}
    found = pd.DataFrame(
        {"code": "W_COMPLETENESS", "rule": "visits.smoker.missing_at_most", "cohort": ["Hill", "Harbour", ""]}
    )
    assert release.findings(found, {"findings": {}}, few)["cohort"].tolist() == [
        release.FEW_PATIENTS, "Harbour", ""
    ]  # fmt: skip
