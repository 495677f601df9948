"""Which rows a study asks about, and whose series they are."""

import pandas as pd
import pytest

from meta_med.cohorts.account import RecordCounts
from meta_med.cohorts.row_filters import PATIENT, PERSON, SUBJECT, add_subjects, select_rows
from meta_med.study import RecordsSpec, StudyMismatch

FRAME = pd.DataFrame(
    {
        "id": ["a", "a", "b", "c"],
        "stay": [1.0, 2.0, 1.0, None],
        "left_to": [1, 11, 3, 1],
        "day": [0, 5, 10, None],
    }
)


def spec(**changes) -> RecordsSpec:
    return RecordsSpec(source="t", subject="id", **changes)


@pytest.mark.parametrize(
    ("choice", "kept"),
    [
        ({}, [0, 1, 2, 3]),
        ({"where": {"left_to": ("1", "3")}}, [0, 2, 3]),
        ({"where": {"stay": ("1",)}}, [0, 2]),  # 1.0 is the level "1"
        ({"where_not": {"left_to": ("11",)}}, [0, 2, 3]),
        ({"between": {"day": (0, 5)}}, [0, 1]),
        ({"where": {"id": ("a",)}, "where_not": {"left_to": ("11",)}}, [0]),
    ],
)
def test_rows_are_kept_by_what_the_study_asks(choice: dict, kept: list[int]) -> None:
    assert select_rows(FRAME, spec(**choice)).index.tolist() == kept


def test_each_series_is_a_subject_of_its_patient() -> None:
    found = add_subjects(FRAME, spec(series=("stay",)))
    assert found[SUBJECT].tolist() == ["a/1", "a/2", "b/1", "c"]
    assert found[PERSON].tolist() == ["a", "a", "b", "c"]


def test_a_pattern_says_which_part_of_an_identifier_is_the_person() -> None:
    frame = pd.DataFrame({"id": ["liver_ast_7", "liver_alt_7", "heart_ef_7"], "study": ["L", "L", "H"]})
    found = add_subjects(frame, spec(person={"study": "", "id": "[0-9]+$"}))
    assert found[PERSON].tolist() == ["L/7", "L/7", "H/7"]
    assert found[SUBJECT].tolist() == frame["id"].tolist()


def test_a_share_draws_whole_persons_and_always_the_same_ones() -> None:
    frame = pd.DataFrame({"id": [f"P{i}" for i in range(2000) for _ in range(2)]})
    asked = spec(share=0.3)
    kept = select_rows(add_subjects(frame, asked), asked)
    assert (kept.groupby("id").size() == 2).all()
    assert 0.26 < len(kept) / len(frame) < 0.34
    shuffled = frame.sample(frac=1, random_state=0)
    assert set(select_rows(add_subjects(shuffled, asked), asked)["id"]) == set(kept["id"])


def test_different_series_never_have_one_name() -> None:
    frame = pd.DataFrame(
        {
            "id": ["a", "a/1", "a", "a", "a", "a~1b", "a/b"],
            "x": ["1/2", "2", "1", None, "", None, None],
            "y": [None, None, None, "1", None, None, None],
        }
    )
    found = add_subjects(frame, spec(series=("x", "y")))
    assert found[SUBJECT].nunique() == len(frame)
    assert found[PATIENT].tolist() == frame["id"].tolist()
    assert found[SUBJECT].tolist()[2] == "a/1"


def test_rows_of_nobody_and_rows_that_cannot_be_asked_about_are_counted() -> None:
    counts = RecordCounts()
    frame = pd.DataFrame(
        {"id": ["a", None, "b", "c"], "ward": ["x", "x", None, "y"], "day": [1.0, 2.0, 3.0, 4.0]}
    )
    asked = spec(where={"ward": ("x", "z")})
    kept = select_rows(add_subjects(frame, asked, counts), asked, counts)
    assert kept["id"].tolist() == ["a"]
    assert counts.counts == {
        ("W_ROW_NO_SUBJECT", "t", "id"): 1,
        ("W_ROW_CHOICE_MISSING", "t", "records.where.ward"): 1,
        ("N_ROW_NOT_ASKED", "t", "records.where.ward"): 1,
        ("W_WORD_NEVER_MET", "t", "records.where.ward"): 1,
    }


@pytest.mark.parametrize(
    "choice",
    [
        {"where": {"left_to": ("99",)}},
        {"between": {"day": (90, 99)}},
        {"where_not": {"left_to": ("1", "3", "11")}},
    ],
)
def test_a_choice_that_leaves_nobody_is_a_mistake_of_its_key(choice: dict) -> None:
    ((key, column),) = [(key, next(iter(chosen))) for key, chosen in choice.items()]
    with pytest.raises(StudyMismatch, match=rf"records.{key}.{column}: none of 4 rows"):
        select_rows(FRAME, spec(**choice))
