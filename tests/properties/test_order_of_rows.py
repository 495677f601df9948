"""The order in which source rows arrive says nothing about patients, so it changes nothing."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from meta_med.cohorts.assemble import assemble, assemble_with_account
from meta_med.cohorts.record_table import RecordTable
from meta_med.study import (
    CohortFactor,
    CohortsSpec,
    CovariateSpec,
    EventsSpec,
    LongSpec,
    OutcomeSpec,
    RecordsSpec,
    StudySpec,
    SubjectsSpec,
    TimeSpec,
)
from tests import scenario
from tests.examples import WHOLE_RUN, examples

seeds = st.integers(0, 2**32 - 1)
quick = examples(15, WHOLE_RUN)


def shuffled(frame: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    return frame.iloc[rng.permutation(len(frame))].reset_index(drop=True)


def assert_same(one: RecordTable, other: RecordTable) -> None:
    for name, value in vars(one).items():
        if isinstance(value, np.ndarray) and value.dtype.kind == "f":
            assert np.array_equal(value, getattr(other, name), equal_nan=True), name
        else:
            assert np.array_equal(value, getattr(other, name)), name


@quick
@given(seeds)
def test_of_a_wide_table(seed: int) -> None:
    frame = shuffled(scenario.visits(30), np.random.default_rng(seed))
    assert_same(
        assemble({"visits": frame}, scenario.study()),
        assemble({"visits": scenario.visits(30)}, scenario.study()),
    )


@quick
@given(seeds)
def test_of_the_newest_rows(seed: int) -> None:
    frame = shuffled(scenario.visits(30), np.random.default_rng(seed))
    one, other = (
        assemble_with_account({"visits": rows}, scenario.study()).newest
        for rows in (frame, scenario.visits(30))
    )
    pd.testing.assert_frame_equal(one, other)


def long_tables() -> Mapping[str, pd.DataFrame]:
    """The same study as a laboratory would hand it over: measurements, subjects, events."""
    wide = scenario.visits(30)
    tests = wide.melt(["id", "day"], ["marker", "pressure"], "test", "value").dropna()
    subjects = wide.drop_duplicates("id")[["id", "sex", "site", "age"]]
    events = wide[wide["swelling"] > 0][["id", "day"]].assign(event="swelling")
    return {"measurements": tests, "subjects": subjects, "events": events}


def long_study() -> StudySpec:
    return scenario.study(
        records=RecordsSpec(
            source="measurements",
            subject="id",
            time=TimeSpec(column="day"),
            long=LongSpec(name="test", value="value"),
            subjects=SubjectsSpec(source="subjects", key="id"),
            events=EventsSpec(source="events", subject="id", time=TimeSpec(column="day"), event="event"),
        ),
        outcomes=(OutcomeSpec(name="marker", scale="log"), OutcomeSpec(name="pressure")),
        covariates=(
            CovariateSpec(name="age", advances=True),
            CovariateSpec(name="sex", kind="category"),
            CovariateSpec(name="swelling", kind="event"),
        ),
        cohorts=CohortsSpec(
            factors=(CohortFactor(column="site"), CohortFactor(column="swelling", at="record"))
        ),
    )


@quick
@given(seeds)
def test_of_measurements_subjects_and_events(seed: int) -> None:
    rng = np.random.default_rng(seed)
    frames = {name: shuffled(frame, rng) for name, frame in long_tables().items()}
    assert_same(assemble(frames, long_study()), assemble(long_tables(), long_study()))
