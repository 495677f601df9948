"""A run compares with the delivery that the served release was made of, and the comparison is part of its name."""

import shutil
from pathlib import Path

import pandas as pd
import pytest
import yaml

from meta_med.published import reader
from orchestration.runs.previous_delivery import COMPARED, previous_files
from orchestration.stages import validate
from orchestration.stages.ingest import ingest
from orchestration.study.load import LoadedStudy, load
from orchestration.workspace import Workspace
from tests.orchestration.small_study import Finished, small_study, workspace_at


@pytest.fixture
def comparing(tmp_path: Path) -> LoadedStudy:
    """The small study with a contract that refuses a delivery of far fewer rows than the one before."""
    study = small_study(tmp_path / "study")
    contract = Path(study.contract)
    tree = yaml.safe_load(contract.read_text())
    rule = {"rule": "batch_size", "min_ratio": 0.5}
    tree["schema"][0].setdefault("quality", []).append(
        {"type": "custom", "engine": "meta-med", "implementation": rule}
    )
    contract.write_text(yaml.safe_dump(tree))
    return load(study.path)


@pytest.fixture
def served(finished: Finished, comparing: LoadedStudy, tmp_path: Path) -> Workspace:
    """A home that serves a release made of the study's own file, by the contract that compares."""
    home = tmp_path / "home"
    shutil.copytree(finished.home, home)
    workspace = workspace_at(home, comparing)
    head = reader.head(workspace.store_url, comparing.name)
    facts = workspace.runs / head.manifest["fingerprint"] / "facts.json"
    ours = ingest(comparing, workspace_at(tmp_path / "other", comparing)).facts()["contract_sha256"]
    facts.write_text(facts.read_text().replace(finished.outcome.folder.facts()["contract_sha256"], ours))
    return workspace


def half(study: LoadedStudy, folder: Path) -> Path:
    """A delivery of the first third of the rows."""
    rows = pd.read_csv(study.sources["visits"], dtype=str)
    path = folder / "visits.csv"
    rows.iloc[: len(rows) // 3].to_csv(path, index=False)
    return path


def test_a_delivery_that_shrank_is_refused_in_a_run(
    served: Workspace, comparing: LoadedStudy, tmp_path: Path
) -> None:
    smaller = workspace_at(served.home, comparing, visits=half(comparing, tmp_path))
    folder = ingest(comparing, smaller)
    assert folder.facts()[COMPARED] == ingest(comparing, served).facts()["data_sha256"]
    verdict = validate.validate(comparing, smaller, folder)
    assert verdict["verdict"] == "reject"
    assert any("E_ROWCOUNT_DROP" in reason for reason in verdict["rejected_because"])


def test_the_served_delivery_again_is_compared_with_nothing(
    served: Workspace, comparing: LoadedStudy
) -> None:
    folder = ingest(comparing, served)
    assert COMPARED not in folder.facts()
    assert previous_files(folder.path) == {}


def test_what_is_compared_with_names_the_run(
    served: Workspace, comparing: LoadedStudy, tmp_path: Path
) -> None:
    path = half(comparing, tmp_path)
    compared = ingest(comparing, workspace_at(served.home, comparing, visits=path))
    alone = ingest(comparing, workspace_at(tmp_path / "empty", comparing, visits=path))
    assert compared.fingerprint != alone.fingerprint
    again = ingest(comparing, workspace_at(served.home, comparing, visits=path))
    assert again.fingerprint == compared.fingerprint


def test_a_contract_without_rules_of_its_own_is_compared_by_what_is_told_unasked(
    finished: Finished, tmp_path: Path
) -> None:
    path, run = half(finished.study, tmp_path), finished.copied(tmp_path / "copy")
    folder = ingest(run.study, run.workspace(visits=path))
    assert set(folder.facts()[COMPARED]) == {"visits"}


def test_a_delivery_before_that_is_gone_is_not_compared_with(
    served: Workspace, comparing: LoadedStudy, tmp_path: Path
) -> None:
    shutil.rmtree(served.runs)
    folder = ingest(comparing, workspace_at(served.home, comparing, visits=half(comparing, tmp_path)))
    assert COMPARED not in folder.facts()
