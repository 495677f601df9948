"""A run folder's note of its deliveries: read as it was written, and refused where it is damaged."""

import json
import shutil
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from dagster import DagsterInstance, SensorResult, build_sensor_context
from hypothesis import given
from hypothesis import strategies as st

from meta_med.published import writer
from orchestration.deltas.note import NAME, DeltaDamagedError, DeltaNote
from orchestration.errors import DataError, PublishedStoreError
from orchestration.graph import graph_of
from orchestration.health import health_of
from orchestration.maintenance.old_runs import old_runs
from orchestration.maintenance.retention import Retention
from orchestration.runs.run_folder import RunFolder
from orchestration.triggers import inbox_sensor
from tests.examples import examples
from tests.orchestration.deltas.hospital import FIRST, Hospital, expected, peak_flow
from tests.orchestration.test_command import meta_med

FILES = st.dictionaries(st.text(max_size=5), st.lists(st.text(max_size=5), max_size=3), max_size=3)
NOTES = st.builds(
    DeltaNote, follows=st.text(max_size=5), number=st.integers(0, 2**70), applied=FILES, left_out=FILES
)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)


def read(content: bytes | None) -> DeltaNote:
    """The note of a run folder where the file has these bytes, or is missing."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / NAME
        file.parent.mkdir()
        if content is not None:
            file.write_bytes(content)
        return DeltaNote.of(RunFolder(Path(folder)))


def is_refused(content: bytes) -> bool:
    with pytest.raises(DeltaDamagedError, match=r"E_DELTA_DAMAGED: .*done/delivered\.json.*from a backup"):
        read(content)
    return True


def is_files(value: object) -> bool:
    return isinstance(value, dict) and all(
        isinstance(states, list) and all(isinstance(state, str) for state in states)
        for states in value.values()
    )


SOUND = {
    "follows": lambda value: isinstance(value, str),
    "number": lambda value: isinstance(value, int) and not isinstance(value, bool) and value >= 0,
    "applied": is_files,
    "left_out": is_files,
}


def test_without_a_note_a_run_follows_nothing_and_has_applied_nothing() -> None:
    assert read(None) == DeltaNote()


@examples(50)
@given(NOTES)
def test_a_note_is_read_as_it_was_written(note: DeltaNote) -> None:
    with TemporaryDirectory() as folder:
        note.write(RunFolder(Path(folder)))
        assert DeltaNote.of(RunFolder(Path(folder))) == note


@examples(50)
@given(NOTES, st.data())
def test_a_note_that_ends_early_is_refused(note: DeltaNote, data: st.DataObject) -> None:
    whole = json.dumps(asdict(note)).encode()
    assert is_refused(whole[: data.draw(st.integers(0, len(whole) - 1))])


@examples(50)
@given(NOTES, st.sampled_from(sorted(SOUND)), VALUES)
def test_a_note_with_a_value_of_another_type_is_refused(note: DeltaNote, key: str, value: Any) -> None:
    content = json.dumps(asdict(note) | {key: value}).encode()
    assert SOUND[key](value) or is_refused(content)


@examples(50)
@given(NOTES, st.sets(st.sampled_from(sorted(SOUND)), min_size=1), st.text(max_size=5))
def test_a_note_with_a_key_too_few_or_too_many_is_refused(note: DeltaNote, gone: set[str], more: str) -> None:
    assert is_refused(json.dumps({k: v for k, v in asdict(note).items() if k not in gone}).encode())
    assert more in SOUND or is_refused(json.dumps(asdict(note) | {more: 1}).encode())


@examples(50)
@given(VALUES)
def test_what_is_no_note_is_refused(value: Any) -> None:
    assert is_refused(json.dumps(value).encode())


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"\0" * 100, b"[" * 100_000, b"{}", b"[]", b"null"])
def test_what_a_disk_leaves_behind_is_refused(content: bytes) -> None:
    assert is_refused(content)


@pytest.fixture
def withdrawn(hospital: Hospital) -> Path:
    """The folder of a run whose delivery a person has taken back, and which still lies in the inbox."""
    hospital.delivers("visits_1.csv", hospital.changed(FIRST, 7))
    folder = hospital.runs().folder.path
    workspace = hospital.workspace
    writer.rollback(workspace.store_url, "asthma", workspace.now(), actor="steward")
    return folder


def cut(run: Path) -> None:
    """Leave half of the note."""
    file = run / NAME
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def test_a_run_with_a_damaged_note_of_a_withdrawn_delivery_applies_nothing(
    hospital: Hospital, withdrawn: Path
) -> None:
    cut(withdrawn)
    hospital.delivers("visits_2.csv", hospital.changed(["A007"], 9))
    before = {path.name for path in hospital.workspace.runs.iterdir()}
    with pytest.raises(PublishedStoreError, match=f"E_DELTA_DAMAGED.*{withdrawn.name}"):
        hospital.runs()
    assert {path.name for path in hospital.workspace.runs.iterdir()} == before


def test_a_withdrawn_delivery_stays_left_out_where_its_run_forgot_its_study(
    hospital: Hospital, withdrawn: Path
) -> None:
    (withdrawn / "facts.json").write_text("[]")
    hospital.delivers("visits_2.csv", hospital.changed(["A007"], 9))
    rows = hospital.validated()
    for patient, by in (("A000", 0), ("A007", 9)):
        assert peak_flow(rows, patient) == expected(hospital, patient, by)


@pytest.mark.nightly
def test_status_tells_a_damaged_note_and_the_commands_refuse_it(
    hospital: Hospital, withdrawn: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert health_of("asthma", hospital.workspace).damaged == ()
    cut(withdrawn)
    home, study = ("--home", hospital.home), ("--study", hospital.study.path)
    code, out, err = meta_med(capsys, "status", *home)
    assert (code, "damaged: E_DELTA_DAMAGED" in out, withdrawn.name in out, err) == (0, True, True, "")
    (told,) = json.loads(meta_med(capsys, "status", *home, "--json")[1])["studies"][0]["damaged"]
    assert str(withdrawn / NAME) in told
    for command in (["run", *study], ["validate", *study], ["store", "backup", tmp_path / "backup.tar.gz"]):
        code, out, err = meta_med(capsys, *command, *home)
        assert (code, "E_DELTA_DAMAGED" in err, "Traceback" in err) == (5, True, False)
    assert not (tmp_path / "backup.tar.gz").exists()


@pytest.mark.nightly
def test_a_damaged_note_removes_no_run_folder(hospital: Hospital, withdrawn: Path) -> None:
    assert old_runs(hospital.workspace, "asthma", Retention(runs=1)) == []
    hospital.delivers("visits_2.csv", hospital.changed(["A007"], 9))
    hospital.runs()
    assert [path for path, _ in old_runs(hospital.workspace, "asthma", Retention(runs=1))] == [withdrawn]
    cut(withdrawn)
    assert old_runs(hospital.workspace, "asthma", Retention(runs=1)) == []


@pytest.mark.nightly
def test_the_sensor_asks_for_the_run_that_tells_of_a_damaged_note(
    hospital: Hospital, withdrawn: Path
) -> None:
    cut(withdrawn)
    with DagsterInstance.ephemeral() as instance:
        sensor = inbox_sensor([graph_of(hospital.study)], hospital.workspace)
        found = sensor(build_sensor_context(instance=instance))
    assert isinstance(found, SensorResult)
    assert [request.job_name for request in found.run_requests or []] == ["asthma_nightly"]


@pytest.mark.nightly
def test_what_the_error_advises_ends_it(hospital: Hospital) -> None:
    """The tables that are served were in the folder."""
    served = next(hospital.workspace.runs.iterdir())
    cut(served)
    hospital.delivers("visits_1.csv", hospital.changed(FIRST, 7))
    with pytest.raises(PublishedStoreError, match=f"E_DELTA_DAMAGED.*remove the folder {served.name}"):
        hospital.runs()
    shutil.rmtree(served)
    with pytest.raises(DataError, match="E_DELTA_ALONE"):
        hospital.runs()
    hospital.delivers("visits_full.csv", hospital.rows)
    assert len(hospital.validated()) == len(hospital.rows)
