"""Small drawn studies and deliveries with everything in them that can go astray between a row and a record."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from meta_med.study import (
    CohortFactor,
    CohortsSpec,
    CovariateSpec,
    EventsSpec,
    LongSpec,
    OutcomeSpec,
    RecordsSpec,
    ServeSpec,
    StudySpec,
    SubjectsSpec,
    TimeSpec,
)
from tests import scenario

PATIENTS = (
    "7",
    "007",
    "a/b",
    "all",
    "try",
    "NA",
    "nan",
    "O'Neil",
    'q"',
    "Ünal",
    "p 1",
    "P 1",
    "x~1y",
    "None",
)
TESTS = ("level", "flag", "dose", "other")


@dataclass(frozen=True)
class Drawn:
    """A study and its delivery."""

    frames: dict[str, pd.DataFrame]
    study: StudySpec


def drawn_study(seed: int) -> Drawn:
    """Wide or long, with facts, events, series, choices, ties, zeros under a log and missing values as they fall."""
    rng = np.random.default_rng(seed)
    long = bool(rng.random() < 0.4)
    visits = _visits(rng)
    frames = {"visits": _measured(visits, rng) if long else visits}
    records = RecordsSpec(
        source="visits",
        subject="id",
        time=TimeSpec(column="day"),
        same_time="mean" if rng.random() < 0.7 else "refuse",
        long=LongSpec(name="test", value="value") if long else None,
    )
    if rng.random() < 0.5:
        known = rng.permutation(PATIENTS)[: int(rng.integers(1, 12))]
        frames["people"] = pd.DataFrame({"key": [*known, None], "age": rng.integers(20, 80, len(known) + 1)})
        records = replace(records, subjects=SubjectsSpec(source="people", key="key"))
    if rng.random() < 0.5:
        frames["events"] = _events(rng)
        time = TimeSpec(column="day")
        records = replace(records, events=EventsSpec(source="events", subject="id", time=time, event="what"))
    if not long:
        records = _choices(records, rng)
    return Drawn(frames, _study(records, rng))


def _visits(rng: np.random.Generator) -> pd.DataFrame:
    n = int(rng.integers(8, 40))
    ids = np.asarray(PATIENTS, dtype=object)[rng.integers(0, len(PATIENTS), n)]
    frame = pd.DataFrame(
        {
            "id": np.where(rng.random(n) < 0.05, None, ids),
            "day": np.where(rng.random(n) < 0.05, np.nan, rng.integers(0, 12, n)),
            "level": rng.choice([0.0, 0.5, 1.0, 2.5, 8.0], n),
            "flag": rng.integers(0, 2, n).astype(float),
            "dose": rng.choice([-1.0, 0.0, 1.0, 3.0], n),
            "ward": rng.choice(["A", "B", "all", None], n),
            "stay": rng.choice([1.0, 2.0, np.nan], n),
        }
    )
    for column in ("level", "flag", "dose"):
        frame.loc[rng.random(n) < 0.25, column] = np.nan
    return frame


def _measured(visits: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """The same as a laboratory hands it over, with tests that nobody asks for and rows that say nothing."""
    tests = visits.assign(other=1.0).melt(["id", "day"], list(TESTS), "test", "value")
    tests["test"] = tests["test"].astype(object).where(rng.random(len(tests)) > 0.03, None)
    return tests


def _events(rng: np.random.Generator) -> pd.DataFrame:
    n = int(rng.integers(1, 20))
    # one that can be read, so that the study's event is there
    ids = ["7", *rng.choice([*PATIENTS, "stranger"], n)]
    days = [3.0, *np.where(rng.random(n) < 0.2, np.nan, rng.integers(0, 12, n))]
    what = ["fall", *rng.choice(["fall", "stroke"], n)]
    return pd.DataFrame({"id": ids, "day": days, "what": what})


def _choices(records: RecordsSpec, rng: np.random.Generator) -> RecordsSpec:
    if rng.random() < 0.3:
        records = replace(records, where={"ward": ("A", "B", "nowhere")})
    if rng.random() < 0.3:
        records = replace(records, where_not={"stay": ("2",)})
    if rng.random() < 0.3:
        records = replace(records, between={"day": (1, 10)})
    if rng.random() < 0.3:
        records = replace(records, first=2)
    if rng.random() < 0.3:
        records = replace(records, series=("stay",))
    return records


def _study(records: RecordsSpec, rng: np.random.Generator) -> StudySpec:
    logged = bool(rng.random() < 0.5)
    covariates = [CovariateSpec(name="dose", scale="log")]
    if records.subjects:
        covariates.append(CovariateSpec(name="age", known="ahead"))
    if records.events:
        covariates.append(CovariateSpec(name="fell", column="fall", kind="event"))
    wards = CohortsSpec(factors=(CohortFactor(column="ward"),), min_subjects=2)
    return scenario.study(
        records=records,
        outcomes=(
            OutcomeSpec(name="level", scale="log" if logged else "identity", floor=0.25 if logged else None),
            OutcomeSpec(name="flag", kind="binary"),
        ),
        covariates=tuple(covariates),
        cohorts=CohortsSpec() if records.long else wards,
        serve=ServeSpec(record="newest" if rng.random() < 0.2 else "next"),
    )
