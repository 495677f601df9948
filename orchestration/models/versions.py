"""The folders of model versions: `<home>/models/<study>/<version>`, read after their hashes are checked."""

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from meta_med import run_files
from meta_med.model_version.sealed_folder import ModelDamaged, manifest_of, move, seal, verify
from meta_med.study import StudySpec
from orchestration.kept_evaluation import evaluation_folder
from orchestration.runs.run_folder import SCIENCE, RunFolder, code_version
from orchestration.study.load import LoadedStudy
from orchestration.workspace import OWNER_ONLY, Workspace

if TYPE_CHECKING:
    from meta_med.model_version.serving_model import ServingModel

INPUTS = (
    "study_sha256",
    "contract",
    "contract_version",
    "contract_sha256",
    "data_sha256",
    "code",
    "plug_ins",
)
SCIENCE_CODE = "science"
"""Fact: hash of the code on which the meaning of a model's files depends."""
SHOWS_ONLY = frozenset({"bench", "published"})
EVALUATED = "evaluation"
"""Fact: name of the folder of the cross-fitted evaluation of the same records, where it is made."""
DRAFT = ".draft-"


def study_folder(workspace: Workspace, study: str) -> Path:
    """The folder of a study's versions."""
    return workspace.models / study


def version_folder(workspace: Workspace, study: str, version: str) -> Path:
    """The folder of a version."""
    return study_folder(workspace, study) / version


def science_code() -> str:
    """Hash of the code and libraries on which the meaning of a model's files depends."""
    return code_version(SHOWS_ONLY, SCIENCE)


def write_version(study: LoadedStudy, workspace: Workspace, folder: RunFolder) -> Path:
    """Write the model version of a finished training, unless it is there; its folder.

    It appears by a rename, with all of its files on the disk. A damaged folder of the same name is replaced.
    """
    from meta_med.episodes.prepared import prepared
    from meta_med.model_version.serving_model import gather

    with draft_folder(workspace, study.name) as draft:
        gather(folder.path, prepared(folder.path, study.spec), draft)
        return keep_version(
            draft, study_folder(workspace, study.name), study, _facts(study, workspace, folder)
        )


def keep_version(draft: Path, versions: Path, study: LoadedStudy, facts: Mapping[str, Any]) -> Path:
    """Seal a draft and move it to its place among a study's versions, unless the same is there; its folder."""
    (draft / run_files.STUDY).write_text(json.dumps(asdict(study.spec)), encoding="utf-8")
    place = versions / seal(draft, facts)
    if not _is_sound(place):
        _remove(place)
        move(draft, place)
    return place


def _facts(study: LoadedStudy, workspace: Workspace, folder: RunFolder) -> dict[str, Any]:
    found, summary = folder.facts(), (folder.marker("cohorts") or {}).get("summary", {})
    return {
        "study": study.name,
        "title": study.spec.title,
        "fingerprint": folder.fingerprint,
        **{name: found[name] for name in INPUTS if name in found},
        SCIENCE_CODE: science_code(),
        EVALUATED: evaluation_folder(folder, workspace).name,
        "seed": study.spec.seed,
        "counts": summary.get("counts", {}),
        "cohorts_left_out": summary.get("tables", {}).get("cohorts_left_out", {}).get("cohort", []),
    }


@contextmanager
def draft_folder(workspace: Workspace, study: str) -> Iterator[Path]:
    """An empty folder beside the versions; drafts that killed runs left are removed."""
    place = study_folder(workspace, study)
    place.mkdir(mode=OWNER_ONLY, parents=True, exist_ok=True)
    for left in place.glob(f"{DRAFT}*"):
        _remove(left)
    draft = place / f"{DRAFT}{os.getpid()}"
    draft.mkdir(mode=OWNER_ONLY)
    try:
        yield draft
    finally:
        _remove(draft)


def _is_sound(place: Path) -> bool:
    try:
        verify(place)
    except ModelDamaged:
        return False
    return True


def _remove(place: Path) -> None:
    if place.is_dir():
        shutil.rmtree(place)


def read_manifest(workspace: Workspace, study: str, version: str) -> dict[str, Any]:
    """The manifest of a version.

    Raises:
        ModelDamaged: it is missing or changed.

    """
    return manifest_of(version_folder(workspace, study, version))


def open_version(workspace: Workspace, study: str, version: str) -> "ServingModel":
    """A version, ready to serve, after every file was compared with its hash.

    Raises:
        ModelDamaged: a file is missing or changed.

    """
    from meta_med.model_version.serving_model import ServingModel

    folder = version_folder(workspace, study, version)
    verify(folder)
    return ServingModel.load(folder, spec_of_version(folder))


def spec_of_version(folder: Path) -> StudySpec:
    """The study that a version was trained with."""
    from orchestration.study.value_types import adapter

    text = (folder / run_files.STUDY).read_text(encoding="utf-8")
    return adapter().validate_json(text, strict=True)
