"""The settings of a draft follow the number of patients and records, and the time between records."""

import pandas as pd
import pytest

from meta_med.study import TimeSpec
from orchestration.study_draft import settings
from orchestration.study_draft.layout import Layout
from orchestration.study_draft.settings import Amount


def layout(unit: str = "days", column: str = "day") -> Layout:
    from data_contracts.contract.model import Column, Table

    table = Table(name="t", columns=(Column(name="who", kind="string", role="subject"),), rules=())
    time = TimeSpec(column=column, unit=unit)  # type: ignore[arg-type]
    return Layout(
        records=table,
        subjects=None,
        events=None,
        time=time,
        long=None,
        series=(),
        same_time=False,
        questions={},
    )


def test_the_amount_is_counted_by_patient_and_in_days() -> None:
    rows = pd.DataFrame({"who": ["a"] * 4 + ["b"] * 2, "day": [0, 24, 48, 72, 0, 24]})
    found = settings.amount_of(layout("hours"), rows)
    assert (found.patients, found.records, found.most_records, found.days_apart) == (2, 3, 4, 1)


def test_without_rows_or_times_nothing_is_made_up() -> None:
    assert settings.amount_of(layout(), None) == Amount()
    assert settings.amount_of(layout(column=""), None).one_record


@pytest.mark.parametrize(("most", "expected"), [(None, 10), (1, 1), (2, 1), (6, 5), (80, 10)])
def test_the_largest_support_is_what_most_patients_have(most: int | None, expected: int) -> None:
    assert settings.support(Amount(most_records=most)) == expected


def test_dense_series_are_judged_by_any_record() -> None:
    assert settings.evaluation(Amount(records=100, most_records=200), [])["settings"] == ["recent"]
    assert settings.evaluation(Amount(records=5, most_records=9), ["sex"]) == {
        "settings": ["next"],
        "groups": ["sex"],
    }


def test_what_is_served_has_days_only_where_times_have() -> None:
    usual = Amount(records=5, most_records=9, days_apart=91.3)
    assert settings.serve(layout(), usual) == {"record": "next", "horizon_days": 91, "max_age_days": 270}
    assert settings.serve(layout("order"), usual) == {"record": "next"}
    assert settings.serve(layout(), Amount(most_records=1)) == {"record": "newest"}
    assert settings.serve(layout(), Amount())["horizon_days"] == 365.25


def test_cohorts_of_a_small_study_may_be_small() -> None:
    assert [settings.min_subjects(Amount(patients=n)) for n in (59, 60, None)] == [5, 10, 10]
