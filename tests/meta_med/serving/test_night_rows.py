"""A release made of who changed is that of everybody, and has no row of the others."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pytest

from meta_med import nightly, run_files
from meta_med.model_version.serving_model import ServingModel
from meta_med.published.content.carried import Saved
from meta_med.published.release import Release
from meta_med.serving.build_release import build_release
from meta_med.serving.night_rows import ReleaseBefore
from tests import scenario
from tests.meta_med.small_nights import STUDIES, changed, night, trained

BY_PATIENT = ("predictions", "records", "horizons", "replay", "influences", "width_reasons", "what_if")
VISITS = scenario.visits(60)


@pytest.fixture(scope="module", params=STUDIES)
def model(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> ServingModel:
    """A model that was trained on sixty patients."""
    return trained(tmp_path_factory.mktemp("trained"), STUDIES[request.param])


def release(
    folder: Path,
    model: ServingModel,
    remarks: Mapping[str, str] | None = None,
    before: ReleaseBefore | None = None,
) -> Release:
    return build_release(folder, model, {}, pd.DataFrame(), remarks=remarks, before=before)


def saved(folder: Path, made: Release) -> ReleaseBefore:
    """The release, as its run leaves it for the next night."""
    made.content.saved(made.release_id).save(folder / run_files.PUBLISHED)
    found = Saved.load(folder / run_files.PUBLISHED, made.release_id)
    assert found is not None
    return ReleaseBefore(found, folder)


def of(made: Release, table: str) -> set[str]:
    return set(made.frames[table]["subject_id"])


def test_patients_with_the_same_rows_are_kept_and_all_others_are_made(
    model: ServingModel, tmp_path: Path
) -> None:
    """Values were edited, patients left and joined, one has a new remark, and conflicts opened and closed."""
    one, two, after = tmp_path / "one", tmp_path / "two", changed(VISITS, 0)
    was = of_edited(VISITS, after)
    night(tmp_path / "any", model, VISITS)
    same = (of(release(tmp_path / "any", model), "subjects") & set(after["id"])) - was
    opened, closed, remarked = sorted(same)[:3]
    nightly.adapt(one, model, {"visits": VISITS}, withheld=frozenset({closed}))
    nightly.predict(one, model)
    before = saved(one, release(one, model))
    nightly.adapt(two, model, {"visits": after}, withheld=frozenset({opened}), earlier=one)
    nightly.predict(two, model)
    some, whole = (release(two, model, {remarked: "A remark."}, known) for known in (before, None))
    assert some.kept is not None
    assert whole.kept is None
    everybody = of(whole, "subjects")
    made = everybody & (was | {opened, closed, remarked} | {who for who in everybody if who.startswith("N")})
    assert {opened, closed, remarked} < made < everybody
    assert of(some, "subjects") == everybody
    assert set(some.frames["subjects"]["subject_id"][~some.kept.mask]) == made
    assert of(some, "predictions") == made
    for table in BY_PATIENT:
        assert of(some, table) == of(whole, table) & made, table
    assert some.content.sha256 == whole.content.sha256
    assert some.release_id == whole.release_id
    assert (
        some.content.saved("a").rows["records"].tolist() == whole.content.saved("a").rows["records"].tolist()
    )


def of_edited(before: pd.DataFrame, after: pd.DataFrame) -> set[str]:
    """Patients with other values than before."""
    both = before.merge(after, on=["id", "day"], suffixes=("", "_after")).dropna(subset="pressure")
    return set(both.loc[both["pressure"] != both["pressure_after"], "id"])


@pytest.mark.parametrize("model", ["the next record"], indirect=True)
def test_nobody_is_kept_from_a_release_that_tonight_did_not_take_over(
    model: ServingModel, tmp_path: Path
) -> None:
    one, two, three = (tmp_path / name for name in ("one", "two", "three"))
    night(one, model, VISITS)
    before = saved(one, release(one, model))
    night(two, model, VISITS)
    assert release(two, model, before=before).kept is None
    night(three, model, VISITS, two)
    assert release(three, model, before=before).kept is None


@pytest.mark.parametrize("model", ["the next record"], indirect=True)
def test_a_release_after_one_of_few_changes_is_again_that_of_everybody(
    model: ServingModel, tmp_path: Path
) -> None:
    before, earlier = None, None
    for number in range(3):
        folder = tmp_path / str(number)
        night(folder, model, changed(VISITS, number), earlier)
        some = release(folder, model, before=before)
        assert some.release_id == release(folder, model).release_id
        assert (some.kept is None) == (number == 0)
        before, earlier = saved(folder, some), folder
