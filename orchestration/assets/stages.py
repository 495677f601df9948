"""The stages as Dagster assets: those of training end in `promote`, those of a night in `publish`.

`ingest` makes the run folder, whose fingerprint every later stage of the run reads in its metadata. `promote` gives the
study another champion or keeps the one it has; `adapt` serves by the champion. `publish` is one transaction: the
dashboard sees the whole release or the one before.
"""

import time

import pandas as pd
from dagster import AssetExecutionContext, Backoff, MetadataValue, RetryPolicy

from orchestration.models.champion import champion_of
from orchestration.preflight.clock import clock_remarks
from orchestration.preflight.ready import require_ready
from orchestration.preflight.space import require_space
from orchestration.runs.run_folder import STAGES
from orchestration.runs.stage_run import StageRun
from orchestration.stages import ingest as ingest_stage
from orchestration.stages import promote as promote_stage
from orchestration.stages import publish as publish_stage
from orchestration.stages.run_stage import StageOutcome, run_stage
from orchestration.workspace import Workspace

from .dagster_run import FINGERPRINT, stages_of
from .metadata import bar_plot, line_plot, markdown_table, metadata_of
from .shards import shard_names
from .stage_asset import REMARKS, Metadata, stage_asset, step_of


def _ingest(context: AssetExecutionContext, workspace: Workspace) -> Metadata:
    """Make the run folder from the study's current source files."""
    study = workspace.study_of(context.asset_key.path[0])
    stages = stages_of(context)
    publishes = STAGES[-1] in stages
    require_ready(workspace, publishes=publishes)
    sources = ingest_stage.source_files(study, workspace)
    require_space(workspace, study.name, sources)
    remarks = [
        *clock_remarks(workspace, study.name, sources.values()),
        *ingest_stage.left_out_remarks(study, workspace),
    ]
    folder = ingest_stage.ingest(study, workspace)
    step = StageRun(study, workspace, folder)
    if publishes:
        model = None if promote_stage.STAGE in stages else champion_of(study, workspace)
        publish_stage.require_not_withdrawn(step, model)
    outcome = run_stage("ingest", step)
    told = {REMARKS: MetadataValue.text("\n".join(remarks))} if remarks else {}
    return {**metadata_of(outcome), **told, FINGERPRINT: MetadataValue.text(folder.fingerprint)}


def _promote(context: AssetExecutionContext, workspace: Workspace) -> Metadata:
    """Promote or refuse the model of the run folder; never skipped, because only the journal knows its state."""
    done = promote_stage.promote(step_of(context, workspace))
    compared = done.evidence.get("comparison", {}).get("differences", [])
    return {
        "model": MetadataValue.text(done.version),
        "state": MetadataValue.text(done.state),
        "why": MetadataValue.text(done.why),
        "promoted": MetadataValue.bool(done.promoted),
        **({"against_the_champion": markdown_table(pd.DataFrame(compared))} if compared else {}),
    }


def _publish(context: AssetExecutionContext, workspace: Workspace) -> Metadata:
    """Publish the release of the run folder; never skipped, because only the store knows what it serves."""
    step = step_of(context, workspace)
    workspace.listener.stage_started("publish")
    started = time.monotonic()
    done = publish_stage.publish(step.study, workspace, step.folder)
    seconds = time.monotonic() - started
    workspace.listener.stage_ended("publish", reused=not done.changed, seconds=seconds)
    return {
        "release": MetadataValue.text(done.release_id),
        "sequence": MetadataValue.int(done.sequence),
        "changed": MetadataValue.bool(done.changed),
        "model": MetadataValue.text(str(step.folder.night_model)),
    }


def _cohort_plots(outcome: StageOutcome) -> dict[str, MetadataValue]:
    """Patients of each cohort."""
    table = outcome.tables["cohorts"]
    return {"cohort_sizes": bar_plot(table["cohort"], table["n_subjects"], "Patients in each cohort")}


def _evaluation_plots(outcome: StageOutcome) -> dict[str, MetadataValue]:
    """Error and coverage by support size, one line per predictor."""
    drawn = {name: table for name, table in outcome.tables.items() if table.columns[0] == "predictor"}
    return {f"{name}_plot": line_plot(table, name) for name, table in drawn.items()}


ingest = stage_asset("ingest", "The source files as they were when this run read them.", run=_ingest)
validate = stage_asset(
    "validate", "Rows that keep the contract's promises, rows held back, and the data-quality report."
)
cohorts = stage_asset(
    "cohorts",
    "Records with their cohort by the study's rule, and patients split by cohort.",
    plots=_cohort_plots,
)
episodes = stage_asset("episodes", "What meta-training will draw episodes from.")
meta_train = stage_asset("meta_train", "Learners trained over all cohorts, and the baselines.")
calibrate = stage_asset("calibrate", "Conformal calibration by outcome and support size.")
evaluate = stage_asset("evaluate", "The evaluation table on held-out patients.", plots=_evaluation_plots)
promote = stage_asset(
    "promote",
    "The model version of this training: the new champion, or refused with its evidence.",
    run=_promote,
)
adapt = stage_asset(
    "adapt",
    "The champion, adapted to each current patient; patients whose records are the same keep their forecasts.",
    also_after=["promote", *shard_names()],
)
predict = stage_asset("predict", "Adapted and un-adapted predictions with their intervals.")
publish = stage_asset(
    "publish",
    "The release that the dashboard serves.",
    run=_publish,
    retry_policy=RetryPolicy(max_retries=3, delay=5, backoff=Backoff.EXPONENTIAL),
)
