"""Which executor Dagster's service uses, by the environment."""

import pytest
from dagster import in_process_executor, multiprocess_executor

from orchestration.errors import StudyError
from orchestration.services.executor import DASK_VARIABLE, EXECUTOR_VARIABLE, executor_of_environment


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("", in_process_executor),
        ("in_process", in_process_executor),
        ("multiprocess", multiprocess_executor),
        ("dagster:multiprocess_executor", multiprocess_executor),
    ],
)
def test_an_executor_is_named_in_the_environment(
    name: str, expected: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(EXECUTOR_VARIABLE, name)
    assert executor_of_environment() is expected


@pytest.mark.parametrize(
    "name", ["sideways", "no_such_module:executor", "dagster:job", "dagster:no_such_name", "dask"]
)
def test_what_is_no_executor_is_refused(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(EXECUTOR_VARIABLE, name)
    monkeypatch.delenv(DASK_VARIABLE, raising=False)
    with pytest.raises(StudyError, match=EXECUTOR_VARIABLE):
        executor_of_environment()
