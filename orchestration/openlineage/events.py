"""Run events in the classes of OpenLineage's own library, with its standard facets alone."""

import uuid
from collections.abc import Iterable
from datetime import UTC, datetime

from openlineage.client.event_v2 import InputDataset, Job, OutputDataset, Run, RunEvent, RunState
from openlineage.client.facet_v2 import (
    DatasetFacet,
    dataset_version_dataset,
    error_message_run,
    input_statistics_input_dataset,
    job_type_job,
    output_statistics_output_dataset,
    processing_engine_run,
)

from meta_med import __version__
from meta_med.published.notes.last_runs import Kind
from orchestration.errors import InterruptedRunError, MetaMedError
from orchestration.openlineage.run_facts import Dataset, RunFacts

NAMESPACE = "meta-med"
PRODUCER = f"urn:meta-med:{__version__}"
RUNS = uuid.UUID("6d65746d-6564-5000-8000-72756e73ff00")  # any constant: names of runs lie in it


def event_of(
    study: str, kind: Kind, run: str, at: datetime, state: RunState, facts: RunFacts, failure: str = ""
) -> RunEvent:
    """One event of a run.

    Args:
        study: its name; with the kind, the name of the job.
        kind: what the run is for.
        run: Dagster's id of it.
        at: when it happened.
        state: what happened.
        facts: what the run has read and written so far.
        failure: the code of its error.

    """
    engine = processing_engine_run.ProcessingEngineRunFacet(version=__version__, name=NAMESPACE)
    failed = error_message_run.ErrorMessageRunFacet(message=failure, programmingLanguage="python")
    batch = job_type_job.JobTypeJobFacet(processingType="BATCH", integration="META_MED", jobType="JOB")
    return RunEvent(
        eventType=state,
        eventTime=at.astimezone(UTC).isoformat(timespec="milliseconds"),
        run=Run(
            runId=str(uuid.uuid5(RUNS, f"{run}/{kind}")),
            facets={"processing_engine": engine, **({"errorMessage": failed} if failure else {})},
        ),
        job=Job(NAMESPACE, f"{study}.{kind}", facets={"jobType": batch}),
        inputs=list(_inputs(facts.inputs)),
        outputs=list(_outputs(facts.outputs)),
        producer=PRODUCER,
    )


def end_state(error: MetaMedError | None) -> RunState:
    """How a run has ended, as OpenLineage calls it."""
    if error is None:
        return RunState.COMPLETE
    return RunState.ABORT if isinstance(error, InterruptedRunError) else RunState.FAIL


def _inputs(datasets: Iterable[Dataset]) -> Iterable[InputDataset]:
    for one in datasets:
        counted = input_statistics_input_dataset.InputStatisticsInputDatasetFacet(
            rowCount=one.rows, size=one.size
        )
        own = {"inputStatistics": counted} if one.rows is not None else {}
        yield InputDataset(NAMESPACE, one.name, facets=_version(one), inputFacets={**own})


def _outputs(datasets: Iterable[Dataset]) -> Iterable[OutputDataset]:
    for one in datasets:
        counted = output_statistics_output_dataset.OutputStatisticsOutputDatasetFacet(rowCount=one.rows)
        own = {"outputStatistics": counted} if one.rows is not None else {}
        yield OutputDataset(NAMESPACE, one.name, facets=_version(one), outputFacets={**own})


def _version(one: Dataset) -> dict[str, DatasetFacet]:
    found = dataset_version_dataset.DatasetVersionDatasetFacet(datasetVersion=one.version)
    return {"version": found} if one.version else {}
