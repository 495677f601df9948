"""Covariates as columns, and what a record tells of the one to come."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from meta_med.cohorts.assemble import assemble
from meta_med.cohorts.record_table import RecordTable, with_next_records
from meta_med.study import (
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

READINGS = pd.DataFrame(
    {
        "id": "p",
        "when": pd.to_datetime(["2021-01-01 08:00", "2021-01-01 13:00", "2021-01-31 23:30"]),
        "y": [1.0, 2.0, 3.0],
        "slot": ["breakfast", "lunch", None],
        "next_slot": ["lunch", "supper", "breakfast"],
        "dose": [1.0, 2.0, 3.0],
    }
)


def study(*covariates: CovariateSpec, hours: float = 1.0, **changes) -> StudySpec:
    spec = scenario.study(
        records=RecordsSpec(source="t", subject="id", time=TimeSpec(column="when", unit="date")),
        outcomes=(OutcomeSpec(name="y"),),
        covariates=covariates,
        cohorts=CohortsSpec(),
        serve=ServeSpec(horizon_days=hours / 24),
    )
    return replace(spec, **changes)


def to_come(table: RecordTable, spec: StudySpec) -> dict[str, float]:
    """The covariates of the first patient's next record."""
    longer = with_next_records(table, spec.years_ahead, ())
    return dict(zip(table.covariates, longer.x[longer.newest[0]].tolist(), strict=True))


def test_a_covariate_known_ahead_is_carried_over_unless_the_study_says_where_it_comes_from() -> None:
    spec = study(CovariateSpec(name="dose", known="ahead"), CovariateSpec(name="slot", kind="category"))
    table = assemble({"t": READINGS}, spec)
    assert table.ahead == ("carried", "own", "own", "own")
    assert len(table.next_x) == 0
    assert to_come(table, spec)["dose"] == 3.0


def test_the_newest_record_may_hold_the_value_of_the_next_one_with_the_same_levels() -> None:
    spec = study(CovariateSpec(name="slot", kind="category", known="ahead", next_column="next_slot"))
    table = assemble({"t": READINGS}, spec)
    assert table.covariates[:3] == ("slot=breakfast", "slot=lunch", "slot=supper")
    np.testing.assert_array_equal(table.next_x[:, :3], [[0, 1, 0], [0, 0, 1], [1, 0, 0]])
    np.testing.assert_array_equal(table.x[:, :3], [[1, 0, 0], [0, 1, 0], [np.nan] * 3])
    assert to_come(table, spec)["slot=breakfast"] == 1.0


def test_the_study_may_fix_the_value_of_the_next_record() -> None:
    dose = CovariateSpec(name="dose", known="ahead", next_value=7.5)
    slot = CovariateSpec(name="slot", kind="category", known="ahead", next_value="lunch")
    spec = study(dose, slot)
    table = assemble({"t": READINGS}, spec)
    found = to_come(table, spec)
    assert (found["dose"], found["slot=lunch"], found["slot=breakfast"]) == (7.5, 1.0, 0.0)
    assert table.x[:, 0].tolist() == [1.0, 2.0, 3.0]


def test_a_level_that_no_record_has_is_refused_for_the_next_one() -> None:
    slot = CovariateSpec(name="slot", kind="category", known="ahead", next_value="brunch")
    with pytest.raises(StudyMismatch, match=r"slot\.next_value: no record has this level"):
        assemble({"t": READINGS}, study(slot))


def test_a_part_of_the_time_is_known_of_every_record_and_of_the_one_to_come() -> None:
    parts = [CovariateSpec(name=part, time_part=part) for part in ("hour", "weekday", "month")]  # type: ignore[arg-type]
    spec = study(*parts)
    table = assemble({"t": READINGS}, spec)
    assert all(table.known_ahead)
    np.testing.assert_array_equal(table.x[:, :3], [[8, 4, 1], [13, 4, 1], [23, 6, 1]])
    found = to_come(table, spec)  # half past midnight on Monday, the first of February
    assert [found[part] for part in ("hour", "weekday", "month")] == [0, 0, 2]


def test_hours_can_be_grouped_into_parts_of_the_day() -> None:
    groups = {"morning": "[5-9]|1[01]", "night": "2[2-3]|[0-4]"}
    spec = study(CovariateSpec(name="day", time_part="hour", kind="category", groups=groups))
    table = assemble({"t": READINGS}, spec)
    assert table.covariates[:3] == ("day=morning", "day=night", "day=other")
    assert table.x[:, :3].argmax(1).tolist() == [0, 2, 1]
    assert to_come(table, spec)["day=night"] == 1.0


def test_where_the_newest_record_itself_is_served_every_value_is_its_own() -> None:
    spec = study(CovariateSpec(name="dose", known="ahead"), serve=ServeSpec(record="newest"))
    assert set(assemble({"t": READINGS}, spec).ahead) == {"own"}


def given_doses(planned: bool) -> dict[str, float]:
    """Doses at 0 and 12 hours, the second after the only sample at 6 hours; the next sample is at 18 hours."""
    rows = pd.DataFrame({"id": "p", "when": READINGS["when"][0] + pd.to_timedelta([0, 6, 12], unit="h"),
                         "y": [np.nan, 1.0, np.nan], "amount": [100.0, 0.0, 100.0]})  # fmt: skip
    spec = study(hours=12.0)
    records = replace(spec.records, doses=DosesSpec(amount="amount", planned=planned))
    spec = replace(spec, records=records)
    return to_come(assemble({"t": rows}, spec), spec)


def test_doses_decay_from_the_newest_record_unless_they_are_planned() -> None:
    left = "dose_left_24h"
    assert given_doses(planned=False)[left] == pytest.approx(100 * 2**-0.75)
    assert given_doses(planned=True)[left] == pytest.approx(100 * 2**-0.75 + 100 * 2**-0.25)
    assert given_doses(planned=True)["hours_since_last_dose"] == pytest.approx(6.0)


def test_a_table_with_them_is_read_back_whole(tmp_path) -> None:
    spec = study(CovariateSpec(name="slot", kind="category", known="ahead", next_column="next_slot"))
    table = assemble({"t": READINGS}, spec)
    table.save(tmp_path)
    again = RecordTable.load(tmp_path)
    assert again.ahead == table.ahead
    assert np.array_equal(again.next_x, table.next_x, equal_nan=True)
