"""Why tonight's predictions are as they are: for who changed, computed; for all others, that of an earlier night."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from meta_med import run_files
from meta_med.cohorts.record_table import Bools, Floats
from meta_med.explain import influence, what_if, width
from meta_med.explain.narrowing import read_narrowing
from meta_med.explain.variants import Predictor, Variants
from meta_med.meta_train.predictors import CHAMPION
from meta_med.model_version.serving_model import ServingModel
from meta_med.serving.adapt import Serving
from meta_med.serving.carry_over import joined_rows
from meta_med.serving.guard_checks import covariates_beyond
from meta_med.serving.guards import Guards

FILES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "influences": (run_files.INFLUENCES, influence.COLUMNS),
    "width_reasons": (run_files.WIDTH_REASONS, width.COLUMNS),
    "what_if": (run_files.WHAT_IF, what_if.COLUMNS),
}
"""Published table -> its file in the folder of a night, and its columns."""
AT_ONCE = 65_536
"""Patients who are explained together: their variants, some records each, are in memory at once."""
_TEXTS, _COUNTS = {"subject_id", "outcome", "reason", "covariate", "value"}, {"position", "current"}


@dataclass(frozen=True)
class Explained:
    """Rows of each table of FILES, and the subjects they were computed for, in the order of their names."""

    tables: Mapping[str, pd.DataFrame]
    subjects: pd.Series

    @classmethod
    def load(cls, folder: Path) -> "Explained":
        """Read the folder of a night."""
        tables = {name: pd.read_parquet(folder / file) for name, (file, _) in FILES.items()}
        return cls(tables, pd.read_parquet(folder / run_files.EXPLAINED)["subject_id"])

    def save(self, folder: Path) -> None:
        """Write into the folder of a night."""
        for name, (file, _) in FILES.items():
            self.tables[name].to_parquet(folder / file, index=False)
        self.subjects.to_frame("subject_id").to_parquet(folder / run_files.EXPLAINED, index=False)


def explained_tonight(
    model: ServingModel, serving: Serving, changed: Bools, earlier: Explained | None
) -> Explained:
    """Explain the predictions of all R current subjects.

    Args:
        model: the trained model; serving: the predicted records.
        changed: (R,) whose records or cohort are not those of the earlier night.
        earlier: of that night; None where there is none.

    """
    names = pd.Series(serving.prepared.table.subject_ids[serving.subject].astype(str), dtype="str")
    known = np.zeros(len(names), dtype=bool) if earlier is None else _known(names, earlier)
    new = changed | ~known
    tables = _explained(model, serving, new)
    if earlier is not None:
        tables = {
            name: _typed(name, joined_rows(earlier.tables[name], rows, names, new))
            for name, rows in tables.items()
        }
    return Explained(tables, names)


def _known(names: pd.Series, earlier: Explained) -> Bools:
    """(R,) who was explained on an earlier night."""
    return np.asarray(pd.Index(earlier.subjects).get_indexer(pd.Index(names)) >= 0)


def _explained(model: ServingModel, serving: Serving, chosen: Bools) -> dict[str, pd.DataFrame]:
    """The rows of each table, made for AT_ONCE patients after the other; a patient's rows depend on nobody else."""
    ready, places = serving.prepared, np.flatnonzero(chosen)
    predictor = Predictor(model.fitted(ready), model.champion, model.calibrations[CHAMPION])
    guards, gain = model.guards(ready.table), read_narrowing(model.folder)
    pieces = [places[start : start + AT_ONCE] for start in range(0, len(places), AT_ONCE)]
    parts = [_explained_together(serving.only(piece), guards, gain, predictor) for piece in pieces]
    if not parts:
        return {n: _typed(n, pd.DataFrame(columns=list(columns))) for n, (_, columns) in FILES.items()}
    return {name: pd.concat([part[name] for part in parts], ignore_index=True) for name in FILES}


def _explained_together(
    serving: Serving, guards: Guards, gain: Floats, predictor: Predictor
) -> dict[str, pd.DataFrame]:
    """The rows of each table for all patients of a serving."""
    ready, places = serving.prepared, np.arange(len(serving.rows))
    over = np.where(guards.watched, covariates_beyond(ready, serving.queries, guards.ranges), 0.0)
    beyond = np.where(np.isinf(over), 2, np.sign(np.nan_to_num(over))).astype(np.int64)
    outlying = width.Outlying(beyond, guards.ranges)
    without, removed = influence.without_each(serving, places)
    old = width.late(serving, places, ~outlying.odd)
    told = predictor.told(serving, Variants.joined([without, old.variants]))
    told, told_old = told.between(0, len(removed)), told.between(len(removed), len(told.half))
    found = width.widths(serving, places, told.half[removed < 0], (old, told_old), outlying, gain, predictor)
    tables = {
        "influences": influence.influences(serving, without, removed, told),
        "width_reasons": width.width_reasons(serving, places, found),
        "what_if": what_if.what_if(serving, places, guards.ranges, predictor),
    }
    return {name: _typed(name, rows) for name, rows in tables.items()}


def _typed(name: str, rows: pd.DataFrame) -> pd.DataFrame:
    """Each column in one type, whoever is in the rows, so that a file of them has the same bytes."""
    columns = FILES[name][1]
    return rows.astype({c: "str" if c in _TEXTS else "int64" if c in _COUNTS else "float64" for c in columns})
