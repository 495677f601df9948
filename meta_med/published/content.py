"""A release's frames as plain rows, checked against the published tables, and their hash.

The hash is computed from plain values, never from pandas' bytes, so that rows read back from any database have the
same hash.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
import pandas as pd
from sqlalchemy import Column, Double, Integer, Text

from meta_med.published.errors import ReleaseInvalid
from meta_med.published.release import Release
from meta_med.published.tables import CONTENT, content_columns

Value = str | float | int | None
Row = tuple[Value, ...]
HASHED_AT_ONCE = 1000  # part of the hash's definition

# Foreign keys: every value of the first (table, column) is in the second.
REFERENCES = (
    (("predictions", "subject_id"), ("subjects", "subject_id")),
    (("records", "subject_id"), ("subjects", "subject_id")),
    (("horizons", "subject_id"), ("subjects", "subject_id")),
    *(
        ((table, "subject_id"), ("subjects", "subject_id"))
        for table in ("replay", "influences", "width_reasons", "what_if")
    ),
    (("predictions", "outcome"), ("outcomes", "name")),
    (("records", "outcome"), ("outcomes", "name")),
    (("horizons", "outcome"), ("outcomes", "name")),
    (("horizon_check", "outcome"), ("outcomes", "name")),
    *(
        ((table, "outcome"), ("outcomes", "name"))
        for table in ("replay", "influences", "width_reasons", "what_if")
    ),
)


@dataclass(frozen=True)
class Content:
    """A release's rows by table, in the tables' column order, and the SHA-256 over all of them."""

    rows: Mapping[str, list[Row]]
    sha256: str


def content_of(release: Release) -> Content:
    """The release's rows.

    Raises:
        ReleaseInvalid: with every mistake at once.

    """
    mistakes = _shape_mistakes(release.frames)
    if not mistakes:
        mistakes = _key_mistakes(release.frames) + _reference_mistakes(release.frames)
    rows: dict[str, list[Row]] = {}
    if not mistakes:
        for name in CONTENT:
            rows[name] = _rows(name, release.frames[name], mistakes)
    if mistakes:
        raise ReleaseInvalid(
            f"The release of study {release.study!r} was not published: " + "; ".join(mistakes) + "."
        )
    return Content(rows, sha256_of(rows.items()))


def sha256_of(tables: Iterable[tuple[str, Iterable[Row]]]) -> str:
    """One hash over all tables' rows, independent of the order of tables."""
    digests = {}
    for name, rows in tables:
        digest = hashlib.sha256()
        remaining = iter(rows)
        while part := list(islice(remaining, HASHED_AT_ONCE)):
            digest.update(json.dumps(part, separators=(",", ":")).encode())
        digests[name] = digest.hexdigest()
    return hashlib.sha256(json.dumps(digests, sort_keys=True).encode()).hexdigest()


def _shape_mistakes(frames: Mapping[str, pd.DataFrame]) -> list[str]:
    mistakes = [f"table {name!r} is missing" for name in CONTENT if name not in frames]
    mistakes += [f"table {name!r} is not a published table" for name in frames if name not in CONTENT]
    for name in (n for n in CONTENT if n in frames):
        wanted, given = set(content_columns(name)), set(frames[name].columns)
        mistakes += [f"column {name}.{column} is missing" for column in sorted(wanted - given)]
        mistakes += [f"column {name}.{column} is not published" for column in sorted(given - wanted, key=str)]
    return mistakes


def _key_mistakes(frames: Mapping[str, pd.DataFrame]) -> list[str]:
    mistakes = []
    for name, key in _primary_keys().items():
        keys = frames[name][list(key)]
        if keys.isna().any(axis=None):
            mistakes.append(f"{name} has rows without {' or '.join(key)}")
        repeated = int(keys.duplicated().sum())
        if repeated:
            mistakes.append(f"{name} holds {repeated} rows whose ({', '.join(key)}) is already there")
    return mistakes


def _reference_mistakes(frames: Mapping[str, pd.DataFrame]) -> list[str]:
    mistakes = []
    for (table, column), (parent, key) in REFERENCES:
        known = set(frames[parent][key].astype(str))
        orphans = int((~frames[table][column].astype(str).isin(known)).sum())
        if orphans:
            mistakes.append(f"{orphans} rows of {table} name a {column} that {parent} does not hold")
    return mistakes


def _rows(name: str, frame: pd.DataFrame, mistakes: list[str]) -> list[Row]:
    columns: list[Sequence[Value]] = []
    for column in content_columns(name):
        try:
            columns.append(_values(CONTENT[name].columns[column], frame[column]))
        except (TypeError, ValueError):
            # the library's message quotes the cell's value, which must not be in an exception
            what = "valid text" if isinstance(CONTENT[name].columns[column].type, Text) else "a number"
            mistakes.append(f"{name}.{column} has a value that is not {what}")
            columns.append([None] * len(frame))
    return list(zip(*columns, strict=True))


def _values(column: Column[str] | Column[float] | Column[int], values: pd.Series) -> Sequence[Value]:
    if isinstance(column.type, Double):
        return _float_values(values)
    if isinstance(column.type, Integer):
        return [int(v) if pd.notna(v) else None for v in values.astype("Int64")]
    texts = [None if missing else str(v) for v, missing in zip(values, values.isna(), strict=True)]
    # no database stores lone surrogates or NUL; UnicodeEncodeError is a ValueError
    if b"\0" in "".join(filter(None, texts)).encode():
        raise ValueError
    return texts


def _float_values(values: pd.Series) -> list[Value]:
    """Finite numbers as they are; NaN and infinite ones are stored as NULL."""
    array = values.astype("float64").to_numpy() + 0.0  # + 0.0 turns -0.0 into 0.0, as SQLite would
    return [float(v) if finite else None for v, finite in zip(array, np.isfinite(array), strict=True)]


def _primary_keys() -> dict[str, tuple[str, ...]]:
    """The primary key of each table of a release that has one."""
    return {name: table.info["key"] for name, table in CONTENT.items() if table.info["key"]}
