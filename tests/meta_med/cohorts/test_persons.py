"""Persons: one with two identifiers, or with several series, is in one split."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from meta_med.cohorts.assemble import assemble_with_account
from meta_med.cohorts.persons import merge_persons, similar_identifiers, spelling, spellings
from meta_med.cohorts.splits import (
    cohort_table,
    split_subjects,
)
from meta_med.study import SplitsSpec
from tests import scenario
from tests.meta_med.cohorts.test_splits import parts_of


def test_all_series_of_a_person_are_in_one_part() -> None:
    table = scenario.table()
    person = np.array([f"P{i // 2}" for i in range(table.n_subjects)])
    for part in parts_of(split_subjects(replace(table, person_ids=person), SplitsSpec(parts=3))):
        np.testing.assert_array_equal(part.of_subject[::2], part.of_subject[1::2])


def test_all_series_of_one_person_are_in_one_split() -> None:
    table = scenario.table()
    person = np.asarray([f"person {i // 3}" for i in range(table.n_subjects)])
    of = split_subjects(replace(table, person_ids=person), SplitsSpec()).of_subject
    assert all(len(set(of[person == p])) == 1 for p in set(person))


def test_linked_subjects_are_never_parted_by_a_split() -> None:
    table = scenario.table()
    names = [str(s) for s in table.subject_ids]
    pairs = [[names[i], names[-1 - i]] for i in range(len(names) // 4)]
    linked = merge_persons(table, pairs)
    for seed in range(5):
        of = dict(zip(names, split_subjects(linked, SplitsSpec(seed=seed)).of_subject, strict=True))
        assert all(of[a] == of[b] for a, b in pairs)
    apart = dict(zip(names, split_subjects(table, SplitsSpec()).of_subject, strict=True))
    assert any(apart[a] != apart[b] for a, b in pairs)


def test_all_series_of_linked_people_come_along() -> None:
    table = scenario.table()
    person = np.asarray([f"person {i // 2}" for i in range(table.n_subjects)])
    linked = merge_persons(
        replace(table, person_ids=person), [["person 0", "person 2"], ["nobody", "person 3"]]
    )
    assert len(set(linked.person[[0, 1, 4, 5]])) == 1
    assert len(set(linked.person[[2, 3]]) | set(linked.person[[6, 7]])) == 2


def test_chains_of_links_are_one_person() -> None:
    table = scenario.table()
    a, b, c = (str(s) for s in table.subject_ids[:3])
    linked = merge_persons(table, [[a, b], [b, c]])
    assert len(set(linked.person[:3])) == 1


def test_nobody_linked_leaves_the_table_as_it_is() -> None:
    table = scenario.table()
    assert merge_persons(table, []) is table
    assert np.array_equal(merge_persons(table, [["nobody", "else"]]).person, table.person)


def test_identifiers_that_differ_in_case_or_blanks_are_alike_and_leading_zeros_are_not() -> None:
    assert similar_identifiers(["P1", "p 1", "P2", "7", "007", "Ünal", "U\u0308nal"]) == [
        ["P1", "p 1"],
        ["U\u0308nal", "Ünal"],
    ]


@pytest.mark.parametrize(
    "identifiers",
    [
        [f"{chr(a)}A b{chr(b)}" for a in range(128) for b in range(128)],
        ["P\u00c4 1", "\u2160", "stra\u00dfe", "P1"],
        ["\ud800", "p 1"],
        [],
    ],
    ids=["all pairs of ASCII", "beyond ASCII", "half a character", "none"],
)
def test_many_identifiers_at_once_are_spelt_as_each_by_itself(identifiers: list[str]) -> None:
    assert spellings(identifiers) == [spelling(identifier) for identifier in identifiers]


def test_patients_spelt_alike_stand_in_one_split_and_are_counted() -> None:
    visits = scenario.visits(60)
    twice = visits[visits["id"] < "P030"].assign(id=lambda v: v["id"].str.lower())
    found = assemble_with_account({"visits": pd.concat([visits, twice])}, scenario.study())
    assert {c.code: c.count for c in found.account.counted}["W_SPELT_ALIKE"] == 60
    split = split_subjects(found.table, SplitsSpec()).of_subject
    of = dict(zip(found.table.subject_ids.tolist(), split, strict=True))
    assert all(of[p] == of[p.lower()] for p in visits["id"].unique() if p < "P030")


def test_the_cohort_table_counts_persons_once_in_each_cohort() -> None:
    table = scenario.table()
    person = np.asarray([f"person {i // 2}" for i in range(table.n_subjects)])
    several = replace(table, person_ids=person)
    found = cohort_table(several, split_subjects(several, SplitsSpec()))
    counts = (
        pd.DataFrame({"cohort": several.entry_cohort, "person": person}).groupby("cohort")["person"].nunique()
    )
    assert found["n_subjects"].tolist() == counts.tolist()
    assert several.people == {"patients": table.n_subjects // 2, "series": table.n_subjects}
    assert table.people == {"patients": table.n_subjects}
