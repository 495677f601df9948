"""Adaptation in shards of patients, one asset each, so that an executor of several machines adapts them side by side.

`adapt` takes over what the shards have computed, and computes what is missing; the release has the same bytes with any
number of shards. Only where META_MED_SHARDS asks for two or more.
"""

import os

from dagster import (
    AssetExecutionContext,
    AssetsDefinition,
    MaterializeResult,
    MetadataValue,
    ResourceParam,
    asset,
)

from orchestration.runs.run_folder import GATE
from orchestration.stages.run_stage import require_done
from orchestration.startup import limit_threads
from orchestration.workspace import Workspace

from .noted_runs import noted_in_last_run
from .stage_asset import dagster_failures, step_of

SHARDS_VARIABLE = "META_MED_SHARDS"
MOST = 1000


def number_of_shards() -> int:
    """How many shards are asked for; 0 where adaptation is not divided."""
    given = os.environ.get(SHARDS_VARIABLE, "")
    number = int(given) if given.isdigit() else 0
    return min(number, MOST) if number > 1 else 0


def shard_names(number: int | None = None) -> tuple[str, ...]:
    """The names of the shards' assets."""
    return tuple(f"adapt_shard_{i}" for i in range(number_of_shards() if number is None else number))


def _shard(number: int, of: int) -> AssetsDefinition:
    @asset(
        name=shard_names(of)[number],
        deps=[GATE[-1], "promote"],
        description=f"Shard {number + 1} of {of} of the patients who changed, adapted for `adapt` to take over.",
    )
    def adapt_shard(
        context: AssetExecutionContext, workspace: ResourceParam[Workspace]
    ) -> MaterializeResult[None]:
        with dagster_failures(), noted_in_last_run("adapt_shard", context, workspace):
            step = step_of(context, workspace)
            require_done(GATE[-1], step)
            limit_threads()
            from orchestration.stages import night  # it loads torch

            found = night.adapt_shard(step, number, of)
            return MaterializeResult(metadata={"subjects": MetadataValue.int(found)})

    return adapt_shard


SHARDS = [_shard(number, number_of_shards()) for number in range(number_of_shards())]
"""The shards of a study; none, where adaptation is not divided."""
