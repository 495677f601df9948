"""The replay: each earlier record is predicted from those before it, by fits that have not seen the patient."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from meta_med.cohorts.assemble import assemble_with_account
from meta_med.episodes.queries import most_recent
from meta_med.meta_train.predictors import CHAMPION, PartFit
from meta_med.model_version.people import NO_PART
from meta_med.model_version.serving_model import ServingModel
from meta_med.serving.adapt import adapt_subjects, next_records
from meta_med.serving.predict import predictions
from meta_med.serving.replay import COLUMNS, NUMBERS, OUT_OF_PART, roles
from meta_med.serving.statuses import flag_texts, statuses
from meta_med.study import ServeSpec
from tests import trained_in_parts
from tests.trained_in_parts import STUDY, Night, visits

VISITS = visits()
KEY = ["subject_id", "outcome", "own_records"]


@pytest.fixture(scope="module")
def model() -> ServingModel:
    return trained_in_parts.model()


@pytest.fixture(scope="module")
def rows() -> pd.DataFrame:
    return trained_in_parts.night().replay


def first_visits(k: int) -> pd.DataFrame:
    return VISITS[VISITS.groupby("id").cumcount() < k]


def plainly(model: ServingModel, who: str, k: int) -> tuple[str, pd.DataFrame]:
    """Role and predictions of the record after the first k, served where only these k + 1 records were delivered."""
    visits = VISITS[VISITS["id"] == who].head(k + 1)
    table = assemble_with_account({"visits": visits}, STUDY, model.columns).table
    ready = model.prepared(table)
    (role,), (part,) = roles(model, ready.table, ready.splits)
    fit = PartFit(ready, model.fitted(ready)) if part == NO_PART else model.without_part(ready, part)
    newest = replace(STUDY, serve=ServeSpec(record="newest"))
    serving = next_records(replace(fit.prepared, study=newest), np.ones(1, dtype=bool), model.evaluated)
    guards, calibrations = model.guards(table), model.calibrations
    done = adapt_subjects(serving, fit.fitted, model.champion, calibrations[CHAMPION], guards)
    flags = flag_texts(done.alarm, serving.prepared, guards, done.instead)
    status = statuses(serving, np.zeros(1, dtype=bool), flags, done.lost)
    status["instead"] = np.where(done.alarm.diverged[:, None], done.instead, "").ravel()
    return role, predictions(serving, status, done.forecasts, model.champion, calibrations)


def test_each_row_is_what_a_patient_with_only_the_records_before_gets(
    model: ServingModel, rows: pd.DataFrame
) -> None:
    ordered = rows.sort_values(["own_records", "subject_id"], kind="stable")
    one_each = pd.concat([ordered.drop_duplicates("role"), ordered.drop_duplicates("role", keep="last")])
    assert set(one_each["role"]) == {"held_out", OUT_OF_PART}
    for who, k in one_each[["subject_id", "own_records"]].itertuples(index=False):
        role, expected = plainly(model, who, k)
        here = rows[(rows["subject_id"] == who) & (rows["own_records"] == k)].set_index("outcome")
        same = expected.set_index("outcome").loc[here.index, [*NUMBERS, "support_size"]]
        pd.testing.assert_frame_equal(here[[*NUMBERS, "support_size"]], same, rtol=1e-12)
        assert set(here["role"]) == {role}


def test_deleting_what_came_later_changes_no_earlier_row(rows: pd.DataFrame, tmp_path: Path) -> None:
    """To the last bit, for all patients at once: after a night on which nobody had more than four records."""
    before = Night(tmp_path, first_visits(4)).replay.set_index(KEY)
    same = rows.set_index(KEY).index.intersection(before.index)
    assert len(same) > 100
    pd.testing.assert_frame_equal(rows.set_index(KEY).loc[same], before.loc[same], check_exact=True)


def test_a_row_has_what_came_and_the_last_value_before_it(rows: pd.DataFrame) -> None:
    who = rows["subject_id"].iloc[-1]
    visits = VISITS[VISITS["id"] == who].reset_index(drop=True)
    own = rows[(rows["subject_id"] == who) & (rows["outcome"] == "pressure")]
    for row in own.to_dict("records"):
        k = row["own_records"]
        assert row["value"] == visits["pressure"][k]
        assert row["time_days"] == pytest.approx(visits["day"][k])
        earlier = visits["pressure"][:k].dropna()
        assert row["last_value"] == earlier.iloc[-1] if len(earlier) else np.isnan(row["last_value"])
    assert list(rows.columns) == list(COLUMNS)
    assert rows["value"].notna().all()


def test_only_the_newest_records_are_replayed(rows: pd.DataFrame) -> None:
    counts = VISITS.groupby("id").size()
    first = rows.groupby("subject_id")["own_records"].min()
    assert (first >= (counts - 3).clip(lower=0).loc[first.index]).all()
    assert (rows.groupby(["subject_id", "outcome"]).size() <= 3).all()


def test_patients_of_a_part_are_predicted_by_fits_that_have_not_seen_them(
    model: ServingModel, rows: pd.DataFrame
) -> None:
    """The other fits, which were trained on them, predict something else."""
    ready = model.prepared(assemble_with_account({"visits": VISITS}, STUDY, model.columns).table)
    role, part = roles(model, ready.table, ready.splits)
    trained = ready.splits.subjects("train")
    assert set(part[trained]) == {0, 1}
    assert set(part[~trained]) == {NO_PART}
    who = np.flatnonzero(part == 0)
    queries = most_recent(ready, ready.table.newest[who])
    each = [
        fit.fitted.answers(fit.prepared, [queries])[0].forecasts["protonet"].mean
        for fit in (model.without_part(ready, p) for p in (0, 1))
    ]
    assert np.abs(each[0] - each[1]).max() > 1e-3
    assert not rows.drop_duplicates(["subject_id", "role"])["subject_id"].duplicated().any()
    assert set(role) == {"held_out", OUT_OF_PART}


def test_the_contexts_of_a_part_lend_nothing_of_its_patients(model: ServingModel) -> None:
    ready = model.prepared(assemble_with_account({"visits": VISITS}, STUDY, model.columns).table)
    lent = model.without_part(ready, 0).prepared.context
    own = ready.records.y[ready.table.rows_of(model.people.parts_of(ready.table) == 0)]
    values = lent.y[lent.y_observed.any(-1)].reshape(-1, lent.y.shape[-1])[:, :1]
    assert not np.isin(values.numpy(), own[:, :1].numpy()).any()
    whole = ready.context.y[ready.context.y_observed.any(-1)].reshape(-1, lent.y.shape[-1])[:, :1]
    assert np.isin(whole.numpy(), own[:, :1].numpy()).any()


@pytest.mark.nightly
def test_records_that_contradict_each_other_have_no_replay_until_they_do_not(
    rows: pd.DataFrame, tmp_path: Path
) -> None:
    held = Night(tmp_path / "1", VISITS, withheld=["P003"])
    pd.testing.assert_frame_equal(held.replay, rows[rows["subject_id"] != "P003"].reset_index(drop=True))
    again = Night(tmp_path / "2", VISITS, held.folder)
    pd.testing.assert_frame_equal(again.replay, rows, check_exact=True)
