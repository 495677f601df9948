"""A published store for the pages."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from streamlit import config as streamlit_config

from meta_med.published import writer
from meta_med.published.release import Release
from tests.dashboard.synthetic_release import made_release


@pytest.fixture(scope="session")
def release() -> Release:
    return made_release()


@pytest.fixture(scope="session")
def audit_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("audit")


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory, release: Release) -> str:
    url = f"sqlite:///{tmp_path_factory.mktemp('home') / 'published.sqlite'}"
    writer.publish(url, release, datetime.now(UTC) - timedelta(hours=3))
    return url


@pytest.fixture(autouse=True)
def _named_store(monkeypatch: pytest.MonkeyPatch, store: str, audit_home: Path) -> None:
    """The one user of this machine reads this store; the audit is in a folder of its own."""
    monkeypatch.setenv("META_MED_STORE", store)
    monkeypatch.setenv("META_MED_SHOW_FIRST", "subject_id")  # so that a test knows who comes first
    monkeypatch.setenv("META_MED_HOME", str(audit_home))
    monkeypatch.delenv("META_MED_AUDIT", raising=False)
    monkeypatch.setattr(sys, "argv", ["app.py", "--single-user"])
    streamlit_config.set_option("server.address", "127.0.0.1")
    monkeypatch.delenv("META_MED_STUDY", raising=False)


@pytest.fixture(autouse=True)
def own_main_module() -> Iterator[None]:
    """AppTest leaves its script as `__main__`, which every later spawned process would run."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main
