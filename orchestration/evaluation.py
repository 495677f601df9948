"""The evaluation table of a study: on its own fold, or over every patient-level fold."""

import pandas as pd

from orchestration.boundary import expected_errors
from orchestration.execution import run_graph
from orchestration.study_file import LoadedStudy
from orchestration.workspace import Workspace

EVALUATION = "evaluation.parquet"


def evaluation_on_own_fold(study: LoadedStudy, workspace: Workspace) -> pd.DataFrame:
    """The table that the `evaluate` stage left; the stages before it run if they have not."""
    outcome = run_graph(study, workspace, last="evaluate")
    return pd.read_parquet(outcome.folder.path / EVALUATION)


def evaluation_on_folds(study: LoadedStudy, workspace: Workspace) -> pd.DataFrame:
    """The table over all folds, each held out once and trained without."""
    from meta_med.crossfit import evaluate_folds

    outcome = run_graph(study, workspace, last="cohorts")
    with expected_errors():
        return evaluate_folds(outcome.folder.path, study.spec, workspace.listener.progress)
