"""Law 1 from the raw rows on: what happens at or after prediction time is nowhere in the records before it.

The other tests of law 1 start at a record table; this one starts at the delivered tables, where cohorts,
covariates and events are made.
"""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from meta_med.cohorts.assemble import assemble
from meta_med.cohorts.record_table import RecordTable
from meta_med.study import (
    CohortFactor,
    CohortsSpec,
    CovariateSpec,
    EventsSpec,
    OutcomeSpec,
    RecordsSpec,
    StudySpec,
    TimeSpec,
)

STUDY = StudySpec(
    study="s",
    title="A study",
    contract="c",
    sources={"visits": "visits.csv", "events": "events.csv"},
    records=RecordsSpec(
        source="visits",
        subject="id",
        time=TimeSpec(column="day"),
        events=EventsSpec(source="events", subject="id", time=TimeSpec(column="day"), event="event"),
    ),
    outcomes=(OutcomeSpec(name="y"),),
    covariates=(
        CovariateSpec(name="age", advances=True),
        CovariateSpec(name="dose"),
        CovariateSpec(name="fall", kind="event"),
    ),
    cohorts=CohortsSpec(
        min_subjects=1,
        factors=(
            CohortFactor(column="stage", bands=(3,), labels=("early", "late")),
            CohortFactor(column="fall", at="record", bands=(0.5,), labels=("no fall", "fall")),
        ),
    ),
)


def visits() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "id": ["a", "a", "a", "b", "b"],
            "day": [0, 100, 200, 0, 150],
            "y": [1.0, 2.0, 3.0, 4.0, 5.0],
            "age": [50.0, 50.0, 50.0, 60.0, 60.0],
            "dose": [1.0, 2.0, 3.0, 1.0, 1.0],
            "stage": [np.nan, 4, 4, 2, 4],
        }
    )


def events(day: int = 150) -> pd.DataFrame:
    return pd.DataFrame({"id": ["a", "b"], "day": [day, 900], "event": ["fall", "fall"]})


def table(changed: pd.DataFrame | None = None, happened: pd.DataFrame | None = None) -> RecordTable:
    frames = {
        "visits": visits() if changed is None else changed,
        "events": events() if happened is None else happened,
    }
    return assemble(frames, STUDY)


def known_before(found: RecordTable, row: int) -> tuple[object, ...]:
    """What a prediction of this row may rest on: earlier records, what is known ahead, the cohort known before."""
    ahead = np.asarray(found.known_ahead)
    earlier = slice(int(found.offsets[0]), row)
    names = np.asarray(found.cohort_names)
    return (
        found.x[earlier].tolist(),
        found.y[earlier].tolist(),
        names[found.cohort[earlier]].tolist(),
        found.x[row, ahead].tolist(),
        names[found.cohort_before[row]],
    )


@pytest.mark.fault("M10")
def test_another_outcome_dose_or_stage_at_the_predicted_visit_changes_nothing_before_it() -> None:
    changed = visits()
    changed.loc[2, ["y", "dose", "stage"]] = [99.0, 99.0, 1.0]
    assert repr(known_before(table(changed), 2)) == repr(known_before(table(), 2))


def test_an_event_between_the_newest_record_and_the_predicted_one_changes_nothing() -> None:
    assert repr(known_before(table(happened=events(950)), 2)) == repr(known_before(table(), 2))


def test_an_event_before_the_newest_record_is_known() -> None:
    assert known_before(table(happened=events(50)), 2)[-1] != known_before(table(), 2)[-1]


def test_a_cohort_at_entry_is_read_off_the_first_record_even_where_that_is_silent() -> None:
    found = table()
    names = np.asarray(found.cohort_names)[found.cohort]
    assert [n.split(", ")[0] for n in names] == ["stage unknown"] * 3 + ["early"] * 2


def test_a_covariate_is_hidden_in_the_predicted_visit_unless_the_study_says_ahead() -> None:
    ahead = dict(zip(table().covariates, table().known_ahead, strict=True))
    assert ahead == {"age": True, "dose": False, "fall": False, "years_since_entry": True}


@pytest.mark.parametrize("known", ["ahead", "at_record"])
def test_a_study_may_say_so(known: str) -> None:
    dose = CovariateSpec(name="dose", known=known)  # type: ignore[arg-type]
    found = assemble(
        {"visits": visits(), "events": events()}, replace(STUDY, covariates=(dose, STUDY.covariates[2]))
    )
    assert found.known_ahead[0] == (known == "ahead")
