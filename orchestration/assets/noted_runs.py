"""Notes of a Dagster run for monitoring: it starts with its first stage, and ends with its last or with a failure."""

from collections.abc import Iterator
from contextlib import contextmanager

from dagster import AssetExecutionContext

from orchestration.boundary import translated
from orchestration.errors import DataError, InterruptedRunError, MetaMedError
from orchestration.runs import stage_results
from orchestration.runs.last_run import Kind, note_end, note_start
from orchestration.runs.run_folder import GATE, NIGHTLY, TRAINING
from orchestration.runs.stage_run import StageRun
from orchestration.workspace import Workspace

from .asked_for import stages_of

LAST_STAGE: dict[Kind, str] = {
    "night": NIGHTLY[-1],
    "training": TRAINING[-1],
    "recalibration": "recalibrate",
    "evaluation": "cross_fit",
}
"""What a run is for -> the stage with which it has ended well."""


@contextmanager
def noted_in_last_run(stage: str, context: AssetExecutionContext, workspace: Workspace) -> Iterator[None]:
    """Note the start of the run with its first stage, its end with the last one, and a failure in any of them."""
    study, kinds = workspace.study_of(context.asset_key.path[0]).name, kinds_of(context)
    if stage in (GATE[0], LAST_STAGE["evaluation"]):
        note_start(workspace, study, kinds, context.run_id)
    try:
        yield
    except Exception as error:
        failure = error if isinstance(error, MetaMedError) else translated(error)
        note_end(workspace, study, kinds, context.run_id, failure)
        raise
    except BaseException:
        note_end(workspace, study, kinds, context.run_id, InterruptedRunError())
        raise
    note_end(workspace, study, [k for k in kinds if LAST_STAGE[k] == stage], context.run_id)


def kinds_of(context: AssetExecutionContext) -> list[Kind]:
    """What a run is for, by the stages that it was asked for."""
    stages = stages_of(context)
    return [kind for kind, last in LAST_STAGE.items() if last in stages]


def note_rejection(context: AssetExecutionContext, step: StageRun) -> None:
    """Note the end of a run whose delivery was rejected: its check stops the run without an error of a stage."""
    try:
        stage_results.require_accepted(step.folder)
    except DataError as error:
        note_end(step.workspace, step.study.name, kinds_of(context), context.run_id, error)
