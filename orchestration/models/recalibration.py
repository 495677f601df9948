"""Recalibration of an installation's champion: a version with the same predictors, judged by the same promotion."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Self

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

if TYPE_CHECKING:
    from meta_med.stages import StageSummary

TRAINING = "predictors_of"
"""Fact of a recalibrated version: the training that made its predictors."""
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
    origin = f"Recalibrated: the predictors of {facts[TRAINING]['version']}, on delivery {step.folder.fingerprint}."
    return decide(step, version, origin), summary


@dataclass(frozen=True)
class Training:
    """The training that made a version's predictors: the version that it wrote, its run folder and its data."""

    version: str
    fingerprint: str
    data_sha256: Mapping[str, str]

    @classmethod
    def of(cls, version: str, manifest: Mapping[str, Any]) -> Self:
        """As the manifest of a version says; it is of its own training unless it was recalibrated."""
        found = manifest.get(TRAINING, {})
        own = {
            "version": version,
            "fingerprint": manifest["fingerprint"],
            "data_sha256": manifest["data_sha256"],
        }
        return cls(**{**own, **found})


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
        TRAINING: asdict(Training.of(champion, before)),
    }
