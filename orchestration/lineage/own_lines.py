"""The lines of the delivered files that are a subject's own rows, and which of them a prediction was adapted to."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from data_contracts.contract.model import Table
from data_contracts.subject_lines import DECIDED_BY, FILE, LINE, subject_lines
from meta_med import run_files
from meta_med.cohorts.account import RecordCounts
from meta_med.cohorts.record_table import Floats, RecordTable
from meta_med.cohorts.row_filters import SUBJECT, add_subjects, select_rows
from meta_med.cohorts.times import TIME, add_times
from meta_med.study import StudySpec
from orchestration.runs.run_folder import RunFolder
from orchestration.stages.validate import read_corrections
from orchestration.study.load import LoadedStudy

USED, NOT_USED, FACT, HELD = "used", "older or left out", "accepted", "quarantined"
"""States of a line: among the records that the prediction was adapted to; accepted, but not among them; accepted, of a
table without records; held back."""
NEAR = 1e-9


@dataclass(frozen=True)
class OwnLine:
    """One line of a delivered file.

    Attributes:
        state: one of the states above; rules: those that hold it back; decided_by: who has let it in, "" if nobody.

    """

    table: str
    file: str
    line: int
    state: str
    rules: tuple[str, ...] = ()
    decided_by: str = ""


def own_lines(study: LoadedStudy, run: RunFolder, subject: str, support_size: int) -> tuple[OwnLine, ...]:
    """The lines of a subject in the run's own copies of the files, by table and line.

    Args:
        study: of the run; run: the folder of the delivery.
        subject: whose; support_size: how many of their newest records the prediction was adapted to.

    """
    patient, times = _patient(run, subject, support_size)
    held = pd.read_parquet(run.path / run_files.QUARANTINE / "quarantine.parquet")
    return tuple(
        line
        for table, path in run.sources().items()
        for line in _of_table(study, run, table, path, held, (subject, patient), times)
    )


def _patient(run: RunFolder, subject: str, support_size: int) -> tuple[str, Floats]:
    """The patient in the source tables, and the times of the records that were used."""
    table = RecordTable.load(run.night / run_files.RECORDS)
    place = int(np.searchsorted(table.subject_ids, subject))
    rows = slice(table.offsets[place], table.offsets[place + 1])
    times = table.time[rows]
    return str(table.patients[place]), times[len(times) - min(support_size, len(times)) :]


def _of_table(
    study: LoadedStudy,
    run: RunFolder,
    name: str,
    path: Path,
    held: pd.DataFrame,
    who: tuple[str, str],
    times: Floats,
) -> Iterator[OwnLine]:
    table = study.contract_with_outcomes().tables[name]
    column = _subject_column(study.spec, table)
    if column is None:
        return
    own = subject_lines(table, path, column, who[1], read_corrections(run.path))
    by_line = held[held["source"] == name].groupby(["file", "line"])["rule"]
    reasons = {place: tuple(sorted(set(rows))) for place, rows in by_line}
    rules = {place: reasons.get(place, ()) for place in zip(own[FILE], own[LINE], strict=True)}
    accepted = own[[not rules[place] for place in zip(own[FILE], own[LINE], strict=True)]]
    used = _used(study.spec, accepted, who[0], times) if name == study.spec.records.source else None
    for file, line, by in zip(own[FILE], own[LINE], own[DECIDED_BY], strict=True):
        found = tuple(rules[(file, line)])
        state = FACT if used is None else USED if (file, line) in used else NOT_USED
        yield OwnLine(name, str(file), int(line), HELD if found else state, found, str(by))


def _subject_column(spec: StudySpec, table: Table) -> str | None:
    """The column that names the patient; None for a table that is not of patients."""
    if table.name == spec.records.source:
        return spec.records.subject
    return table.subject


def _used(spec: StudySpec, accepted: pd.DataFrame, subject: str, times: Floats) -> set[tuple[str, int]]:
    """File and line of the rows at the times of the records that were used."""
    if accepted.empty or not len(times):
        return set()
    timed = _timed(accepted, spec)
    at = timed[TIME].to_numpy(np.float64)
    near = (np.abs(at[:, None] - times[None, :]) < NEAR).any(1) & (
        timed[SUBJECT].astype(str) == subject
    ).to_numpy()
    return set(zip(timed[FILE][near], timed[LINE][near], strict=True))


def _timed(rows: pd.DataFrame, spec: StudySpec) -> pd.DataFrame:
    """Rows of the records' source with their subject and time, as records are made; all other columns stay."""
    counts, records = RecordCounts(), spec.records
    frame = select_rows(add_subjects(rows.reset_index(drop=True), records, counts), records, counts)
    return add_times(frame, records.time, TIME, counts, records.source)
