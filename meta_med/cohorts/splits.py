"""Splits by person: a keyed hash of the person's identifier is the person's place on a circle of patients.

Nothing else decides: whoever is added, removed or reordered, everybody else stays where they are, so that a held-out
patient never becomes a training one. Shares are therefore kept as chance keeps them (docs/adr/0020). A person with two
identifiers must not be on both sides of a split: that would leak outcomes.

Those who are not held out are divided once, and nobody is in two splits; or, with `splits.parts`, nobody is spared for
tuning or calibration: they are divided into parts, each of which is predicted by fits without it (cross-fitting), so
that everybody trains the final predictors and everybody has predictions to choose and calibrate on.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Literal, get_args

import numpy as np
import pandas as pd

from meta_med.cohorts.persons import person_places, places
from meta_med.cohorts.record_table import Bools, Floats, Ints, RecordTable
from meta_med.study import SplitsSpec, StudyMismatch

Split = Literal["train", "tuning", "calibration", "held_out"]
SPLITS: tuple[Split, ...] = get_args(Split)
COHORTS_LISTED = 20
"""How many cohorts a message names."""
SEEDS = 100
"""How many seeds are compared where one is looked for."""
BELOW_ONE = float(np.nextafter(1.0, 0.0))


@dataclass(frozen=True)
class Splits:
    """Which split each subject is in.

    Attributes:
        of_subject: (n_subjects,) index into SPLITS; -1 for subjects in none.
        lends: (n_subjects,) position among the subjects that lend context in a cohort that is left out of training,
            so that m of them are positions 0..m-1; -1 for all others. Empty: no cohort is left out this way.
        parts: number of parts of the subjects who are not held out; 1: they are divided once, into three splits.
        place: (n_subjects,) in [0, 1): the place among those who are not held out, by which they are dealt into parts;
            empty where there are none.
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
        predicted = self._dealt == part
        after = (self.place - (part + 1) / self.parts) % 1.0
        role = np.where(after < self.stopping, SPLITS.index("tuning"), SPLITS.index("train"))
        role = np.where(predicted, SPLITS.index("calibration"), role)
        return Splits(np.where(self.subjects("train"), role, self.of_subject), self.lends)

    @property
    def part(self) -> Ints:
        """(n_subjects,) the part of each subject; -1 for those who are in none."""
        if not self.cross_fitted:
            return np.full(len(self.of_subject), -1)
        return np.where(self.subjects("train"), self._dealt, -1)

    @property
    def _dealt(self) -> Ints:
        return np.asarray(np.floor(self.place * self.parts).astype(np.int64))

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

    Folds are arcs of the circle of patients. On from the held-out one come tuning, calibration and training patients,
    so that it is not the same patients who tune in every fold. All series of a person are in one split. With
    `leave_cohorts_out`, whole cohorts are held out instead: every person with a record in one of them.

    Raises:
        StudyMismatch: the shares or the cohorts left out leave nobody to train on, the fold does not exist, or a cohort
            that is named does not.

    """
    _refuse_shares(spec)
    place = person_places(table, spec.seed)
    # on from the end of the held-out fold; those who are not in it fill the circle but for this arc
    position = (place - (spec.fold + 1) / spec.folds) % 1.0
    if spec.leave_cohorts_out:
        held_out = _has_record_in(table, _left_out(table.cohort_names, spec))
    else:
        held_out = np.floor(place * spec.folds) == spec.fold
        position = np.minimum(position / (1 - 1 / spec.folds), BELOW_ONE)
    tuning, calibration = (share * spec.folds / (spec.folds - 1) for share in (spec.tuning, spec.calibration))
    of = np.full(table.n_subjects, SPLITS.index("train"))
    if spec.parts == 1:
        of[position < tuning + calibration] = SPLITS.index("calibration")
        of[position < tuning] = SPLITS.index("tuning")
    of[held_out] = SPLITS.index("held_out")
    if spec.parts == 1:
        return Splits(of.astype(np.int64))
    position = np.where(held_out, 0.0, position)
    return Splits(of.astype(np.int64), parts=spec.parts, place=position, stopping=tuning)


def nearest_seed(table: RecordTable, spec: SplitsSpec) -> int:
    """The seed, of the first SEEDS, with which the splits of all folds are nearest to their shares of persons.

    A small study chooses it once, by these numbers alone and before any result (rerandomization: Morgan and Rubin
    2012); from then on patients stay where they are, as with any other seed. Distances are Pearson's chi-squared.
    """
    one_each = np.unique(table.person, return_index=True)[1]
    fold = 1 / spec.folds
    shares = (1 - fold - spec.tuning - spec.calibration, spec.tuning, spec.calibration, fold)
    expected = np.asarray(shares) * len(one_each)
    distance = []
    for seed in range(SEEDS):
        deals = (replace(spec, seed=seed, fold=f, parts=1, leave_cohorts_out=0) for f in range(spec.folds))
        found = [split_subjects(table, deal).of_subject[one_each] for deal in deals]
        counts = np.stack([np.bincount(of, minlength=len(SPLITS)) for of in found])
        distance.append(((counts - expected) ** 2 / expected).sum())
    return int(np.argmin(distance))


def _refuse_shares(spec: SplitsSpec) -> None:
    if not 0 <= spec.fold < spec.folds:
        raise StudyMismatch(f"splits.fold: expected 0..{spec.folds - 1}, got {spec.fold}")
    if 1 / spec.folds + spec.tuning + spec.calibration >= 0.95:
        raise StudyMismatch("splits: folds, tuning and calibration leave nobody to train on")
    if spec.parts > 1 and 1 / spec.parts + spec.tuning >= 0.95:
        raise StudyMismatch("splits: parts and tuning leave nobody to train on")


def _has_record_in(table: RecordTable, cohorts: Sequence[int]) -> Bools:
    """(n_subjects,) whether the subject's person has a record in one of these cohorts: also who moves there later."""
    person = table.person
    inside = np.isin(table.cohort, cohorts)
    return np.asarray((np.bincount(person[table.subject], inside) > 0)[person])


def cohorts_left_out(table: RecordTable, spec: SplitsSpec) -> tuple[str, ...]:
    """The names of the cohorts that are held out as a whole; none where patients of every cohort are held out."""
    left_out = _left_out(table.cohort_names, spec) if spec.leave_cohorts_out else ()
    return tuple(table.cohort_names[cohort] for cohort in sorted(left_out))


def _left_out(known: Sequence[str], spec: SplitsSpec) -> list[int]:
    """Positions of the cohorts that are left out."""
    if isinstance(spec.leave_cohorts_out, int):
        n = spec.leave_cohorts_out
        drawn = [int(cohort) for cohort in np.roll(cohort_order(known, spec.seed), -spec.fold * n)[:n]]
    else:
        if unknown := [name for name in spec.leave_cohorts_out if name not in known]:
            raise StudyMismatch(_unknown_cohorts(unknown, known))
        drawn = [known.index(name) for name in spec.leave_cohorts_out]
    if len(drawn) == len(known):
        raise StudyMismatch(
            f"splits.leave_cohorts_out: all {len(known)} cohorts are left out, so nobody is left to train on"
        )
    return drawn


def cohort_order(names: Sequence[str], seed: int) -> Ints:
    """(n_cohorts,) the order in which cohorts are left out: by the keyed hash of their names.

    Cohorts are few, so they are counted off, as their arcs of a circle would often be empty. A cohort that is added or
    removed moves those behind it by one, and changes the order of no others.
    """
    return np.argsort(places(names, seed, "cohort"), kind="stable")


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
