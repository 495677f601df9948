"""Why a prediction is as it is: exact against deliveries in which the one thing really is otherwise."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from meta_med.calibrate.strata import STRATA
from meta_med.explain import variants
from meta_med.explain.narrowing import read_narrowing
from meta_med.explain.width import FEW, NOISE, OLD, OUTSIDE, REASONS
from meta_med.published import reader, writer
from meta_med.published.engine import sqlite_url
from tests import trained_in_parts
from tests.published.small_release import NOW
from tests.served_model import release_of
from tests.trained_in_parts import AGED, STUDY, Night, late, visits

SHORT = 4


@pytest.fixture(scope="module")
def night() -> Night:
    return trained_in_parts.night()


def middle_records(delivered: pd.DataFrame) -> pd.DataFrame:
    """The second visit of each patient who has three or four: neither the first nor the newest."""
    n = delivered.groupby("id")["day"].transform("size")
    return delivered[(delivered.groupby("id").cumcount() == 1) & n.between(3, SHORT)]


def test_a_record_moves_a_prediction_by_what_its_deletion_changes(night: Night, tmp_path: Path) -> None:
    """The patients' second records, really deleted, on a night of their own."""
    delivered = visits()
    gone = middle_records(delivered)
    without = Night(tmp_path, delivered.drop(gone.index)).predicted
    rows, compared = night.tables["influences"], 0
    for who, day in gone[["id", "day"]].itertuples(index=False):
        own = rows[(rows["subject_id"] == who) & np.isclose(rows["time_days"], day)]
        for row in own.to_dict("records"):
            key, value = (who, row["outcome"]), "probability" if row["outcome"] == "swelling" else "mean"
            if without.loc[key, "instead"] == night.predicted.loc[key, "instead"] == "":
                moved = night.predicted.loc[key, value] - without.loc[key, value]
                assert row["moved"] == pytest.approx(moved, abs=1e-9)
                compared += 1
    assert compared > 20


def test_only_the_records_that_moved_it_most_are_published_the_largest_first(night: Night) -> None:
    rows = night.tables["influences"]
    each = rows.assign(size=rows["moved"].abs()).groupby(["subject_id", "outcome"], sort=False)["size"]
    assert each.size().max() == 3
    assert (each.diff().dropna() <= 1e-12).all()


def test_the_parts_of_a_variance_are_a_whole_and_none_is_negative(night: Night) -> None:
    rows = night.tables["width_reasons"]
    assert set(rows["outcome"]) == {"marker", "pressure"}
    assert (rows.groupby(["subject_id", "outcome"]).size() == len(REASONS)).all()
    np.testing.assert_allclose(rows.groupby(["subject_id", "outcome"])["share"].sum(), 1.0)
    assert (rows["share"] >= 0).all()
    assert (rows.loc[rows["reason"] == NOISE, "share"] > 0).all()
    assert rows["narrower"].dropna().between(0, 1).all()


def of(night: Night, reason: str) -> pd.DataFrame:
    rows = night.tables["width_reasons"]
    return rows[rows["reason"] == reason].set_index(["subject_id", "outcome"])["share"]


def test_only_who_lies_outside_the_range_is_wide_for_it(night: Night) -> None:
    shares = of(night, OUTSIDE)
    inside = shares.drop(AGED, level="subject_id")
    assert (inside == 0).mean() > 0.9


def test_only_an_old_value_is_a_reason_of_age(night: Night) -> None:
    shares, predicted = of(night, OLD), night.predicted
    age = predicted.loc[shares.index, "newest_value_age_days"]
    assert (shares[age <= 366] == 0).all()
    assert age.loc[(late(), "pressure")] > 400


def test_without_own_records_few_records_are_the_reason(night: Night) -> None:
    gain = read_narrowing(trained_in_parts.model().folder)
    assert gain.shape == (3, len(STRATA))
    assert np.isnan(gain[2]).all()
    assert gain[0, 0] < gain[0, 1] <= 1
    few, own = of(night, FEW), night.predicted["support_size"]
    one, most = (few[own.loc[few.index] == k] for k in (1, 4))
    assert one.mean() > most.mean()


def test_as_they_are_patients_get_the_published_prediction(night: Night) -> None:
    rows = night.tables["what_if"]
    now = rows[(rows["covariate"] == "sex") & (rows["current"] == 1)].set_index(["subject_id", "outcome"])
    same = night.predicted.loc[now.index]
    columns = ["mean", "lower_90", "upper_90", "probability"]
    shown = (same["mean"].notna() | same["probability"].notna()) & (same["instead"] == "")
    pd.testing.assert_frame_equal(now.loc[shown, columns], same.loc[shown, columns], rtol=1e-12)
    assert shown.sum() > 100


def test_other_values_are_asked_within_the_training_range(night: Night) -> None:
    rows = night.tables["what_if"]
    sex, age = (rows[rows["covariate"] == name] for name in ("sex", "age"))
    assert set(sex["value"]) == {"f", "m"}
    assert (sex.groupby(["subject_id", "outcome"])["current"].sum() == 1).all()
    values = age["value"].astype(float)
    assert age.groupby(["subject_id", "outcome"]).size().eq(5).all()
    assert values.between(25, 90).all()
    assert age.groupby(["subject_id", "outcome"])["mean"].nunique().max() > 1


def test_a_release_explains_only_what_it_shows(night: Night, tmp_path: Path) -> None:
    release = release_of(trained_in_parts.folder(), STUDY, {}, pd.DataFrame(columns=["code"]), night.folder)
    shown = release.frames["predictions"]
    shown = shown[shown["status"] != "withheld"].set_index(["subject_id", "outcome"]).index
    url = sqlite_url(tmp_path / "store.db")
    done = writer.publish(url, release, NOW)
    reader.verify(url, done.release_id)
    who = str(release.frames["replay"]["subject_id"].iloc[0])
    for name, read in (
        ("influences", reader.influences), ("width_reasons", reader.width_reasons), ("what_if", reader.what_if),
        ("replay", reader.replay),
    ):  # fmt: skip
        rows = release.frames[name]
        assert len(rows)
        assert len(read(url, done.release_id, who)) == (rows["subject_id"] == who).sum()
        if name != "replay":
            assert pd.MultiIndex.from_frame(rows[["subject_id", "outcome"]]).isin(shown).all()


def test_explanations_do_not_depend_on_how_many_variants_are_predicted_at_once(
    night: Night, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(variants, "AT_ONCE", 50)
    pieces = Night(tmp_path, visits()).tables
    for name, rows in night.tables.items():
        pd.testing.assert_frame_equal(pieces[name], rows, check_exact=True)
