"""Who a model has seen: the same persons in later deliveries, and persons who joined."""

from dataclasses import replace

import numpy as np

from meta_med.cohorts.persons import merge_persons
from meta_med.cohorts.record_table import RecordTable
from meta_med.cohorts.splits import SPLITS
from meta_med.model_version.people import NOBODY, TrainedPeople
from tests import scenario


def renamed(table: RecordTable, names: dict[str, str]) -> RecordTable:
    """The table with other identifiers for some subjects."""
    ids = np.asarray([names.get(str(s), str(s)) for s in table.subject_ids], dtype=np.str_)
    return replace(table, subject_ids=ids, person_ids=np.asarray([], dtype=np.str_), patient_ids=ids)


def trained() -> TrainedPeople:
    return TrainedPeople.of(scenario.table(), scenario.prepared().splits)


def test_everybody_keeps_their_split(tmp_path) -> None:
    ready = scenario.prepared()
    people = trained()
    people.save(tmp_path / "people.parquet")
    read = TrainedPeople.load(tmp_path / "people.parquet", people.parts)
    for one in (people, read):
        np.testing.assert_array_equal(one.splits_of(ready.table).of_subject, ready.splits.of_subject)


def test_who_was_not_there_is_in_no_split_and_unseen() -> None:
    people, table = trained(), renamed(scenario.table(), {"P000": "N000"})
    found = people.splits_of(table).of_subject
    assert found[0] == NOBODY
    assert (found[1:] == scenario.prepared().splits.of_subject[1:]).all()
    held_out = scenario.prepared().splits.subjects("held_out")
    expected = held_out | (np.arange(len(held_out)) == 0)
    np.testing.assert_array_equal(people.never_fitted_on(table), expected)


def test_a_new_series_of_a_person_who_was_trained_on_counts_as_trained_on() -> None:
    ready, people = scenario.prepared(), trained()
    seen = str(ready.table.subject_ids[np.flatnonzero(ready.splits.subjects("train"))[0]])
    unseen = str(ready.table.subject_ids[np.flatnonzero(ready.splits.subjects("held_out"))[0]])
    linked = merge_persons(renamed(ready.table, {unseen: "N000"}), [["N000", seen]])
    place = linked.subject_ids.tolist().index("N000")
    assert people.splits_of(linked).of_subject[place] == SPLITS.index("train")
    assert not people.never_fitted_on(linked)[place]


def test_another_spelling_of_an_identifier_is_the_same_person() -> None:
    ready, people = scenario.prepared(), trained()
    name = str(ready.table.subject_ids[0])
    table = renamed(ready.table, {name: f" {name.lower()}"})
    assert people.splits_of(table).of_subject[0] == ready.splits.of_subject[0]
