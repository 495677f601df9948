"""Where a covariate's values come from: combinations of keys that contradict each other are refused with their key."""

from pathlib import Path

import pytest

from meta_med.study import CovariateSpec
from orchestration.errors import StudyError
from tests.spec.study.test_what_cannot_be_meant import loaded


def with_covariate(folder: Path, covariate: dict[str, object], **changes: object) -> CovariateSpec:
    return loaded(folder, covariates=[covariate], **changes).spec.covariates[0]


AHEAD = {"name": "smoker", "known": "ahead"}
HIGHEST = {"name": "highest", "column": "peak_flow", "aggregate": "max"}
HOUR = {"name": "hour", "time_part": "hour"}


@pytest.mark.parametrize(
    "covariate",
    [
        AHEAD,
        {**AHEAD, "next_column": "woken_by_asthma"},
        {**AHEAD, "next_value": 0},
        {"name": "sex", "kind": "category", "known": "ahead", "next_value": "male"},
        {**HIGHEST, "window_days": 30},
        {**HIGHEST, "known": "ahead", "window_days": 0.5, "unit": "L/min"},
        {**HIGHEST, "aggregate": "time_since", "unit": "days"},
        {"name": "visits", "column": "sex", "aggregate": "count"},
        {"name": "last_sex", "column": "sex", "kind": "category", "aggregate": "last"},
        HOUR,
        {**HOUR, "kind": "category", "groups": {"night": "2[2-3]|[0-5]"}},
    ],
)
def test_what_can_be_meant_is_read(tmp_path: Path, covariate: dict[str, object]) -> None:
    assert with_covariate(tmp_path, covariate).name == covariate["name"]


@pytest.mark.parametrize(
    ("covariate", "expected"),
    [
        ({**AHEAD, "next_column": "nxt"}, r'covariates\.smoker": the contract has no column "nxt"'),
        ({**AHEAD, "next_column": "sex"}, 'column "sex" of the contract is of type string'),
        ({**AHEAD, "next_column": "age", "next_value": 1}, 'both "next_column" and "next_value"'),
        ({"name": "smoker", "next_value": 1}, 'next_value.*add "known: ahead"'),
        ({**AHEAD, "next_value": "yes"}, "must be a number"),
        ({**AHEAD, "next_value": 0, "scale": "log"}, "no logarithm"),
        ({**AHEAD, "next_value": float("nan")}, "next_value"),
        ({"name": "age", "advances": True, "next_value": 1}, r'"advances: true" does as well'),
        ({**HIGHEST, "window_days": 0}, "window_days"),
        ({**HIGHEST, "unit": "mL"}, 'in "L/min"'),
        ({"name": "smoker", "window_days": 3}, 'say by "aggregate"'),
        ({**HIGHEST, "advances": True}, r'advances" and "aggregate" do not go together'),
        ({**HIGHEST, "since_days": 3}, r'since_days" and "aggregate"'),
        ({**HIGHEST, "show": True}, 'show" is for columns of the newest row'),
        (
            {"name": "sex", "kind": "category", "aggregate": "count"},
            'count, which is a number: leave "kind" out',
        ),
        ({"name": "sex", "aggregate": "mean"}, 'write "kind: category"'),
        ({**HOUR, "column": "visit_date"}, "computed from the record's time"),
        ({**HOUR, "scale": "log"}, "has zeros"),
        ({**HIGHEST, "aggregate": "maximum"}, "aggregate"),
        ({**AHEAD, "next_colum": "age"}, 'did you mean "next_column"'),
    ],
)
def test_a_contradiction_is_refused_with_its_key(
    tmp_path: Path, covariate: dict[str, object], expected: str
) -> None:
    with pytest.raises(StudyError, match=expected):
        with_covariate(tmp_path, covariate)


def test_an_aggregate_of_the_outcome_s_own_column_is_of_earlier_rows_and_reveals_nothing(
    tmp_path: Path,
) -> None:
    assert with_covariate(tmp_path, {**HIGHEST, "known": "ahead"}).known_ahead
    with pytest.raises(StudyError, match="would reveal"):
        with_covariate(tmp_path, {"name": "peak", "column": "peak_flow", "known": "ahead"})


def test_a_record_that_is_there_has_its_own_value(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="has its own value"):
        with_covariate(tmp_path, {**AHEAD, "next_value": 1}, serve={"record": "newest"})


def test_a_window_up_to_the_newest_record_does_not_go_with_predictions_from_the_first_ones(
    tmp_path: Path,
) -> None:
    later = {"evaluation": {"settings": ["next", "later"]}}
    with pytest.raises(StudyError, match="predicts from the first records"):
        with_covariate(tmp_path, {**HIGHEST, "known": "ahead"}, **later)
    assert with_covariate(tmp_path, HIGHEST, **later).aggregate == "max"


@pytest.mark.parametrize(
    ("covariate", "key"),
    [({**HIGHEST, "window_days": 3}, "window_days"), ({**HIGHEST, "aggregate": "slope"}, "aggregate"),
     (HOUR, "time_part")],
)  # fmt: skip
def test_an_order_has_no_days_and_no_hours(tmp_path: Path, covariate: dict[str, object], key: str) -> None:
    time = {"column": "age", "unit": "order"}
    with pytest.raises(StudyError, match=key):
        with_covariate(tmp_path, covariate, records__time=time, serve={})
