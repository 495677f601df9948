"""How far apart two patients are, in what was measured over time and what is known of them.

Gower's general coefficient (Gower 1971, A general coefficient of similarity and some of its properties, Biometrics 27,
857-871): each outcome, number and category is one variable with a difference of its own, and the distance is the root
of their mean over the variables that both patients have. The difference of an outcome is that of the standardised
values at the newest record and one, two and three steps before it, interpolated between own records; on the log scale
where the study models it there. The squared difference of two numbers is divided by what it is on average of two
patients picked at random, and that of two categories is 1 or 0, so that 1 is the distance of strangers.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from meta_med.published.similar.pool import Pool

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
STEPS = 3
STRANGERS = 1.0
NUMBER = r"^(-?\d+(?:\.\d+)?)((?: .*)?)$"


@dataclass(frozen=True)
class Features:
    """What patients are compared by; NaN, or -1 of a category, where it is not known.

    Attributes:
        courses: of each outcome (patients, points): standardised values at the newest record and before it.
        numbers: of each number (patients,): standardised.
        categories: of each category (patients,): a code.

    """

    courses: tuple[Floats, ...]
    numbers: tuple[Floats, ...]
    categories: tuple[Ints, ...]


@dataclass(frozen=True)
class Neighbour:
    """A similar patient: the id in the store, and the distance; `STRANGERS` is that of two picked at random."""

    subject_id: str
    distance: float


def nearest(pool: Pool, subject_id: str, step: float, most: int = 3) -> tuple[Neighbour, ...]:
    """The patients nearest to one, the nearest first; nobody who is as far away as a stranger.

    A patient is compared who has at least half of the compared values that this one has, because a single value may be
    alike by chance. Series of the same person are no neighbours, and of another person only the nearest one is.

    Args:
        pool: the patients.
        subject_id: one of them.
        step: the time between two points that are compared; 0 for the newest value alone.
        most: how many.

    """
    own = int(np.flatnonzero(pool.subjects["subject_id"] == subject_id)[0])
    features = features_of(pool, step)
    far = distances(features, own)
    far[~comparable(features, own)] = np.nan
    found = pool.subjects[["subject_id", "person"]].assign(distance=far)
    others = found[found["person"] != found["person"].iloc[own]]
    near = others[others["distance"] < STRANGERS].sort_values("distance", kind="stable")
    shown = near.drop_duplicates("person").head(most)
    return tuple(Neighbour(str(name), float(d)) for name, d in shown[["subject_id", "distance"]].to_numpy())


def features_of(pool: Pool, step: float) -> Features:
    """What the patients are compared by; what does not differ between patients is left out."""
    facts = list(_facts(pool.subjects["display"]))
    numbers = [_standardised(fact) for fact in facts if fact.dtype == np.float64]
    categories = [fact for fact in (*facts, pool.subjects["cohort"]) if fact.dtype != np.float64]
    return Features(
        courses=tuple(_standardised(course) for course in courses_of(pool, step)),
        numbers=tuple(numbers),
        categories=tuple(pd.factorize(fact)[0].astype(np.int64) for fact in categories),
    )


def distances(features: Features, own: int) -> Floats:
    """(patients,) the distance of each to the patient `own`; NaN where nothing is known of both."""
    each = [_mean_known(np.square(course - course[own]) / 2, axis=1) for course in features.courses]
    each += [np.square(number - number[own]) / 2 for number in features.numbers]
    for code in features.categories:
        known = (code >= 0) & (code[own] >= 0)
        each.append(np.where(known, code != code[own], np.nan))
    return np.sqrt(_mean_known(np.stack(each), axis=0))


def comparable(features: Features, own: int) -> npt.NDArray[np.bool_]:
    """(patients,) whether a patient has at least half of the values, by outcome and point, that `own` has."""
    shared = np.sum([np.isfinite(course + course[own]).sum(1) for course in features.courses], axis=0)
    had = sum(int(np.isfinite(course[own]).sum()) for course in features.courses)
    return np.asarray((shared > 0) & (2 * shared >= had))


def courses_of(pool: Pool, step: float) -> Iterator[Floats]:
    """Of each outcome (patients, points): its values at the newest record and at steps before it."""
    points: Floats = step * np.arange(STEPS + 1.0) if step > 0 else np.zeros(1)
    index = pd.Index(pool.subjects["subject_id"])
    rows = pool.records.assign(who=index.get_indexer(pool.records["subject_id"]))
    newest = rows.groupby("who")["time_days"].max().reindex(range(len(index))).to_numpy(np.float64)
    for name, scale in pool.outcomes[["name", "scale"]].itertuples(index=False):
        own = rows[rows["outcome"] == name]
        if scale == "log":
            own = own[own["value"] > 0].assign(value=lambda frame: np.log(frame["value"]))
        own = own.sort_values(["who", "time_days"], kind="stable")
        who = own["who"].to_numpy(np.int64)
        age = newest[who] - own["time_days"].to_numpy(np.float64)
        yield interpolated(who, age, own["value"].to_numpy(np.float64), len(index), points)


def interpolated(who: Ints, age: Floats, value: Floats, patients: int, points: Floats) -> Floats:
    """(patients, points): values at times before the newest record, on a line between the own values beside them.

    Args:
        who, age, value: of each measured value, by patient and from the oldest on; `age` is the time up to the newest.
        patients: their number.
        points: the ages that are asked for.

    Returns:
        NaN before the first value of a patient, and more than a step after the last one.

    """
    if not len(who):
        return np.full((patients, len(points)), np.nan)
    width = max(float(age.max()), float(points.max())) + 1.0  # so that the times of two patients do not meet
    at = who * (2 * width) - age
    asked = np.arange(patients)[:, None] * (2 * width) - points
    after = np.searchsorted(at, asked, side="right")
    left, right = np.maximum(after - 1, 0), np.minimum(after, len(at) - 1)
    row = np.arange(patients)[:, None]
    has_left, has_right = (after > 0) & (who[left] == row), (after < len(at)) & (who[right] == row)
    gap = np.where(has_left & has_right, at[right] - at[left], 1.0)
    between = value[left] + (value[right] - value[left]) * (asked - at[left]) / gap
    step = float(points[1]) if len(points) > 1 else np.inf
    carried = np.where(asked - at[left] <= step, value[left], np.nan)
    return np.where(has_left, np.where(has_right, between, carried), np.nan)


def _facts(display: pd.Series) -> Iterator[pd.Series]:
    """Each covariate that pages show of patients: a float of a number with one unit, else the text."""
    told = pd.DataFrame(json.loads("[" + ",".join(display.fillna("{}")) + "]"), index=display.index)
    for name in told:
        parts = told[name].str.extract(NUMBER)
        numeric = parts[0].notna().eq(told[name].notna()).all() and len(parts[1].dropna().unique()) == 1
        yield parts[0].astype(np.float64) if numeric else told[name]


def _standardised(values: pd.Series | Floats) -> Floats:
    """Divided by the standard deviation over patients; NaN where they do not differ."""
    array = np.asarray(values, dtype=np.float64)
    spread = np.std(array[np.isfinite(array)]) if np.isfinite(array).any() else 0.0
    return array / spread if spread > 0 else np.full_like(array, np.nan)


def _mean_known(values: Floats, axis: int) -> Floats:
    """The mean over what is known; NaN where nothing is."""
    known = np.isfinite(values)
    count = known.sum(axis)
    return np.where(count > 0, np.where(known, values, 0.0).sum(axis) / np.maximum(count, 1), np.nan)
