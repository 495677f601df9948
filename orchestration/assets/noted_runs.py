"""Notes and events of a Dagster run: it starts with its first stage, and ends with its last or with a failure."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress

from dagster import AssetExecutionContext

from meta_med.published.notes.last_runs import Kind
from orchestration.boundary import translated
from orchestration.errors import DataError, InterruptedRunError, MetaMedError, StudyError
from orchestration.openlineage.tell import tell_end, tell_start
from orchestration.runs import stage_results
from orchestration.runs.last_run import note_end, note_start
from orchestration.runs.run_folder import GATE, NIGHTLY, TRAINING, RunFolder
from orchestration.runs.stage_run import StageRun
from orchestration.workspace import Workspace

from .dagster_run import folder_of, stages_of

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
    study, kinds = workspace.study_of(context.asset_key.path[0]), kinds_of(context)
    if stage in (GATE[0], LAST_STAGE["evaluation"]):
        note_start(workspace, study.name, kinds, context.run_id)
        tell_start(study, workspace, kinds, context.run_id)
    try:
        yield
    except Exception as error:
        _end(context, workspace, kinds, error if isinstance(error, MetaMedError) else translated(error))
        raise
    except BaseException:
        _end(context, workspace, kinds, InterruptedRunError())
        raise
    _end(context, workspace, [k for k in kinds if LAST_STAGE[k] == stage])


def _end(
    context: AssetExecutionContext,
    workspace: Workspace,
    kinds: Iterable[Kind],
    error: MetaMedError | None = None,
) -> None:
    """Note and tell the end of the kinds of work that have not ended before."""
    study = workspace.study_of(context.asset_key.path[0])
    if ended := note_end(workspace, study.name, kinds, context.run_id, error):
        tell_end(study, workspace, ended, context.run_id, lambda: _ingested(context, workspace), error)


def _ingested(context: AssetExecutionContext, workspace: Workspace) -> RunFolder | None:
    """The folder that the run has ingested into; None where it has not yet."""
    key, stage = context.asset_key.path
    if stage == GATE[0]:
        return None
    with suppress(StudyError):
        return folder_of(key, context.run_id, context.instance, workspace)
    return None


def kinds_of(context: AssetExecutionContext) -> list[Kind]:
    """What a run is for, by the stages that it was asked for."""
    stages = stages_of(context)
    return [kind for kind, last in LAST_STAGE.items() if last in stages]


def note_rejection(context: AssetExecutionContext, step: StageRun) -> None:
    """Note the end of a run whose delivery was rejected: its check stops the run without an error of a stage."""
    try:
        stage_results.require_accepted(step.folder)
    except DataError as error:
        _end(context, step.workspace, kinds_of(context), error)
