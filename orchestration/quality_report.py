"""The data-quality report of a delivery, as soon as the gate has judged it."""

import json
from typing import TYPE_CHECKING

from meta_med.published import quality, reader
from orchestration import record_account
from orchestration.quality_history import history, remember
from orchestration.run_folder import RunFolder
from orchestration.study_file import LoadedStudy
from orchestration.workspace import Workspace

if TYPE_CHECKING:
    from data_contracts.contract import Contract
    from data_contracts.report.reach import Patients
    from data_contracts.result import GateResult

TOUCHED, BATCH, CONTENT = "touched.parquet", "batch.json", "report.json"


def title_of(study: LoadedStudy) -> str:
    """What the page is called."""
    return f"{study.spec.title}: data quality"


def published_patients(study: str, workspace: Workspace) -> "Patients | None":
    """Whose predictions are published now; None without a release.

    Raises:
        StoreError: the store cannot be read. A report that left them out would look like one of a new study.

    """
    from data_contracts.report.reach import Patients

    head = reader.head(workspace.store_url, study)
    if head is None:
        return None
    found = quality.prediction_statuses(workspace.store_url, head.release_id)
    cohorts = found.drop_duplicates("subject").set_index("subject")["cohort"]
    return Patients(predictions=found[["subject", "status"]], cohorts=cohorts, says="published now")


def judged(
    study: LoadedStudy,
    workspace: Workspace,
    folder: RunFolder,
    result: "GateResult",
    contract: "Contract",
) -> None:
    """Write the report of a delivery beside the last ones, and keep what the stages after it tell more about."""
    from data_contracts.report.page import facts, write_facts
    from data_contracts.report.tally import batch_of

    patients = published_patients(study.name, workspace)
    content = facts(result, contract, history(workspace, study.name), patients, folder.conversions())
    for place in (folder.path, workspace.reports(study.name)):
        write_facts(content, title_of(study), place)
    batch = batch_of(result, contract, f"{workspace.now():%Y-%m-%d %H:%M}")
    result.touched.to_parquet(folder.path / TOUCHED)
    for name, kept in ((CONTENT, content), (BATCH, batch.to_json())):
        # the order of what was found is the order in which it is told
        (folder.path / name).write_text(json.dumps(kept), encoding="utf-8")
    remember(workspace, study.name, batch)


def with_records(study: LoadedStudy, workspace: Workspace, folder: RunFolder) -> None:
    """Write the report again, now that it is known which accepted rows became records."""
    from data_contracts.report.page import write_facts

    content = json.loads((folder.path / CONTENT).read_text(encoding="utf-8"))
    told = {**content, "records": record_account.account(folder)}
    write_facts(told, title_of(study), workspace.reports(study.name))
