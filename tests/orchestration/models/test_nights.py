"""Nights with a promoted model: who is adapted, what is carried over, and what keeps a model from serving."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import text

from meta_med import run_files
from meta_med.published import reader
from meta_med.published.engine import writing
from meta_med.serving.patient_rows import NEW
from orchestration.errors import ModelError
from orchestration.execution import run_graph
from orchestration.models.champion import champion_of, needs_training
from orchestration.models.journal import CHAMPION, ModelJournal
from orchestration.models.versions import version_folder
from orchestration.runs.run_folder import ADAPT, NIGHTLY, PREDICT
from orchestration.runs.run_outcome import RunOutcome
from orchestration.runs.stage_run import StageRun
from orchestration.stages import night
from orchestration.stages.publish import release_before
from orchestration.study.load import LoadedStudy, load
from orchestration.workspace import Workspace
from tests.orchestration.small_study import Finished, Heard, small_study, workspace_at

THREE = ("A000", "A050", "A149")
BY_PATIENT = ("predictions", "records", "subjects")


@pytest.fixture
def deliver(copied: Finished, tmp_path: Path) -> Callable[[pd.DataFrame], Path]:
    """Writes a delivery of the visits and further ones."""

    def written(more: pd.DataFrame) -> Path:
        whole = pd.concat([visits_of(copied.study), more]).sort_values(["patient", "visit_date"])
        path = tmp_path / "delivered" / "visits.csv"
        path.parent.mkdir(exist_ok=True)
        whole.to_csv(path, index=False)
        return path

    return written


def visits_of(study: LoadedStudy) -> pd.DataFrame:
    return pd.read_csv(study.sources["visits"], dtype=str)


def new_visits(study: LoadedStudy, patients: tuple[str, ...], **changes: str) -> pd.DataFrame:
    """One more visit of each of these patients, after their last one."""
    last = visits_of(study).groupby("patient").tail(1)
    own = last[last["patient"].isin(patients)]
    return own.assign(visit_date="2026-12-01", peak_flow="444.0").assign(**changes)


def adapted(run: RunOutcome) -> dict[str, int]:
    marker = run.folder.marker(ADAPT)
    assert marker is not None
    return marker["summary"]["counts"]


def published(run: RunOutcome) -> str:
    assert run.published is not None
    return run.published.release_id


def rows(workspace: Workspace, release: str, table: str) -> dict[str, list[tuple[object, ...]]]:
    """Patient -> the rows of a published table, as the store has them."""
    found = reader.read_table(workspace.store_url, release, table).astype(object)
    found = found.where(found.notna(), None)
    return {
        str(who): list(own.itertuples(index=False, name=None)) for who, own in found.groupby("subject_id")
    }


def test_three_patients_with_a_new_visit_change_only_their_own_rows(
    copied: Finished, deliver: Callable[[pd.DataFrame], Path]
) -> None:
    heard = Heard()
    workspace = copied.workspace(heard, visits=deliver(new_visits(copied.study, THREE)))
    run = run_graph(copied.study, workspace)
    assert list(heard.reused) == list(NIGHTLY)
    assert (adapted(run)["adapted"], adapted(run)["carried_over"]) == (3, 147)
    for table in BY_PATIENT:
        before, after = (rows(workspace, r, table) for r in (copied.release_id, published(run)))
        assert before.keys() == after.keys()
        assert {who for who in before if before[who] != after[who]} == set(THREE), table
    head = reader.head(workspace.store_url, copied.study.name)
    assert head is not None
    assert head.manifest["model"] == champion_of(copied.study, workspace)


def test_adapting_some_gives_the_release_of_adapting_everybody(
    copied: Finished, deliver: Callable[[pd.DataFrame], Path], tmp_path: Path
) -> None:
    delivery = deliver(new_visits(copied.study, THREE))
    other = copied.copied(tmp_path / "other")
    some = run_graph(copied.study, copied.workspace(visits=delivery))
    whole = run_graph(other.study, replace(other.workspace(visits=delivery), full=True))
    assert adapted(some)["adapted"] == 3
    assert adapted(whole)["adapted"] == 150
    assert published(some) == published(whole)
    again = run_graph(copied.study, replace(copied.workspace(visits=delivery), full=True))
    assert adapted(again)["adapted"] == 150
    assert again.published is not None
    assert (again.published.release_id, again.published.changed) == (published(some), False)


def test_rows_that_the_store_lost_of_unchanged_patients_are_made_again(
    copied: Finished, deliver: Callable[[pd.DataFrame], Path]
) -> None:
    workspace = copied.workspace(visits=deliver(new_visits(copied.study, THREE)))
    before = rows(workspace, copied.release_id, "predictions")
    with writing(workspace.store_url) as connection:
        connection.execute(text("DELETE FROM predictions WHERE subject_id = 'A001'"))
    run = run_graph(copied.study, workspace)
    assert adapted(run)["adapted"] == 3
    assert rows(workspace, published(run), "predictions")["A001"] == before["A001"]
    reader.verify(workspace.store_url, published(run))


def test_rows_are_taken_over_from_a_release_only_while_its_run_has_what_it_was_made_of(
    copied: Finished,
) -> None:
    workspace = copied.workspace()
    found = release_before(copied.study, workspace)
    assert found is not None
    assert found.saved.release_id == copied.release_id
    predicted = copied.folder.path / run_files.MARKERS / f"{PREDICT}.json"
    predicted.write_text(predicted.read_text() + " ")
    assert release_before(copied.study, workspace) is None
    assert release_before(copied.study, replace(workspace, full=True)) is None


def test_a_night_without_news_publishes_nothing_and_builds_nothing(
    copied: Finished, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unexpected(*_: object, **__: object) -> None:
        raise AssertionError("a release is built although nothing changed")

    monkeypatch.setattr("meta_med.serving.build_release.build_release", unexpected)
    heard = Heard()
    workspace = copied.workspace(heard)
    before = len(reader.history(workspace.store_url, copied.study.name))
    run = run_graph(copied.study, workspace)
    assert run.published is not None
    assert not run.published.changed
    assert heard.reused == dict.fromkeys(NIGHTLY, True)
    assert len(reader.history(workspace.store_url, copied.study.name)) == before


def test_patients_of_known_and_of_unknown_cohorts_join_without_moving_anybody_else(
    copied: Finished, deliver: Callable[[pd.DataFrame], Path]
) -> None:
    own = visits_of(copied.study).assign(
        # not so like anybody that the gate would take them for the same person
        visit_date=lambda rows: (pd.to_datetime(rows["visit_date"]) + pd.Timedelta(days=9)).dt.date,
        peak_flow=lambda rows: rows["peak_flow"].astype(float) + 7,
    )
    joined = [
        own[own["patient"] == "A001"].assign(patient="N001"),
        own[own["patient"] == "A002"].assign(patient="N002", clinic="Elsewhere"),
    ]
    workspace = copied.workspace(visits=deliver(pd.concat(joined)))
    run = run_graph(copied.study, workspace)
    assert adapted(run)["adapted"] == adapted(run)["new_patients"] == 2
    assert adapted(run)["new_cohorts"] == 1
    for table in BY_PATIENT:
        before, after = (rows(workspace, r, table) for r in (copied.release_id, published(run)))
        assert {who: after[who] for who in before} == before, table
        assert after.keys() - before.keys() == {"N001", "N002"}
    subjects = reader.read_table(workspace.store_url, published(run), "subjects").set_index("subject_id")
    assert subjects.loc[["N001", "N002"], "split"].tolist() == [NEW, NEW]
    assert subjects.loc["N002", "cohort"] == "Elsewhere"
    predicted = reader.read_table(workspace.store_url, published(run), "predictions")
    for who in ("N001", "N002"):
        flow = predicted[(predicted["subject_id"] == who) & (predicted["outcome"] == "peak_flow")].iloc[0]
        assert flow["status"] == "personalised"
        assert flow["lower_90"] < flow["mean"] < flow["upper_90"]


@pytest.mark.nightly
def test_a_level_that_the_model_has_never_met_is_flagged_and_changes_no_other_patient(
    tmp_path: Path,
) -> None:
    contract = small_study(tmp_path / "study").path.parent / "asthma_contract.yaml"
    contract.write_text(contract.read_text().replace("[female, male]", "[female, male, other]"))
    study = load(contract.with_name("asthma_study.yaml"))
    workspace = workspace_at(tmp_path / "home", study)
    first = run_graph(study, workspace)
    changed = visits_of(study)
    changed.loc[changed["patient"] == "A050", "sex"] = "other"
    changed.to_csv(tmp_path / "visits.csv", index=False)
    run = run_graph(study, replace(workspace, given={"visits": tmp_path / "visits.csv"}))
    before, after = (rows(workspace, published(r), "predictions") for r in (first, run))
    assert {who for who in before if before[who] != after[who]} == {"A050"}
    flags = reader.read_table(workspace.store_url, published(run), "predictions").set_index("subject_id")
    assert flags.loc["A050", "flags"].str.contains("No training patient had this sex").all()


def test_a_changed_study_trains_anew_and_a_night_alone_refuses(copied: Finished) -> None:
    former = champion_of(copied.study, copied.workspace())
    study = replace(copied.study, sha256="0" * 64)
    workspace = replace(copied.workspace(), studies={study.name: study})
    folder = copied.folder
    with pytest.raises(ModelError, match=r"E_MODEL_STUDY.*release before is still served.*--train"):
        night.adapt(StageRun(study, workspace, folder))
    run = run_graph(study, workspace)
    assert run.promoted["state"] == CHAMPION
    assert champion_of(study, workspace) == run.promoted["model"] != former


@pytest.mark.fault("M06", "I6")
def test_a_changed_contract_keeps_the_model_from_serving(copied: Finished, tmp_path: Path) -> None:
    contract = small_study(tmp_path / "study").path.parent / "asthma_contract.yaml"
    study = load(contract.with_name("asthma_study.yaml"))
    assert needs_training(study, copied.workspace()) is False
    contract.write_text(contract.read_text().replace("[female, male]", "[female, male, other]"))
    study = load(study.path)
    assert needs_training(study, copied.workspace())
    with pytest.raises(ModelError, match=r"E_MODEL_CONTRACT.*release before is still served.*--train"):
        night.adapt(StageRun(study, copied.workspace(), copied.folder))


def test_a_changed_program_keeps_the_model_from_serving(
    copied: Finished, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("orchestration.models.champion.science_code", lambda: "0" * 16)
    assert needs_training(copied.study, copied.workspace())
    with pytest.raises(ModelError, match=r"E_MODEL_CODE.*release before is still served.*--train"):
        night.adapt(StageRun(copied.study, copied.workspace(), copied.folder))


def test_without_a_champion_a_night_says_what_to_do(copied: Finished) -> None:
    workspace = copied.workspace()
    ModelJournal(workspace.models).path.unlink()
    with pytest.raises(ModelError, match=r"E_NO_MODEL.*--train.*models list"):
        night.adapt(StageRun(copied.study, workspace, copied.folder))


@pytest.mark.fault("M04", "I1", "I2", "I6")
@pytest.mark.parametrize(
    "name", [run_files.CHAMPION, "models/last_value/tensors.safetensors", "manifest.json"]
)
def test_a_damaged_model_is_told_by_its_file_and_never_used(
    copied: Finished, deliver: Callable[[pd.DataFrame], Path], name: str
) -> None:
    workspace = copied.workspace(visits=deliver(new_visits(copied.study, THREE)))
    version = champion_of(copied.study, workspace)
    assert version is not None
    path = version_folder(workspace, copied.study.name, version) / name
    path.chmod(0o600)
    content = path.read_bytes()
    path.write_bytes(content[:-1] + bytes([content[-1] ^ 255]))
    with pytest.raises(
        ModelError, match=rf"E_MODEL_DAMAGED: {name} of model version {version}.*still served"
    ):
        run_graph(copied.study, workspace)
    head = reader.head(workspace.store_url, copied.study.name)
    assert head is not None
    assert head.release_id == copied.release_id


def test_training_the_same_again_mends_a_damaged_model(copied: Finished) -> None:
    workspace = copied.workspace()
    version = champion_of(copied.study, workspace)
    path = version_folder(workspace, copied.study.name, str(version)) / run_files.SCALING
    path.unlink()
    with pytest.raises(ModelError, match="E_MODEL_DAMAGED"):
        run_graph(copied.study, replace(workspace, full=True))
    run = run_graph(copied.study, workspace, train=True)
    assert run.promoted["model"] == version
    assert published(run) == copied.release_id
