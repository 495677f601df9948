"""Which split each person was in when a model was trained, for persons of later deliveries.

A person is known by any of the names of their series: an identifier that appears in a later delivery for the first time
is a new person, unless the delivery links it to one who was there.
"""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from meta_med.cohorts.persons import spellings
from meta_med.cohorts.record_table import Bools, Ints, RecordTable
from meta_med.cohorts.splits import SPLITS, Splits

NOBODY = -1
"""In place of a split: the person was not there."""
NO_PART = -1
"""In place of a part: every fit may have seen the person, or none has."""
HELD_OUT = SPLITS.index("held_out")


@dataclass(frozen=True)
class TrainedPeople:
    """The people of a training.

    Attributes:
        split: name (of a subject, a patient or a person) -> index into SPLITS.
        parts: into how many parts the people were divided; see `Splits`.
        part: name -> the part that the person is in; NO_PART for those who are in none. Empty: there are no parts.

    """

    split: "pd.Series[int]"
    parts: int = 1
    part: "pd.Series[int]" = field(default_factory=lambda: pd.Series(dtype="int8"))

    @classmethod
    def of(cls, table: RecordTable, splits: Splits) -> "TrainedPeople":
        """The people of the records that a model is trained on."""
        split = _by_name(table, splits.of_subject).groupby(level=0)
        part = _by_name(table, splits.part).groupby(level=0)
        # one name in two splits can only be of different people: nobody is held out who may have been fitted on
        return cls(
            split.min().astype("int8"),
            splits.parts,
            part.min().where(part.min() == part.max(), NO_PART).astype("int8"),
        )

    def joined_by(self, later: "TrainedPeople") -> "TrainedPeople":
        """These people, and those of a later delivery who were not there and are in a split of it, but in no part."""
        new = later.split[(later.split != NOBODY) & ~later.split.index.isin(self.split.index)]
        return TrainedPeople(pd.concat([self.split, new]).sort_index(), self.parts, self.part)

    def splits_of(self, table: RecordTable) -> Splits:
        """The split of each subject of a later delivery; NOBODY for people who were not there."""
        each = [self._known(names) for names in _names(table)]
        own = np.min(each, axis=0)
        person = table.person
        whole = np.full(int(person.max(initial=-1)) + 1, len(SPLITS))
        np.minimum.at(whole, person, own)
        of = np.where(whole == len(SPLITS), NOBODY, whole)[person]
        place = np.zeros(table.n_subjects) if self.parts > 1 else np.zeros(0)
        return Splits(of.astype(np.int64), parts=self.parts, place=place)

    def never_fitted_on(self, table: RecordTable) -> Bools:
        """(n_subjects,) people whom no fit of the model has seen: held out, or not there."""
        return np.isin(self.splits_of(table).of_subject, (NOBODY, HELD_OUT))

    def parts_of(self, table: RecordTable) -> Ints:
        """(n_subjects,) the part that each subject's person is in: only the fits without it have not seen them.

        NO_PART for people who are held out, who were not there, or whose names are of several parts.
        """
        if self.parts == 1 or not len(self.part):
            return np.full(table.n_subjects, NO_PART)
        unknown = self.parts
        each = [
            np.asarray(self.part.reindex(pd.Index(names, dtype=object), fill_value=unknown), dtype=np.int64)
            for names in _names(table)
        ]
        known = np.stack([np.where(part == unknown, NO_PART, part) for part in each]), np.stack(each)
        person = table.person
        least, most = (np.full(int(person.max(initial=-1)) + 1, start) for start in (unknown, NO_PART))
        np.maximum.at(most, person, known[0].max(0))
        np.minimum.at(least, person, known[1].min(0))
        return np.where(least == most, most, NO_PART)[person]

    def _known(self, names: np.ndarray) -> Ints:
        """(n,) split of each name; one more than the last for unknown ones."""
        found = self.split.reindex(pd.Index(names, dtype=object), fill_value=len(SPLITS))
        return np.asarray(found, dtype=np.int64)

    def save(self, path: Path) -> None:
        """Write the splits as a Parquet file. It holds identifiers."""
        names = self.split.index.astype(str)
        part = self.part.reindex(self.split.index, fill_value=NO_PART)
        columns = {"name": names, "split": self.split.to_numpy(), "part": part.to_numpy(dtype="int8")}
        pd.DataFrame(columns).to_parquet(path, index=False)

    @classmethod
    def load(cls, path: Path, parts: int) -> "TrainedPeople":
        """Read what `save` wrote."""
        frame = pd.read_parquet(path)
        index = pd.Index(frame["name"].to_numpy(dtype=object), dtype=object)
        split, part = (pd.Series(frame[name].to_numpy(), index=index) for name in ("split", "part"))
        return cls(split, parts, part)


def _by_name(table: RecordTable, values: Ints) -> "pd.Series[int]":
    """The value (n_subjects,) of each name that a subject is known by."""
    named = [pd.Series(values, index=pd.Index(names, dtype=object)) for names in _names(table)]
    found: pd.Series[int] = pd.concat(named)
    return found


def _names(table: RecordTable) -> list[np.ndarray]:
    """Each (n_subjects,): the names that a subject is known by, in one spelling; each kind that says something new."""
    persons = [table.person_ids] if len(table.person_ids) else []
    others = (names for names in (table.patients, *persons) if not np.array_equal(names, table.subject_ids))
    return [np.asarray(spellings(names.tolist()), dtype=object) for names in (table.subject_ids, *others)]
