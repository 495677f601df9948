"""The cross-fitted evaluation of the model that serves: on the records of its training, as long as these are kept."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from meta_med import run_files
from orchestration.errors import ModelError
from orchestration.models.champion import fitting_champion
from orchestration.models.recalibration import Training
from orchestration.models.versions import read_manifest
from orchestration.runs.run_folder import RunFolder
from orchestration.study.load import LoadedStudy
from orchestration.workspace import Workspace

if TYPE_CHECKING:
    import pandas as pd

SHOWN = ("mae", "coverage_90", "brier", "auroc")
POOLED, ALL, CHAMPION = -1, "all", "champion"


@dataclass(frozen=True)
class ServedEvaluation:
    """What was evaluated: the champion, its patients, and the figures of what it serves."""

    model: str
    patients: int
    shown: "pd.DataFrame"


def evaluate_served(study: LoadedStudy, workspace: Workspace) -> ServedEvaluation:
    """Hold every patient of the champion's training out once; the table is kept for the next publication.

    Raises:
        ModelError: there is no champion, or the run folder of its training is gone.

    """
    from orchestration.stages.cross_fit import cross_fitted_of

    champion = fitting_champion(study, workspace)
    run = training_run(workspace, study.name, champion)
    if not (run.path / run_files.RECORDS).is_dir():
        raise ModelError(
            f"E_NO_RECORDS: the run folder {run.fingerprint} of the training of model version {champion} is gone, so "
            "it cannot be evaluated. Train anew (meta-med run --train), or evaluate the newest delivery: "
            "meta-med evaluate --study STUDY --out DIR."
        )
    result = cross_fitted_of(run, study, workspace)
    table = result.main.evaluation
    own = table[
        (table["predictor"] == CHAMPION) & (table["cohort"] == ALL) & (table["support_size"] == POOLED)
    ]
    shown = own[own["metric"].isin(SHOWN)]
    return ServedEvaluation(
        champion, result.main.n_patients, shown[["outcome", "metric", "value", "n_patients"]]
    )


def training_run(workspace: Workspace, study: str, version: str) -> RunFolder:
    """The run folder of the training that made the predictors of this version; it may be gone."""
    training = Training.of(version, read_manifest(workspace, study, version))
    return RunFolder(workspace.runs / training.fingerprint)
