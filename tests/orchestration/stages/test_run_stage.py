"""What a signal does to the work of a stage."""

import os
import signal
from collections.abc import Callable, Iterator

import pytest

from orchestration.stages.run_stage import terminate_workers_first


@pytest.fixture
def interrupting() -> Iterator[None]:
    """SIGTERM raises, as under Dagster."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    yield
    signal.signal(signal.SIGTERM, before)


class Destroyed:
    """Gets a signal while it is destroyed, where Python swallows what a handler raises."""

    def __del__(self) -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        sum(range(1000))


def work(signalled: Callable[[], object], done: list[str]) -> None:
    with terminate_workers_first():
        signalled()
        done.append("the work went on")


@pytest.mark.usefixtures("interrupting")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_signal_that_python_swallows_ends_the_run_all_the_same() -> None:
    done: list[str] = []
    with pytest.raises(KeyboardInterrupt):
        work(Destroyed, done)
    assert done


@pytest.mark.fault("P03")
@pytest.mark.usefixtures("interrupting")
def test_a_signal_ends_the_work_at_once() -> None:
    done: list[str] = []
    with pytest.raises(KeyboardInterrupt):
        work(lambda: os.kill(os.getpid(), signal.SIGTERM), done)
    assert not done
