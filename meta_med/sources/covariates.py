"""A covariate of a study as columns of numbers: categories one-hot, texts by their stated values or groups."""

import re

import numpy as np
import pandas as pd

from meta_med.records import Floats
from meta_med.sources.account import Ledger
from meta_med.sources.levels import level_text, named_by, never_met, texts
from meta_med.sources.numbers import numbers, on_log_scale
from meta_med.study import CovariateSpec, StudyMismatch

OTHER = "other"


def covariate_block(
    frame: pd.DataFrame, spec: CovariateSpec, ledger: Ledger | None = None, source: str = "records"
) -> tuple[list[str], Floats]:
    """The names of a covariate's columns and their values (n, columns); NaN where missing.

    Raises:
        StudyMismatch: a column that the records lack; one of no numbers where numbers are asked for; `values` or
            `groups` of which none names anything that was delivered.

    """
    ledger = Ledger() if ledger is None else ledger
    column = spec.name if spec.kind == "event" else spec.source_column
    need(frame, "records", [column])
    if spec.kind == "category":
        return _category(frame[column], spec, ledger, source)
    values = _declared(frame[column], spec, ledger, source) if spec.values else frame[column]
    number = numbers(values, f"covariates.{spec.name}")
    if spec.scale == "log":
        number, floored, without = on_log_scale(number, spec.floor)
        ledger.add("N_VALUE_FLOORED", floored, source, column)
        ledger.add("W_VALUE_NO_LOGARITHM", without, source, column)
        number = np.where(number > 0, number, np.nan)
    return [spec.name], number[:, None]


def _category(
    column: pd.Series, spec: CovariateSpec, ledger: Ledger, source: str
) -> tuple[list[str], Floats]:
    values = _grouped(column, spec, ledger, source) if spec.groups else texts(column)
    codes, levels = pd.factorize(values, sort=True)
    block = (codes[:, None] == np.arange(len(levels))).astype(np.float64)
    block[codes < 0] = np.nan
    return [f"{spec.name}={level}" for level in levels], block


def need(frame: pd.DataFrame, source: str, columns: list[str]) -> None:
    """Refuse a frame that lacks columns which the study names."""
    missing = [c for c in columns if c not in frame]
    if missing:
        raise StudyMismatch(f"{source}: the study names column {', '.join(missing)}, which the table lacks")


def _declared(column: pd.Series, spec: CovariateSpec, ledger: Ledger, source: str) -> pd.Series:
    """The number that each level stands for; missing where the study declares none for it."""
    word = named_by(column, spec.values)
    undeclared = int((column.notna() & word.isna()).sum())
    _some_met(column, undeclared, f"covariates.{spec.name}.values")
    ledger.add("W_VALUE_UNDECLARED", undeclared, source, spec.source_column)
    ledger.add(
        "W_WORD_NEVER_MET", len(never_met(column, spec.values)), source, f"covariates.{spec.name}.values"
    )
    return word.map(spec.values).astype(float)


def _grouped(column: pd.Series, spec: CovariateSpec, ledger: Ledger, source: str) -> pd.Series:
    patterns = [(name, re.compile(pattern)) for name, pattern in spec.groups.items()]
    found = {value: _group_of(value, patterns) for value in column.dropna().unique()}
    group = column.map(found).astype(object)
    other = int((group == OTHER).sum()) if OTHER not in spec.groups else 0
    _some_met(column, other, f"covariates.{spec.name}.groups")
    ledger.add("N_VALUE_OTHER", other, source, spec.source_column)
    unmet = len(set(spec.groups) - set(found.values()))
    ledger.add("W_WORD_NEVER_MET", unmet, source, f"covariates.{spec.name}.groups")
    return group


def _group_of(value: object, patterns: list[tuple[str, re.Pattern[str]]]) -> str:
    """The first group that the level belongs to, however its number is written: 250 and 250.0 are one."""
    spellings = {str(level_text(value)), str(value)}
    for name, pattern in patterns:
        if any(pattern.fullmatch(text) for text in spellings):
            return name
    return OTHER


def _some_met(column: pd.Series, unmet: int, key: str) -> None:
    delivered = int(column.notna().sum())
    if delivered and unmet == delivered:
        raise StudyMismatch(
            f"{key}: column {column.name} has {delivered:,} values, and none of them is named here; are they written "
            "as the column has them?"
        )
