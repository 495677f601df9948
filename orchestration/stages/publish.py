"""Publish: one transaction into the store; then remove old run folders."""

import shutil
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from meta_med import run_files
from meta_med.model_version.sealed_folder import manifest_of
from meta_med.published import reader
from meta_med.published.content.carried import Saved
from meta_med.published.errors import EarlierRowsLost
from meta_med.published.holds import require_not_held
from meta_med.published.writing.one_publisher import only_publisher
from orchestration.boundary import expected_errors
from orchestration.kept_evaluation import KeptEvaluation, kept_evaluation
from orchestration.maintenance.old_runs import old_runs, remove_unless_in_use
from orchestration.maintenance.retention import Retention
from orchestration.models.champion import model_of_the_night, version_of_the_night
from orchestration.models.versions import EVALUATED, version_folder
from orchestration.quality import release as quality_release
from orchestration.runs import model_results, stage_results
from orchestration.runs.last_run import note_night
from orchestration.runs.run_folder import PREDICT, RunFolder
from orchestration.runs.run_outcome import Published
from orchestration.runs.stage_run import StageRun
from orchestration.stages.nothing_new import note_sound
from orchestration.startup import limit_threads
from orchestration.study.load import LoadedStudy
from orchestration.workspace import Workspace

if TYPE_CHECKING:
    from meta_med.serving.night_rows import ReleaseBefore

FRESH: Mapping[str, Any] = {"cross_fitted": None}
"""What a release has of the facts that only some releases have."""


def publish(study: LoadedStudy, workspace: Workspace, folder: RunFolder) -> Published:
    """Build the release from the run folder and publish it.

    Raises:
        MetaMedError: the delivery was rejected, a file of the model is damaged, one of its leakage checks is violated,
            it is worse than a baseline and the study refuses that, or the store refuses.

    """
    with expected_errors(workspace.home):
        stage_results.require_accepted(folder)
        place = version_folder(workspace, study.name, version_of_the_night(folder))
        model_results.require_publishable(place, study.spec)
        kept = kept_evaluation(manifest_of(place)[EVALUATED], workspace)
        about = {"cross_fitted": dict(kept.about)} if kept else {}
        origin = {"fingerprint": folder.fingerprint, "model": place.name}
        with only_publisher(workspace.store_url, study.name):
            done = _served(study, workspace, {**about, **origin})
            if done is None:
                done = _published(StageRun(study, workspace, folder), kept, about)
                remove_old_runs(workspace, study.name)
        note_sound(folder, place)
        note_night(workspace, study.name, done.release_id)
    return done


def require_not_withdrawn(step: StageRun, model: str | None) -> None:
    """Check, before anything is computed, that this delivery and this model may be published after a rollback.

    `model`: the version that will adapt; None where it is to be trained first.

    Raises:
        PublishedStoreError: a release with the same was taken back, and is held.

    """
    facts = {**step.folder.facts(), "fingerprint": step.folder.fingerprint, "model": model}
    with expected_errors():
        require_not_held(step.workspace.store_url, step.study.name, facts)


def _published(step: StageRun, kept: KeptEvaluation | None, about: Mapping[str, Any]) -> Published:
    """Build the release and write it to the store; whole where the store has lost rows that it would take over."""
    limit_threads()
    before = release_before(step.study, step.workspace)
    try:
        return _written(step, kept, about, before)
    except EarlierRowsLost:
        return _written(step, kept, about, None)


def _written(
    step: StageRun, kept: KeptEvaluation | None, about: Mapping[str, Any], before: "ReleaseBefore | None"
) -> Published:
    """Build the release, with the rows of patients who did not change as the release before has them."""
    from meta_med.published import writer
    from meta_med.serving.build_release import build_release

    study, workspace, folder = step.study, step.workspace, step.folder
    data_quality = quality_release.release_quality(study, workspace, folder)
    release = build_release(
        folder.night,
        model_of_the_night(step),
        facts={**release_facts(folder), **about},
        findings=data_quality.findings,
        quality=data_quality.tables,
        remarks=data_quality.remarks,
        cross_fitted=kept.table if kept else None,
        before=before,
    )
    keep, now = Retention.of_environment(), workspace.now()
    since = now - timedelta(days=keep.days) if keep.days else None
    done = writer.publish(
        workspace.store_url,
        release,
        now,
        keep=keep.releases,
        keep_since=since,
        before=before.saved if before else None,
        folder=_saved_in(folder),
    )
    for other in set(_saved_in(folder).parent.glob("*")) - {_saved_in(folder)}:
        shutil.rmtree(other, ignore_errors=True)
    quality_release.write_published_report(study, workspace, data_quality)
    return Published(done.release_id, done.sequence, done.changed)


def release_before(study: LoadedStudy, workspace: Workspace) -> "ReleaseBefore | None":
    """The served release, whose unchanged rows are taken over; None where everything is made anew."""
    from meta_med.serving.night_rows import ReleaseBefore

    head = reader.head(workspace.store_url, study.name)
    if head is None or workspace.full:
        return None
    folder = RunFolder(workspace.runs / str(head.manifest.get("fingerprint")))
    saved = Saved.load(_saved_in(folder), head.release_id)
    return None if saved is None else ReleaseBefore(saved, folder.night)


def _saved_in(folder: RunFolder) -> Path:
    """Where the patients of a run's release are saved: under the hash of what it predicted.

    A run that predicted otherwise since then, and was killed before it published, has other rows than its release.
    """
    return folder.night / run_files.PUBLISHED / str(folder.marker_hash(PREDICT))


def _served(study: LoadedStudy, workspace: Workspace, facts: Mapping[str, Any]) -> Published | None:
    """The release that is served, if it was made of these facts: then it needs not be built to be recognised."""
    head = reader.head(workspace.store_url, study.name)
    if head is None or {name: head.manifest.get(name) for name in (*facts, *FRESH)} != {**FRESH, **facts}:
        return None
    return Published(head.release_id, head.sequence, changed=False)


def release_facts(folder: RunFolder) -> dict[str, Any]:
    """The manifest's facts about the inputs, without paths and times, so that equal inputs give equal bytes."""
    facts, verdict = folder.facts(), stage_results.gate_verdict(folder)
    counted = ("verdict", "rows_in", "rows_accepted", "rows_quarantined", "patients_quarantined")
    kept = {name: value for name, value in facts.items() if name != "files"}
    return {**kept, "fingerprint": folder.fingerprint, **{name: verdict[name] for name in counted}}


def remove_old_runs(workspace: Workspace, study: str) -> None:
    """Remove the run folders of a study that are kept no longer; releases in the store do not need them."""
    for path, _ in old_runs(workspace, study, Retention.of_environment()):
        remove_unless_in_use(path, workspace)
