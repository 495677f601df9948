"""Recalibration of an installation's champion: a version with the same predictors, judged by the same promotion."""

from typing import TYPE_CHECKING, Any

from orchestration.models.champion import fitting_champion
from orchestration.models.promotion import Promotion, decide
from orchestration.models.versions import (
    EVALUATED,
    INPUTS,
    SCIENCE_CODE,
    draft_folder,
    keep_version,
    open_version,
    read_manifest,
    science_code,
    study_folder,
)
from orchestration.runs import stage_results
from orchestration.runs.stage_run import StageRun
from orchestration.workspace import Workspace

if TYPE_CHECKING:
    from meta_med.stages import StageSummary

PREDICTORS_OF = "predictors_of"
"""Fact of a recalibrated version: the version whose training made its predictors."""
OF_THE_TRAINING = (EVALUATED, "cohorts_left_out")


def recalibrate(step: StageRun) -> tuple[Promotion, "StageSummary"]:
    """Recalibrate the champion on the run's valid rows, and promote or refuse the version that results.

    Raises:
        ModelError: there is no champion, or it can serve no longer.
        StudyMismatch: too few patients are left to calibrate on.

    """
    from meta_med.recalibration import recalibrate as recalibrated

    champion = fitting_champion(step.study, step.workspace)
    model = open_version(step.workspace, step.study.name, champion)
    with draft_folder(step.workspace, step.study.name) as draft:
        work, place = draft / "work", draft / "version"
        work.mkdir()
        place.mkdir()
        rows, linked = stage_results.valid_tables(step.folder), stage_results.linked_subjects(step.folder)
        summary = recalibrated(work, place, model, rows, linked)
        facts = _facts(step, champion, summary)
        version = keep_version(place, study_folder(step.workspace, step.study.name), step.study, facts).name
    origin = f"Recalibrated: the predictors of {facts[PREDICTORS_OF]}, on delivery {step.folder.fingerprint}."
    return decide(step, version, origin), summary


def training_of(workspace: Workspace, study: str, version: str) -> str:
    """The version whose training made the predictors of this one; mostly itself."""
    return str(read_manifest(workspace, study, version).get(PREDICTORS_OF, version))


def _facts(step: StageRun, champion: str, summary: "StageSummary") -> dict[str, Any]:
    found, before = step.folder.facts(), read_manifest(step.workspace, step.study.name, champion)
    return {
        "study": step.study.name,
        "title": step.study.spec.title,
        "fingerprint": step.folder.fingerprint,
        **{name: found[name] for name in INPUTS if name in found},
        SCIENCE_CODE: science_code(),
        **{name: before[name] for name in OF_THE_TRAINING},
        "seed": step.study.spec.seed,
        "counts": dict(summary.counts),
        PREDICTORS_OF: before.get(PREDICTORS_OF, champion),
    }
