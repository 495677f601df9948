"""A study whose deliveries have changed patients only: what a night reads, and what it publishes."""

import os
import shutil
import time
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from meta_med.published import reader, writer
from meta_med.published.release import Release
from meta_med.published.tables import CONTENT
from orchestration.errors import DataError, PublishedStoreError
from orchestration.execution import run_graph
from orchestration.lineage.origin import origin_of
from orchestration.maintenance.backup import back_up, restore
from orchestration.maintenance.old_runs import old_runs, remove_unless_in_use
from orchestration.maintenance.retention import Retention
from orchestration.runs.inbox_state import offer_of
from orchestration.runs.run_outcome import RunOutcome
from orchestration.stages.ingest import watched_files
from orchestration.stages.nothing_new import unchanged_outcome
from orchestration.study.load import load
from orchestration.validate_files import validate_files
from tests.orchestration.deltas.hospital import FIRST, SECOND, Hospital, expected, peak_flow
from tests.orchestration.small_study import workspace_at


def test_a_night_adapts_the_delivered_patients_and_publishes_what_the_whole_table_would_give(
    hospital: Hospital, tmp_path: Path
) -> None:
    whole = hospital.rows
    hospital.delivers("visits_1.csv", hospital.changed(FIRST, 7))
    night = hospital.runs()
    counts = night.folder.marker("adapt")["summary"]["counts"]
    assert (counts["adapted"], counts["carried_over"] > 50) == (2, True)
    merged = pd.concat([whole[~whole["patient"].isin(FIRST)], hospital.changed(FIRST, 7)])
    merged.to_csv(tmp_path / "visits_full.csv", index=False)
    home = tmp_path / "other"
    shutil.copytree(hospital.home, home)
    other = replace(hospital, home=home)
    run_graph(other.study, workspace_at(home, other.study, visits=tmp_path / "visits_full.csv"))
    assert other.served() != hospital.served()
    for table in set(CONTENT) - {"findings", "quality_rules"}:  # these tell which rows were replaced
        ours, theirs = (
            reader.read_table(one.workspace.store_url, one.served(), table) for one in (hospital, other)
        )
        pd.testing.assert_frame_equal(ours, theirs)


@pytest.mark.nightly
def test_several_deliveries_between_two_nights_are_all_applied_in_their_order(hospital: Hospital) -> None:
    hospital.delivers("visits_b.csv", hospital.changed(FIRST, 7))
    hospital.delivers("visits_a.csv", hospital.changed(SECOND, 9))
    rows = hospital.validated()
    assert len(rows) == len(hospital.rows)
    for patient, by in (("A000", 7), ("A003", 9), ("A007", 9), ("A001", 0)):
        assert peak_flow(rows, patient) == expected(hospital, patient, by)


def test_a_delivery_that_was_accepted_and_not_published_is_kept_by_the_next(hospital: Hospital) -> None:
    file = hospital.delivers("visits_1.csv", hospital.changed(FIRST, 7))
    hospital.validated()
    file.unlink()
    hospital.delivers("visits_2.csv", hospital.changed(["A007"], 9))
    rows = hospital.validated()
    assert peak_flow(rows, "A000") == expected(hospital, "A000", 7)
    assert peak_flow(rows, "A007") == expected(hospital, "A007", 9)


def test_a_rejected_delivery_is_tried_until_a_newer_one_comes_and_then_told(hospital: Hospital) -> None:
    before = hospital.served()
    hospital.delivers("visits_1.csv", hospital.changed(FIRST, 7).drop(columns="peak_flow"))
    for _ in range(2):
        with pytest.raises(DataError, match="E_PARTS_DIFFER"):
            hospital.runs()
    assert hospital.served() == before
    hospital.delivers("visits_2.csv", hospital.changed(["A007"], 9))
    night = hospital.runs()
    assert any("W_DELIVERY_LEFT_OUT" in told and "visits_1.csv" in told for told in night.remarks)
    assert hospital.served() != before
    rows = pd.read_parquet(night.folder.path / "valid" / "visits.parquet").astype({"patient": "str"})
    assert peak_flow(rows, "A000") == expected(hospital, "A000", 0)
    assert peak_flow(rows, "A007") == expected(hospital, "A007", 9)
    hospital.delivers("visits_3.csv", hospital.changed(["A009"], 5))
    assert peak_flow(hospital.validated(), "A000") == expected(hospital, "A000", 0)


def test_a_withdrawn_delivery_is_not_built_on(hospital: Hospital) -> None:
    hospital.delivers("visits_1.csv", hospital.changed(FIRST, 7))
    hospital.runs()
    workspace = hospital.workspace
    writer.rollback(workspace.store_url, "asthma", workspace.now(), actor="steward")
    with pytest.raises(PublishedStoreError, match="E_WITHDRAWN"):
        hospital.runs()
    hospital.delivers("visits_2.csv", hospital.changed(SECOND, 9))
    rows = hospital.validated()
    for patient, by in (("A000", 0), ("A003", 9), ("A007", 9)):
        assert peak_flow(rows, patient) == expected(hospital, patient, by)


@pytest.mark.nightly
def test_a_release_that_was_withdrawn_for_its_model_leaves_its_delivery_in(hospital: Hospital) -> None:
    hospital.delivers("visits_1.csv", hospital.changed(FIRST, 7))
    night = hospital.runs()
    workspace = hospital.workspace
    head = reader.head(workspace.store_url, "asthma")
    assert head is not None
    assert night.published is not None
    frames = {name: reader.read_table(workspace.store_url, head.release_id, name) for name in CONTENT}
    of_other_model = Release("asthma", frames, {**head.manifest, "model": "another"})
    writer.publish(workspace.store_url, of_other_model, workspace.now())
    writer.rollback(workspace.store_url, "asthma", workspace.now(), actor="steward")
    assert hospital.served() == head.release_id
    hospital.delivers("visits_2.csv", hospital.changed(["A007"], 9))
    rows = hospital.validated()
    for patient, by in (("A000", 7), ("A007", 9), ("A001", 0)):
        assert peak_flow(rows, patient) == expected(hospital, patient, by)


def test_a_file_with_the_word_full_begins_anew(hospital: Hospital) -> None:
    hospital.delivers("visits_1.csv", hospital.changed(FIRST, 7))
    hospital.validated()
    fewer = hospital.rows[hospital.rows["patient"] != "A001"]
    hospital.delivers("visits_full_2027-03-01.csv", fewer)
    hospital.delivers("visits_2.csv", hospital.changed(["A007"], 9))
    rows = hospital.validated()
    assert "A001" not in set(rows["patient"])
    assert peak_flow(rows, "A000") == expected(hospital, "A000", 0)
    assert peak_flow(rows, "A007") == expected(hospital, "A007", 9)


@pytest.mark.nightly
@pytest.mark.nightly
def test_the_state_of_an_earlier_night_may_come_back_as_a_full_delivery(hospital: Hospital) -> None:
    hospital.delivers("visits_1.csv", hospital.changed(FIRST, 7))
    hospital.runs()
    hospital.delivers("visits_full.csv", hospital.rows)
    first = hospital.runs()
    assert first.folder.path.name == hospital.runs().folder.path.name
    hospital.delivers("visits_2.csv", hospital.changed(["A007"], 9))
    rows = hospital.validated()
    assert peak_flow(rows, "A000") == expected(hospital, "A000", 0)
    assert peak_flow(rows, "A007") == expected(hospital, "A007", 9)


@pytest.mark.nightly
@pytest.mark.nightly
def test_the_same_delivery_again_changes_nothing(hospital: Hospital) -> None:
    file = hospital.delivers("visits_1.csv", hospital.changed(FIRST, 7))
    night = hospital.runs()
    shutil.copy(file, file.with_name("visits_1_again.csv"))
    again = hospital.runs()
    assert again.folder.path.name == night.folder.path.name
    assert again.published is not None
    assert not again.published.changed


@pytest.mark.nightly
def test_nothing_is_done_where_no_file_is_new_and_a_late_old_file_is_news(hospital: Hospital) -> None:
    file = hospital.delivers("visits_1.csv", hospital.changed(FIRST, 7))
    hospital.runs()
    time.sleep(2.1)  # the states of files that were changed a moment ago prove nothing
    hospital.runs()

    def found() -> RunOutcome | None:
        workspace = hospital.workspace
        return unchanged_outcome(hospital.study, workspace, watched_files(hospital.study, workspace))

    assert found() is not None
    offer = offer_of(file.parent, ["visits"], hospital.workspace.now(), every=True)
    late = hospital.delivers("visits_0.csv", hospital.changed(["A007"], 9))
    os.utime(late, (1e9, 1e9))
    assert found() is None
    assert offer_of(file.parent, ["visits"], hospital.workspace.now(), every=True).state != offer.state
    assert peak_flow(hospital.validated(), "A007") == expected(hospital, "A007", 9)


def going(hospital: Hospital) -> list[Path]:
    """The run folders that retention removes, where it keeps one."""
    return [path for path, _ in old_runs(hospital.workspace, "asthma", Retention(runs=1))]


@pytest.mark.nightly
def test_the_run_that_the_next_delivery_changes_is_not_removed(hospital: Hospital) -> None:
    hospital.delivers("visits_1.csv", hospital.changed(FIRST, 7))
    kept = hospital.runs("validate").folder.path
    known = {*hospital.workspace.runs.iterdir()}
    for number in range(3):
        hospital.delivers(f"visits_bad_{number}.csv", hospital.rows.drop(columns="peak_flow"))
        with pytest.raises(DataError):
            hospital.runs("validate")
    rejected = {*hospital.workspace.runs.iterdir()} - known
    assert going(hospital) == [], "their files would be applied again"
    hospital.delivers("visits_2.csv", hospital.changed(SECOND, 9))
    hospital.runs("validate")
    assert {*going(hospital)} == {kept, *rejected}


def test_a_withdrawn_run_is_kept_until_an_accepted_one_has_noted_its_delivery(hospital: Hospital) -> None:
    """Were it removed before, its file in the inbox would be new again."""

    def removed() -> set[str]:
        return {path.name for path in going(hospital) if remove_unless_in_use(path, hospital.workspace)}

    hospital.delivers("visits_1.csv", hospital.changed(FIRST, 7))
    withdrawn = hospital.runs().folder.path.name
    writer.rollback(hospital.workspace.store_url, "asthma", hospital.workspace.now(), actor="steward")
    hospital.delivers("visits_2.csv", hospital.changed(SECOND, 9).drop(columns="peak_flow"))
    with pytest.raises(DataError, match="E_PARTS_DIFFER"):
        hospital.runs()
    assert withdrawn not in removed()
    hospital.delivers("visits_3.csv", hospital.changed(["A007"], 5))
    assert peak_flow(hospital.validated(), "A000") == expected(hospital, "A000", 0)
    hospital.runs()
    assert withdrawn in removed()
    hospital.delivers("visits_4.csv", hospital.changed(["A009"], 3))
    assert peak_flow(hospital.validated(), "A000") == expected(hospital, "A000", 0)


def test_the_lines_of_a_prediction_are_in_the_file_that_was_delivered_that_day(hospital: Hospital) -> None:
    hospital.delivers("visits_1.csv", hospital.changed(FIRST, 7))
    hospital.runs()
    for patient, file in (("A000", "000001/visits_1.csv"), ("A001", "000000/asthma_visits.csv")):
        lines = origin_of(hospital.study, hospital.workspace, patient, "peak_flow").lines
        assert lines
        assert {line.file for line in lines} == {file}


@pytest.mark.nightly
def test_a_backup_has_the_tables_that_the_next_delivery_changes(hospital: Hospital, tmp_path: Path) -> None:
    hospital.delivers("visits_1.csv", hospital.changed(FIRST, 7))
    hospital.runs()
    back_up(hospital.workspace, tmp_path / "backup.tar.gz")
    shutil.rmtree(hospital.home)
    restore(hospital.workspace, tmp_path / "backup.tar.gz")
    hospital.delivers("visits_2.csv", hospital.changed(["A007"], 9))
    rows = hospital.validated()
    assert len(rows) == len(hospital.rows)
    for patient, by in (("A000", 7), ("A007", 9), ("A001", 0)):
        assert peak_flow(rows, patient) == expected(hospital, patient, by)


def test_changed_patients_alone_are_never_published_as_everybody(hospital: Hospital) -> None:
    before = hospital.served()
    shutil.rmtree(hospital.workspace.runs)
    hospital.delivers("visits_1.csv", hospital.changed(FIRST, 7))
    with pytest.raises(DataError, match=r"E_DELTA_ALONE.*visits_full\.csv.*restore a backup"):
        hospital.runs()
    assert hospital.served() == before
    hospital.delivers("visits_full.csv", hospital.rows)
    assert len(hospital.validated()) == len(hospital.rows)


@pytest.mark.nightly
@pytest.mark.nightly
def test_validate_judges_the_table_that_the_next_run_would_read(hospital: Hospital) -> None:
    hospital.delivers("visits_1.csv", hospital.changed(FIRST, 7))
    content = validate_files(hospital.study, hospital.workspace).content
    assert content["rows_in"] == len(hospital.rows)
    assert "N_SUPERSEDED" in {finding["code"] for finding in content["findings"]}


def test_a_source_that_was_taken_away_after_it_was_read_is_not_missed(
    hospital: Hospital, tmp_path: Path
) -> None:
    study = tmp_path / "study"
    shutil.copytree(hospital.study.path.parent, study)
    moved = replace(hospital, study=load(study / hospital.study.path.name))
    rows = len(moved.validated())
    moved.study.sources["visits"].unlink()
    assert len(moved.validated()) == rows
    shutil.rmtree(moved.home)
    with pytest.raises(DataError, match="E_SOURCE_MISSING"):
        moved.validated()
