"""Nights by themselves: adapting who changed gives, byte by byte, what adapting everybody gives."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from meta_med import nightly, run_files
from meta_med.model_version.serving_model import ServingModel
from meta_med.serving import pieces
from meta_med.serving.tonight import TAKEN
from meta_med.study import ServeSpec
from tests import scenario
from tests.meta_med.small_nights import STUDIES, changed, night, trained

WRITTEN = (
    run_files.PREDICTIONS, run_files.OVER_TIME, run_files.STATUSES, run_files.GUARDS, run_files.ADAPTED,
    run_files.ALARMS, run_files.REPLAY,
    run_files.REPLAYED, run_files.INFLUENCES, run_files.WIDTH_REASONS, run_files.WHAT_IF, run_files.EXPLAINED,
)  # fmt: skip


@pytest.fixture(scope="module", params=STUDIES)
def model(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> ServingModel:
    """A model that was trained on sixty patients."""
    return trained(tmp_path_factory.mktemp("trained"), STUDIES[request.param])


@pytest.mark.parametrize("seed", range(2))
def test_who_changed_alone_or_everybody_gives_the_same_bytes(
    model: ServingModel, tmp_path: Path, seed: int
) -> None:
    before, after = scenario.visits(60), changed(scenario.visits(60), seed)
    night(tmp_path / "before", model, before)
    some = night(tmp_path / "some", model, after, tmp_path / "before")
    whole = night(tmp_path / "whole", model, after)
    assert 0 < some.counts["adapted"] < whole.counts["adapted"]
    assert some.counts["adapted"] + some.counts["carried_over"] == whole.counts["adapted"]
    for name in WRITTEN:
        assert (tmp_path / "some" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes(), name


@pytest.mark.parametrize("model", ["patients in parts"], indirect=True)
def test_pieces_in_processes_of_their_own_give_the_same_bytes(
    model: ServingModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    night(tmp_path / "whole", model, scenario.visits(60))
    monkeypatch.setattr(pieces, "PIECE", 31)
    night(tmp_path / "pieces", model, scenario.visits(60))
    for name in WRITTEN:
        assert (tmp_path / "pieces" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes(), name
    assert not (tmp_path / "pieces" / pieces.PIECES).exists()


def test_the_order_of_the_rows_and_the_nights_between_change_nothing(
    model: ServingModel, tmp_path: Path
) -> None:
    visits = scenario.visits(60)
    steps = [visits[visits["id"] < "P030"], changed(visits, 3), visits.sample(frac=1, random_state=1)]
    for number, delivered in enumerate(steps):
        earlier = tmp_path / str(number - 1) if number else None
        night(tmp_path / str(number), model, delivered, earlier)
    night(tmp_path / "at once", model, visits)
    for name in WRITTEN:
        assert (tmp_path / "2" / name).read_bytes() == (tmp_path / "at once" / name).read_bytes(), name


def test_a_night_without_news_adapts_nobody(model: ServingModel, tmp_path: Path) -> None:
    night(tmp_path / "one", model, scenario.visits(60))
    told = night(tmp_path / "two", model, scenario.visits(60), tmp_path / "one")
    assert told.counts["adapted"] == 0
    assert told.counts["carried_over"] == told.counts["current_patients"] > 0


def same_as_at_once(
    folder: Path, model: ServingModel, visits: pd.DataFrame, withheld: frozenset[str]
) -> None:
    """The night in the folder has the bytes of one that adapts everybody."""
    whole = folder.parent / "whole"
    nightly.adapt(whole, model, {"visits": visits}, withheld=withheld)
    nightly.predict(whole, model)
    for name in WRITTEN:
        assert (folder / name).read_bytes() == (whole / name).read_bytes(), name


def statuses(folder: Path, who: str) -> set[str]:
    rows = pd.read_parquet(folder / run_files.PREDICTIONS)
    return set(rows.loc[rows["subject_id"] == who, "status"])


@pytest.mark.parametrize("model", ["the next record", "patients in parts"], indirect=True)
@pytest.mark.parametrize("before", [frozenset({"P003", "P007"}), frozenset()])
def test_a_conflict_that_opens_or_closes_counts_though_the_records_are_as_they_were(
    model: ServingModel, tmp_path: Path, before: frozenset[str]
) -> None:
    visits, now = scenario.visits(60), frozenset({"P007", "P011"})
    nightly.adapt(tmp_path / "one", model, {"visits": visits}, withheld=before)
    nightly.predict(tmp_path / "one", model)
    nightly.adapt(tmp_path / "two", model, {"visits": visits}, withheld=now, earlier=tmp_path / "one")
    nightly.predict(tmp_path / "two", model)
    assert statuses(tmp_path / "two", "P007") == statuses(tmp_path / "two", "P011") == {"withheld"}
    assert "withheld" not in statuses(tmp_path / "two", "P003")
    same_as_at_once(tmp_path / "two", model, visits, now)


@pytest.mark.parametrize("model", ["the next record"], indirect=True)
@pytest.mark.parametrize("name", TAKEN)
def test_what_a_disk_changed_or_lost_of_an_earlier_night_is_not_taken_over(
    model: ServingModel, tmp_path: Path, name: str
) -> None:
    before, after = scenario.visits(60), changed(scenario.visits(60), 0)
    night(tmp_path / "one", model, before)
    nightly.adapt(tmp_path / "two", model, {"visits": after}, earlier=tmp_path / "one")
    rows = pd.read_parquet(tmp_path / "one" / name)
    rows.sample(frac=1, random_state=0).to_parquet(tmp_path / "one" / name, index=False)
    nightly.predict(tmp_path / "two", model)
    same_as_at_once(tmp_path / "two", model, after, frozenset())
    (tmp_path / "one" / name).unlink()
    night(tmp_path / "three", model, after, tmp_path / "one")
    same_as_at_once(tmp_path / "three", model, after, frozenset())


def test_how_long_a_patient_is_silent_follows_the_newest_record_of_all(tmp_path: Path) -> None:
    before = scenario.visits(60)
    newest = before.groupby("id")["day"].max()
    median = newest.sort_values().index[len(newest) // 2]
    last = before[before["id"] == newest.idxmax()].tail(1)
    after = pd.concat([before, last.assign(day=last["day"] + 190)]).sort_values(["id", "day"])
    before, after = (
        v.assign(day=pd.Timestamp("2020-01-01") + pd.to_timedelta(v["day"], "D")) for v in (before, after)
    )
    quiet = float(
        newest.max() - newest[median] + 100
    )  # of the median patient on the second night, not on the first
    study = scenario.quick_study(serve=ServeSpec(max_silence_days=quiet))
    dated = replace(study.records, time=replace(study.records.time, unit="date"))
    model = trained(tmp_path / "trained", replace(study, records=dated), before)
    night(tmp_path / "one", model, before)
    told = night(tmp_path / "two", model, after, tmp_path / "one")
    assert told.counts["adapted"] == 1
    assert "withheld" not in statuses(tmp_path / "one", median)
    assert statuses(tmp_path / "two", median) == {"withheld"}
    same_as_at_once(tmp_path / "two", model, after, frozenset())
