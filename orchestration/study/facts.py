"""What a study finds in its data before anything is trained: counts only, never values.

The gate, the records, the cohorts and the splits are those of a run; they are kept in a temporary folder.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from meta_med import run_files
from meta_med.study import StudyMismatch
from orchestration.stages.ingest import as_tables
from orchestration.stages.validate import verdict_facts
from orchestration.study.load import LoadedStudy
from orchestration.working_folder import working_folder

if TYPE_CHECKING:
    from data_contracts.gate import GateResult
    from meta_med.cohorts.record_table import Ints, RecordTable
    from meta_med.episodes.prepared import Prepared

QUANTILES = (0.0, 0.25, 0.5, 0.75, 1.0)
INTERVAL = 0.9


@dataclass
class StudyFacts:
    """Counts of a study's data, as JSON-able values, and what does not fit.

    Attributes:
        content: what was counted, as far as the steps came: gate, records, outcomes, cohorts, splits, support_sizes.
        rejected: why the gate rejects the files; empty where it does not.
        mistakes: why the records do not fit the study.

    """

    content: dict[str, Any] = field(default_factory=dict)
    rejected: list[str] = field(default_factory=list)
    mistakes: list[str] = field(default_factory=list)


def study_facts(study: LoadedStudy, files: Mapping[str, Path], now: datetime) -> StudyFacts:
    """The facts of a study's data.

    Args:
        study: the study.
        files: contract table name -> file.
        now: the reference time of the contract's rules.

    """
    from data_contracts.gate import validate

    facts = StudyFacts()
    with as_tables(study, files) as (tables, _), working_folder() as place:
        result = validate(study.contract_with_outcomes(), tables, now=now)
        facts.content["gate"] = verdict_facts(result)
        if result.verdict == "reject":
            facts.rejected += facts.content["gate"]["rejected_because"]
            return facts
        try:
            _count(study, result, place, facts.content)
        except StudyMismatch as error:
            facts.mistakes.append(str(error))
    return facts


def _count(study: LoadedStudy, result: "GateResult", place: Path, content: dict[str, Any]) -> None:
    """Fill `content` stage by stage, so that it holds what was counted before a mistake."""
    from meta_med import stages
    from meta_med.cohorts.record_table import RecordTable
    from meta_med.cohorts.splits import Splits, cohort_table
    from meta_med.episodes.prepared import prepared
    from meta_med.episodes.withheld import require_enough

    result.valid.write(place / run_files.VALID)
    valid = {path.stem: pd.read_parquet(path) for path in (place / run_files.VALID).glob("*.parquet")}
    stages.assemble(place, study.spec, valid, [sorted(group) for group in result.linked_subjects])
    table = RecordTable.load(place / run_files.RECORDS)
    content["records"] = _records(table, json.loads((place / run_files.ACCOUNT).read_text(encoding="utf-8")))
    content["outcomes"] = [_outcome(table, d, name) for d, name in enumerate(_names(study))]
    stages.cohorts(place, study.spec)
    splits = Splits.load(place / run_files.SPLITS)
    content["cohorts"] = cohort_table(table, splits).to_dict("records")
    ready = prepared(place, study.spec)
    content["splits"] = _splits(ready)
    content["support_sizes"] = _support_sizes(ready)
    require_enough(ready)


def _names(study: LoadedStudy) -> list[str]:
    return [outcome.name for outcome in study.spec.outcomes]


def _records(table: "RecordTable", account: dict[str, Any]) -> dict[str, Any]:
    """Patients, records, and the distribution of the number of records over subjects."""
    sizes = np.diff(table.offsets)
    quantiles = {f"{q:.0%}": float(np.quantile(sizes, q)) for q in QUANTILES}
    return {**account, "subjects": table.n_subjects, "records_per_subject": quantiles}


def _outcome(table: "RecordTable", d: int, name: str) -> dict[str, Any]:
    """Records and patients with an outcome, and patients in whom it changes."""
    seen = ~np.isnan(table.y[:, d])
    who, value = table.person[table.subject[seen]], table.y[seen, d]
    spread = pd.Series(value).groupby(who).agg(["min", "max"])
    return {
        "outcome": name,
        "records": int(seen.sum()),
        "patients": len(spread),
        "patients_in_whom_it_changes": int((spread["min"] < spread["max"]).sum()),
    }


def _splits(ready: "Prepared") -> list[dict[str, Any]]:
    """Patients with each outcome in each split, against the number that is needed."""
    from meta_med.cohorts.splits import SPLITS
    from meta_med.enough import needed_by, needed_for_level
    from meta_med.episodes.withheld import patients_by_split

    counts = patients_by_split(ready)
    intervals = {"calibration": needed_for_level(INTERVAL)}
    return [
        {
            "outcome": outcome.name,
            "split": split,
            "patients": int(counts[split][d]),
            "needed": needed_by(split),
            "needed_for_90_percent_intervals": intervals.get(split),
        }
        for d, outcome in enumerate(ready.study.outcomes)
        for split in SPLITS
    ]


def _support_sizes(ready: "Prepared") -> list[dict[str, int]]:
    """Predicted records, and held-out patients, by the number k of own records, in the main setting."""
    from meta_med.episodes.queries import main_setting, queries_of

    setting, most = main_setting(ready.study), ready.study.budget.max_support
    every = {split: queries_of(ready, split, setting) for split in ready.splits.distinct}
    predicted = sum(np.bincount(queries.size, minlength=most + 1) for queries in every.values())
    held_out = every["held_out"]
    who: Ints = ready.table.person[ready.table.subject[held_out.rows]]
    return [
        {
            "k": k,
            "predicted_records": int(n),
            "held_out_patients": len(np.unique(who[held_out.size == k])),
        }
        for k, n in enumerate(np.asarray(predicted))
        if n
    ]
