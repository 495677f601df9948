"""What rows tell of a column, without their values: constant within patients, a copy, counting time, skewed."""

import pandas as pd

from data_contracts.contract.parse import parse
from orchestration.study_draft.columns import StudyColumn, study_columns
from orchestration.study_draft.layout import layout_of
from tests.orchestration.study_draft.made_up import VISITS, VISITS_ALLOWED, contract, visits

TEXT = contract({"visits": VISITS}, {"visits": ["patient", "day"]}, VISITS_ALLOWED)


def columns(rows: pd.DataFrame | None) -> dict[str, StudyColumn]:
    promised = parse(TEXT.encode(), file="made_up.yaml", sha256="")
    frames = {} if rows is None else {"visits": rows}
    return {c.name: c for c in study_columns(layout_of(promised, frames), frames)}


def test_identifiers_keys_and_times_are_no_columns_of_a_study() -> None:
    assert not {"patient", "day", "sample"} & set(columns(None))


def test_of_a_contract_alone_nothing_is_known_of_the_rows() -> None:
    found = columns(None)["pressure"]
    assert (found.constant, found.patients, found.levels) == (None, None, None)


def test_rows_say_what_never_changes_what_counts_time_and_what_is_a_copy() -> None:
    found = columns(visits())
    assert [n for n, c in found.items() if c.constant] == ["site", "sex", "age", "smoker", "died", "batch"]
    assert [n for n, c in found.items() if c.counts_time] == ["visit_no"]
    assert [n for n, c in found.items() if c.copy_of] == ["pressure_kpa"]
    assert [n for n, c in found.items() if c.has_one_value] == ["batch"]
    assert found["site"].level_patients == (20, 20, 20)
    assert (found["smoker"].with_event, found["smoker"].without_event) == (30, 30)


def test_few_patients_with_several_rows_do_not_make_a_column_constant() -> None:
    assert columns(visits(patients=19))["smoker"].constant is None
    once = visits().drop_duplicates("patient")
    assert columns(once)["pressure"].constant is None


def test_an_event_that_never_returns_stays() -> None:
    rows = visits().assign(pain=lambda t: (t["day"] >= 180).astype(int))
    assert columns(rows)["pain"].stays
    assert not columns(visits())["pain"].stays
