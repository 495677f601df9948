"""The executor of the jobs in Dagster's service: in one process, in several, or on the workers of a Dask cluster."""

import os
from importlib import import_module

from dagster import ExecutorDefinition, in_process_executor, multiprocess_executor

from orchestration.errors import StudyError

EXECUTOR_VARIABLE, DASK_VARIABLE = "META_MED_EXECUTOR", "META_MED_DASK"
IN_PROCESS, MULTIPROCESS, DASK = "in_process", "multiprocess", "dask"


def executor_of_environment() -> ExecutorDefinition:
    """The executor that META_MED_EXECUTOR names; in one process by default.

    Raises:
        StudyError: it names none, or dask without the address of a scheduler or without its package.

    """
    name = os.environ.get(EXECUTOR_VARIABLE) or IN_PROCESS
    if ":" in name:
        return _of_another_package(name)
    if name == DASK:
        return _dask(os.environ.get(DASK_VARIABLE, ""))
    known = {IN_PROCESS: in_process_executor, MULTIPROCESS: multiprocess_executor}
    if name not in known:
        raise StudyError(f"{EXECUTOR_VARIABLE}: expected one of {', '.join((*known, DASK))}, got {name}.")
    return known[name]


def _of_another_package(place: str) -> ExecutorDefinition:
    """An executor by its module and name, such as `dagster_k8s:k8s_job_executor`."""
    module, _, name = place.partition(":")
    try:
        found = getattr(import_module(module), name)
    except (ImportError, AttributeError):
        raise StudyError(
            f"{EXECUTOR_VARIABLE}={place}: there is no such executor. Is its package installed here?"
        ) from None
    if not isinstance(found, ExecutorDefinition):
        raise StudyError(f"{EXECUTOR_VARIABLE}={place}: that is no executor of Dagster.")
    return found


def _dask(scheduler: str) -> ExecutorDefinition:
    if not scheduler:
        raise StudyError(
            f"{EXECUTOR_VARIABLE}=dask needs {DASK_VARIABLE}: the scheduler's address, such as tcp://10.0.0.5:8786."
        )
    try:
        from dagster_dask import dask_executor
    except ImportError:
        raise StudyError(
            f"{EXECUTOR_VARIABLE}=dask needs package dagster-dask, here and on every worker: "
            "pip install 'meta-med[dask]'."
        ) from None
    return dask_executor.configured({"cluster": {"existing": {"address": scheduler}}}, name="dask")
