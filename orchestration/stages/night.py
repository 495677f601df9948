"""The work of a night's own stages: the champion is adapted to the patients who changed, and predicts for all."""

import json
import shutil
from pathlib import Path

from meta_med import nightly, run_files
from meta_med.published import reader
from meta_med.stages import StageSummary
from orchestration.models.champion import fitting_champion, is_of_tonight, model_of_the_night
from orchestration.models.versions import open_version
from orchestration.quality import report
from orchestration.runs import stage_results
from orchestration.runs.run_folder import ADAPT, OF_THE_NIGHT, RunFolder, write_json
from orchestration.runs.stage_run import StageRun

ADAPTED = OF_THE_NIGHT[:2]
"""The stages whose results a later night takes over."""
SHARDS = "shards"
"""Folder in that of the night."""


def adapt(step: StageRun) -> StageSummary:
    """Records with the champion's columns, and the forecasts of each current patient."""
    folder, version = step.folder, fitting_champion(step.study, step.workspace)
    shards = finished_shards(folder, version)
    summary = nightly.adapt(
        folder.night,
        open_version(step.workspace, step.study.name, version),
        stage_results.valid_tables(folder),
        stage_results.linked_subjects(folder),
        stage_results.withheld_subjects(folder),
        None if step.workspace.full else earlier_night(step, version),
        shards,
    )
    shutil.rmtree(folder.night / SHARDS, ignore_errors=True)
    report.add_records(step.study, step.workspace, folder, of_the_night=True)
    write_json(folder.night / run_files.MODEL, {"version": version})
    return StageSummary({"model": version, **summary.counts}, summary.tables)


def adapt_shard(step: StageRun, number: int, of: int) -> int:
    """Adapt a share of the patients who changed, in a folder that `adapt` takes over and removes; the number of them.

    Nothing is done where `adapt` has its results already.
    """
    version = fitting_champion(step.study, step.workspace)
    folder = step.folder.night / SHARDS / f"{number}-of-{of}"
    if step.folder.marker(ADAPT) is not None and is_of_tonight(step):
        return 0
    shutil.rmtree(folder, ignore_errors=True)
    found = nightly.adapt_shard(
        folder,
        open_version(step.workspace, step.study.name, version),
        stage_results.valid_tables(step.folder),
        stage_results.linked_subjects(step.folder),
        None if step.workspace.full else earlier_night(step, version),
        (number, of),
    )
    # written last: a shard without it was interrupted, and is not used
    write_json(folder / run_files.MODEL, {"version": version, "subjects": found})
    return found


def finished_shards(folder: RunFolder, version: str) -> list[Path]:
    """The folders of the shards that this version has adapted somebody in, as far as they were finished."""
    found = [json.loads(path.read_text()) | {"at": path.parent} for path in _notes(folder)]
    return [note["at"] for note in found if note["version"] == version and note["subjects"]]


def _notes(folder: RunFolder) -> list[Path]:
    return sorted((folder.night / SHARDS).glob(f"*/{run_files.MODEL}"))


def predict(step: StageRun) -> StageSummary:
    """Intervals in clinical units, by the model that adapted."""
    return nightly.predict(step.folder.night, model_of_the_night(step))


def earlier_night(step: StageRun, version: str) -> Path | None:
    """The night of the served release, if its model and code are those of tonight and its files are unchanged."""
    head = reader.head(step.workspace.store_url, step.study.name)
    if head is None or head.manifest.get("model") != version:
        return None
    folder = RunFolder(step.workspace.runs / str(head.manifest.get("fingerprint")))
    if folder.path == step.folder.path or folder.night_model != version:
        return None
    if any(folder.marker(stage) is None for stage in ADAPTED):
        return None
    same_code = folder.facts()["code"] == step.folder.facts()["code"]
    return folder.night if same_code else None
