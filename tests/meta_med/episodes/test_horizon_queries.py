"""Records predicted from own records at the distance of a horizon."""

from dataclasses import replace

import numpy as np
import pytest

from meta_med.cohorts.splits import SPLITS
from meta_med.episodes import horizon_queries
from meta_med.episodes.horizon_queries import nearest_horizon, queries_at_horizons
from meta_med.episodes.prepared import Prepared
from meta_med.episodes.queries import Queries
from meta_med.study import DAYS_PER_YEAR, EvaluationSpec, ServeSpec, StudySpec
from tests import scenario

HORIZONS = (90.0, 180.0, 365.0, 730.0)


def with_study(**changes) -> Prepared:
    ready = scenario.prepared()
    return replace(ready, study=replace(ready.study, **changes))


def distances(ready: Prepared, queries: Queries) -> np.ndarray:
    return queries.age_days(ready.table)


@pytest.mark.parametrize(
    ("days", "place"),
    [(90, 0), (127, 0), (128, 1), (180, 1), (250, 1), (260, 2), (730, 3), (1030, 3), (1035, -1), (63, -1), (65, 0),
     (0, -1)],
)  # fmt: skip
def test_a_distance_belongs_to_the_nearest_horizon_on_a_log_scale(days: float, place: int) -> None:
    assert nearest_horizon(np.array([days], dtype=float), HORIZONS).tolist() == [place]


def test_one_horizon_is_near_within_a_factor() -> None:
    assert nearest_horizon(np.array([60.0, 75, 100, 140, 150]), [100.0]).tolist() == [-1, 0, 0, 0, -1]


def by_hand(ready: Prepared, row: int, h: int) -> int | None:
    """The end of the query of a row at a horizon, by looking at every own record."""
    table = ready.table
    start = int(table.offsets[table.subject[row]])
    found = {}
    for j in range(start, row):
        days = (table.time[row] - table.time[j]) * DAYS_PER_YEAR
        if days >= ready.study.records.gap_days and days > 0:
            found[j + 1] = abs(np.log(days / HORIZONS[h])), days
    if not found:
        return None
    end = min(found, key=lambda e: (found[e][0], e))
    own = nearest_horizon(np.array([found[end][1]]), HORIZONS)[0]
    return end if own == h else None


@pytest.mark.parametrize("gap_days", [0.0, 200.0])
def test_each_record_is_asked_from_the_own_record_nearest_to_the_horizon(gap_days: float) -> None:
    base = scenario.prepared()
    ready = with_study(records=replace(base.study.records, gap_days=gap_days))
    queries, horizon = queries_at_horizons(ready, "train", HORIZONS)
    asked = {(int(r), int(h)): int(e) for r, e, h in zip(queries.rows, queries.end, horizon, strict=True)}
    expected = {
        (int(row), h): end
        for row in ready.rows("train")
        for h in range(len(HORIZONS))
        if (end := by_hand(ready, row, h)) is not None and not np.isnan(ready.table.y[row]).all()
    }
    assert asked == expected
    assert {h for _, h in asked} >= {1, 2, 3}


def test_records_nearer_than_the_chosen_one_are_left_out_and_the_others_used() -> None:
    ready = scenario.prepared()
    queries, horizon = queries_at_horizons(ready, "train", HORIZONS)
    start = ready.table.offsets[:-1][ready.table.subject[queries.rows]]
    np.testing.assert_array_equal(
        queries.size, np.minimum(queries.end - start, ready.study.budget.max_support)
    )
    assert (queries.size > 0).all()
    np.testing.assert_array_equal(nearest_horizon(distances(ready, queries), HORIZONS), horizon)


def test_a_study_s_support_sizes_and_its_thinning_apply() -> None:
    ready = with_study(evaluation=EvaluationSpec(support_sizes=(0, 2), most_per_subject=1))
    queries, horizon = queries_at_horizons(ready, "train", HORIZONS)
    assert set(queries.size.tolist()) == {2}
    key = np.stack([ready.table.subject[queries.rows], horizon])
    assert len(np.unique(key, axis=1).T) == len(queries)


def test_of_many_persons_so_many_are_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(horizon_queries, "MOST_PERSONS", 7)
    ready = scenario.prepared()
    queries, horizon = queries_at_horizons(ready, "train", HORIZONS)
    persons = ready.table.person[ready.table.subject[queries.rows]]
    assert [len(np.unique(persons[horizon == h])) for h in (2, 3)] == [7, 7]


@pytest.mark.parametrize("split", SPLITS)
def test_only_the_split_is_asked(split: str) -> None:
    ready = scenario.prepared()
    queries, _ = queries_at_horizons(ready, split, HORIZONS)  # type: ignore[arg-type]
    assert np.isin(queries.rows, ready.rows(split)).all()  # type: ignore[arg-type]


def test_no_horizon_no_query() -> None:
    queries, horizon = queries_at_horizons(scenario.prepared(), "train", ())
    assert len(queries) == len(horizon) == 0


def study_with(serve: ServeSpec, **changes) -> StudySpec:
    return scenario.study(serve=serve, **changes)


def test_the_horizons_of_a_study() -> None:
    assert study_with(ServeSpec(horizon_days=100)).horizons == (25, 50, 100, 200)
    assert study_with(ServeSpec(horizon_days=100, horizons_days=(300.0, 10.0))).horizons == (10, 100, 300)
    assert study_with(ServeSpec(horizon_days=100, horizons_days=())).horizons == (100,)
    assert study_with(ServeSpec(record="newest")).horizons == ()
    spec = scenario.study()
    records = replace(spec.records, gap_days=60.0)
    assert study_with(ServeSpec(horizon_days=100), records=records).horizons == (100, 200)
    order = replace(spec.records, time=replace(spec.records.time, unit="order"))
    assert study_with(ServeSpec(), records=order).horizons == ()
