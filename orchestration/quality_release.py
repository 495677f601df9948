"""What a release says of its data, and the report again, now that the predictions it speaks of are there."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from orchestration import gate_stage, quality_tables, record_account
from orchestration.quality_history import history, remember
from orchestration.quality_report import BATCH, CONTENT, TOUCHED, title_of
from orchestration.run_folder import RunFolder
from orchestration.study_file import LoadedStudy
from orchestration.workspace import Workspace

if TYPE_CHECKING:
    from data_contracts.report.batch import Batch


@dataclass(frozen=True)
class Quality:
    """What a release says of its data, and the report of it.

    Attributes:
        findings: as they are published.
        tables: published tables of counts, by name.
        remarks: patient -> what was held back or doubted of their records. Holds identifiers.
        batch: what later reports remember of the delivery.
        content: what the page tells.

    """

    findings: pd.DataFrame
    tables: Mapping[str, pd.DataFrame]
    remarks: Mapping[str, str]
    batch: "Batch"
    content: Mapping[str, Any]


def of_release(study: LoadedStudy, workspace: Workspace, folder: RunFolder) -> Quality:
    """The delivery's quality, told of the patients and predictions that this run is about to publish."""
    from data_contracts.contract import load
    from data_contracts.report.batch import Batch
    from data_contracts.report.page import with_sections
    from data_contracts.report.reach import Patients, by_study_cohort, reach
    from meta_med import stages

    contract, touched = load(study.contract), pd.read_parquet(folder.path / TOUCHED)
    predictions = pd.read_parquet(folder.path / "predictions.parquet", columns=["subject_id", "status"])
    # the gate knows patients; a study may part their rows into series
    predictions = predictions.assign(subject=predictions["subject_id"].map(stages.patients(folder.path)))
    cohorts = stages.entry_cohorts(folder.path)
    patients = Patients(
        predictions=predictions[["subject", "status"]],
        cohorts=cohorts,
        says="published with this delivery",
    )
    batch = Batch.from_json(json.loads((folder.path / BATCH).read_text(encoding="utf-8")))
    batch = by_study_cohort(batch, touched, gate_stage.valid_tables(folder), contract, cohorts)
    reached = reach(touched, patients)
    told = record_account.account(folder)
    content = {**json.loads((folder.path / CONTENT).read_text(encoding="utf-8")), "records": told}
    found = quality_tables.findings(gate_stage.findings(folder), reached)
    before = history(workspace, study.name)
    return Quality(
        findings=pd.concat(
            [part for part in (found, record_account.as_findings(told)) if len(part)] or [found]
        ),
        tables=quality_tables.tables(batch, contract),
        remarks=quality_tables.remarks(touched, set(predictions["subject"])),
        batch=batch,
        content=with_sections(content, replace(batch, label=""), contract, before, reached),
    )


def published(study: LoadedStudy, workspace: Workspace, told: Quality) -> None:
    """Write the report again, now that the predictions it speaks of are there."""
    from data_contracts.report.page import write_facts

    write_facts(told.content, title_of(study), workspace.reports(study.name))
    remember(workspace, study.name, told.batch)
