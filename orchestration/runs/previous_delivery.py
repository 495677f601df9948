"""The previous delivery, which rules between deliveries compare with, copied into the run folder.

It is the delivery of the served release. Its files are inputs of the run: their hashes are part of the run's name, and
the copy stays when the folder that it came from is removed. The same delivery again is compared with what it was
compared with the first time, so that nothing is computed again. If the contract has changed since, nothing is compared.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from data_contracts.contract import load as load_contract
from data_contracts.contract.check_specs import check_specs
from meta_med import run_files
from meta_med.published import reader
from orchestration.runs.copy_sources import link_own
from orchestration.runs.run_folder import RunFolder, sha256_of
from orchestration.study.load import LoadedStudy
from orchestration.workspace import Workspace

COMPARED = "previous_sha256"
"""Key of a run's facts, only where there is a previous delivery and a rule that compares with it."""


def copy_previous(
    study: LoadedStudy, workspace: Workspace, data: Mapping[str, str], folder: Path
) -> dict[str, dict[str, str]]:
    """Copy the previous delivery into the run folder; the hashes of its files for the run's facts, if there is one.

    `data`: the hashes of this delivery.
    """
    if not _compares_deliveries(study):
        return {}
    for table, path in _served_files(study, workspace, data).items():
        link_own(path, folder / run_files.PREVIOUS / table)
    copied = previous_files(folder)
    return {COMPARED: {table: sha256_of(path) for table, path in copied.items()}} if copied else {}


def previous_files(folder: Path) -> dict[str, Path]:
    """Table -> file of the previous delivery in the run folder."""
    tables = sorted((folder / run_files.PREVIOUS).glob("*"))
    return {table.name: path for table in tables for path in table.iterdir()}


def previous_unchanged(folder: RunFolder) -> bool:
    """Whether the files of the previous delivery still have the hashes of the run's facts."""
    expected: dict[str, str] = folder.facts().get(COMPARED, {})
    return {table: sha256_of(path) for table, path in previous_files(folder.path).items()} == expected


def _compares_deliveries(study: LoadedStudy) -> bool:
    return any(spec.level == "batch" for spec in check_specs(load_contract(study.contract)))


def _served_files(study: LoadedStudy, workspace: Workspace, data: Mapping[str, str]) -> dict[str, Path]:
    """The files of the served release; none where they are missing or changed."""
    served = _served_run(study.name, workspace)
    if served is None:
        return {}
    facts: dict[str, Any] = served.facts()
    if facts["contract_sha256"] != load_contract(study.contract).sha256:
        return {}
    if facts["data_sha256"] == data:
        return previous_files(served.path) if previous_unchanged(served) else {}
    files = {table: path for table, path in served.sources().items() if table in data}
    unchanged = all(
        path.exists() and sha256_of(path) == facts["data_sha256"][table] for table, path in files.items()
    )
    return files if unchanged else {}


def _served_run(study: str, workspace: Workspace) -> RunFolder | None:
    head = reader.head(workspace.store_url, study)
    name = head.manifest.get("fingerprint") if head else None
    folder = RunFolder(workspace.runs / str(name))
    return folder if name and (folder.path / run_files.FACTS).is_file() else None
