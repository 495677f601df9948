"""Queries: every way of asking, on subjects small enough to count on fingers."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meta_med.episodes.prepared import Prepared
from meta_med.episodes.queries import (
    Queries,
    evenly_thinned,
    every_query,
    main_setting,
    most_recent,
    queries_of,
    support_sizes,
    usable_end,
)
from meta_med.meta_train.fit import training_queries
from meta_med.study import BudgetSpec, EvaluationSpec, RecordsSpec
from tests import scenario
from tests.examples import examples

WAYS = ("next", "recent", "later")


def asking(
    sizes: tuple[int, ...] | None = (0, 1, 2), gap_days: float = 0.0, most: int = 6, **evaluation
) -> Prepared:
    """The usual patients, asked in another way."""
    ready = scenario.prepared()
    study = replace(
        ready.study,
        records=RecordsSpec(**{**vars(ready.study.records), "gap_days": gap_days}),
        evaluation=EvaluationSpec(settings=WAYS, support_sizes=sizes, **evaluation),
        budget=BudgetSpec(max_support=most),
    )
    return replace(ready, study=study)


def asked_of(ready: Prepared, setting: str, subject: int) -> list[tuple[int, ...]]:
    """(record, one past the newest used, k) of a subject's queries, its first record being 0."""
    found = queries_of(ready, "train", setting)
    own = ready.table.subject[found.rows] == subject
    start = ready.table.offsets[subject]
    return [
        (int(r - start), int(e - start), int(k))
        for r, e, k in zip(found.rows[own], found.end[own], found.size[own], strict=True)
    ]


def a_subject_with(ready: Prepared, records: int) -> int:
    train = ready.splits.subjects("train")
    return int(np.flatnonzero(train & (np.diff(ready.table.offsets) == records))[0])


def test_next_asks_for_each_record_from_all_before_it() -> None:
    ready = asking(sizes=None, most=2)
    assert asked_of(ready, "next", a_subject_with(ready, 4)) == [(0, 0, 0), (1, 1, 1), (2, 2, 2), (3, 3, 2)]


def test_next_asks_for_each_record_from_the_largest_stated_size_that_it_has() -> None:
    ready = asking(sizes=(0, 1, 3))
    assert asked_of(ready, "next", a_subject_with(ready, 4)) == [(0, 0, 0), (1, 1, 1), (2, 2, 1), (3, 3, 3)]
    assert len(queries_of(ready, "train", "next")) == len(ready.rows("train"))


def test_without_the_size_0_no_first_record_is_predicted() -> None:
    ready = asking(sizes=(1, 2))
    assert asked_of(ready, "next", a_subject_with(ready, 4)) == [(1, 1, 1), (2, 2, 2), (3, 3, 2)]


def test_without_stated_sizes_next_uses_every_size_and_the_others_the_usual_ones() -> None:
    study = asking(sizes=None, most=6).study
    assert support_sizes(study, "next") == (0, 1, 2, 3, 4, 5, 6)
    assert support_sizes(study, "recent") == support_sizes(study, "later") == (0, 1, 2, 3, 5)


def test_recent_asks_for_each_record_from_exactly_the_k_before_it() -> None:
    ready = asking(sizes=(0, 2))
    assert asked_of(ready, "recent", a_subject_with(ready, 4)) == [
        (0, 0, 0), (1, 1, 0), (2, 2, 0), (3, 3, 0), (2, 2, 2), (3, 3, 2),
    ]  # fmt: skip


def test_later_asks_for_all_later_records_from_the_first_k() -> None:
    ready = asking(sizes=(0, 2))
    assert asked_of(ready, "later", a_subject_with(ready, 4)) == [
        (0, 0, 0), (1, 0, 0), (2, 0, 0), (3, 0, 0), (2, 2, 2), (3, 2, 2),
    ]  # fmt: skip


def test_larger_supports_than_a_learner_takes_are_not_asked_for() -> None:
    assert set(queries_of(asking(sizes=(0, 2, 9)), "train", "recent").size.tolist()) == {0, 2}


def test_leaving_cohorts_out_is_no_way_of_asking() -> None:
    with pytest.raises(ValueError, match="new_cohort has no queries of its own"):
        queries_of(asking(), "train", "new_cohort")


def test_the_main_setting_is_the_first_that_asks() -> None:
    for given_settings, main in (
        (("new_cohort",), "next"),
        (("new_cohort", "later"), "later"),
        (("recent", "next"), "recent"),
    ):
        study = scenario.study(evaluation=EvaluationSpec(settings=given_settings))
        assert main_setting(study) == main


@pytest.mark.parametrize("setting", WAYS)
@pytest.mark.parametrize("gap", [0.0, 300.0, 700.0])
def test_no_record_nearer_than_the_gap_is_used(setting: str, gap: float) -> None:
    ready = asking(gap_days=gap)
    found = queries_of(ready, "train", setting)
    used = found.take(found.size > 0)
    assert len(used)
    assert (used.age_days(ready.table) >= gap - 1e-3).all()
    assert (used.end <= used.rows).all()
    assert (used.end - used.size >= ready.table.offsets[ready.table.subject[used.rows]]).all()


def test_a_gap_leaves_out_no_record_that_is_far_enough() -> None:
    table, gap = scenario.table(), 400.0
    end, days = usable_end(table, gap), table.time * 365.25
    for row in range(table.n_records):
        own = range(table.offsets[table.subject[row]], row)
        assert end[row] == own.start + sum(days[row] - days[i] >= gap - 1e-3 for i in own)


def test_without_own_records_there_is_no_age() -> None:
    ready = asking()
    found = queries_of(ready, "train", "next")
    assert np.array_equal(np.isnan(found.age_days(ready.table)), found.size == 0)


def test_the_cohort_is_the_one_known_when_the_newest_used_record_was_made() -> None:
    ready = asking()
    table = replace(ready.table, cohort=np.arange(ready.table.n_records) % 2)
    subject = a_subject_with(ready, 4)
    start = int(table.offsets[subject])
    rows, end = np.full(3, start + 3), start + np.array([0, 1, 3])
    found = Queries(rows, end, np.array([0, 1, 3])).cohort(table)
    assert found.tolist() == table.cohort[start + np.array([0, 0, 2])].tolist()


@given(
    counts=st.lists(st.tuples(st.integers(1, 9), st.integers(0, 2)), min_size=1, max_size=8),
    most=st.integers(1, 5),
)
@examples(60)
def test_thinning_keeps_evenly_spread_records_of_each_subject_and_size(
    counts: list[tuple[int, int]], most: int
) -> None:
    table = scenario.table()
    parts = [
        (table.offsets[s] + np.arange(min(n, np.diff(table.offsets)[s])), k)
        for s, (n, k) in enumerate(counts)
    ]
    rows = np.concatenate([r for r, _ in parts])
    size = np.concatenate([np.full(len(r), k) for r, k in parts])
    kept = evenly_thinned(Queries(rows, rows, size), table, most)
    for own, _ in parts:
        chosen = kept.rows[np.isin(kept.rows, own)] - own[0]
        assert len(chosen) == min(most, len(own))
        if len(own) > most:
            middles = (np.arange(most) + 0.5) * len(own) / most
            assert (np.abs(chosen + 0.5 - middles) <= 0.5).all()


def test_a_question_that_two_settings_ask_is_learned_once() -> None:
    ready = asking(sizes=(0, 1, 2))
    found = every_query(ready, "train", WAYS)
    each = set(zip(found.rows.tolist(), found.end.tolist(), found.size.tolist(), strict=True))
    assert len(each) == len(found)
    for setting in WAYS:
        part = queries_of(ready, "train", setting)
        assert each >= set(zip(part.rows.tolist(), part.end.tolist(), part.size.tolist(), strict=True))


def test_training_asks_everything_where_judging_is_thinned() -> None:
    ready = asking(sizes=(0, 1), most_per_subject=1)
    found = training_queries(ready)
    assert len(found) > len(every_query(ready, "train", WAYS))
    assert len(found) == len(training_queries(asking(sizes=(0, 1))))


def test_at_most_so_many_own_records() -> None:
    ready = asking()
    rows = ready.rows("held_out")
    assert np.array_equal(most_recent(ready, rows).at_most(1).size, most_recent(ready, rows, 1).size)


def test_own_values_are_counted_for_each_outcome_among_the_records_that_are_used() -> None:
    queries = Queries(rows=np.array([3, 3, 3, 0]), end=np.array([3, 3, 2, 0]), size=np.array([3, 1, 2, 0]))
    observed = np.array([[True, True], [True, False], [True, False], [True, True]])
    assert queries.own_values(observed).tolist() == [[3, 1], [1, 0], [2, 1], [0, 0]]


def test_own_values_are_the_same_asked_for_one_by_one_and_together() -> None:
    rng = np.random.default_rng(5)
    observed, end = rng.random((200, 3)) < 0.6, np.tile(np.arange(201), 3)
    queries = Queries(np.minimum(end, 199), end, np.minimum(end, rng.integers(0, 7, len(end))))
    together = queries.own_values(observed)
    assert together.max() > 3
    for i in range(len(end)):
        assert queries.take(np.asarray([i])).own_values(observed).tolist() == [together[i].tolist()]
