"""Why predictions are as they are: computed for who changed; for all others, that of an earlier night."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from meta_med import run_files
from meta_med.cohorts.record_table import Bools, Floats
from meta_med.explain import influence, what_if, width
from meta_med.explain.narrowing import read_narrowing
from meta_med.explain.variants import Predictor, Told, Variants
from meta_med.forecast import Forecast
from meta_med.meta_train.predictors import CHAMPION
from meta_med.model_version.serving_model import ServingModel
from meta_med.serving.adapt import Serving
from meta_med.serving.guard_checks import covariates_beyond
from meta_med.serving.guards import Guards
from meta_med.serving.splice import spliced_by_subject

FILES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "influences": (run_files.INFLUENCES, influence.COLUMNS),
    "width_reasons": (run_files.WIDTH_REASONS, width.COLUMNS),
    "what_if": (run_files.WHAT_IF, what_if.COLUMNS),
}
"""Published table -> its file in the folder of a night, and its columns."""
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


def explained_tonight(names: pd.Series, parts: Sequence[tuple[Explained, Bools]]) -> Explained:
    """The explanations of all R current subjects.

    Args:
        names: (R,) the current subjects, sorted.
        parts: explanations, each with the mask (R,) of the subjects whose rows are taken from it.

    """
    taken = [own for _, own in parts]
    tables = {
        name: _typed(name, spliced_by_subject([found.tables[name] for found, _ in parts], names, taken))
        for name in FILES
    }
    return Explained(tables, names)


def explain(model: ServingModel, serving: Serving, forecast: Forecast) -> Explained:
    """Explain the champion's predictions of all R served subjects; a subject's rows depend on nobody else.

    Args:
        model: the trained model.
        serving: the predicted records; forecast: the champion's of them.

    """
    ready = serving.prepared
    predictor = Predictor(model.fitted(ready), model.champion, model.calibrations[CHAMPION])
    whole = predictor.intervals(serving, forecast)
    guards, gain = model.guards(ready.table), read_narrowing(model.folder)
    tables = _explained_together(serving, whole, guards, gain, predictor)
    return Explained(tables, subject_names(serving))


def subject_names(serving: Serving) -> pd.Series:
    """(R,) names of the served subjects."""
    return pd.Series(serving.prepared.table.subject_ids[serving.subject].astype(str), dtype="str")


def _explained_together(
    serving: Serving, whole: Told, guards: Guards, gain: Floats, predictor: Predictor
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
    found = width.widths(serving, places, whole.half, (old, told_old), outlying, gain, predictor)
    tables = {
        "influences": influence.influences(serving, without, removed, told, whole),
        "width_reasons": width.width_reasons(serving, places, found),
        "what_if": what_if.what_if(serving, places, guards.ranges, predictor),
    }
    return {name: _typed(name, rows) for name, rows in tables.items()}


def _typed(name: str, rows: pd.DataFrame) -> pd.DataFrame:
    """Each column in one type, whoever is in the rows, so that a file of them has the same bytes."""
    columns = FILES[name][1]
    return rows.astype({c: "str" if c in _TEXTS else "int64" if c in _COUNTS else "float64" for c in columns})
