"""From a folder in which all stages of training ran to a night's release, without the orchestration."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from meta_med import nightly, run_files
from meta_med.episodes.prepared import prepared
from meta_med.model_version.sealed_folder import seal
from meta_med.model_version.serving_model import ServingModel, gather
from meta_med.published.release import Release
from meta_med.serving.build_release import build_release
from meta_med.stages import StageSummary
from meta_med.study import StudySpec


def model_of(folder: Path, study: StudySpec, place: Path | None = None) -> ServingModel:
    """The model version of a folder after `evaluate`, written beside it the first time."""
    place = place or folder / "version"
    if not place.is_dir():
        place.mkdir(parents=True)
        gather(folder, prepared(folder, study), place)
        seal(place, {"study": study.study})
    return ServingModel.load(place, study)


def serve(
    folder: Path,
    study: StudySpec,
    valid: Mapping[str, pd.DataFrame],
    *,
    withheld: frozenset[str] = frozenset(),
    one_person: Sequence[Sequence[str]] = (),
    earlier: Path | None = None,
    night: Path | None = None,
) -> dict[str, StageSummary]:
    """Adapt and predict by the model of this folder; what both stages told."""
    model, night = model_of(folder, study), night or folder / run_files.NIGHT
    return {
        "adapt": nightly.adapt(night, model, valid, one_person, withheld, earlier),
        "predict": nightly.predict(night, model),
    }


def release_of(
    folder: Path,
    study: StudySpec,
    facts: Mapping[str, object],
    findings: pd.DataFrame,
    night: Path | None = None,
) -> Release:
    """The release of the night in this folder."""
    return build_release(night or folder / run_files.NIGHT, model_of(folder, study), facts, findings)
