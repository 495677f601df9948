"""The arguments of a stage."""

from dataclasses import dataclass

from orchestration.runs.run_folder import RunFolder
from orchestration.study.load import LoadedStudy
from orchestration.workspace import Workspace


@dataclass(frozen=True)
class StageRun:
    """The arguments of a stage: the study, the workspace and the run folder."""

    study: LoadedStudy
    workspace: Workspace
    folder: RunFolder
