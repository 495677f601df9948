"""The worklist's search, in SQL, page by page."""

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meta_med.published import writer
from meta_med.published.release import Release
from meta_med.published.search import SubjectSearch, group_counts, named_subjects, search_subjects
from tests.published.small_release import NOW, small_release


@pytest.fixture
def store(url: str) -> tuple[str, str]:
    return url, writer.publish(url, small_release(0, n=10), NOW).release_id


@pytest.fixture(scope="module")
def twelve(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    url = f"sqlite:///{tmp_path_factory.mktemp('store') / 'published.sqlite'}"
    return url, writer.publish(url, small_release(0, n=12), NOW).release_id


def ids(store: tuple[str, str], **search) -> list[str]:
    return search_subjects(*store, SubjectSearch("bili", **search)).rows["subject_id"].tolist()


def test_pages_are_cut_in_order(store: tuple[str, str]) -> None:
    first = search_subjects(*store, SubjectSearch("bili", limit=4))
    assert first.total == 10
    assert first.rows["subject_id"].tolist() == ["P00000", "P00001", "P00002", "P00003"]
    assert ids(store, limit=4, offset=8) == ["P00008", "P00009"]


def test_each_row_has_last_value_and_prediction(store: tuple[str, str]) -> None:
    row = search_subjects(*store, SubjectSearch("bili")).rows.iloc[4]
    assert (row["last_value"], row["last_time_days"], row["mean"], row["n_outside"]) == (5.0, 365.0, 4.0, 1)


def test_filters_narrow_the_list(store: tuple[str, str]) -> None:
    assert ids(store, cohorts=("c1",), statuses=("withheld",)) == ["P00005"]
    assert ids(store, text="p00007 ") == ["P00007"]
    assert ids(store, cohorts=("nowhere",)) == []


@pytest.mark.parametrize("text", ["' OR 1=1--", "%", "_", "\\", "x" * 10_000, "P\x00%"])
def test_nothing_a_viewer_types_is_more_than_text(store: tuple[str, str], text: str) -> None:
    assert ids(store, text=text) == []
    assert len(ids(store)) == 10


def test_sorting_by_predicted_change(store: tuple[str, str]) -> None:
    # mean / last value = i / (i + 1): grows with i
    assert ids(store, sort="rise", limit=2) == ["P00009", "P00008"]
    assert ids(store, sort="fall", limit=2) == ["P00000", "P00001"]


def test_sorting_by_difference_where_the_scale_is_plain(url: str) -> None:
    made = small_release(0, n=4)
    frames = dict(made.frames)
    frames["outcomes"] = frames["outcomes"].assign(scale="identity")
    frames["predictions"] = frames["predictions"].assign(mean=[10.0, 0.0, 20.0, 5.0])
    store = url, writer.publish(url, Release("pbc", frames, {}), NOW).release_id
    assert ids(store, sort="rise") == ["P00002", "P00000", "P00003", "P00001"]


def test_sorting_by_newest_and_by_outside(store: tuple[str, str]) -> None:
    assert ids(store, sort="newest", limit=1) == ["P00006"]
    assert set(ids(store, sort="outside")[-1:]) == {"P00001"}


def test_numbers_as_ids_stand_in_their_order(url: str) -> None:
    made = small_release(0, n=3)
    renamed = {"P00000": "101", "P00001": "9", "P00002": "13"}
    named = {
        k: f.assign(subject_id=f["subject_id"].map(renamed)) if "subject_id" in f else f
        for k, f in made.frames.items()
    }
    store = url, writer.publish(url, Release("pbc", named, {}), NOW).release_id
    assert ids(store) == ["9", "13", "101"]


def test_cohorts_and_statuses_are_counted(store: tuple[str, str]) -> None:
    subjects = small_release(0, n=10).frames["subjects"]
    assert group_counts(*store) == subjects.groupby(["cohort", "status"]).size().to_dict()


def test_the_orders_are_those_of_the_numbers_that_are_shown(url: str) -> None:
    made = small_release(0, n=12)
    flags = [";".join("abc"[: i % 4]) for i in range(12)]
    second = made.frames["predictions"].assign(outcome="second", mean=2.5)
    outcomes = made.frames["outcomes"]
    frames = made.frames | {
        "predictions": pd.concat([made.frames["predictions"].assign(flags=flags), second[3:6]]),
        "outcomes": pd.concat([outcomes, outcomes.assign(name="second", reference_high=2.0)]),
    }
    store = url, writer.publish(url, replace(made, frames=frames), NOW).release_id
    for sort, shown in (("flagged", "n_flagged"), ("outside", "n_outside")):
        numbers = search_subjects(*store, SubjectSearch("bili", sort=sort)).rows[shown].tolist()
        assert numbers == sorted(numbers, reverse=True)
        assert len(set(numbers)) > 1


@pytest.mark.parametrize("sort", ["subject_id", "newest", "rise", "fall", "outside", "flagged"])
@pytest.mark.parametrize(
    "filters", [{}, {"text": "1"}, {"cohorts": ("c1",)}, {"statuses": ("withheld",), "text": "p"}]
)
def test_pages_put_together_are_the_whole_list(store: tuple[str, str], sort: str, filters: dict) -> None:
    whole = ids(store, sort=sort, limit=100, **filters)
    pages = [
        search_subjects(*store, SubjectSearch("bili", sort=sort, limit=3, offset=i, **filters))
        for i in (0, 3, 6, 9)
    ]
    assert [name for page in pages for name in page.rows["subject_id"]] == whole
    assert {page.total for page in pages} == {len(whole)}


@given(
    text=st.text("P0123456789 ", max_size=4),
    cohorts=st.sets(st.sampled_from(["c0", "c1", "nowhere"])),
    statuses=st.sets(st.sampled_from(["personalised", "cohort", "withheld"])),
)
def test_a_search_finds_whom_the_whole_table_has(
    twelve: tuple[str, str], text: str, cohorts: set[str], statuses: set[str]
) -> None:
    rows = small_release(0, n=12).frames["subjects"]
    wanted = rows["subject_id"].str.contains(text.strip(), regex=False)
    wanted &= rows["cohort"].isin(cohorts) | (not cohorts)
    wanted &= rows["status"].isin(statuses) | (not statuses)
    search = SubjectSearch("bili", text=text, cohorts=tuple(cohorts), statuses=tuple(statuses), limit=5)
    found = search_subjects(*twelve, search)
    assert found.total == wanted.sum()
    assert found.rows["subject_id"].tolist() == rows["subject_id"][wanted].tolist()[:5]


def with_ids(url: str, *names: str) -> tuple[str, str]:
    """A release of subjects with these ids."""
    made = small_release(0, n=len(names))
    new = dict(zip(made.frames["subjects"]["subject_id"], names, strict=True))
    frames = {
        table: rows.assign(subject_id=rows["subject_id"].map(new)) if "subject_id" in rows else rows
        for table, rows in made.frames.items()
    }
    return url, writer.publish(url, Release("pbc", frames, {}), NOW).release_id


def test_a_persons_id_finds_all_of_their_series(url: str) -> None:
    store = with_ids(url, "P1/stay1", "P1/stay2", "P10/stay1", "P2/stay1")
    assert ids(store, text="P1/") == ["P1/stay1", "P1/stay2"]
    assert named_subjects(*store, "P1") == ("P1/stay1", "P1/stay2")
    assert named_subjects(*store, "P2") == ("P2/stay1",)
    assert named_subjects(*store, "stay1") == ("P1/stay1", "P2/stay1", "P10/stay1")
    assert named_subjects(*store, "P1/stay2") == ("P1/stay2",)
    assert named_subjects(*store, "P") == ()


def test_an_id_with_a_mark_is_found_as_it_is_written(url: str) -> None:
    store = with_ids(url, "A~11/stay1", "A~11/stay2", "A/1")
    assert ids(store, text="A/1") == ["A/1", "A~11/stay1", "A~11/stay2"]
    assert named_subjects(*store, "A/1") == ("A/1",)
    assert named_subjects(*with_ids(url, "A~11/stay1", "A~11/stay2", "B"), "A/1") == (
        "A~11/stay1",
        "A~11/stay2",
    )
