"""The lasting quarantine within a run: decisions go into the run's folder, held rows into the ledger."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

from data_contracts.quarantine_store.decide import corrections
from data_contracts.quarantine_store.keep import Batch, keep
from data_contracts.quarantine_store.ledger import Ledger
from data_contracts.readmission.corrections import Correction, from_plain, to_plain
from orchestration.fingerprint import sha256_of
from orchestration.run_folder import RunFolder, write_json
from orchestration.study_file import LoadedStudy
from orchestration.workspace import Workspace

if TYPE_CHECKING:
    from data_contracts.gate import GateResult
    from data_contracts.terms import Contract

CORRECTIONS = "corrections.json"
CORRECTED = "corrections_sha256"
"""Of a run's facts, only where rows were let in."""


def ledger_of(workspace: Workspace) -> Ledger:
    """The quarantine of this installation."""
    return Ledger(workspace.quarantine)


def take_corrections(study: LoadedStudy, workspace: Workspace, folder: Path) -> dict[str, str]:
    """Write the study's corrections so far into the run's folder; their hash for its facts, if there are any.

    What is decided while the run is at work waits for the next run.
    """
    found = corrections(ledger_of(workspace), study.name)
    if not found:
        return {}
    write_json(folder / CORRECTIONS, {"corrections": to_plain(found)})
    return {CORRECTED: sha256_of(folder / CORRECTIONS)}


def corrected_whole(folder: RunFolder) -> bool:
    """Whether the corrections in the run's folder are still those that it began with."""
    path, expected = folder.path / CORRECTIONS, folder.facts().get(CORRECTED)
    return expected is None or (path.is_file() and sha256_of(path) == expected)


def corrections_in(folder: Path) -> tuple[Correction, ...]:
    """The corrections that the run began with. Patients' data."""
    path = folder / CORRECTIONS
    return from_plain(json.loads(path.read_text())["corrections"]) if path.is_file() else ()


def keep_held(
    study: LoadedStudy, workspace: Workspace, folder: RunFolder, result: "GateResult", contract: "Contract"
) -> None:
    """Keep the delivery's held rows for review, whatever becomes of the run's folder."""
    known = max((c.number for c in corrections_in(folder.path)), default=0)
    batch = Batch(study=study.name, name=folder.fingerprint, at=workspace.now(), decisions_upto=known)
    keep(ledger_of(workspace), batch, result, contract, folder.sources())
