"""Validate: put the gate's judgement into the run folder, and read it back for the stages after it."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from orchestration import quality_report, quarantine_stage
from orchestration.errors import DataError
from orchestration.previous_delivery import previous_in
from orchestration.run_folder import RunFolder, write_json
from orchestration.study_file import LoadedStudy
from orchestration.workspace import Workspace

if TYPE_CHECKING:
    from data_contracts.gate import GateResult

VALID, QUARANTINE, FINDINGS, JUDGEMENT, WITHHELD, LINKED = (
    "valid", "quarantine", "findings.parquet", "judgement.json", "withheld.json", "linked.json",
)  # fmt: skip
REPORT = "data_quality.html"
REJECTED = "reject"


def validate(study: LoadedStudy, workspace: Workspace, folder: RunFolder) -> dict[str, Any]:
    """Judge the run's files by the contract, and keep valid rows, quarantined rows, findings and report."""
    from data_contracts.gate import validate as judge

    contract = study.terms()
    corrections = quarantine_stage.corrections_in(folder.path)
    before = previous_in(folder.path)
    result = judge(contract, folder.sources(), previous=before, now=workspace.now(), corrections=corrections)
    if not folder.sources_whole():
        raise DataError(
            "E_UNSTABLE_FILE: the run's own copies of the files changed while they were judged. Nothing was kept. "
            "Find out what writes to the home folder, and run again."
        )
    _keep_rows(result, folder.path)
    quarantine_stage.keep_held(study, workspace, folder, result, contract)
    result.to_frame().to_parquet(folder.path / FINDINGS)
    write_json(folder.path / WITHHELD, {"subjects": sorted(result.withheld_subjects)})
    write_json(folder.path / LINKED, {"people": [sorted(group) for group in result.linked_subjects]})
    write_json(folder.path / JUDGEMENT, judgement_of(result))
    quality_report.judged(study, workspace, folder, result, contract)
    return judgement_of(result)


def judgement_of(result: "GateResult") -> dict[str, Any]:
    """The verdict with its counts: no row, no value, no patient."""
    return {
        "verdict": result.verdict,
        "rows_in": result.rows_in,
        "rows_accepted": result.rows_accepted,
        "rows_quarantined": result.rows_quarantined,
        "patients_quarantined": result.patients_quarantined,
        "rejected_because": [f"{f.code}: {f.message}" for f in result.findings if f.code.startswith("E_")],
    }


def judgement(folder: RunFolder) -> dict[str, Any]:
    """The gate's verdict on this run's files."""
    content: dict[str, Any] = json.loads((folder.path / JUDGEMENT).read_text())
    return content


def findings(folder: RunFolder) -> pd.DataFrame:
    """What the gate found: one row a rule, column and cohort."""
    return pd.read_parquet(folder.path / FINDINGS)


def valid_tables(folder: RunFolder) -> dict[str, pd.DataFrame]:
    """The rows that passed. Refuses when the delivery was rejected, whoever asks."""
    require_accepted(folder)
    return {path.stem: pd.read_parquet(path) for path in sorted((folder.path / VALID).glob("*.parquet"))}


def withheld_subjects(folder: RunFolder) -> frozenset[str]:
    """Patients whose identity or history is in doubt: they get no prediction."""
    content = json.loads((folder.path / WITHHELD).read_text())
    return frozenset(content["subjects"])


def linked_subjects(folder: RunFolder) -> list[list[str]]:
    """Groups of patients who may be one person: they go into one split together."""
    path = folder.path / LINKED
    people: list[list[str]] = json.loads(path.read_text())["people"] if path.exists() else []
    return people


def require_accepted(folder: RunFolder) -> None:
    """Raise `DataError` if the gate rejected the delivery."""
    verdict = judgement(folder)
    if verdict["verdict"] == REJECTED:
        raise DataError(rejection(verdict))


def rejection(verdict: Mapping[str, Any]) -> str:
    """Why a delivery was rejected, in one paragraph."""
    reasons = " ".join(verdict["rejected_because"]) or "no reason was given."
    return (
        f"The delivery was rejected: {reasons} Nothing was published; the release before is still served. "
        "Correct the file at its source and deliver it again; the data-quality report has the lines."
    )


def _keep_rows(result: "GateResult", folder: Path) -> None:
    from data_contracts import quarantine

    for name in (VALID, QUARANTINE):
        shutil.rmtree(folder / name, ignore_errors=True)
        (folder / name).mkdir()
    result.valid.write(folder / VALID)
    quarantine.write(result, folder / QUARANTINE)
