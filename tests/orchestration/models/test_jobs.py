"""The jobs of Dagster: a night and a training by themselves, and what their assets tell in its UI."""

from collections.abc import Mapping
from typing import Any

from dagster import DagsterInstance

from orchestration.assets.stage_asset import FULL_TAG
from orchestration.execution import QUIET_CONSOLE
from orchestration.graph import definitions_of, graph_of
from orchestration.models.champion import champion_of
from orchestration.models.journal import ModelJournal
from orchestration.runs.run_folder import NIGHTLY, TRAINING
from tests.orchestration.small_study import Finished


def told_by(job: str, run: Finished, succeeds: bool = True, **tags: str) -> dict[str, Mapping[str, Any]]:
    """Asset -> its metadata, of a job that is run as Dagster's service runs it."""
    made = definitions_of([graph_of(run.study)], run.workspace()).resolve_job_def(job)
    with DagsterInstance.ephemeral() as instance:
        result = made.execute_in_process(
            instance=instance, run_config=QUIET_CONSOLE, tags=tags, raise_on_error=False
        )
    assert result.success is succeeds
    return {
        event.asset_key.path[-1]: event.materialization.metadata
        for event in result.get_asset_materialization_events()
    }


def test_a_night_tells_its_model_and_whom_it_adapted(copied: Finished) -> None:
    told = told_by("asthma_nightly", copied)
    assert set(told) == set(NIGHTLY)
    version = champion_of(copied.study, copied.workspace())
    assert told["adapt"]["model"].value == told["publish"]["model"].value == version
    assert told["adapt"]["current_patients"].value == 150
    assert told["publish"]["changed"].value is False


def test_a_tag_of_the_run_asks_for_every_patient(copied: Finished) -> None:
    told = told_by("asthma_nightly", copied, **{FULL_TAG: "true"})
    assert told["adapt"]["adapted"].value == 150
    assert told["adapt"]["reused"].value is False


def test_a_training_tells_what_became_of_its_model_and_publishes_nothing(copied: Finished) -> None:
    told = told_by("asthma_train", copied)
    assert set(told) == set(TRAINING)
    assert told["promote"]["state"].value == "champion"
    assert told["promote"]["promoted"].value is True
    assert "since" in told["promote"]["why"].value


def test_a_night_without_a_champion_fails_at_adapt_and_serves_what_was_served(copied: Finished) -> None:
    ModelJournal(copied.workspace().models).path.unlink()
    told = told_by("asthma_nightly", copied, succeeds=False)
    assert set(told) == {"ingest", "validate"}
