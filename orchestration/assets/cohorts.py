"""Cohorts: valid rows become records, records get their cohort, patients their split."""

from dagster import AssetExecutionContext, MaterializeResult, ResourceParam, asset

from orchestration.workspace import Workspace

from .step import materialized


@asset(deps=["validate"])
def cohorts(context: AssetExecutionContext, workspace: ResourceParam[Workspace]) -> MaterializeResult[None]:
    """Records with their cohort by the study's rule, and patients split by cohort."""
    return materialized(context, workspace)
