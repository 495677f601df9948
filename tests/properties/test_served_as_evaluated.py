"""What is served is what was evaluated: a record that is predicted in evaluation has the covariates that serving gave.

A drawn patient's rows after the newest record that may be used are deleted, and their next record is served at the time
of the one that evaluation predicts.
"""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from meta_med.cohorts.assemble import assemble
from meta_med.cohorts.columns.build import advancing_covariates
from meta_med.cohorts.record_table import RecordTable, with_next_records
from meta_med.episodes.queries import usable_end
from meta_med.episodes.query_covariates import query_covariates
from meta_med.study import (
    CohortsSpec,
    CovariateSpec,
    DosesSpec,
    EventsSpec,
    OutcomeSpec,
    RecordsSpec,
    ServeSpec,
    StudyMismatch,
    StudySpec,
    TimeSpec,
)
from tests import scenario
from tests.examples import examples

AHEAD = (
    CovariateSpec(name="age", advances=True),
    CovariateSpec(name="sex", kind="category", known="ahead"),
    CovariateSpec(name="slot", kind="category", known="ahead"),
    CovariateSpec(name="weight", known="ahead", scale="log"),
    CovariateSpec(name="dose", known="ahead", next_column="next_dose"),
    CovariateSpec(name="ward", known="ahead", kind="category", next_value="A"),
    CovariateSpec(name="arm", column="sex", kind="category", known="ahead", since_days=18_630.0),
    CovariateSpec(name="fell", column="fall", kind="event", known="ahead"),
    CovariateSpec(name="hour", time_part="hour", kind="category"),
    CovariateSpec(name="weekday", time_part="weekday"),
    CovariateSpec(name="highest", column="pulse", known="ahead", aggregate="max", window_days=1.5),
    CovariateSpec(name="earlier", column="pulse", known="ahead", aggregate="count"),
    CovariateSpec(name="since", column="pulse", known="ahead", aggregate="time_since"),
)
FIRST = pd.Timestamp("2021-01-01")


def study(gap_days: float, planned: bool | None) -> StudySpec:
    time = TimeSpec(column="when", unit="date")
    records = RecordsSpec(
        rows_without_outcome="ignore",  # whether they add covariates depends on the rows, which the test deletes
        source="t",
        subject="id",
        time=time,
        gap_days=gap_days,
        events=EventsSpec(source="e", subject="id", time=time, event="what"),
        doses=None if planned is None else DosesSpec(amount="amount", rate="rate", planned=planned),
    )
    covariates = (*AHEAD, CovariateSpec(name="pulse"))
    return scenario.study(
        records=records, outcomes=(OutcomeSpec(name="y"),), covariates=covariates, cohorts=CohortsSpec()
    )


def drawn(rng: np.random.Generator) -> dict[str, pd.DataFrame]:
    """Rows of four patients at whole hours, one in three without an outcome; and one fall of each."""
    n = int(rng.integers(12, 40))
    ids, hours = rng.choice(list("pqrs"), n), rng.integers(0, 200, n)
    rows = pd.DataFrame({"id": ids, "hours": hours}).drop_duplicates().reset_index(drop=True)
    n = len(rows)
    rows = rows.assign(
        when=FIRST + pd.to_timedelta(rows["hours"], unit="h"),
        y=np.where(rng.random(n) < 0.3, np.nan, rng.normal(size=n)),
        age=rows["id"].map({"p": 40.0, "q": 50.5, "r": 61.0, "s": np.nan}),
        sex=rows["id"].map({"p": "f", "q": "m", "r": "f", "s": None}),
        slot=rng.choice(["breakfast", "lunch", None], n),
        weight=rng.uniform(50, 90, n),
        dose=rng.uniform(1, 9, n),
        next_dose=np.where(rng.random(n) < 0.2, np.nan, rng.uniform(1, 9, n)),
        ward=rng.choice(["A", "B"], n),
        pulse=np.where(rng.random(n) < 0.2, np.nan, rng.uniform(50, 90, n)),
        amount=np.where(rng.random(n) < 0.4, rng.uniform(1, 9, n), np.nan),
        rate=np.where(rng.random(n) < 0.3, 0.5, np.nan),
    )
    rows.loc[0, ["y", "slot", "ward"]] = [1.0, "lunch", "A"]
    falls = pd.DataFrame(
        {"id": list("pqrs"), "when": FIRST + pd.to_timedelta(rng.integers(0, 200, 4), unit="h")}
    )
    return {"t": rows, "e": falls.assign(what="fall")}


def named(table: RecordTable, row: int, end: int, gap_days: float) -> dict[str, float]:
    """The covariates known ahead of one predicted record, by name."""
    found = query_covariates(table, np.asarray([row]), np.asarray([end]), usable_end(table, gap_days))[0]
    return {n: v for n, v, ahead in zip(table.covariates, found, table.known_ahead, strict=True) if ahead}


def known_at(
    frames: dict[str, pd.DataFrame], who: str, newest: float, predicted: float, planned: bool
) -> dict:
    """The delivery of the day: without the patient's rows after the newest record, but for doses planned since."""
    rows = frames["t"]
    later = (rows["id"] == who) & (rows["hours"] > newest)
    planned_doses = rows[later & rows["amount"].notna() & (rows["hours"] < predicted)].assign(
        y=np.nan, pulse=np.nan
    )
    delivered = rows[~later]
    return {**frames, "t": pd.concat([delivered, planned_doses]) if planned else delivered}


def hours_of(table: RecordTable, row: int) -> float:
    return round((table.time[row] * 365.25 - (FIRST - pd.Timestamp(0)).days) * 24)


@pytest.mark.parametrize("planned", [None, False, True])
@examples(5)
@given(st.integers(0, 2**32 - 1), st.sampled_from([0.0, 0.5]))
def test_a_served_record_has_the_covariates_that_it_was_evaluated_with(
    planned: bool | None, seed: int, gap_days: float
) -> None:
    rng = np.random.default_rng(seed)
    frames, spec = drawn(rng), study(gap_days, planned)
    table = assemble(frames, spec)
    end = usable_end(table, gap_days)
    some = np.flatnonzero(end > np.repeat(table.offsets[:-1], np.diff(table.offsets)))
    for row in rng.permutation(some)[:1]:
        newest, subject = end[row] - 1, str(table.subject_ids[table.subject[row]])
        years = table.time[row] - table.time[newest]
        served_study = replace(spec, serve=ServeSpec(horizon_days=years * 365.25))
        day = known_at(frames, subject, hours_of(table, newest), hours_of(table, row), bool(planned))
        try:
            served = assemble(day, served_study)
        except StudyMismatch:
            reject()  # the deleted rows were the only ones of the ward that is always next
        longer = with_next_records(served, served_study.years_ahead, advancing_covariates(spec))
        place = longer.newest[longer.subject_ids.tolist().index(subject)]
        evaluated = named(table, row, end[row], gap_days)
        found = named(longer, place, usable_end(longer, gap_days)[place], gap_days)
        assert {n for n in evaluated if n not in found} <= {n for n, v in evaluated.items() if not v > 0}
        for name, value in found.items():
            expected = evaluated.get(name, value if np.isnan(value) else 0.0)
            assert np.isclose(value, expected, rtol=1e-6, equal_nan=True), f"{name}: {value} for {expected}"


def test_the_claim_can_fail_because_a_covariate_changes_until_the_predicted_record() -> None:
    rng = np.random.default_rng(3)
    table = assemble(drawn(rng), study(0.0, None))
    rows = np.flatnonzero(table.position > 0)
    known = query_covariates(table, rows, rows, usable_end(table))
    changed = {n.partition("=")[0] for n, own, k in zip(table.covariates, table.x[rows].T, known.T, strict=True)
               if not np.array_equal(own, k, equal_nan=True)}  # fmt: skip
    assert {"slot", "weight", "dose", "ward"} <= changed
    assert not changed & {"age", "sex", "hour", "weekday", "years_since_entry", "pulse"}
