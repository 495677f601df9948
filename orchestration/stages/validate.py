"""Validate: the gate's result is written into the run folder, and its held rows into the quarantine.

Decisions about held rows are copied into the run folder at ingest, and applied here.
"""

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data_contracts.corrections.correction import Correction, from_plain, to_plain
from data_contracts.quarantine_store.decide import corrections
from data_contracts.quarantine_store.keep import HeldDelivery, keep
from data_contracts.quarantine_store.ledger import Ledger
from meta_med import run_files
from orchestration.errors import DataError
from orchestration.quality import report
from orchestration.runs.previous_delivery import previous_files
from orchestration.runs.run_folder import RunFolder, sha256_of, write_json
from orchestration.study.load import LoadedStudy
from orchestration.workspace import Workspace

if TYPE_CHECKING:
    from data_contracts.contract.model import Contract
    from data_contracts.gate import GateResult


def validate(study: LoadedStudy, workspace: Workspace, folder: RunFolder) -> dict[str, Any]:
    """Validate the run's files by the contract, and keep valid rows, quarantined rows, findings and report."""
    from data_contracts.gate import validate as run_gate

    contract = study.contract_with_outcomes()
    corrections = read_corrections(folder.path)
    before = previous_files(folder.path)
    result = run_gate(
        contract, folder.sources(), previous=before, now=workspace.now(), corrections=corrections
    )
    if not folder.sources_unchanged():
        raise DataError(
            "E_UNSTABLE_FILE: the run's own copies of the files changed while they were validated. Nothing was kept. "
            "Find out what writes to the home folder, and run again."
        )
    _write_rows(result, folder.path)
    keep_held(study, workspace, folder, result, contract)
    result.to_frame().to_parquet(folder.path / run_files.FINDINGS)
    write_json(folder.path / run_files.WITHHELD, {"subjects": sorted(result.withheld_subjects)})
    write_json(
        folder.path / run_files.LINKED, {"people": [sorted(group) for group in result.linked_subjects]}
    )
    write_json(folder.path / run_files.JUDGEMENT, verdict_facts(result))
    report.write_report(study, workspace, folder, result, contract)
    return verdict_facts(result)


def verdict_facts(result: "GateResult") -> dict[str, Any]:
    """The verdict with its counts, without rows, values and patients."""
    return {
        "verdict": result.verdict,
        "rows_in": result.rows_in,
        "rows_accepted": result.rows_accepted,
        "rows_quarantined": result.rows_quarantined,
        "patients_quarantined": result.patients_quarantined,
        "rejected_because": [f"{f.code}: {f.message}" for f in result.findings if f.code.startswith("E_")],
    }


def _write_rows(result: "GateResult", folder: Path) -> None:
    from data_contracts.validation import held_rows

    for name in (run_files.VALID, run_files.QUARANTINE):
        shutil.rmtree(folder / name, ignore_errors=True)
        (folder / name).mkdir()
    result.valid.write(folder / run_files.VALID)
    held_rows.write(result, folder / run_files.QUARANTINE)


CORRECTED = "corrections_sha256"
"""Key of a run's facts, only where rows were released."""


def ledger_of(workspace: Workspace) -> Ledger:
    """The quarantine of this installation."""
    return Ledger(workspace.quarantine)


def copy_corrections(study: LoadedStudy, workspace: Workspace, folder: Path) -> dict[str, str]:
    """Write the study's corrections into the run folder; their hash for its facts, if there are any.

    Later decisions apply to the next run.
    """
    found = corrections(ledger_of(workspace), study.name)
    if not found:
        return {}
    write_json(folder / run_files.CORRECTIONS, {"corrections": to_plain(found)})
    return {CORRECTED: sha256_of(folder / run_files.CORRECTIONS)}


def corrections_unchanged(folder: RunFolder) -> bool:
    """Whether the corrections in the run folder still have the hash of the run's facts."""
    path, expected = folder.path / run_files.CORRECTIONS, folder.facts().get(CORRECTED)
    return expected is None or (path.is_file() and sha256_of(path) == expected)


def read_corrections(folder: Path) -> tuple[Correction, ...]:
    """The corrections in the run folder. They hold patients' data."""
    path = folder / run_files.CORRECTIONS
    return from_plain(json.loads(path.read_text())["corrections"]) if path.is_file() else ()


def keep_held(
    study: LoadedStudy, workspace: Workspace, folder: RunFolder, result: "GateResult", contract: "Contract"
) -> None:
    """Store the delivery's held rows for review, independently of the run folder."""
    known = max((c.number for c in read_corrections(folder.path)), default=0)
    batch = HeldDelivery(study=study.name, name=folder.fingerprint, at=workspace.now(), decisions_upto=known)
    keep(ledger_of(workspace), batch, result, contract, folder.sources())
