"""From measurements, facts and events in tables of their own to records."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from meta_med.cohorts.assemble import (
    assemble,
    assemble_with_account,
)
from meta_med.study import (
    CovariateSpec,
    EventsSpec,
    LongSpec,
    OutcomeSpec,
    RecordsSpec,
    StudyMismatch,
    StudySpec,
    SubjectsSpec,
    TimeSpec,
)
from tests.meta_med.cohorts.test_assemble import counted, small_study


def long_frames() -> dict[str, pd.DataFrame]:
    return {
        "m": pd.DataFrame(
            [
                ("1", 0, "a", 1.0),
                ("1", 0, "b", 5.0),
                ("1", 30, "a", 2.0),
                ("2", 0, "b", 6.0),
                ("3", 0, "a", 9.0),
            ],
            columns=["id", "day", "test", "value"],
        ),
        "s": pd.DataFrame({"key": ["1", "2"], "sex": ["f", "m"]}),
        "e": pd.DataFrame({"id": ["1", "1", "2"], "day": [30, 10, 0], "event": ["fall", "fall", "stroke"]}),
    }


def long_study(**changes) -> StudySpec:
    records = RecordsSpec(
        source="m",
        subject="id",
        time=TimeSpec(column="day"),
        long=LongSpec(name="test", value="value"),
        subjects=SubjectsSpec(source="s", key="key"),
        events=EventsSpec(source="e", subject="id", time=TimeSpec(column="day"), event="event"),
    )
    spec = small_study(
        records=records,
        outcomes=(OutcomeSpec(name="a"), OutcomeSpec(name="b")),
        covariates=(
            CovariateSpec(name="fell", column="fall", kind="event"),
            CovariateSpec(name="sex", kind="category"),
        ),
    )
    return replace(spec, **changes)


def test_measurements_are_pivoted_to_one_record_a_subject_and_time() -> None:
    table = assemble(long_frames(), long_study())
    np.testing.assert_array_equal(table.y, [[1, 5], [2, np.nan], [np.nan, 6], [9, np.nan]])


def test_subjects_without_a_row_of_facts_are_kept_with_missing_ones_and_counted() -> None:
    found = assemble_with_account(long_frames(), long_study())
    assert found.table.subject_ids.tolist() == ["1", "2", "3"]
    facts = found.table.x[:, [found.table.covariates.index(name) for name in ("sex=f", "sex=m")]]
    np.testing.assert_array_equal(facts, [[1, 0], [1, 0], [0, 1], [np.nan, np.nan]])
    assert counted(found)["W_NO_FACTS"] == 1


def test_an_event_counts_from_strictly_after_its_first_occurrence() -> None:
    frames = long_frames()
    assert assemble(frames, long_study()).x[:, 0].tolist() == [0.0, 1.0, 0.0, 0.0]
    frames["e"] = frames["e"][
        frames["e"]["day"] != 10
    ]  # now the first fall is on the day of the record itself
    assert assemble(frames, long_study()).x[:, 0].tolist() == [0.0, 0.0, 0.0, 0.0]


def test_an_event_that_nobody_had_is_named() -> None:
    study = long_study(covariates=(CovariateSpec(name="flew", kind="event"),))
    with pytest.raises(ValueError, match="covariate flew: no event 'flew' in e"):
        assemble(long_frames(), study)


def test_two_rows_of_one_subject_in_the_subjects_table_are_refused() -> None:
    frames = long_frames()
    frames["s"] = pd.concat([frames["s"], frames["s"]])
    with pytest.raises(StudyMismatch, match="2 rows of s are second ones of their patient"):
        assemble(frames, long_study())


def test_measurements_of_one_test_at_one_time_follow_the_rule_of_visits() -> None:
    frames = long_frames()
    again = pd.DataFrame({"id": ["1", "3"], "day": [0, 0], "test": ["a", "a"], "value": [4.0, 9.0]})
    frames["m"] = pd.concat([frames["m"], again])
    with pytest.raises(StudyMismatch, match="4 rows of 2 patients"):
        assemble(frames, long_study())
    study = long_study()
    found = assemble_with_account(frames, replace(study, records=replace(study.records, same_time="mean")))
    np.testing.assert_array_equal(found.table.y[:, 0], [2.5, 2, np.nan, 9])
    assert counted(found) == {"N_SAME_TIME": 4, "W_NO_FACTS": 1, "N_EVENT_LATER": 1, "N_EVENT_NOT_ASKED": 1}


def test_events_at_times_that_cannot_be_read_are_counted() -> None:
    frames = long_frames()
    more = {"id": ["1", None, "9", "2"], "day": [np.nan, 3, 3, 5], "event": ["fall", "fall", "fall", "fall"]}
    frames["e"] = pd.concat([frames["e"], pd.DataFrame(more)])
    found = counted(assemble_with_account(frames, long_study()))
    assert {c: n for c, n in found.items() if "EVENT" in c} == {
        "W_EVENT_NO_TIME": 1,
        "W_EVENT_NO_SUBJECT": 1,
        "N_EVENT_OF_NOBODY": 1,
        "N_EVENT_LATER": 1,
        "N_EVENT_NOT_ASKED": 1,
    }


def test_facts_and_events_are_of_the_patient_whose_series_it_is() -> None:
    frames = long_frames()
    frames["m"] = frames["m"].query("test == 'a'").assign(a=lambda m: m["value"], b=1.0, stay=["x", "y", "x"])
    study = long_study()
    found = assemble_with_account(
        frames, replace(study, records=replace(study.records, long=None, series=("stay",)))
    )
    assert found.table.subject_ids.tolist() == ["1/x", "1/y", "3/x"]
    assert found.table.x[:, 0].tolist() == [0.0, 1.0, 0.0]
    assert found.table.x[:2, 1].tolist() == [1.0, 1.0]
