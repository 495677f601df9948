"""What a release leaves in its run's folder for the next night: its patients' rows of `subjects`, and their seals.

A patient has the rows of the release before where the seal of all of them is the same (`patient_hashes`), so that
neither release needs to be in memory whole. Loads without SQLAlchemy.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import feather

from meta_med.cohorts.columns.text_places import places_among
from meta_med.published.content.patient_hashes import BY, Hashes, Ints

Bools = npt.NDArray[np.bool_]
FILE, NOTE = "patients.arrow", "patients.json"
SEAL, ROWS = "seal", "rows_"
"""Columns of the file beside those of `subjects`: the seal, and for each table how many rows a patient has in it."""


@dataclass(frozen=True)
class Kept:
    """The patients of a release whose rows are known to be those of the release before.

    Attributes:
        mask: (P,) which of the patients of `subjects` they are. Other tables have the rows of all others only.
        seals: (P,) their seals; those of others mean nothing.
        rows: table -> (P,) how many rows they have in it.

    """

    mask: Bools
    seals: Hashes
    rows: Mapping[str, Ints]


@dataclass(frozen=True)
class Saved:
    """The patients of a release.

    Attributes:
        release_id: the release.
        content_sha256: the hash of its content.
        columns: table -> its columns, over which the seals are.
        subjects: the published table, P rows.
        seals: (P,) of all rows of each patient.
        rows: table -> (P,) how many rows each patient has in it.

    """

    release_id: str
    content_sha256: str
    columns: Mapping[str, list[str]]
    subjects: pa.Table
    seals: Hashes
    rows: Mapping[str, Ints]

    @property
    def patients(self) -> pa.Array:
        """(P,) their ids."""
        return self.subjects[BY].combine_chunks()

    def save(self, folder: Path) -> None:
        """Write into a folder; the file counts with the note, or not."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / NOTE).unlink(missing_ok=True)
        table = self.subjects.append_column(SEAL, pa.array(self.seals))
        for name, count in self.rows.items():
            table = table.append_column(f"{ROWS}{name}", pa.array(count))
        feather.write_feather(table, str(folder / FILE), compression="lz4")
        note = {
            "release_id": self.release_id,
            "content_sha256": self.content_sha256,
            "columns": dict(self.columns),
            "file_sha256": _sha256(folder / FILE),
        }
        draft = folder / f"{NOTE}.partial"
        draft.write_text(json.dumps(note), encoding="utf-8")
        draft.replace(folder / NOTE)

    @classmethod
    def load(cls, folder: Path, release_id: str) -> Self | None:
        """Read what `save` wrote; None where it is missing, damaged, or of another release."""
        try:
            note = json.loads((folder / NOTE).read_text(encoding="utf-8"))
            if note["release_id"] != release_id or note["file_sha256"] != _sha256(folder / FILE):
                return None
            table = feather.read_table(str(folder / FILE), memory_map=False)
        except (OSError, ValueError, KeyError):
            return None
        rows = {c.removeprefix(ROWS): table[c].to_numpy() for c in table.column_names if c.startswith(ROWS)}
        own = [c for c in table.column_names if c != SEAL and not c.startswith(ROWS)]
        sha256, seals = note["content_sha256"], table[SEAL].to_numpy()
        return cls(release_id, sha256, note["columns"], table.select(own), seals, rows)

    def same_subjects(self, subjects: pa.Table, place: Ints) -> Bools:
        """(P,) whether the rows of `subjects` are those at these places (P,) here; False where a place is -1."""
        same = place >= 0
        if subjects.schema != self.subjects.schema:
            return np.zeros(len(place), dtype=bool)
        now, before = pa.array(np.flatnonzero(same)), pa.array(place[same])
        for name in subjects.column_names:
            one, other = (
                table[name].combine_chunks().take(rows)
                for table, rows in ((subjects, now), (self.subjects, before))
            )
            equal = pc.or_kleene(pc.equal(one, other), pc.and_(pc.is_null(one), pc.is_null(other)))
            same[now.to_numpy()] &= pc.fill_null(equal, False).to_numpy(zero_copy_only=False)
        return same

    def kept(self, mask: Bools, place: Ints) -> Kept:
        """The patients of a later release in a mask (P,), who are at these places (P,) here."""
        at = np.where(mask, place, 0)
        return Kept(mask, self.seals[at], {name: count[at] for name, count in self.rows.items()})

    def places(self, patients: pa.Array, seals: Hashes) -> Ints:
        """(P,) the places here of patients with the same seals, -1 for others."""
        place = places_among(patients, self.patients)
        return np.where((place >= 0) & (self.seals[place] == seals), place, -1)


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
