"""Patients are adapted and explained in pieces of bounded size, in several processes where there are several pieces.

Each piece has the records of its own patients only, so that memory grows with a piece, not with the hospital. A
patient's numbers depend on nobody else (`blocks`): the pieces' size and the number of processes change no result.
"""

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from meta_med import run_files
from meta_med.cohorts.record_table import Bools, Ints, RecordTable
from meta_med.explain.explained import FILES, Explained, explain
from meta_med.meta_train.predictors import CHAMPION
from meta_med.model_version.serving_model import ServingModel
from meta_med.serving.adapt import AdaptedSubjects, adapt_subjects, next_records
from meta_med.serving.carry_over import EarlierNight, joined_adapted, save_adapted
from meta_med.serving.over_time import forecasts_over_time, servings_over_time
from meta_med.study import StudySpec
from meta_med.workers import Progress, in_processes, one_thread

PIECE = 32_768
"""Patients of a piece, at most."""
PIECES = "pieces"
"""Folder in that of the night, while it is made."""


@dataclass(frozen=True)
class Piece:
    """What is adapted for R subjects and the explanations of their predictions, in the order of their names."""

    adapted: AdaptedSubjects
    explained: Explained

    def save(self, folder: Path) -> None:
        """Write into a folder that has the records of these subjects."""
        save_adapted(folder, np.arange(len(self.explained.subjects)), self.adapted)
        self.explained.save(folder)

    @classmethod
    def load(cls, folder: Path) -> "Piece":
        """Read what `save` wrote."""
        return cls(EarlierNight.load(folder).adapted, Explained.load(folder))

    @classmethod
    def joined(cls, parts: Sequence["Piece"]) -> "Piece":
        """Several pieces as one, in their order; at least one."""
        tables = {
            name: pd.concat([part.explained.tables[name] for part in parts], ignore_index=True)
            for name in FILES
        }
        subjects = pd.concat([part.explained.subjects for part in parts], ignore_index=True)
        return cls(joined_adapted([part.adapted for part in parts]), Explained(tables, subjects))


def adapt_piece(table: RecordTable, model: ServingModel) -> Piece:
    """Adapt to every subject of a table, for the predicted record and the other horizons, and explain."""
    with one_thread():
        ready = model.prepared(table)
        everybody = np.ones(table.n_subjects, dtype=bool)
        serving = next_records(ready, everybody, model.evaluated)
        fitted, guards = model.fitted(ready), model.guards(ready.table)
        done = adapt_subjects(serving, fitted, model.champion, model.calibrations[CHAMPION], guards)
        ahead = servings_over_time(model, ready, everybody)
        later = forecasts_over_time(ahead, fitted, model.champion)
        explained = explain(model, serving, done.forecasts[CHAMPION])
        return Piece(replace(done, forecasts={**done.forecasts, **later}), explained)


def adapt_in_pieces(folder: Path, table: RecordTable, chosen: Bools, model: ServingModel) -> Piece:
    """Adapt to some subjects of a table, and explain.

    Args:
        folder: of the night, for what the processes exchange; it is removed at the end.
        table: the records; chosen: (n_subjects,) whose, at least one.
        model: the trained model.

    """
    shutil.rmtree(folder / PIECES, ignore_errors=True)  # of a night that was killed
    every = np.flatnonzero(chosen)
    if len(every) <= PIECE:
        return adapt_piece(table.of_subjects(chosen), model)
    wanted = model.study.budget.processes or os.cpu_count() or 1
    rounds = -(-len(every) // (PIECE * wanted))
    pieces = np.array_split(every, rounds * wanted)  # all processes end together
    places = [folder / PIECES / str(number) for number in range(len(pieces))]
    for place, own in zip(places, pieces, strict=True):
        _of(table, own).save(place / run_files.RECORDS)
    todo = [(place, model.folder, model.study) for place in places]
    in_processes(_adapt_saved, todo, min(wanted, len(todo)))
    found = Piece.joined([Piece.load(place) for place in places])
    shutil.rmtree(folder / PIECES)
    return found


def _of(table: RecordTable, subjects: Ints) -> RecordTable:
    kept = np.zeros(table.n_subjects, dtype=bool)
    kept[subjects] = True
    return table.of_subjects(kept)


def _adapt_saved(folder: Path, model: Path, study: StudySpec, progress: Progress) -> None:
    """Adapt to the subjects whose records are in a folder, which receives the result; in a process of its own."""
    del progress
    adapt_piece(RecordTable.load(folder / run_files.RECORDS), ServingModel.load(model, study)).save(folder)
