"""Cohorts by stated rules."""

import numpy as np
import pandas as pd
import pytest

from meta_med.cohorts.account import RecordCounts
from meta_med.cohorts.assign import EVERYONE, OTHER, assign_cohorts
from meta_med.study import CohortFactor, CohortsSpec, StudyMismatch


def names(frame: pd.DataFrame, *factors: CohortFactor, least: int = 1) -> list[str]:
    index, found = assign_cohorts(frame, "id", CohortsSpec(factors=factors, min_subjects=least))
    return [found[i] for i in index]


def test_without_a_rule_everyone_is_one_cohort() -> None:
    index, found = assign_cohorts(pd.DataFrame({"id": ["a", "b"]}), "id", CohortsSpec())
    assert found == (EVERYONE,)
    assert index.tolist() == [0, 0]


def test_bands_are_closed_on_the_left() -> None:
    frame = pd.DataFrame({"id": list("abcd"), "stage": [2.9, 3.0, 3.9, 4.0]})
    factor = CohortFactor(column="stage", bands=(3, 4), labels=("early", "middle", "late"))
    assert names(frame, factor) == ["early", "middle", "middle", "late"]


def test_bands_without_labels_name_themselves() -> None:
    frame = pd.DataFrame({"id": list("ab"), "age": [40.0, 50.0]})
    assert names(frame, CohortFactor(column="age", bands=(50,))) == ["age -inf-50", "age 50-inf"]


def test_values_get_their_labels_whether_read_as_whole_numbers_or_not() -> None:
    factor = CohortFactor(column="arm", values=("0", "1"), labels=("placebo", "drug"))
    for kind in (int, float, str):
        frame = pd.DataFrame({"id": list("ab"), "arm": pd.Series([0, 1]).astype(kind)})
        assert names(frame, factor) == ["placebo", "drug"]


def test_a_missing_level_is_its_own_cohort() -> None:
    frame = pd.DataFrame({"id": list("abc"), "stage": [1.0, np.nan, 5.0], "arm": ["x", None, "x"]})
    factors = (CohortFactor(column="stage", bands=(3,), labels=("low", "high")), CohortFactor(column="arm"))
    assert names(frame, *factors) == ["low, x", "stage unknown, arm unknown", "high, x"]


def test_at_entry_takes_the_first_record_and_at_record_moves_with_the_subject() -> None:
    frame = pd.DataFrame({"id": ["a", "a", "b"], "ward": ["x", "y", "y"]})
    assert names(frame, CohortFactor(column="ward")) == ["x", "x", "y"]
    assert names(frame, CohortFactor(column="ward", at="record")) == ["x", "y", "y"]


def test_small_cohorts_are_pooled_counting_subjects_not_records() -> None:
    frame = pd.DataFrame({"id": list("aaabcd"), "ward": list("xxxyyz")})
    assert names(frame, CohortFactor(column="ward"), least=2) == [OTHER] * 3 + ["y", "y"] + [OTHER]


def test_names_are_sorted_so_that_the_index_does_not_depend_on_the_rows() -> None:
    frame = pd.DataFrame({"id": list("ab"), "ward": ["z", "a"]})
    assert assign_cohorts(frame, "id", CohortsSpec(factors=(CohortFactor(column="ward"),), min_subjects=1))[
        1
    ] == ("a", "z")


def test_different_combinations_of_levels_never_have_one_name() -> None:
    frame = pd.DataFrame({"id": list("abcd"), "x": ["a, b", "a", 'p"', "u"], "y": ["c", "b, c", "q", "v"]})
    found = names(frame, CohortFactor(column="x"), CohortFactor(column="y"))
    assert len(set(found)) == 4
    assert found[3] == "u, v"


def test_no_cohort_bears_the_name_of_everybody_or_of_those_pooled() -> None:
    frame = pd.DataFrame({"id": list("abcde"), "ward": ["all", "", OTHER, OTHER, "cohort all"]})
    found = names(frame, CohortFactor(column="ward"), least=1)
    assert found == ["cohort all (cohort)", "cohort without a name", *[f"cohort {OTHER}"] * 2, "cohort all"]
    assert names(frame, CohortFactor(column="ward"), least=2)[:3] == [OTHER, OTHER, f"cohort {OTHER}"]


def test_a_level_called_like_the_missing_one_stays_apart() -> None:
    frame = pd.DataFrame({"id": list("ab"), "ward": ["ward unknown", None]})
    assert len(set(names(frame, CohortFactor(column="ward")))) == 2


def test_levels_that_the_study_does_not_declare_are_counted_and_words_that_name_nobody_refused() -> None:
    frame, counts = pd.DataFrame({"id": list("abc"), "arm": [0.0, 1.0, 2.0]}), RecordCounts()
    factor = CohortFactor(column="arm", values=("0", "1", "7"))
    assign_cohorts(frame, "id", CohortsSpec(factors=(factor,), min_subjects=1), counts)
    assert {code: n for (code, _, _), n in counts.counts.items()} == {
        "W_COHORT_UNDECLARED": 1,
        "W_WORD_NEVER_MET": 1,
    }
    with pytest.raises(StudyMismatch, match=r"cohorts.arm.values: column arm has 3 values, and none"):
        names(frame, CohortFactor(column="arm", values=("a", "b")))


def test_a_cohort_is_as_large_as_its_number_of_persons() -> None:
    frame = pd.DataFrame({"id": list("abcde"), "who": [1, 1, 2, 3, 4], "site": list("nnsss")})
    spec = CohortsSpec(factors=(CohortFactor(column="site"),), min_subjects=2)
    assert assign_cohorts(frame, "id", spec)[1] == ("n", "s")
    assert assign_cohorts(frame, "id", spec, person="who")[1] == (OTHER, "s")
