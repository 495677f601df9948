"""What every asset does: find its run folder, do its stage, and say in Dagster's words how it ended."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from dagster import (
    AssetExecutionContext,
    AssetKey,
    DagsterEventType,
    DagsterInstance,
    Failure,
    MaterializeResult,
    MetadataValue,
)

from orchestration.boundary import expected_errors
from orchestration.errors import MetaMedError, StoreBusyError, StudyError
from orchestration.runs.run_folder import RunFolder
from orchestration.stages.run_stage import StageOutcome, Step, run_stage
from orchestration.workspace import Workspace

from .metadata import metadata_of

FINGERPRINT = "fingerprint"
Picture = Callable[[StageOutcome], Mapping[str, MetadataValue]]


def materialized(
    context: AssetExecutionContext, workspace: Workspace, picture: Picture | None = None
) -> MaterializeResult[None]:
    """Do the stage that the asset is named after, and report its aggregates."""
    with dagster_failures():
        step = step_of(context.asset_key, context.run_id, context.instance, workspace)
        outcome = run_stage(context.asset_key.path[-1], step)
        pictures = dict(picture(outcome)) if picture else {}
        return MaterializeResult(metadata={**metadata_of(outcome), **pictures})


def step_of(key: AssetKey, run_id: str, instance: DagsterInstance, workspace: Workspace) -> Step:
    """The step behind an asset key `<study>/<stage>`."""
    name = key.path[0]
    return Step(workspace.study_of(name), workspace, folder_of(name, run_id, instance, workspace))


def folder_of(study: str, run_id: str, instance: DagsterInstance, workspace: Workspace) -> RunFolder:
    """The run folder that this run's `ingest` named; if only later stages run, the newest one."""
    key = AssetKey([study, "ingest"])
    own = instance.get_records_for_run(run_id, of_type=DagsterEventType.ASSET_MATERIALIZATION).records
    events = [record.event_log_entry for record in own if record.asset_key == key]
    newest = events[-1] if events else instance.get_latest_materialization_event(key)
    if newest is None or newest.asset_materialization is None:
        raise StudyError(f'Nothing was ingested for study "{study}" yet: materialize "{study}/ingest" first.')
    return RunFolder(workspace.runs / str(newest.asset_materialization.metadata[FINGERPRINT].value))


@contextmanager
def dagster_failures() -> Iterator[None]:
    """Expected errors as Dagster failures: never retried, but for a store that is busy."""
    try:
        with expected_errors():
            yield
    except StoreBusyError:
        raise
    except MetaMedError as error:
        raise Failure(str(error), metadata={"family": error.family}, allow_retries=False) from None
