"""A release's frames as typed columns, checked against the published tables, and their hash."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import Double, Integer

from meta_med.cohorts.columns.text_places import places_among
from meta_med.published.content.carried import Bools, Kept, Saved
from meta_med.published.content.columns import TYPES, Kind, blocks_of, column_of, sha256_of, text_bytes
from meta_med.published.content.patient_hashes import BY, Hashes, Ints, patient_sums
from meta_med.published.errors import ReleaseInvalid
from meta_med.published.tables import CONTENT, OF_PATIENTS, REVISION, content_columns

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


PATIENTS = "patients"
"""The name, in a release's hash, of its patients with their seals."""


class Made(Protocol):
    """What a release is made of; see `Release`."""

    @property
    def study(self) -> str:
        """The study's name."""

    @property
    def frames(self) -> Mapping[str, pd.DataFrame]:
        """Table name -> rows."""

    @property
    def kept(self) -> Kept | None:
        """The patients whose rows are those of the release before."""


@dataclass(frozen=True)
class Content:
    """A release's tables, each with the columns of the published one in their order.

    Attributes:
        tables: by name. Rows are in the order of the P patients of `subjects`; those of patients who are kept are in
            no other table.
        kept: (P,) whose rows are known to be those of the release before.
        seals: (P,) of all rows of each patient.
        rows: table of patients -> (P,) how many rows each patient has in it.
        sha256: the hash of all rows, those of kept patients too.

    """

    tables: Mapping[str, pa.Table]
    kept: Bools
    seals: Hashes
    rows: Mapping[str, Ints]
    sha256: str

    @property
    def patients(self) -> pa.Array:
        """(P,) their ids."""
        return self.tables["subjects"][BY].combine_chunks()

    @property
    def columns(self) -> dict[str, list[str]]:
        """Table of patients -> its columns."""
        return {name: table.column_names for name, table in self.tables.items() if BY in table.column_names}

    def saved(self, release_id: str) -> Saved:
        """The patients of the release with this content, for the next one."""
        subjects = self.tables["subjects"]
        return Saved(release_id, self.sha256, self.columns, subjects, self.seals, self.rows)


def content_of(release: Made) -> Content:
    """The release's tables.

    Raises:
        ReleaseInvalid: with every mistake at once.

    """
    mistakes = _shape_mistakes(release.frames)
    if not mistakes:
        mistakes = _key_mistakes(release.frames) + _reference_mistakes(release.frames)
    tables: dict[str, pa.Table] = {}
    if not mistakes:
        for name in CONTENT:
            tables[name] = _columns(name, release.frames[name], mistakes)
    if mistakes:
        raise ReleaseInvalid(
            f"The release of study {release.study!r} was not published: " + "; ".join(mistakes) + "."
        )
    return _sealed(tables, release.kept)


def _sealed(tables: dict[str, pa.Table], kept: Kept | None) -> Content:
    patients, rows = tables["subjects"][BY].combine_chunks(), {}
    for name in OF_PATIENTS:
        tables[name], rows[name] = _in_order(tables[name], patients)
    mask = np.zeros(len(patients), dtype=bool) if kept is None else kept.mask
    own = {**tables, "subjects": tables["subjects"].filter(pa.array(~mask))}
    seals = patient_sums(own, patients)
    if kept is not None:
        seals = np.where(mask, kept.seals, seals)
        rows = {name: np.where(mask, kept.rows[name], count) for name, count in rows.items()}
    rest = ((name, blocks_of(table)) for name, table in tables.items() if BY not in table.column_names)
    return Content(tables, mask, seals, rows, content_sha256(patients, seals, rest))


def _in_order(table: pa.Table, patients: pa.Array) -> tuple[pa.Table, Ints]:
    """The rows in the order of patients, and of each in their own; and (P,) how many each has."""
    place = places_among(table[BY], patients)
    if (np.diff(place) < 0).any():
        table = table.take(np.argsort(place, kind="stable"))
    return table, np.bincount(place, minlength=len(patients))


def content_sha256(
    patients: pa.Array, seals: Hashes, rest: Iterable[tuple[str, Iterable[pa.RecordBatch]]]
) -> str:
    """The hash of a release: over the seals of its patients, and over the tables that are of no patient.

    Args:
        patients: (P,) in their order; seals: (P,).
        rest: name and blocks of each of these tables.

    """
    sealed = pa.table([patients, pa.array(seals.view(np.int64))], names=[BY, "seal"])
    return sha256_of([(PATIENTS, blocks_of(sealed)), *rest])


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
        named, known = (
            pa.array(values.astype("str")) for values in (frames[table][column], frames[parent][key])
        )
        orphans = len(named) - int(pc.sum(pc.is_in(named, value_set=known)).as_py() or 0)
        if orphans:
            mistakes.append(f"{orphans} rows of {table} name a {column} that {parent} does not hold")
    return mistakes


def subjects_table(frame: pd.DataFrame) -> pa.Table:
    """Rows of `subjects` in the columns of the published table; those with mistakes are empty, see `content_of`."""
    return _columns("subjects", frame, [])


def _columns(name: str, frame: pd.DataFrame, mistakes: list[str]) -> pa.Table:
    """The frame in the columns of the published table; a column with a mistake is empty."""
    schema, arrays = schema_of(name), []
    for field in schema:
        kind = kind_of(name, field.name)
        try:
            array = column_of(frame[field.name], kind)
            if kind == "text" and b"\0" in text_bytes(array):  # no database stores it
                raise ValueError  # noqa: TRY301
            arrays.append(array)
        except (TypeError, ValueError):
            # the library's message quotes the cell's value, which must not be in an exception
            what = "valid text" if kind == "text" else "a number"
            mistakes.append(f"{name}.{field.name} has a value that is not {what}")
            arrays.append(pa.nulls(len(frame), field.type))
    return pa.table(arrays, schema=schema)


def schema_of(name: str, revision: str = REVISION) -> pa.Schema:
    """The columns of a published table as Arrow types, as of this revision."""
    return pa.schema([(column, TYPES[kind_of(name, column)]) for column in content_columns(name, revision)])


def kind_of(name: str, column: str) -> Kind:
    """What a column of a published table holds."""
    declared = CONTENT[name].columns[column].type
    return (
        "number" if isinstance(declared, Double) else "integer" if isinstance(declared, Integer) else "text"
    )


def _primary_keys() -> dict[str, tuple[str, ...]]:
    """The primary key of each table of a release that has one."""
    return {name: table.info["key"] for name, table in CONTENT.items() if table.info["key"]}
