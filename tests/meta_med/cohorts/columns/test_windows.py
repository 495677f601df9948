"""One value over the rows of a patient before each record, against a plain loop over rows."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meta_med.cohorts.assemble import assemble, assemble_with_account
from meta_med.cohorts.columns.windows import AGGREGATES
from meta_med.cohorts.record_table import RecordTable
from meta_med.study import (
    CohortsSpec,
    CovariateSpec,
    LongSpec,
    OutcomeSpec,
    RecordsSpec,
    ServeSpec,
    StudySpec,
    TimeSpec,
)
from tests import scenario
from tests.examples import examples

NUMBERS = tuple(AGGREGATES)
seeds = st.integers(0, 2**32 - 1)


def study(*covariates: CovariateSpec, record: str = "next", **records) -> StudySpec:
    return scenario.study(
        records=RecordsSpec(source="t", subject="id", time=TimeSpec(column="day"), **records),
        outcomes=(OutcomeSpec(name="a"),),
        covariates=covariates,
        cohorts=CohortsSpec(),
        serve=ServeSpec(record=record, horizon_days=2.0),  # type: ignore[arg-type]
    )


def drawn_rows(seed: int) -> pd.DataFrame:
    """Rows of three patients on whole and half days, one in three without the outcome, ties among those."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(6, 30))
    rows = pd.DataFrame(
        {
            "id": rng.choice(["p", "q", "r"], n),
            "day": rng.integers(0, 16, n) / 2.0,
            "a": np.where(rng.random(n) < 0.35, np.nan, 1.0),
            "c": np.where(rng.random(n) < 0.2, np.nan, rng.integers(-3, 9, n) / 4.0),
        }
    )
    rows.loc[0, "a"] = 1.0
    seen = rows["a"].notna()
    rows.loc[seen & rows[seen].duplicated(["id", "day"]).reindex(rows.index, fill_value=False), "a"] = np.nan
    return rows


def plain(rows: pd.DataFrame, how: str, when: float, inside: Callable[[float], bool]) -> float:
    """The same by a loop over one patient's rows; `inside` says whether a day lies in the window."""
    found = [(row.day, row.c) for row in rows.itertuples() if inside(row.day) and not np.isnan(row.c)]
    days, values = np.asarray([day for day, _ in found]), np.asarray([value for _, value in found])
    if how == "count":
        return float(len(values))
    if not len(values):
        return float("nan")
    if how == "slope":
        return float(np.polyfit(days, values, 1)[0]) if len(set(days)) > 1 else float("nan")
    last = values[days == days.max()].mean()
    return {"last": last, "max": values.max(), "min": values.min(), "mean": values.mean(),
            "time_since": when - days.max()}[how]  # fmt: skip


def expected(rows: pd.DataFrame, table: RecordTable, spec: CovariateSpec, record: str) -> list[float]:
    out, length = [], spec.window_days or np.inf
    days = np.round(table.time * 365.25 * 2) / 2
    for row in range(table.n_records):
        own, when = rows[rows["id"] == table.subject_ids[table.subject[row]]], days[row]
        if spec.known == "at_record":
            value = plain(own, spec.aggregate, when, lambda day, t=when: t - length < day <= t)
        elif record == "next" and table.position[row]:
            newest = days[row - 1]
            value = plain(own, spec.aggregate, when, lambda day, t=when, s=newest: t - length <= day <= s)
        else:
            value = plain(own, spec.aggregate, when, lambda day, t=when: t - length <= day < t)
        out.append(value)
    return out


@examples(14)
@given(seeds, st.sampled_from(NUMBERS), st.sampled_from([None, 1.0, 2.5]), st.sampled_from(["ahead", "at_record"]),
       st.sampled_from(["next", "newest"]))  # fmt: skip
def test_it_equals_a_loop_over_rows(
    seed: int, how: str, length: float | None, known: str, record: str
) -> None:
    rows = drawn_rows(seed)
    spec = CovariateSpec(name="x", column="c", aggregate=how, window_days=length, known=known)  # type: ignore[arg-type]
    rows = rows.drop_duplicates(["id", "day"]) if record == "newest" else rows
    table = assemble({"t": rows}, study(spec, record=record))
    np.testing.assert_allclose(table.x[:, 0], expected(rows, table, spec, record), atol=1e-8)


@examples(8)
@given(seeds, st.sampled_from(NUMBERS), st.sampled_from([None, 2.5]), st.sampled_from(["ahead", "at_record"]))
def test_no_later_row_changes_a_bit_of_it(seed: int, how: str, length: float | None, known: str) -> None:
    rows, rng = drawn_rows(seed), np.random.default_rng(seed)
    spec = CovariateSpec(name="x", column="c", aggregate=how, window_days=length, known=known)  # type: ignore[arg-type]
    cut = float(rng.integers(0, 16)) / 2.0
    later = rows["day"] > cut
    other = rows.assign(c=rows["c"].where(~later, rng.normal(size=len(rows)) * 1e6))
    before, after = (assemble({"t": r}, study(spec)) for r in (rows, other.sample(frac=1, random_state=seed)))
    early = before.time * 365.25 <= cut + 1e-9
    assert np.array_equal(before.x[early, 0], after.x[early, 0], equal_nan=True)


def day_of_rows() -> pd.DataFrame:
    """One patient: a score at noon of days 1 and 2, a pulse every six hours, none after the last score."""
    hours = np.arange(6.0, 49.0, 6.0)
    return pd.DataFrame(
        {"id": "p", "day": hours / 24, "a": np.where(np.isin(hours, [12, 36]), 1.0, np.nan),
         "c": [60.0, 90.0, 61.0, 62.0, 63.0, 64.0, 65.0, 99.0]}
    )  # fmt: skip


def test_rows_without_the_outcome_count_in_the_last_24_hours() -> None:
    highest = CovariateSpec(name="highest", column="c", aggregate="max", window_days=1.0)
    found = assemble_with_account({"t": day_of_rows()}, study(highest))
    assert found.table.x[:, 0].tolist() == [90.0, 64.0]  # at 36 h the value at 12 h is a day old, and out
    assert not found.account.unexplained()
    assert found.account.used["t"] == 8  # a row that only a window uses is used


def test_known_ahead_it_ends_before_the_record_that_is_served_itself() -> None:
    highest = CovariateSpec(name="highest", column="c", aggregate="max", window_days=1.0, known="ahead")
    table = assemble({"t": day_of_rows()}, study(highest, record="newest"))
    assert table.x[:, 0].tolist() == [
        60.0,
        90.0,
        65.0,
    ]  # the last row is the newest record, without its own value


def test_known_ahead_of_the_next_record_it_ends_with_the_newest_one_and_starts_before_the_next() -> None:
    highest = CovariateSpec(name="highest", column="c", aggregate="max", window_days=2.25, known="ahead")
    table = assemble({"t": day_of_rows()}, study(highest))
    assert table.x[:, 0].tolist() == [60.0, 90.0]
    # the next one is at 84 h: from 30 h to the newest record at 36 h, whatever came after that
    assert table.next_x[1, 0] == 64.0


def test_rows_within_the_gap_do_not_count_ahead() -> None:
    number = CovariateSpec(name="n", column="c", aggregate="count", known="ahead")
    frames = {"t": day_of_rows()}
    assert assemble(frames, study(number, record="newest", gap_days=0.5)).x[:, 0].tolist() == [0.0, 4.0, 6.0]


def test_the_last_of_rows_at_one_time_is_their_mean_and_a_class_on_which_they_agree() -> None:
    rows = pd.DataFrame({"id": "p", "day": [0, 1, 1, 2], "a": [1, np.nan, np.nan, 1], "c": [1.0, 2.0, 4.0, np.nan],
                         "ward": ["A", "B", "C", None]})  # fmt: skip
    last = CovariateSpec(name="last", column="c", aggregate="last")
    ward = CovariateSpec(name="ward", aggregate="last", kind="category")
    table = assemble({"t": rows}, study(last, ward))
    assert table.x[:, table.covariates.index("last")].tolist() == [1.0, 3.0]
    assert table.x[:, table.covariates.index("ward=A")].tolist() == [1.0, 1.0]


def test_texts_are_counted_as_they_are_and_averaged_by_their_stated_numbers() -> None:
    rows = pd.DataFrame({"id": "p", "day": [0, 1, 2], "a": 1.0, "c": ["low", "high", "low"]})
    numbers = {"low": 0.0, "high": 3.0}
    mean = CovariateSpec(name="mean", column="c", aggregate="mean", values=numbers)
    count = CovariateSpec(name="count", column="c", aggregate="count")
    table = assemble({"t": rows}, study(mean, count))
    np.testing.assert_allclose(table.x[:, :2], [[0, 1], [1.5, 2], [1, 3]])


@pytest.mark.parametrize("how", NUMBERS)
def test_a_patient_without_a_value_has_none_or_a_count_of_0(how: str) -> None:
    rows = pd.DataFrame({"id": ["p", "q"], "day": 0.0, "a": 1.0, "c": [1.0, np.nan]})
    spec = CovariateSpec(name="x", column="c", aggregate=how)  # type: ignore[arg-type]
    value = assemble({"t": rows}, study(spec)).x[1, 0]
    assert value == 0.0 if how == "count" else np.isnan(value)


def test_measurements_are_aggregated_by_test() -> None:
    frame = pd.DataFrame(
        {"id": "p", "day": [0, 1, 2, 2], "test": ["c", "c", "a", "a2"], "value": [1.0, 3.0, 5.0, 6.0]}
    )
    spec = study(
        CovariateSpec(name="mean", column="c", aggregate="mean"), long=LongSpec(name="test", value="value")
    )
    found = assemble_with_account({"t": frame}, spec)
    assert found.table.x[:, 0].tolist() == [2.0]
    assert found.account.used["t"] == 3
