"""What Dagster's code server loads: every definition of every study, and the jobs of all of them."""

from orchestration.definitions import defs


def test_the_code_server_can_load_all_definitions() -> None:
    """Names that two definitions share are found here only: the command's own runs load one job."""
    repository = defs.get_repository_def()
    repository.load_all_definitions()
    assert {"prune", "pbc_nightly", "pbc_train"} <= {job.name for job in repository.get_all_jobs()}
