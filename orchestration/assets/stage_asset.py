"""The factory of stage assets: find the run folder, run the stage, report its aggregates or its failure to Dagster."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache

from dagster import (
    AssetExecutionContext,
    AssetsDefinition,
    Failure,
    MaterializeResult,
    MetadataValue,
    ResourceParam,
    RetryPolicy,
    asset,
)

from orchestration.boundary import expected_errors
from orchestration.errors import MetaMedError, RunTimeoutError
from orchestration.runs.run_folder import GATE, previous_stage
from orchestration.runs.stage_run import StageRun
from orchestration.runs.time_limit import time_limit
from orchestration.stages.run_stage import StageOutcome, run_stage
from orchestration.workspace import Workspace

from .dagster_run import folder_of
from .metadata import metadata_of
from .noted_runs import note_rejection, noted_in_last_run

REMARKS = "remarks"
FAMILY, MAY_BE_RETRIED = "family", "may_be_retried"
MAX_RUNTIME = "dagster/max_runtime"
"""Tag of a run: seconds that it may take; Dagster's daemon ends the process of one that does not end by itself."""
FULL_TAG = "meta-med/full"
"""Tag of a run: "true" adapts every patient, also those whose records are the same as before."""
Metadata = Mapping[str, MetadataValue]
Run = Callable[[AssetExecutionContext, Workspace], Metadata]


def stage_asset(
    stage: str,
    description: str,
    *,
    plots: Callable[[StageOutcome], Metadata] = lambda _: {},
    run: Run | None = None,
    also_after: Sequence[str] = (),
    retry_policy: RetryPolicy | None = None,
) -> AssetsDefinition:
    """The Dagster asset of a stage, after the asset of the stage before it, and after those in `also_after`.

    Args:
        stage: its name, one of `STAGES`.
        description: its result, for Dagster's catalog.
        plots: plots of its aggregates, as metadata.
        run: replaces `run_stage` in the run folder of `ingest`.
        also_after: further stages whose results it uses.
        retry_policy: for failures that may be retried.

    """
    earlier = previous_stage(stage)

    @asset(
        name=stage,
        description=description,
        deps=[*([earlier] if earlier else []), *also_after],
        retry_policy=retry_policy,
    )
    def materialized(
        context: AssetExecutionContext, workspace: ResourceParam[Workspace]
    ) -> MaterializeResult[None]:
        limited = time_limit(seconds_left(context), lambda: took_too_long(context))
        with dagster_failures(), noted_in_last_run(stage, context, workspace), limited:
            if run is not None:
                return MaterializeResult(metadata=run(context, workspace))
            step = step_of(context, workspace)
            outcome = run_stage(stage, step)
            if stage == GATE[-1]:
                note_rejection(context, step)
            return MaterializeResult(metadata={**metadata_of(outcome), **plots(outcome)})

    return materialized


def seconds_left(context: AssetExecutionContext) -> float | None:
    """How long this run may still take, by its tag; None where it has none."""
    limit = context.run.tags.get(MAX_RUNTIME)
    return None if limit is None else _begun(context.run_id) + float(limit) - time.monotonic()


@lru_cache(maxsize=64)
def _begun(_run_id: str) -> float:
    """When this process first worked on the run, by a clock that does not jump."""
    return time.monotonic()


def took_too_long(context: AssetExecutionContext) -> RunTimeoutError:
    """The error of a run that is past its limit, with the stage at which it was."""
    minutes = float(context.run.tags[MAX_RUNTIME]) / 60
    return RunTimeoutError(
        f"E_TIMEOUT: the run was ended after {minutes:,.0f} minutes, at stage {context.asset_key.path[-1]}. Nothing "
        "incomplete is kept, and the release before is still served. See whether it waits for a disk or a database; "
        "run it again, and it goes on where it was. META_MED_MAX_HOURS allows more."
    )


def step_of(context: AssetExecutionContext, workspace: Workspace) -> StageRun:
    """The study and the run folder behind an asset key `<study>/<stage>`; a run's tag may ask for all patients."""
    key = context.asset_key.path[0]
    folder = folder_of(key, context.run_id, context.instance, workspace)
    full = workspace.full or context.run.tags.get(FULL_TAG, "").lower() == "true"
    return StageRun(workspace.study_of(key), replace(workspace, full=full), folder)


@contextmanager
def dagster_failures() -> Iterator[None]:
    """Expected errors as Dagster failures; only a busy store is retried."""
    try:
        with expected_errors():
            yield
    except MetaMedError as error:
        raise Failure(
            error.told,
            metadata={FAMILY: error.family, MAY_BE_RETRIED: error.may_be_retried},
            allow_retries=error.may_be_retried,
        ) from None
