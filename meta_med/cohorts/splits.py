"""Splits by person, in which each cohort is divided in the same proportions.

A person with two identifiers must not be on both sides of a split: that would leak outcomes.

Those who are not held out are divided once, and nobody is in two splits; or, with `splits.parts`, nobody is spared for
tuning or calibration: they are divided into parts, each of which is predicted by fits without it (cross-fitting), so
that everybody trains the final predictors and everybody has predictions to choose and calibrate on.
"""

import json
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Literal, get_args

import numpy as np
import pandas as pd
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from meta_med.cohorts.record_table import Bools, Floats, Ints, RecordTable
from meta_med.study import SplitsSpec, StudyMismatch

Split = Literal["train", "tuning", "calibration", "held_out"]
SPLITS: tuple[Split, ...] = get_args(Split)
COHORTS_LISTED = 20
"""How many cohorts a message names."""


@dataclass(frozen=True)
class Splits:
    """Which split each subject is in.

    Attributes:
        of_subject: (n_subjects,) index into SPLITS; -1 for subjects in none.
        lends: (n_subjects,) position among the subjects that lend context in a cohort that is left out of training,
            so that m of them are positions 0..m-1; -1 for all others. Empty: no cohort is left out this way.
        parts: number of parts of the subjects who are not held out; 1: they are divided once, into three splits.
        place: (n_subjects,) in [0, 1), by which they are dealt into parts; empty where there are none.
        stopping: share of subjects that stop the training of a part's predictors early.

    """

    of_subject: Ints
    lends: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    parts: int = 1
    place: Floats = field(default_factory=lambda: np.zeros(0))
    stopping: float = 0.0

    @property
    def cross_fitted(self) -> bool:
        """Whether tuning and calibration subjects are the training subjects, each predicted by fits without them."""
        return self.parts > 1

    @property
    def distinct(self) -> tuple[Split, ...]:
        """The splits that differ."""
        return ("train", "held_out") if self.cross_fitted else SPLITS

    def subjects(self, split: Split) -> Bools:
        """(n_subjects,) mask of a split."""
        if self.cross_fitted and split != "held_out":
            split = "train"
        return np.asarray(self.of_subject == SPLITS.index(split))

    def of_part(self, part: int) -> "Splits":
        """The splits of the fit that predicts a part: its subjects as `calibration`, of the others some as `tuning`."""
        predicted = np.floor(self.place * self.parts).astype(np.int64) == part
        after = (self.place - (part + 1) / self.parts) % 1.0
        role = np.where(after < self.stopping, SPLITS.index("tuning"), SPLITS.index("train"))
        role = np.where(predicted, SPLITS.index("calibration"), role)
        return Splits(np.where(self.subjects("train"), role, self.of_subject), self.lends)

    def save(self, path: Path) -> None:
        """Write as JSON."""
        plain = {k: v.tolist() if isinstance(v, np.ndarray) else v for k, v in vars(self).items()}
        path.write_text(json.dumps(plain))

    @classmethod
    def load(cls, path: Path) -> "Splits":
        """Read what `save` wrote."""
        facts = json.loads(path.read_text())
        whole = {name: np.asarray(facts[name], dtype=np.int64) for name in ("of_subject", "lends")}
        return cls(**facts | whole | {"place": np.asarray(facts["place"], dtype=np.float64)})


def split_subjects(table: RecordTable, spec: SplitsSpec) -> Splits:
    """Split subjects: fold `fold` of `folds` is held out; the rest is tuning, calibration and train, or parts.

    The split is stratified: within each entry cohort persons are shuffled (seeded) and divided by rank, so that every
    fold and split has each cohort in proportion. All series of a person are in one split, by the cohort of the first.
    With `leave_cohorts_out`, whole cohorts are held out instead: every person with a record in one of them.

    Raises:
        StudyMismatch: the shares or the cohorts left out leave nobody to train on, the fold does not exist, or a cohort
            that is named does not.

    """
    if not 0 <= spec.fold < spec.folds:
        raise StudyMismatch(f"splits.fold: expected 0..{spec.folds - 1}, got {spec.fold}")
    if 1 / spec.folds + spec.tuning + spec.calibration >= 0.95:
        raise StudyMismatch("splits: folds, tuning and calibration leave nobody to train on")
    if spec.parts > 1 and 1 / spec.parts + spec.tuning >= 0.95:
        raise StudyMismatch("splits: parts and tuning leave nobody to train on")
    person = table.person
    cohort = table.entry_cohort[np.unique(person, return_index=True)[1]]
    share = _shuffled_share(cohort, np.random.default_rng(spec.seed))
    held_out = (share * spec.folds).astype(np.int64) == spec.fold
    if spec.leave_cohorts_out:
        # by record, not by entry: who moves into such a cohort later has records in it too
        left_out = np.isin(table.cohort, _places_left_out(table.cohort_names, spec))
        held_out = np.bincount(person[table.subject], left_out, len(cohort)) > 0
    rest = np.where(held_out, np.nan, share)
    position = _rank_share(rest, held_out, cohort)
    tuning = spec.tuning * spec.folds / (spec.folds - 1)
    calibration = spec.calibration * spec.folds / (spec.folds - 1)
    of = np.full(len(cohort), SPLITS.index("train"))
    of[held_out] = SPLITS.index("held_out")
    if spec.parts > 1:
        # a random phase per cohort, so that the only patient of each small one is not always in the same part
        phase = np.random.default_rng([spec.seed, spec.parts]).random(int(cohort.max()) + 1)[cohort]
        place = np.where(held_out, 0.0, (position + phase) % 1.0)
        return Splits(of.astype(np.int64)[person], parts=spec.parts, place=place[person], stopping=tuning)
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


def cohorts_left_out(table: RecordTable, spec: SplitsSpec) -> tuple[str, ...]:
    """The names of the cohorts that are held out as a whole; none where patients of every cohort are held out."""
    places = _places_left_out(table.cohort_names, spec) if spec.leave_cohorts_out else ()
    return tuple(table.cohort_names[place] for place in sorted(places))


def _places_left_out(known: Sequence[str], spec: SplitsSpec) -> list[int]:
    if isinstance(spec.leave_cohorts_out, int):
        n = spec.leave_cohorts_out
        order = np.random.default_rng(spec.seed).permutation(len(known))
        places = [int(place) for place in np.roll(order, -spec.fold * n)[:n]]
    else:
        if unknown := [name for name in spec.leave_cohorts_out if name not in known]:
            raise StudyMismatch(_unknown_cohorts(unknown, known))
        places = [known.index(name) for name in spec.leave_cohorts_out]
    if len(places) == len(known):
        raise StudyMismatch(
            f"splits.leave_cohorts_out: all {len(known)} cohorts are left out, so nobody is left to train on"
        )
    return places


def _unknown_cohorts(unknown: Sequence[str], known: Sequence[str]) -> str:
    listed = ", ".join(f'"{name}"' for name in known[:COHORTS_LISTED])
    more = f" and {len(known) - COHORTS_LISTED} more" if len(known) > COHORTS_LISTED else ""
    return (
        f"splits.leave_cohorts_out: the study has no cohort {', '.join(_with_nearest(n, known) for n in unknown)}. "
        f"Its cohorts are {listed}{more}; those with fewer than cohorts.min_subjects patients are pooled into "
        "other cohorts"
    )


def _with_nearest(name: str, known: Sequence[str]) -> str:
    close = get_close_matches(name, known, n=1, cutoff=0.5)
    return f'"{name}"' + (f' (did you mean "{close[0]}"?)' if close else "")


def cohort_table(table: RecordTable, splits: Splits) -> pd.DataFrame:
    """One row per cohort: persons (by entry cohort, once in each), records, and persons by split."""
    n = len(table.cohort_names)
    # where they are cross-fitted, the training patients are also those of tuning and calibration
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
