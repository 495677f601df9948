"""What rows without an outcome hold is known at later records, and k counts records with an outcome."""

import numpy as np
import pandas as pd

from meta_med.cohorts.assemble import Assembled, assemble_with_account
from meta_med.cohorts.record_table import with_next_records
from meta_med.study import (
    CohortsSpec,
    CovariateSpec,
    OutcomeSpec,
    RecordsSpec,
    ServeSpec,
    StudySpec,
    TimeSpec,
)
from tests import scenario

CREATININE = CovariateSpec(name="creatinine", unit="mg/dL")
WARD = CovariateSpec(name="ward", kind="category")


def study(*covariates: CovariateSpec, **records) -> StudySpec:
    return scenario.study(
        records=RecordsSpec(source="t", subject="id", time=TimeSpec(column="day"), **records),
        outcomes=(OutcomeSpec(name="a", determined="allow"),),
        covariates=covariates,
        cohorts=CohortsSpec(),
        serve=ServeSpec(horizon_days=5.0),
    )


ROWS = pd.DataFrame(
    [
        ("p", 0, np.nan, 1.0, "x"),
        ("p", 1, np.nan, 2.0, "y"),
        ("p", 2, 10.0, 3.0, None),
        ("p", 3, np.nan, 4.0, None),
        ("p", 4, 20.0, np.nan, "y"),
        ("q", 0, 30.0, 5.0, "x"),
        ("q", 1, np.nan, 6.0, "x"),
        ("r", 0, np.nan, 7.0, "x"),
    ],
    columns=["id", "day", "a", "creatinine", "ward"],
)


def made(spec: StudySpec, rows: pd.DataFrame = ROWS) -> Assembled:
    found = assemble_with_account({"t": rows}, spec)
    assert not found.account.unexplained()
    return found


def column(found: Assembled, name: str) -> list[float | None]:
    values = found.table.x[:, found.table.covariates.index(name)]
    return [None if np.isnan(v) else float(v) for v in values]


def test_the_first_record_knows_the_last_value_of_the_rows_before_it() -> None:
    found = made(study(CREATININE))
    assert found.table.covariates[:2] == ("creatinine", "creatinine_before")
    assert column(found, "creatinine_before")[0] == 2.0
    assert column(found, "creatinine_before")[2] is None


def test_records_with_an_outcome_alone_are_counted() -> None:
    found = made(study(CREATININE))
    assert found.table.n_records == 3
    assert found.table.position.tolist() == [0, 1, 0]


def test_it_is_known_ahead_and_the_measurement_itself_is_not() -> None:
    table = made(study(CREATININE)).table
    ahead = dict(zip(table.covariates, table.known_ahead, strict=True))
    assert (ahead["creatinine"], ahead["creatinine_before"]) == (False, True)


def test_a_category_is_carried_too() -> None:
    found = made(study(WARD))
    assert column(found, "ward_before=y")[0] == 1.0
    assert column(found, "ward_before=x")[0] == 0.0


def test_the_row_of_a_record_is_not_before_it() -> None:
    rows = ROWS.assign(creatinine=ROWS["creatinine"].where(ROWS["day"] > 0))
    assert column(made(study(CREATININE), rows), "creatinine_before")[0] == 2.0
    later = rows.assign(creatinine=rows["creatinine"] + 100.0 * (rows["day"] >= 2))
    assert column(made(study(CREATININE), later), "creatinine_before")[0] == 2.0


def test_the_record_to_come_has_the_last_value_that_is_known() -> None:
    table = with_next_records(made(study(CREATININE)).table, 5 / 365.25, ())
    at = table.covariates.index("creatinine_before")
    assert table.x[table.newest, at].tolist() == [4.0, 5.0]


def test_rows_that_are_used_this_way_are_counted_as_used() -> None:
    account = made(study(CREATININE)).account
    counts = {c.code: c.count for c in account.counted}
    assert counts["N_ROW_HISTORY"] == 4
    assert counts["N_ROW_NO_OUTCOME"] == 1
    assert account.used["t"] == 7


def test_nothing_is_added_where_every_row_has_an_outcome_or_hardly_any_has_none() -> None:
    full = ROWS.assign(a=ROWS["a"].fillna(1.0))
    assert "creatinine_before" not in made(study(CREATININE), full).table.covariates
    many = pd.concat([full.assign(id=full["id"] + str(i)) for i in range(20)], ignore_index=True)
    many.loc[0, "a"] = np.nan
    assert "creatinine_before" not in made(study(CREATININE), many).table.covariates


def test_a_study_may_leave_it_out_or_write_its_own() -> None:
    ignored = made(study(CREATININE, rows_without_outcome="ignore"))
    assert "creatinine_before" not in ignored.table.covariates
    assert {c.code: c.count for c in ignored.account.counted}["N_ROW_NO_OUTCOME"] == 5
    own = CovariateSpec(name="newest", column="creatinine", known="ahead", aggregate="last")
    assert "creatinine_before" not in made(study(CREATININE, own)).table.covariates


def test_the_order_of_the_rows_changes_nothing() -> None:
    rows = pd.concat([ROWS, ROWS.assign(a=np.nan, creatinine=ROWS["creatinine"] + 1)], ignore_index=True)
    one, other = (made(study(CREATININE, WARD), r).table for r in (rows, rows.iloc[::-1]))
    assert one.covariates == other.covariates
    assert np.array_equal(one.x, other.x, equal_nan=True)
