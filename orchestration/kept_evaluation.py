"""The cross-fitted evaluation of a study, kept in the home folder for the next publication.

`meta-med evaluate --study S --out DIR` (and `--all`) writes it; `publish` shows it on the dashboard, if it is of the
records, contract, study and code that the release's model was trained with.
"""

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from data_contracts.atomic_write import atomic_write
from meta_med import run_files
from orchestration.runs.run_folder import (
    AFTER_SCORES,
    SCIENCE,
    RunFolder,
    code_version,
    fingerprint,
    plug_in_code,
    sha256_of,
    write_json,
)
from orchestration.workspace import Workspace

if TYPE_CHECKING:
    from meta_med.evaluate.comparison.study_result import StudyResult

EVALUATIONS = "evaluations"
TABLE, ABOUT = "evaluation.parquet", "evaluation.json"


@dataclass(frozen=True)
class KeptEvaluation:
    """The evaluation table of a study's main setting, every patient held out once.

    Attributes:
        table: as `meta_med.evaluate.evaluation_table` makes it.
        about: evaluated_on (a date), fingerprint (of the records, contract, study and code), setting, folds, repeats,
            n_patients.

    """

    table: pd.DataFrame
    about: Mapping[str, Any]


def evaluation_folder(run: RunFolder, workspace: Workspace) -> Path:
    """The folder of everything that is fitted on copies of the run's records.

    Its name is a hash of the records (which include released rows), the contract, the study and the code that decides
    scores; a change of a figure or text must not cost hours of fitting.
    """
    facts = run.facts()
    records = {"records": sha256_of(run.path / run_files.RECORDS), **plug_in_code(facts)}
    known = (records, facts["contract_sha256"], facts["study_sha256"])
    return workspace.home / EVALUATIONS / fingerprint(*known, code_version(AFTER_SCORES, SCIENCE))


def with_records(run: RunFolder, workspace: Workspace) -> Path:
    """The evaluation folder, with a copy of the run's records."""
    folder = evaluation_folder(run, workspace)
    if not (folder / run_files.RECORDS).is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        with atomic_write(folder / run_files.RECORDS) as draft:
            shutil.copytree(run.path / run_files.RECORDS, draft)
    return folder


def keep(folder: Path, result: "StudyResult", today: date) -> None:
    """Write the main setting's table, and then what it is about; unless the same table is kept already."""
    home = tables_folder(folder)
    if (home / ABOUT).is_file():
        return
    home.mkdir(parents=True, exist_ok=True)
    with atomic_write(home / TABLE) as draft:
        result.main.evaluation.to_parquet(draft, index=False)
    about = {
        "evaluated_on": today.isoformat(),
        "fingerprint": folder.name,
        "setting": result.main.setting,
        "folds": result.spec.splits.folds,
        "repeats": result.spec.evaluation.repeats,
        "n_patients": result.main.n_patients,
    }
    write_json(home / ABOUT, about)


def kept_evaluation(name: str, workspace: Workspace) -> KeptEvaluation | None:
    """The evaluation of exactly the records, contract, study and code behind this name; None if it was not made.

    `name`: that of the `evaluation_folder` of the training that the release's model is of.
    """
    home = tables_folder(workspace.home / EVALUATIONS / name)
    if not (home / ABOUT).is_file():
        return None
    return KeptEvaluation(pd.read_parquet(home / TABLE), json.loads((home / ABOUT).read_text()))


def tables_folder(folder: Path) -> Path:
    """Where an evaluation folder keeps its tables, by the code of the whole science.

    Scores outlive a change of the code that averages them, a table does not.
    """
    return folder / run_files.CROSSFIT / f"table-{code_version(packages=SCIENCE)}"
