"""An impossible setting is named with its reason, and the others stay."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from meta_med.cohorts.assemble import assemble
from meta_med.cohorts.record_table import RecordTable
from meta_med.evaluate.possible_settings import impossible_settings, possible_part
from meta_med.study import CohortsSpec, EvaluationSpec, SplitsSpec, StudyMismatch, StudySpec
from tests import scenario

EVERY = ("next", "later", "new_cohort")


def a_study(*settings: str, **evaluation: object) -> StudySpec:
    return scenario.study(
        splits=SplitsSpec(folds=2),
        evaluation=EvaluationSpec(settings=settings, cohort_folds=2, **evaluation),  # type: ignore[arg-type]
    )


def records(visits: pd.DataFrame, study: StudySpec) -> RecordTable:
    return assemble({"visits": visits}, study)


def four_sites(visits: pd.DataFrame) -> pd.DataFrame:
    number = visits["id"].str[1:].astype(int)
    return visits.assign(site=np.where(number % 2 == 0, visits["site"], "far " + visits["site"]))


def first_visits() -> pd.DataFrame:
    return scenario.visits(60).groupby("id", as_index=False).first()


@pytest.fixture
def many() -> RecordTable:
    return records(four_sites(scenario.visits(60)), a_study(*EVERY))


def test_what_the_records_allow_is_evaluated(many: RecordTable) -> None:
    study = a_study(*EVERY)
    assert impossible_settings(many, study) == {}
    assert possible_part(study, {}) == study


def test_later_of_patients_with_one_record_each_asks_nothing_new() -> None:
    study = a_study("next", "later")
    found = impossible_settings(records(first_visits(), study), study)
    assert list(found) == ["later"]
    assert "asked for by next too: nobody has further records" in found["later"]
    assert possible_part(study, found).evaluation.settings == ("next",)


def test_a_setting_that_no_record_meets_is_named_with_the_patients_that_it_needs() -> None:
    visits = scenario.visits(60)
    few = visits[(visits["id"] < "P003") | ~visits["id"].duplicated()]  # three patients have later records
    study = a_study("later", support_sizes=(1, 2))
    found = impossible_settings(records(few, study), study)
    assert "A fold has fewer than" in found["later"]


def test_one_cohort_has_no_new_one() -> None:
    study = replace(a_study("next", "new_cohort"), cohorts=CohortsSpec())
    found = impossible_settings(records(scenario.visits(60), study), study)
    assert list(found) == ["new_cohort"]
    assert "needs 3 cohorts, the study has 1" in found["new_cohort"]


def test_a_study_of_impossible_settings_only_is_refused_with_the_reasons(many: RecordTable) -> None:
    study = a_study("next")
    with pytest.raises(StudyMismatch, match=r"none can be evaluated\. next: Nobody"):
        possible_part(study, {"next": "Nobody is there."})
