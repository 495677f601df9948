"""The delivery before: what rules between deliveries compare with, in the run's own folder.

It is what the release that is served was made of. Its files are an input like any other: their hashes name the run,
and it stays with the run when the folder that it came from is forgotten. Where the same delivery comes again, it is
compared with what it was compared with the first time, so that nothing is done anew. Where the contract changed
since, the delivery before may not even be readable by it: nothing is compared then.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from data_contracts.contract.check_specs import check_specs
from data_contracts.contract.loading import load as load_contract
from meta_med import run_files
from meta_med.published import reader
from orchestration.runs.copy_sources import copy_source
from orchestration.runs.run_folder import RunFolder, sha256_of
from orchestration.study.load import LoadedStudy
from orchestration.workspace import Workspace

COMPARED = "previous_sha256"
"""Of a run's facts, only where there is a delivery before, and a rule that asks for it."""


def copy_previous(
    study: LoadedStudy, workspace: Workspace, data: Mapping[str, str], folder: Path
) -> dict[str, dict[str, str]]:
    """Put the delivery before into the run's folder; the hashes of its files for the run's facts, if there is one.

    `data`: the hashes of this delivery.
    """
    if not _compares_deliveries(study):
        return {}
    for table, path in _before(study, workspace, data).items():
        copy_source(table, path, folder / run_files.PREVIOUS / table)
    taken = previous_files(folder)
    return {COMPARED: {table: sha256_of(path) for table, path in taken.items()}} if taken else {}


def previous_files(folder: Path) -> dict[str, Path]:
    """Table -> the delivery before, where the run has one."""
    tables = sorted((folder / run_files.PREVIOUS).glob("*"))
    return {table.name: path for table in tables for path in table.iterdir()}


def previous_unchanged(folder: RunFolder) -> bool:
    """Whether the delivery before is still what the run began with."""
    expected: dict[str, str] = folder.facts().get(COMPARED, {})
    return {table: sha256_of(path) for table, path in previous_files(folder.path).items()} == expected


def _compares_deliveries(study: LoadedStudy) -> bool:
    return any(spec.judge == "batch" for spec in check_specs(load_contract(study.contract)))


def _before(study: LoadedStudy, workspace: Workspace, data: Mapping[str, str]) -> dict[str, Path]:
    """The files that the served release was made of; none where they are gone or not what they were."""
    served = _served_run(study.name, workspace)
    if served is None:
        return {}
    facts: dict[str, Any] = served.facts()
    if facts["contract_sha256"] != load_contract(study.contract).sha256:
        return {}
    if facts["data_sha256"] == data:
        return previous_files(served.path) if previous_unchanged(served) else {}
    files = {table: path for table, path in served.sources().items() if table in data}
    whole = all(
        path.exists() and sha256_of(path) == facts["data_sha256"][table] for table, path in files.items()
    )
    return files if whole else {}


def _served_run(study: str, workspace: Workspace) -> RunFolder | None:
    head = reader.head(workspace.store_url, study)
    name = head.manifest.get("fingerprint") if head else None
    folder = RunFolder(workspace.runs / str(name))
    return folder if name and (folder.path / run_files.FACTS).is_file() else None
