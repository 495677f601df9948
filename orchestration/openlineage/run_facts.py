"""What a run has read and written, as datasets: each with a version, which is a hash, and counts.

A dataset is named by the study and what it is (`pbc.visits`, `pbc.model`), not by a file, which may be called anything.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from meta_med import run_files
from meta_med.model_version.sealed_folder import ModelDamaged, manifest_of
from meta_med.published import heads
from meta_med.published.notes.last_runs import Kind
from orchestration.models.champion import champion_of
from orchestration.models.recalibration import TRAINING as RECALIBRATED_FROM
from orchestration.models.versions import study_folder
from orchestration.runs.run_folder import RunFolder
from orchestration.study.load import LoadedStudy
from orchestration.workspace import Workspace

MODEL, RELEASE, CONTRACT, VALID, HELD = "model", "release", "contract", "valid", "quarantine"


@dataclass(frozen=True)
class Dataset:
    """A dataset of a run.

    Attributes:
        name: of the study and of what it is.
        version: a hash of its content; "" where it is not known.
        rows: how many, where they are counted: of a release, its patients.
        size: in bytes, where it is known.

    """

    name: str
    version: str = ""
    rows: int | None = None
    size: int | None = None


@dataclass(frozen=True)
class RunFacts:
    """What a run has read and written so far."""

    inputs: tuple[Dataset, ...] = ()
    outputs: tuple[Dataset, ...] = ()


def facts_of(
    kind: Kind, study: LoadedStudy, workspace: Workspace, folder: RunFolder | None, *, well: bool
) -> RunFacts:
    """The datasets of a run of this kind.

    Args:
        kind: what the run is for.
        study: its study.
        workspace: of the run.
        folder: of its delivery; None where it has ingested none.
        well: whether it has ended well, and so has written what such a run writes.

    """
    inputs, outputs = list(_read(study, folder)), list(_gated(study, folder))
    if kind != "training":
        inputs += _champion(study, workspace, folder if kind == "night" else None)
    if well and kind == "night":
        outputs += _release(study, workspace)
    if well and folder is not None and kind in {"training", "recalibration"}:
        outputs += _trained(study, workspace, folder, recalibrated=kind == "recalibration")
    return RunFacts(tuple(inputs), tuple(outputs))


def _read(study: LoadedStudy, folder: RunFolder | None) -> Iterator[Dataset]:
    """The delivered tables, and the contract that they were read by."""
    if folder is None or not folder.path.is_dir():
        return
    facts = folder.facts()
    sources = _report(folder).get("sources", [])
    for table, digest in facts["data_sha256"].items():
        own = [source for source in sources if source["source"] == table]
        rows, size = (sum(one[name] for one in own) if own else None for name in ("rows", "bytes"))
        yield Dataset(f"{study.name}.{table}", digest, rows, size)
    yield Dataset(f"{study.name}.{CONTRACT}", facts["contract_sha256"])


def _gated(study: LoadedStudy, folder: RunFolder | None) -> Iterator[Dataset]:
    """The rows that the gate let through, and those that it held."""
    found = _report(folder) if folder is not None else {}
    if folder is not None and found:
        yield Dataset(f"{study.name}.{VALID}", folder.fingerprint, found["rows_accepted"])
        yield Dataset(f"{study.name}.{HELD}", folder.fingerprint, found["rows_quarantined"])


def _report(folder: RunFolder) -> dict[str, Any]:
    """The gate's report; empty where the gate has not ended."""
    try:
        found: dict[str, Any] = json.loads((folder.path / run_files.REPORT_CONTENT).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found


def _champion(study: LoadedStudy, workspace: Workspace, folder: RunFolder | None) -> Iterator[Dataset]:
    version = folder.night_model if folder is not None else champion_of(study, workspace)
    if version is not None:
        yield Dataset(f"{study.name}.{MODEL}", version)


def _release(study: LoadedStudy, workspace: Workspace) -> Iterator[Dataset]:
    head = heads.head(workspace.store_url, study.name)
    if head is not None:
        yield Dataset(f"{study.name}.{RELEASE}", head.release_id, head.manifest.get("patients"))


def _trained(
    study: LoadedStudy, workspace: Workspace, folder: RunFolder, *, recalibrated: bool
) -> Iterator[Dataset]:
    """The model versions that were made of this delivery in this way; mostly one."""
    for place in sorted(study_folder(workspace, study.name).glob("[0-9a-f]*")):
        try:
            manifest = manifest_of(place)
        except ModelDamaged:
            continue
        same = manifest["fingerprint"] == folder.fingerprint
        if same and (RECALIBRATED_FROM in manifest) == recalibrated:
            yield Dataset(f"{study.name}.{MODEL}", place.name)
