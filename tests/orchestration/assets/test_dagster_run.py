"""A run knows the stages that it was asked for, however it was started."""

from collections.abc import Sequence

import pytest
from dagster import (
    AssetExecutionContext,
    AssetKey,
    AssetSelection,
    DagsterInstance,
    Definitions,
    asset,
    define_asset_job,
)

from orchestration.assets.dagster_run import stages_of

QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


@pytest.mark.parametrize(
    ("selected", "asked_for"), [(None, {"ingest", "publish"}), ([AssetKey(["asthma", "ingest"])], {"ingest"})]
)
def test_of_a_whole_job_its_stages_and_of_a_selection_those(
    selected: Sequence[AssetKey] | None, asked_for: set[str]
) -> None:
    seen = []

    @asset(key_prefix="asthma")
    def ingest(context: AssetExecutionContext) -> None:
        seen.append(stages_of(context))

    @asset(key_prefix="asthma", deps=[ingest])
    def publish() -> None: ...

    @asset(key_prefix="asthma", deps=[ingest])
    def promote() -> None: ...

    job = define_asset_job("night", selection=AssetSelection.assets(ingest, publish))
    graph = Definitions(assets=[ingest, publish, promote], jobs=[job])
    with DagsterInstance.ephemeral() as instance:
        graph.resolve_job_def("night").execute_in_process(
            instance=instance, asset_selection=selected, run_config=QUIET
        )
    assert seen == [asked_for]
