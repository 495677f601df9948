"""Rules that look at a row beside the other rows of its subject."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from data_contracts.arrow_cells import Mask
from data_contracts.coded import Coded, coded, varies_within

_ENOUGH_VALUES = 3


def constant_per_subject(frame: pd.DataFrame, arguments: Mapping[str, Any]) -> Mask:
    """The subject has one value of each column in all its rows."""
    subjects = coded(frame[arguments["subject"]])
    several = np.zeros(len(subjects.values), dtype=bool)
    for column in arguments["columns"]:
        several |= varies_within(subjects, frame[column])
    return ~subjects.spread(several)


def in_order(frame: pd.DataFrame, arguments: Mapping[str, Any]) -> Mask:
    """The row is not earlier than the row of the same subject before it in the file."""
    subject, time = arguments["columns"]
    codes, times = coded(frame[subject]).codes, frame[time].to_numpy()
    keeps = np.ones(len(frame), dtype=bool)
    order = _grouped(codes)
    here, before = order[1:], order[:-1]
    same = (codes[here] == codes[before]) & (codes[here] >= 0)
    keeps[here[same & (times[here] < times[before])]] = False
    return keeps


def _grouped(codes: Any) -> Any:
    """Row positions, subject by subject, each in the file's order."""
    return np.argsort(codes, kind="stable")


def no_jump(frame: pd.DataFrame, arguments: Mapping[str, Any]) -> Mask:
    """The value lies within so many robust deviations of the subject's own middle value."""
    values = frame[arguments["column"]]
    subjects = coded(frame[arguments["subject"]])
    middle = _middle_values(values, subjects)[subjects.codes]
    away = np.abs(values.to_numpy() - middle)
    enough = subjects.spread(subjects.counts(values.notna().to_numpy()) >= _ENOUGH_VALUES)
    usual = 1.4826 * float(pd.Series(away[enough]).median())
    if not usual > 0:
        return np.ones(len(frame), dtype=bool)
    jumps: Mask = (away > float(arguments["deviations"]) * usual) & (away > 0.25 * np.abs(middle))
    return ~jumps


def _middle_values(values: "pd.Series[Any]", subjects: Coded) -> Any:
    """Of each subject, then of nobody, which is missing."""
    middle = values.groupby(subjects.codes).median()
    out = np.full(len(subjects.values) + 1, np.nan)
    out[middle.index.to_numpy()] = middle.to_numpy()
    out[-1] = np.nan
    return out
