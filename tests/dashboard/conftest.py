"""A published store for the pages."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from meta_med.published import writer
from meta_med.published.release import Release
from tests.dashboard.synthetic_release import made_release


@pytest.fixture(scope="session")
def release() -> Release:
    return made_release()


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory, release: Release) -> str:
    url = f"sqlite:///{tmp_path_factory.mktemp('home') / 'published.sqlite'}"
    writer.publish(url, release, datetime.now(UTC) - timedelta(hours=3))
    return url


@pytest.fixture(autouse=True)
def _named_store(monkeypatch: pytest.MonkeyPatch, store: str) -> None:
    monkeypatch.setenv("META_MED_STORE", store)
    monkeypatch.delenv("META_MED_STUDY", raising=False)


@pytest.fixture(autouse=True)
def own_main_module() -> Iterator[None]:
    """AppTest leaves its script as `__main__`, which every later spawned process would run."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main
