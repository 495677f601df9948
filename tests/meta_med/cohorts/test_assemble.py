"""From valid source tables to records: one row a record."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from meta_med.cohorts.assemble import (
    Assembled,
    as_delivered,
    assemble,
    assemble_with_account,
    years,
)
from meta_med.cohorts.columns.build import SINCE_ENTRY, advancing_covariates
from meta_med.study import (
    CohortFactor,
    CohortsSpec,
    CovariateSpec,
    DosesSpec,
    OutcomeSpec,
    RecordsSpec,
    ServeSpec,
    StudyMismatch,
    StudySpec,
    TimeSpec,
)
from tests import scenario


def small_study(**changes) -> StudySpec:
    """One outcome `a` of one table `t`, nothing else."""
    spec = scenario.study(
        records=RecordsSpec(source="t", subject="id", time=TimeSpec(column="day")),
        outcomes=(OutcomeSpec(name="a"),),
        covariates=(),
        cohorts=CohortsSpec(),
    )
    return replace(spec, **changes)


def visits(*rows: tuple[str, float, float], **columns) -> dict[str, pd.DataFrame]:
    return {"t": pd.DataFrame(rows, columns=["id", "day", "a"]).assign(**columns)}


def counted(found: Assembled) -> dict[str, int]:
    """Code -> count, over all sources and columns; and that every row of every source is explained."""
    assert not found.account.unexplained()
    codes = {c.code for c in found.account.counted}
    return {code: sum(c.count for c in found.account.counted if c.code == code) for code in codes}


def test_records_are_sorted_by_subject_and_time_with_offsets() -> None:
    table = assemble(visits(("b", 9, 4.0), ("a", 365.25, 2.0), ("a", 0, 1.0), ("b", 3, 3.0)), small_study())
    assert table.subject_ids.tolist() == ["a", "b"]
    assert table.offsets.tolist() == [0, 2, 4]
    assert table.y[:, 0].tolist() == [1.0, 2.0, 3.0, 4.0]
    assert table.time[:2].tolist() == [0.0, 1.0]


def test_subject_ids_are_text_whatever_the_source_had() -> None:
    table = assemble(visits((10, 0, 1.0), (9, 0, 2.0)), small_study())
    assert table.subject_ids.tolist() == ["10", "9"]


def test_years_since_entry_is_always_a_covariate_known_ahead() -> None:
    table = assemble(visits(("a", 100, 1.0), ("a", 465.25, 2.0)), small_study())
    assert table.covariates == (SINCE_ENTRY,)
    assert table.known_ahead == (True,)
    assert table.x[:, 0].tolist() == pytest.approx([0.0, 1.0])


def test_records_without_any_outcome_are_left_out() -> None:
    table = assemble(visits(("a", 0, np.nan), ("a", 1, 2.0), ("b", 0, np.nan)), small_study())
    assert table.subject_ids.tolist() == ["a"]
    assert table.n_records == 1


def test_the_newest_record_is_kept_without_an_outcome_where_it_is_the_one_predicted() -> None:
    study = small_study(serve=ServeSpec(record="newest"))
    table = assemble(visits(("a", 0, np.nan), ("a", 1, 2.0), ("a", 2, np.nan), ("b", 0, 1.0)), study)
    np.testing.assert_array_equal(table.y[:, 0], [2.0, np.nan, 1.0])


def test_no_outcome_anywhere_is_refused() -> None:
    with pytest.raises(ValueError, match="no record has any of the study's outcomes"):
        assemble(visits(("a", 0, np.nan)), small_study())


def test_an_outcome_that_nobody_has_is_named() -> None:
    study = small_study(outcomes=(OutcomeSpec(name="a"), OutcomeSpec(name="b")))
    with pytest.raises(ValueError, match="no record has a value of outcome b"):
        assemble(visits(("a", 0, 1.0), b=[np.nan]), study)


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"outcomes": (OutcomeSpec(name="b"),)}, "b"),
        ({"covariates": (CovariateSpec(name="c", column="d"),)}, "d"),
        ({"records": RecordsSpec(source="t", subject="who", time=TimeSpec(column="day"))}, "who"),
    ],
)
def test_a_column_that_the_table_lacks_is_named(change: dict, column: str) -> None:
    with pytest.raises(ValueError, match=f"column {column}, which the table lacks"):
        assemble(visits(("a", 0, 1.0)), small_study(**change))


def test_a_cohort_column_that_the_table_lacks_is_named() -> None:
    with pytest.raises(ValueError, match="no column ward"):
        assemble(
            visits(("a", 0, 1.0)), small_study(cohorts=CohortsSpec(factors=(CohortFactor(column="ward"),)))
        )


def test_categories_become_one_column_a_level_and_stay_missing() -> None:
    study = small_study(covariates=(CovariateSpec(name="sex", kind="category"),))
    table = assemble(visits(("a", 0, 1.0), ("b", 0, 1.0), ("c", 0, 1.0), sex=["m", "f", None]), study)
    assert table.covariates[:2] == ("sex=f", "sex=m")
    np.testing.assert_array_equal(table.x[:, :2], [[0, 1], [1, 0], [np.nan, np.nan]])


def test_what_is_known_from_a_day_on_is_missing_before() -> None:
    arm = CovariateSpec(name="arm", kind="category", known="ahead", since_days=1)
    rows = [("a", -7, 1.0), ("a", 1, 1.0), ("a", 9, 1.0)]
    table = assemble(visits(*rows, arm="active"), small_study(covariates=(arm,)))
    np.testing.assert_array_equal(table.x[:, 0], [np.nan, 1, 1])


def test_an_age_at_entry_grows_by_one_a_year() -> None:
    study = small_study(covariates=(CovariateSpec(name="age", advances=True),))
    table = assemble(visits(("a", 0, 1.0), ("a", 730.5, 1.0), age=[50.0, 50.0]), study)
    assert table.x[:, 0].tolist() == [50.0, 52.0]
    assert advancing_covariates(study) == ("age", SINCE_ENTRY)


def test_dates_advance_from_the_subjects_first_record() -> None:
    study = small_study(
        records=RecordsSpec(source="t", subject="id", time=TimeSpec(column="day", unit="date")),
        covariates=(CovariateSpec(name="age", advances=True),),
    )
    dates = pd.to_datetime(["2020-01-01", "2021-01-01", "2010-01-01"])
    table = assemble(
        visits(("a", 0, 1.0), ("a", 0, 1.0), ("b", 0, 1.0), day=dates, age=[50.0, 50.0, 60.0]), study
    )
    assert table.x[:, 0].tolist() == pytest.approx([50.0, 50 + 366 / 365.25, 60.0])


@pytest.mark.parametrize(
    ("unit", "values", "apart"),
    [
        ("days", [0.0, 365.25], 1.0),
        ("years", [3.0, 4.5], 1.5),
        ("hours", [0.0, 8766.0], 1.0),
        ("order", [1, 4], 3.0),
        ("date", pd.to_datetime(["2021-01-01", "2022-01-01"]), 365 / 365.25),
    ],
)
def test_every_unit_of_time_ends_as_years(unit: str, values: object, apart: float) -> None:
    found = years(pd.DataFrame({"t": values}), TimeSpec(column="t", unit=unit))
    assert found[1] - found[0] == pytest.approx(apart)


def test_any_positive_makes_one_binary_outcome_of_several_columns() -> None:
    study = small_study(
        outcomes=(OutcomeSpec(name="fluid", kind="binary", any_positive=("oedema", "ascites")),)
    )
    frames = visits(
        *[(who, 0, 0.0) for who in "abcd"], oedema=[0, 0.5, 0, np.nan], ascites=[0, np.nan, np.nan, 1]
    )
    table = assemble(frames, study)
    # neither: 0; one positive is enough, even if the other is missing; c is unknown and so no record at all
    assert table.subject_ids.tolist() == ["a", "b", "d"]
    assert table.y[:, 0].tolist() == [0.0, 1.0, 1.0]


def test_the_newest_source_row_keeps_every_column() -> None:
    frames = visits(("a", 0, 1.0), ("a", 9, np.nan), ("b", 4, 2.0), ward=["x", "y", "z"])
    newest = assemble_with_account(frames, small_study()).newest
    assert newest["ward"].tolist() == ["y", "z"]


def test_the_sources_are_not_changed() -> None:
    frames = {"visits": scenario.visits(10)}
    assemble(frames, scenario.study())
    pd.testing.assert_frame_equal(frames["visits"], scenario.visits(10))


def asked(**changes) -> StudySpec:
    spec = {"source": "t", "subject": "id", "time": TimeSpec(column="day"), **changes}
    return small_study(records=RecordsSpec(**spec))


def test_without_a_time_column_each_subject_has_one_record_at_time_0() -> None:
    table = assemble(visits(("a", 3, 1.0), ("b", 9, 2.0)), asked(time=TimeSpec()))
    assert table.time.tolist() == [0.0, 0.0]


def test_rows_may_differ_in_their_unit_of_time() -> None:
    spec = TimeSpec(column="day", unit_column="unit", unit_days={"days": 1, "years": 365.25})
    table = assemble(visits(("a", 365.25, 1.0), ("b", 2, 2.0), unit=["days", "years"]), asked(time=spec))
    assert table.time.tolist() == [1.0, 2.0]


def test_two_records_at_one_time_are_refused_unless_the_study_says_what_to_make_of_them() -> None:
    frames = visits(("a", 5.6, 1.0), ("a", 5.9, 3.0), ("a", 7.0, 4.0))
    stepped = TimeSpec(column="day", step=1)
    with pytest.raises(ValueError, match="two records at one time"):
        assemble(frames, asked(time=stepped))
    table = assemble(frames, asked(time=stepped, same_time="mean"))
    assert table.y[:, 0].tolist() == [2.0, 4.0]
    assert as_delivered(frames, asked(time=stepped, same_time="mean")).y[:, 0].tolist() == [1.0, 3.0, 4.0]


def test_only_the_first_records_of_a_subject_are_taken() -> None:
    frames = visits(("a", 0, np.nan), ("a", 1, 1.0), ("a", 2, 2.0), ("a", 3, 3.0), ("b", 0, 9.0))
    assert assemble(frames, asked(first=2)).y[:, 0].tolist() == [1.0, 2.0, 9.0]


def test_doses_are_covariates_known_ahead_and_their_rows_no_records() -> None:
    frames = visits(("a", 0, np.nan), ("a", 1, 1.0), ("a", 2, 2.0), amt=[100.0, 0.0, 0.0])
    table = assemble(frames, asked(doses=DosesSpec(amount="amt")))
    assert table.n_records == 2
    left = table.covariates.index("dose_left_24h")
    assert table.x[:, left].tolist() == pytest.approx([50.0, 25.0])
    assert all(table.known_ahead)


def test_cohorts_that_change_cannot_scale_outcomes() -> None:
    study = small_study(
        outcomes=(OutcomeSpec(name="a", standardise="cohort"),),
        cohorts=CohortsSpec(factors=(CohortFactor(column="ward", at="record"),)),
    )
    with pytest.raises(ValueError, match="a subject stays in"):
        assemble(visits(("a", 0, 1.0), ward=["x"]), study)


def test_rows_that_cannot_be_used_are_counted_by_why() -> None:
    frames = visits(("a", 0, 1.0), ("a", np.nan, 2.0), (None, 1, 1.0), ("b", 2, np.nan), ("b", 3, 4.0))
    found = assemble_with_account(frames, small_study())
    assert counted(found) == {"W_ROW_NO_TIME": 1, "W_ROW_NO_SUBJECT": 1, "N_ROW_NO_OUTCOME": 1}
    assert (found.account.accepted["t"], found.account.used["t"]) == (5, 2)


def test_a_tie_at_the_last_of_the_first_records_is_not_cut_in_two() -> None:
    frames = visits(("a", 0, 1.0), ("a", 1, 2.0), ("a", 1, 3.0))
    with pytest.raises(StudyMismatch, match="two records at one time"):
        assemble(frames, asked(first=2))
    assert assemble(frames, asked(first=2, same_time="mean")).y[:, 0].tolist() == [1.0, 2.5]


def test_a_time_at_a_step_is_not_below_it() -> None:
    days = np.arange(400.0)
    table = assemble(visits(*[("a", day, 1.0) for day in days]), asked(time=TimeSpec(column="day", step=1)))
    assert np.round(table.time * 365.25).tolist() == days.tolist()


@pytest.mark.parametrize(
    ("columns", "study", "says"),
    [
        (
            {"c": ["x", "y"]},
            {"covariates": (CovariateSpec(name="c"),)},
            "covariates.c: column c has 2 values that are no",
        ),
        (
            {"e": [0, 2]},
            {"outcomes": (OutcomeSpec(name="e", kind="binary"),)},
            "outcomes.e: 1 of 2 values are neither 0",
        ),
        (
            {"w": ["x", "y"]},
            {"cohorts": CohortsSpec(factors=(CohortFactor(column="w", bands=(1,)),))},
            "cohorts.w: column w",
        ),
    ],
)
def test_what_is_no_number_is_refused_by_its_key(columns: dict, study: dict, says: str) -> None:
    with pytest.raises(StudyMismatch, match=says):
        assemble(visits(("a", 0, 1.0), ("b", 0, 2.0), **columns), small_study(**study))


def test_a_covariate_without_a_logarithm_counts_as_missing_or_stands_at_the_floor() -> None:
    frames = visits(("a", 0, 1.0), ("b", 0, 2.0), ("c", 0, 3.0), dose=[0.0, -1.0, 5.0])
    logged = CovariateSpec(name="dose", scale="log")
    found = assemble_with_account(frames, small_study(covariates=(logged,)))
    np.testing.assert_array_equal(found.table.x[:, 0], [np.nan, np.nan, 5])
    assert counted(found) == {"W_VALUE_NO_LOGARITHM": 2}
    found = assemble_with_account(frames, small_study(covariates=(replace(logged, floor=0.5),)))
    assert found.table.x[:, 0].tolist() == [0.5, 0.5, 5.0]
