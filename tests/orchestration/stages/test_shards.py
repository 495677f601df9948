"""Shards of patients: whatever their number, and whichever are missing, the release has the bytes of one process."""

from dataclasses import replace
from pathlib import Path

import pytest

from meta_med.cohorts.record_table import Bools, RecordTable
from meta_med.model_version.serving_model import ServingModel
from meta_med.serving.pieces import Piece
from orchestration.execution import run_graph
from orchestration.models.champion import champion_of
from orchestration.runs.run_folder import ADAPT, OF_THE_NIGHT
from orchestration.runs.stage_run import StageRun
from orchestration.stages import night
from tests.orchestration.small_study import Finished


@pytest.mark.parametrize("finished_ones", [(0, 1, 2), (1,)])
def test_shards_give_the_release_of_one_process(
    finished: Finished, tmp_path: Path, finished_ones: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    copied = finished.copied(tmp_path / "home")
    workspace = replace(copied.workspace(), full=True)
    step = StageRun(copied.study, workspace, copied.folder)
    for stage in reversed(OF_THE_NIGHT[:-1]):
        copied.folder.forget(stage)
    found = [night.adapt_shard(step, number, 3) for number in finished_ones]
    assert all(0 < count < 150 for count in found)
    assert sum(found) == 150 or len(finished_ones) < 3
    version = champion_of(copied.study, workspace)
    assert version is not None
    assert len(night.finished_shards(copied.folder, version)) == len(finished_ones)
    assert night.finished_shards(copied.folder, "another version") == []

    alone: list[int] = []
    from meta_med import nightly

    real = nightly.adapt_in_pieces

    def counted(folder: Path, table: RecordTable, chosen: Bools, model: ServingModel) -> Piece:
        alone.append(int(chosen.sum()))
        return real(folder, table, chosen, model)

    monkeypatch.setattr(nightly, "adapt_in_pieces", counted)
    done = run_graph(copied.study, replace(workspace, full=False))
    assert done.published is not None
    assert (done.published.release_id, done.published.changed) == (finished.release_id, False)
    assert sum(alone) == 150 - sum(found)
    marker = done.folder.marker(ADAPT)
    assert marker is not None
    assert marker["summary"]["counts"]["adapted"] == 150
    assert not (copied.folder.night / night.SHARDS).exists()
