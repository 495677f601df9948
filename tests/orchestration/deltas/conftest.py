"""A hospital after its first night, and a copy of it for each test."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from orchestration.study.load import load
from tests.orchestration.deltas.hospital import Hospital
from tests.orchestration.small_study import small_study


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Hospital:
    """After the first night, which read the whole table."""
    folder = tmp_path_factory.mktemp("deltas")
    file = small_study(folder / "study").path
    file.write_text(yaml.safe_dump(yaml.safe_load(file.read_text()) | {"delivery": "delta"}))
    hospital = Hospital(load(file), folder / "home")
    hospital.runs()
    return hospital


@pytest.fixture
def hospital(begun: Hospital, tmp_path: Path) -> Hospital:
    shutil.copytree(begun.home, tmp_path / "home")
    return replace(begun, home=tmp_path / "home")
