"""Cohorts: valid rows become records, records get their cohort, patients their split."""

from dagster import AssetExecutionContext, MaterializeResult, MetadataValue, ResourceParam, asset

from orchestration.stages.run_stage import StageOutcome
from orchestration.workspace import Workspace

from .metadata import bar_plot
from .step import materialized


@asset(deps=["validate"])
def cohorts(context: AssetExecutionContext, workspace: ResourceParam[Workspace]) -> MaterializeResult[None]:
    """Records with their cohort by the study's rule, and patients split by cohort."""
    return materialized(context, workspace, pictures)


def pictures(outcome: StageOutcome) -> dict[str, MetadataValue]:
    """Patients of each cohort."""
    table = outcome.tables["cohorts"]
    return {"cohort_sizes": bar_plot(table["cohort"], table["n_subjects"], "Patients in each cohort")}
