"""Splits by person: nobody is in two splits, and each cohort is divided in the same proportions.

A person with two identifiers must not be on both sides of a split: that would leak outcomes.
"""

import json
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, get_args

import numpy as np
import pandas as pd
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from meta_med.cohorts.record_table import Bools, Ints, RecordTable
from meta_med.study import SplitsSpec, StudyMismatch

Split = Literal["train", "tuning", "calibration", "held_out"]
SPLITS: tuple[Split, ...] = get_args(Split)


@dataclass(frozen=True)
class Splits:
    """Which split each subject is in.

    Attributes:
        of_subject: (n_subjects,) index into SPLITS; -1 for subjects in none.
        lends: (n_subjects,) position among the subjects that lend context in a cohort that is left out of training,
            so that m of them are positions 0..m-1; -1 for all others. Empty: no cohort is left out this way.

    """

    of_subject: Ints
    lends: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    def subjects(self, split: Split) -> Bools:
        """(n_subjects,) mask of a split."""
        return np.asarray(self.of_subject == SPLITS.index(split))

    def save(self, path: Path) -> None:
        """Write as JSON."""
        path.write_text(json.dumps({"of_subject": self.of_subject.tolist(), "lends": self.lends.tolist()}))

    @classmethod
    def load(cls, path: Path) -> "Splits":
        """Read what `save` wrote."""
        facts = json.loads(path.read_text())
        return cls(*(np.asarray(facts[name], dtype=np.int64) for name in ("of_subject", "lends")))


def split_subjects(table: RecordTable, spec: SplitsSpec) -> Splits:
    """Split subjects: fold `fold` of `folds` is held out; the rest is tuning, calibration and train.

    The split is stratified: within each entry cohort persons are shuffled (seeded) and divided by rank, so that every
    fold and split has each cohort in proportion. All series of a person are in one split, by the cohort of the first.
    With `leave_cohorts_out` = n, the n cohorts of the fold are held out as a whole instead.

    Raises:
        StudyMismatch: the shares leave nobody to train on, or the fold does not exist.

    """
    if not 0 <= spec.fold < spec.folds:
        raise StudyMismatch(f"splits.fold: expected 0..{spec.folds - 1}, got {spec.fold}")
    if 1 / spec.folds + spec.tuning + spec.calibration >= 0.95:
        raise StudyMismatch("splits: folds, tuning and calibration leave nobody to train on")
    person = table.person
    cohort = table.entry_cohort[np.unique(person, return_index=True)[1]]
    share = _shuffled_share(cohort, np.random.default_rng(spec.seed))
    held_out = (share * spec.folds).astype(np.int64) == spec.fold
    if spec.leave_cohorts_out:
        new = np.isin(table.entry_cohort, _cohorts_left_out(table, spec))
        held_out = np.bincount(person, new, len(cohort)) > 0
    rest = np.where(held_out, np.nan, share)
    position = _rank_share(rest, held_out, cohort)
    tuning = spec.tuning * spec.folds / (spec.folds - 1)
    calibration = spec.calibration * spec.folds / (spec.folds - 1)
    of = np.full(len(cohort), SPLITS.index("train"))
    of[position < tuning + calibration] = SPLITS.index("calibration")
    of[position < tuning] = SPLITS.index("tuning")
    of[held_out] = SPLITS.index("held_out")
    return Splits(of.astype(np.int64)[person])


def _shuffled_share(cohort: Ints, rng: np.random.Generator) -> np.ndarray:
    """(n,) in [0, 1): each subject's random rank within its cohort, as a share of the cohort."""
    key = rng.random(len(cohort))
    order = np.lexsort((key, cohort))
    size = np.bincount(cohort)
    start = np.cumsum(size) - size
    share = np.empty(len(cohort))
    offset = rng.random(len(size))  # a random phase per cohort, so that rounding does not favour fold 0
    share[order] = (
        (np.arange(len(cohort)) - start[cohort[order]] + offset[cohort[order]]) / size[cohort[order]]
    ) % 1.0
    return share


def _rank_share(share: np.ndarray, held_out: Bools, cohort: Ints) -> np.ndarray:
    """Rank share among those not held out, within cohort; 2 for the held out."""
    order = np.lexsort((share, cohort, held_out))
    kept = order[: int((~held_out).sum())]
    size = np.bincount(cohort[kept], minlength=int(cohort.max()) + 1)
    start = np.cumsum(size) - size
    position = np.full(len(cohort), 2.0)
    position[kept] = (np.arange(len(kept)) - start[cohort[kept]] + 0.5) / size[cohort[kept]]
    return position


def _cohorts_left_out(table: RecordTable, spec: SplitsSpec) -> Ints:
    order = np.random.default_rng(spec.seed).permutation(len(table.cohort_names))
    return np.roll(order, -spec.fold * spec.leave_cohorts_out)[: spec.leave_cohorts_out]


def cohort_table(table: RecordTable, splits: Splits) -> pd.DataFrame:
    """One row per cohort: persons (by entry cohort, once in each), records, and persons by split."""
    n = len(table.cohort_names)
    columns = {f"n_{s}": _persons_by_cohort(table, splits.subjects(s)) for s in SPLITS}
    return pd.DataFrame(
        {
            "cohort": table.cohort_names,
            "n_subjects": _persons_by_cohort(table, np.ones(table.n_subjects, dtype=bool)),
            "n_records": np.bincount(table.cohort, minlength=n),
            **columns,
        }
    )


def _persons_by_cohort(table: RecordTable, subjects: Bools) -> Ints:
    """(n_cohorts,) persons among the subjects of a mask (n_subjects,), by entry cohort."""
    pairs = np.unique(np.stack([table.entry_cohort[subjects], table.person[subjects]]), axis=1)
    return np.asarray(np.bincount(pairs[0], minlength=len(table.cohort_names)), dtype=np.int64)


def similar_identifiers(identifiers: Iterable[str]) -> list[list[str]]:
    """Groups of identifiers that differ only in case, in blanks or in how Unicode writes the same letter.

    They may be one person, so no split may separate them. Digits are compared as they are: 007 is not 7.
    """
    alike: dict[str, set[str]] = defaultdict(set)
    for identifier in set(identifiers):
        alike["".join(unicodedata.normalize("NFKC", identifier).casefold().split())].add(identifier)
    return sorted(sorted(group) for group in alike.values() if len(group) > 1)


def merge_persons(table: RecordTable, groups: Sequence[Sequence[str]]) -> RecordTable:
    """The table with each group's subjects, and all other series of the same persons, as one person.

    A group holds identifiers of patients, subjects or persons; unknown ones are ignored.
    """
    if not groups:
        return table
    persons = table.person_ids if len(table.person_ids) else table.subject_ids
    code = table.person
    linked = pd.DataFrame(
        [(str(n), g) for g, group in enumerate(groups) for n in group], columns=["name", "group"]
    )
    named = pd.concat(
        pd.DataFrame({"name": names, "person": code})
        for names in (table.subject_ids, table.patients, persons)
    ).drop_duplicates()
    edges = linked.merge(named, on="name")
    shape = (int(code.max()) + 1, len(groups))
    component = _components(edges["person"].to_numpy(), edges["group"].to_numpy(), *shape)[code]
    first = pd.Series(persons).groupby(component).transform("min")
    return replace(table, person_ids=first.to_numpy(dtype=np.str_))


def _components(person: Ints, group: Ints, n_persons: int, n_groups: int) -> Ints:
    """(n_persons,) connected component of each person; persons are linked by shared groups."""
    size = n_persons + n_groups
    links = coo_matrix((np.ones(len(person)), (person, n_persons + group)), shape=(size, size))
    return np.asarray(connected_components(links, directed=False)[1][:n_persons], dtype=np.int64)
