"""The champion of a study: the one model version that nights adapt, if it fits study, contract and code of today."""

from typing import TYPE_CHECKING, Any

from data_contracts.contract import load as load_contract
from meta_med.plug_ins.code import plug_in_facts
from orchestration.errors import ModelError
from orchestration.models.journal import ModelJournal
from orchestration.models.versions import SCIENCE_CODE, open_version, read_manifest, science_code
from orchestration.runs.run_folder import RunFolder
from orchestration.study.load import LoadedStudy
from orchestration.workspace import Workspace

if TYPE_CHECKING:
    from meta_med.model_version.serving_model import ServingModel
    from orchestration.runs.stage_run import StageRun

MISFITS = {
    "study_sha256": ("E_MODEL_STUDY", "the study file was changed"),
    "contract_sha256": ("E_MODEL_CONTRACT", "the data contract was changed"),
    SCIENCE_CODE: ("E_MODEL_CODE", "the program or a library was changed"),
    "plug_ins": ("E_MODEL_CODE", "a plug-in was changed"),
}
TRAIN = "Train anew (meta-med run --train, or the study's training job)."


def champion_of(study: LoadedStudy, workspace: Workspace) -> str | None:
    """The study's champion; None where there is none."""
    entry = ModelJournal(workspace.models).champion(study.name)
    return entry.version if entry else None


def misfit(study: LoadedStudy, manifest: dict[str, Any]) -> tuple[str, str] | None:
    """Code and reason why a version cannot serve the study as it is today; None where it can."""
    today = {
        "study_sha256": study.sha256,
        "contract_sha256": load_contract(study.contract).sha256,
        SCIENCE_CODE: science_code(),
        **plug_in_facts(study.spec),
    }
    return next((told for name, told in MISFITS.items() if manifest.get(name) != today.get(name)), None)


def fitting_champion(study: LoadedStudy, workspace: Workspace) -> str:
    """The study's champion.

    Raises:
        ModelError: there is none, or it was trained with another study, contract or code.
        ModelDamaged: its manifest is missing or changed.

    """
    version = champion_of(study, workspace)
    if version is None:
        raise ModelError(
            f'E_NO_MODEL: no model version of study "{study.name}" is promoted, so nobody can be predicted for. '
            f"{TRAIN} `meta-med models list` shows the versions that there are, and why none serves."
        )
    found = misfit(study, read_manifest(workspace, study.name, version))
    if found is not None:
        code, why = found
        raise ModelError(
            f'{code}: {why} since model version {version} of study "{study.name}" was trained, so it predicts for '
            f"nobody; the release before is still served. {TRAIN}"
        )
    return version


def needs_training(study: LoadedStudy, workspace: Workspace) -> bool:
    """Whether there is no champion that can serve the study as it is today."""
    version = champion_of(study, workspace)
    return version is None or misfit(study, read_manifest(workspace, study.name, version)) is not None


def is_of_tonight(step: "StageRun") -> bool:
    """Whether what is adapted in the run folder, if anything, is by the champion and may be kept."""
    adapted_by = step.folder.night_model
    return adapted_by is None or (
        not step.workspace.full and adapted_by == champion_of(step.study, step.workspace)
    )


def version_of_the_night(folder: RunFolder) -> str:
    """The model version that adapted in this run folder."""
    if (version := folder.night_model) is None:
        raise ModelError("E_NO_MODEL: nothing was adapted here yet. Materialize `adapt` first.")
    return version


def model_of_the_night(step: "StageRun") -> "ServingModel":
    """The model that adapted in this run folder; its files are checked."""
    return open_version(step.workspace, step.study.name, version_of_the_night(step.folder))
