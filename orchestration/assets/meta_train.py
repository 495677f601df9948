"""Meta-training: every learner of the study, the baselines beside them."""

from dagster import AssetExecutionContext, MaterializeResult, ResourceParam, asset

from orchestration.workspace import Workspace

from .step import materialized


@asset(deps=["episodes"])
def meta_train(
    context: AssetExecutionContext, workspace: ResourceParam[Workspace]
) -> MaterializeResult[None]:
    """Learners trained over all cohorts, and the baselines."""
    return materialized(context, workspace)
