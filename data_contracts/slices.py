"""The parts of a table that a rule about the whole is asked of: the rows of its `where`, cohort by cohort."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from data_contracts.arrow_cells import Mask
from data_contracts.checks import CheckSpec
from data_contracts.coded import coded
from data_contracts.findings import Note, Positions
from data_contracts.typing_rules import MISSING_CODE

SMALLEST_COHORT = 11
"""Rows from which a cohort is asked by itself: of fewer, a share is chance, and its name may point at people."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """Some rows of a table, and the cohort that they are, if they are one."""

    positions: Positions | None
    """None is every row."""
    cohort: str = ""


def rows_where(frame: pd.DataFrame, where: Mapping[str, tuple[Any, ...]]) -> Mask:
    """Rows whose columns each have one of the values."""
    mask = np.ones(len(frame), dtype=bool)
    for column, values in where.items():
        mask &= frame[column].isin(values).to_numpy(dtype=bool)
    return mask


def parts(
    frame: pd.DataFrame, spec: CheckSpec, cohort: str | None, kept: Mask | None = None
) -> Iterator[Part]:
    """What the rule is asked of: everything, the rows of its `where`, or each cohort of enough `kept` rows.

    A cohort's part has all of its rows, held or not; its name is told only if enough of them were not held,
    since a cell that a rule faults may hold anything.
    """
    chosen = rows_where(frame, spec.where) if spec.where else None
    if not spec.each_cohort or cohort is None:
        yield Part(positions=None if chosen is None else np.flatnonzero(chosen))
        return
    groups = coded(frame[cohort])
    codes, names = groups.codes, groups.values
    if chosen is not None:
        codes = np.where(chosen, codes, MISSING_CODE)
    # few cohorts have small codes, which are sorted by counting
    order = np.argsort(codes.astype(np.int16) if len(names) < 2**15 else codes, kind="stable")
    codes = codes.astype(np.int64)
    sizes = np.bincount(codes + 1, minlength=len(names) + 1)
    enough = np.bincount(codes + 1, kept, len(names) + 1) >= SMALLEST_COHORT
    ends = np.cumsum(sizes)
    for name, size, end, told in zip(names, sizes[1:], ends[1:], enough[1:], strict=True):
        if told:
            yield Part(positions=order[end - size : end], cohort=str(name))


def said_of(part: Part, spec: CheckSpec, cohort: str | None, notes: Iterable[Note]) -> Iterator[Note]:
    """The notes, each saying which rows it is about."""
    facts = {cohort: (part.cohort,)} if part.cohort and cohort else {}
    where = {**facts, **spec.where}
    lead = " and ".join(f"{c} is {' or '.join(map(repr, v))}" for c, v in where.items())
    for note in notes:
        message = f"Where {lead}: {note.message}" if lead else note.message
        yield replace(note, message=message, cohort=part.cohort)
