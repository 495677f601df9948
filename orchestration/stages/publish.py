"""Publish: one transaction into the store; then remove old run folders."""

import shutil
from dataclasses import dataclass
from typing import Any

from orchestration.boundary import expected_errors
from orchestration.kept_evaluation import kept_evaluation
from orchestration.quality import release as quality_release
from orchestration.runs import stage_results
from orchestration.runs.run_folder import RunFolder
from orchestration.study.load import LoadedStudy
from orchestration.workspace import Workspace

KEEP_RUNS = 5


@dataclass(frozen=True)
class Published:
    """The release that is served now; `changed` is False where it was served already."""

    release_id: str
    sequence: int
    changed: bool


def publish(study: LoadedStudy, workspace: Workspace, folder: RunFolder) -> Published:
    """Build the release from the run folder and publish it.

    Raises:
        MetaMedError: the delivery was rejected, a leakage check is violated, the champion is worse than a baseline and
            the study refuses that, or the store refuses.

    """
    from meta_med.published import writer
    from meta_med.serving.build_release import build_release

    with expected_errors():
        stage_results.require_accepted(folder)
        stage_results.require_no_leakage(folder)
        stage_results.require_not_worse(folder, study.spec)
        kept = kept_evaluation(folder, workspace)
        data_quality = quality_release.release_quality(study, workspace, folder)
        release = build_release(
            folder.path,
            study.spec,
            facts={**release_facts(folder), **({"cross_fitted": dict(kept.about)} if kept else {})},
            findings=data_quality.findings,
            quality=data_quality.tables,
            remarks=data_quality.remarks,
            cross_fitted=kept.table if kept else None,
        )
        done = writer.publish(workspace.store_url, release, workspace.now())
        quality_release.write_published_report(study, workspace, data_quality)
    remove_old_runs(workspace, study.name)
    return Published(done.release_id, done.sequence, done.changed)


def release_facts(folder: RunFolder) -> dict[str, Any]:
    """The manifest's facts about the inputs, without paths and times, so that equal inputs give equal bytes."""
    facts, verdict = folder.facts(), stage_results.gate_verdict(folder)
    counted = ("verdict", "rows_in", "rows_accepted", "rows_quarantined", "patients_quarantined")
    kept = {name: value for name, value in facts.items() if name != "files"}
    return {**kept, "fingerprint": folder.fingerprint, **{name: verdict[name] for name in counted}}


def remove_old_runs(workspace: Workspace, study: str, keep: int = KEEP_RUNS) -> None:
    """Remove all but the newest `keep` run folders of a study; releases in the store do not need them."""
    own = [path for path in workspace.runs.iterdir() if _study_of(RunFolder(path)) == study]
    for path in sorted(own, key=lambda path: path.stat().st_mtime_ns)[:-keep]:
        shutil.rmtree(path)
        (workspace.locks / f"{path.name}.lock").unlink(missing_ok=True)


def _study_of(folder: RunFolder) -> str | None:
    try:
        return str(folder.facts()["study"])
    except (OSError, ValueError, KeyError):
        return None
