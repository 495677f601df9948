"""Cohorts: valid rows become records, records get their cohort, patients their split."""

from dagster import MetadataValue

from orchestration.stages.run_stage import StageOutcome

from .metadata import bar_plot
from .stage_asset import stage_asset


def plots(outcome: StageOutcome) -> dict[str, MetadataValue]:
    """Patients of each cohort."""
    table = outcome.tables["cohorts"]
    return {"cohort_sizes": bar_plot(table["cohort"], table["n_subjects"], "Patients in each cohort")}


cohorts = stage_asset(
    "cohorts",
    "Records with their cohort by the study's rule, and patients split by cohort.",
    plots=plots,
)
