"""The data-quality report of a delivery, and the history of a study's deliveries that it is compared with.

The history holds counts. Unlike run folders it is never removed, and unlike releases it includes rejected deliveries.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock

from data_contracts.atomic_write import write_text
from meta_med import run_files
from orchestration.runs.run_folder import RunFolder
from orchestration.study.load import LoadedStudy
from orchestration.workspace import OWNER_ONLY, Workspace

if TYPE_CHECKING:
    from data_contracts.contract import Contract
    from data_contracts.report.findings import PatientFindings
    from data_contracts.report.tally import DeliveryCounts
    from data_contracts.validation.result import GateResult

HISTORY = "history.json"
KEEP = 60


def history(workspace: Workspace, study: str) -> list["DeliveryCounts"]:
    """The deliveries so far, oldest first; empty where the file cannot be read, which only loses the comparison."""
    from data_contracts.report.tally import DeliveryCounts

    try:
        kept = json.loads(_path(workspace, study).read_text(encoding="utf-8"))
        return [DeliveryCounts.from_json(content) for content in kept["deliveries"]]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return []


def append_history(workspace: Workspace, study: str, batch: "DeliveryCounts") -> None:
    """Append a delivery's counts; a delivery that is validated again replaces its entry."""
    workspace.locks.mkdir(mode=OWNER_ONLY, parents=True, exist_ok=True)
    with FileLock(workspace.locks / f"history-{study}.lock"):
        kept = history(workspace, study)
        places = [i for i, known in enumerate(kept) if known.delivery == batch.delivery]
        kept[places[0] if places else len(kept) :] = [batch, *(kept[places[0] + 1 :] if places else [])]
        content = json.dumps({"deliveries": [b.to_json() for b in kept[-KEEP:]]})
        workspace.reports(study).mkdir(mode=OWNER_ONLY, parents=True, exist_ok=True)
        write_text(_path(workspace, study), content)


def _path(workspace: Workspace, study: str) -> Path:
    return workspace.reports(study) / HISTORY


def title_of(study: LoadedStudy) -> str:
    """The title of the report."""
    return f"{study.spec.title}: data quality"


def published_patients(
    study: LoadedStudy, workspace: Workspace, touched: Sequence[str] | None = None
) -> "PatientFindings | None":
    """The patients whose predictions are published now; None without a release.

    Args:
        study: the study; workspace: the installation.
        touched: the patients whose predictions are asked for, where no others are needed; None for all.

    Raises:
        StoreError: the store cannot be read; a report without them would look like that of a new study.

    """
    import numpy as np
    import pandas as pd

    from data_contracts.report.findings import PatientFindings
    from meta_med.published import quality, reader
    from meta_med.published.series_names import patient_of

    head = reader.head(workspace.store_url, study.name)
    if head is None:
        return None
    url, records, says = workspace.store_url, study.spec.records, "published now"
    by_cohort = any(
        table.subject and not table.cohort for table in study.contract_with_outcomes().tables.values()
    )
    if touched is not None and not (by_cohort or records.series or records.person):
        counted = quality.published_counts(url, head.release_id)
        some = quality.prediction_statuses(url, head.release_id, touched)
        return PatientFindings(predictions=some[["subject", "status"]], published=counted, says=says)
    found = quality.prediction_statuses(url, head.release_id)
    code, names = pd.factorize(found["subject"])
    patients = np.asarray([patient_of(name, records) for name in names], dtype=object)
    found["subject"] = patients[code]
    cohorts = found.drop_duplicates("subject").set_index("subject")["cohort"]
    return PatientFindings(predictions=found[["subject", "status"]], cohorts=cohorts, says=says)


def write_report(
    study: LoadedStudy,
    workspace: Workspace,
    folder: RunFolder,
    result: "GateResult",
    contract: "Contract",
) -> None:
    """Write the report of a delivery, and keep its content for the stages that extend it."""
    from data_contracts.report.page import facts, write_facts
    from data_contracts.report.tally import delivery_counts

    patients = published_patients(study, workspace, result.touched["subject"].unique().tolist())
    content = facts(result, contract, history(workspace, study.name), patients, folder.conversions())
    for place in (folder.path, workspace.reports(study.name)):
        write_facts(content, title_of(study), place)
    batch = delivery_counts(result, contract, f"{workspace.now():%Y-%m-%d %H:%M}")
    result.touched.to_parquet(folder.path / run_files.TOUCHED)
    for name, kept in ((run_files.REPORT_CONTENT, content), (run_files.BATCH, batch.to_json())):
        # keys are not sorted: the order of findings is the order of the report
        (folder.path / name).write_text(json.dumps(kept), encoding="utf-8")
    append_history(workspace, study.name, batch)


def add_records(
    study: LoadedStudy, workspace: Workspace, folder: RunFolder, *, of_the_night: bool = False
) -> None:
    """Write the report again with the account of the accepted rows that became records."""
    from data_contracts.report.page import write_facts
    from orchestration.runs import stage_results

    account = stage_results.record_account(folder, of_the_night=of_the_night)
    content = {**folder.read(run_files.REPORT_CONTENT), "records": account}
    write_facts(content, title_of(study), workspace.reports(study.name))
