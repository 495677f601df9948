"""A covariate of a study as columns of numbers: categories one-hot, texts by their stated values or groups."""

import re
from collections.abc import Mapping

import numpy as np
import pandas as pd

from meta_med.records import Floats
from meta_med.study import CovariateSpec, StudyMismatch

OTHER = "other"


def covariate_block(frame: pd.DataFrame, spec: CovariateSpec) -> tuple[list[str], Floats]:
    """The names of a covariate's columns and their values (n, columns); NaN where missing.

    Raises:
        StudyMismatch: a column that the records lack.

    """
    column = spec.name if spec.kind == "event" else spec.source_column
    need(frame, "records", [column])
    values = frame[column]
    if spec.values:
        values = values.astype("string").map(spec.values)
    if spec.groups:
        values = _grouped(values.astype("string"), spec.groups)
    if spec.kind == "category":
        levels = sorted(values.dropna().astype(str).unique())
        texts = values.astype("string")
        block = [(texts == level).to_numpy(float, na_value=np.nan) for level in levels]
        return [f"{spec.name}={level}" for level in levels], np.column_stack(
            block or [np.empty((len(frame), 0))]
        )
    return [spec.name], values.to_numpy(np.float64, na_value=np.nan)[:, None]


def need(frame: pd.DataFrame, source: str, columns: list[str]) -> None:
    """Refuse a frame that lacks columns which the study names."""
    missing = [c for c in columns if c not in frame]
    if missing:
        raise StudyMismatch(f"{source}: the study names column {', '.join(missing)}, which the table lacks")


def _grouped(texts: pd.Series, groups: Mapping[str, str]) -> pd.Series:
    patterns = [(name, re.compile(pattern)) for name, pattern in groups.items()]
    found = {
        text: next((name for name, pattern in patterns if pattern.fullmatch(text)), OTHER)
        for text in texts.dropna().unique()
    }
    return texts.map(found)
