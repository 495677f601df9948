"""Whose rows are made tonight, and whose are those of an earlier night; both are joined by blocks of a patient's rows.

A patient's status, predictions and forecasts over time depend on the patient's own records, the model, and whether a
conflict about them is open. Where these are as they were, the rows are too, and are taken over.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pandas as pd
from safetensors.numpy import load_file, save_file

from meta_med import run_files
from meta_med.cohorts.record_table import Bools, Ints
from meta_med.serving.splice import spliced

TAKEN = (run_files.STATUSES, run_files.PREDICTIONS, run_files.OVER_TIME)
"""Files of a night with the same number of rows for each current subject, in their order."""


@dataclass(frozen=True)
class Tonight:
    """The R current subjects of a night.

    Attributes:
        held: (R,) who is withheld for records that contradict each other.
        fresh: (R,) whose rows are made tonight.
        place: (R,) of the others among the current subjects of the earlier night.
        earlier: the folder of that night; None where everybody's rows are made tonight.
        files: SHA-256 of the files that rows are taken from.

    """

    held: Bools
    fresh: Bools
    place: Ints
    earlier: Path | None = None
    files: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def all_fresh(cls, held: Bools) -> "Tonight":
        """Everybody's rows are made tonight."""
        return cls(held, np.ones(len(held), dtype=bool), np.full(len(held), -1))

    @classmethod
    def after(cls, earlier: Path, held: Bools, place: Ints, again: Bools) -> "Tonight":
        """The night after an earlier one; all is made tonight where that one was not finished.

        Args:
            earlier: its folder.
            held: see the attributes.
            place: (R,) of each subject in the earlier night; -1 where records or cohort are others.
            again: (R,) whose rows are made again whatever their records.

        """
        try:
            before = load_file(earlier / run_files.TONIGHT)["held"]
            files = {name: _sha256(earlier / name) for name in TAKEN}
        except OSError:
            return cls.all_fresh(held)
        same = (place >= 0) & ~again
        same[same] = before[place[same]] == held[same]
        return cls(held, ~same, place, earlier, files) if same.any() else cls.all_fresh(held)

    def save(self, folder: Path) -> None:
        """Write into the folder of the night."""
        arrays = {"held": self.held, "fresh": self.fresh, "place": self.place}
        save_file({name: np.ascontiguousarray(a) for name, a in arrays.items()}, folder / run_files.TONIGHT)
        # both are folders of one home, which may be moved
        place = None if self.earlier is None else os.path.relpath(self.earlier, folder)
        note = {"earlier": place, "files": dict(self.files)}
        (folder / run_files.TAKEN_OVER).write_text(json.dumps(note), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "Tonight":
        """Read what `save` wrote; everybody is fresh where the earlier night's files are others than they were."""
        found = cls(**load_file(folder / run_files.TONIGHT))
        note = json.loads((folder / run_files.TAKEN_OVER).read_text(encoding="utf-8"))
        if note["earlier"] is None:
            return found
        earlier = folder / note["earlier"]
        try:
            sound = all(_sha256(earlier / name) == digest for name, digest in note["files"].items())
        except OSError:
            sound = False
        return replace(found, earlier=earlier, files=note["files"]) if sound else cls.all_fresh(found.held)

    def joined(self, name: str, new: pd.DataFrame | None) -> pd.DataFrame:
        """The rows of all current subjects.

        Args:
            name: the file of TAKEN; new: rows of the fresh subjects; None where there is none.

        """
        if self.earlier is None:
            assert new is not None
            return typed(new)
        before = pd.read_parquet(self.earlier / name)
        new = before.head(0) if new is None else typed(new)
        return spliced([before, new], self._rows(before, new))

    def _rows(self, before: pd.DataFrame, new: pd.DataFrame) -> Ints:
        """For each row of the result its place among the rows before and, behind them, the new ones."""
        fresh = int(self.fresh.sum())
        per = len(new) // fresh if fresh else len(before) // self._subjects_before()
        first = np.where(self.fresh, len(before) + (np.cumsum(self.fresh) - 1) * per, self.place * per)
        return np.asarray((first[:, None] + np.arange(per)).ravel())

    def _subjects_before(self) -> int:
        assert self.earlier is not None
        return len(load_file(self.earlier / run_files.TONIGHT)["held"])


def kept_from(folder: Path, night: Path) -> Bools | None:
    """(R,) whose rows of a night's folder were taken over from this earlier night; None where it was another one."""
    note = json.loads((folder / run_files.TAKEN_OVER).read_text(encoding="utf-8"))
    if note["earlier"] is None or (folder / note["earlier"]).resolve() != night.resolve():
        return None
    return np.asarray(~load_file(folder / run_files.TONIGHT)["fresh"])


def typed(rows: pd.DataFrame) -> pd.DataFrame:
    """Texts in one type, so that a file of them has the same bytes whoever's rows were taken over."""
    texts = [c for c in rows if not pd.api.types.is_numeric_dtype(rows[c].dtype)]
    return rows.astype(dict.fromkeys(texts, "str"))


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
