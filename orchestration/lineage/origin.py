"""The origin of one published prediction: release, model version, contract, files, and the lines that it rests on."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd

from meta_med.published import heads, reader
from orchestration.errors import DataError, StudyError
from orchestration.lineage.own_lines import OwnLine, own_lines
from orchestration.models.recalibration import Training
from orchestration.models.versions import read_manifest
from orchestration.runs.run_folder import RunFolder
from orchestration.study.load import LoadedStudy
from orchestration.workspace import Workspace

SHOWN = (
    "predicted_time_days", "mean", "lower_90", "upper_90", "probability", "predictor", "support_size", "status",
    "reason",
)  # fmt: skip
CONTRACT = ("contract", "contract_version", "contract_sha256", "study_sha256", "code")
TRAINED = ("fingerprint", "data_sha256", "science", "seed")


@dataclass(frozen=True)
class Origin:
    """The origin of a prediction.

    Attributes:
        prediction: as published; release, model, contract: facts of each.
        files: of the delivery: table, file, sha256.
        lines: of the subject's own rows; None where they cannot be told, and then `why_no_lines` says why.

    """

    study: str
    subject: str
    outcome: str
    prediction: Mapping[str, Any]
    release: Mapping[str, Any]
    model: Mapping[str, Any]
    contract: Mapping[str, Any]
    files: tuple[Mapping[str, Any], ...]
    lines: tuple[OwnLine, ...] | None
    why_no_lines: str = ""

    def content(self) -> dict[str, Any]:
        """As JSON-able values."""
        return asdict(self)


def origin_of(study: LoadedStudy, workspace: Workspace, subject: str, outcome: str) -> Origin:
    """The origin of the served prediction of an outcome for a subject.

    Raises:
        StudyError: the release has no such subject or outcome. DataError: nothing is published.

    """
    head = heads.head(workspace.store_url, study.name)
    if head is None:
        raise DataError(f'No release of study "{study.name}" is published, so there is no prediction.')
    prediction = _prediction(workspace, head.release_id, subject, outcome)
    facts = head.manifest
    run = RunFolder(workspace.runs / str(facts["fingerprint"]))
    lines, why = _lines(study, run, facts, subject, int(prediction["support_size"] or 0))
    return Origin(
        study=study.name,
        subject=subject,
        outcome=outcome,
        prediction=prediction,
        release={
            "release_id": head.release_id,
            "sequence": head.sequence,
            "published_at": head.published_at.isoformat(timespec="seconds"),
            "run": run.fingerprint,
        },
        model=_model(workspace, study.name, str(facts["model"])),
        contract={name: facts.get(name) for name in CONTRACT},
        files=_files(run, facts["data_sha256"]),
        lines=lines,
        why_no_lines=why,
    )


def _prediction(workspace: Workspace, release: str, subject: str, outcome: str) -> dict[str, Any]:
    found = reader.predictions(workspace.store_url, release, subject)
    if found.empty:
        raise StudyError(
            f"The served release {release} has no patient of this name. Names are as the dashboard has them."
        )
    own = found[found["outcome"] == outcome]
    if own.empty:
        known = ", ".join(sorted(found["outcome"].unique()))
        raise StudyError(f'The served release {release} has no outcome "{outcome}". It has: {known}.')
    row = own.iloc[0]
    return {name: None if pd.isna(row[name]) else _plain(row[name]) for name in SHOWN}


def _plain(value: Any) -> Any:
    return value.item() if hasattr(value, "item") else value


def _model(workspace: Workspace, study: str, version: str) -> dict[str, Any]:
    manifest = read_manifest(workspace, study, version)
    training = Training.of(version, manifest)
    return {
        "version": version,
        **{name: manifest.get(name) for name in TRAINED},
        "predictors_of": training.version,
        "predictors_trained_on": dict(training.data_sha256),
    }


def _files(run: RunFolder, hashes: Mapping[str, str]) -> tuple[Mapping[str, Any], ...]:
    """The files of the delivery; without their names, where the run folder is gone."""
    names = run.facts()["files"] if run.path.is_dir() else {}
    converted = run.conversions() if run.path.is_dir() else {}
    return tuple(
        {
            "table": table,
            "file": names.get(table),
            "sha256": digest,
            **({"converted_by": converted[table]["mapping"]} if table in converted else {}),
        }
        for table, digest in hashes.items()
    )


def _lines(
    study: LoadedStudy,
    run: RunFolder,
    facts: Mapping[str, Any],
    subject: str,
    used: int,
) -> tuple[tuple[OwnLine, ...] | None, str]:
    """The subject's lines; or None, and why."""
    if not run.path.is_dir():
        return None, (
            f"The run folder {run.fingerprint} is gone; files with these hashes still hold the lines, and "
            "`meta-med run --full` with them makes the folder anew."
        )
    if facts["contract_sha256"] != _contract_hash(study):
        return None, "The contract was changed since, so the files cannot be read as they were then."
    if not run.sources_unchanged():
        return None, f"The copies of the files in run folder {run.fingerprint} were changed since."
    return own_lines(study, run, subject, used), ""


def _contract_hash(study: LoadedStudy) -> str:
    from data_contracts.contract import load as load_contract

    return load_contract(study.contract).sha256
