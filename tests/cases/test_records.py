"""Known cases between the accepted rows and the last record of an episode."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml

from dashboard.wording.predictions import basis
from meta_med import stages
from meta_med.cohorts.assemble import assemble_with_account
from meta_med.meta_train.fit import fit_all
from meta_med.published.release import Release
from meta_med.study import CovariateSpec, OutcomeSpec, ServeSpec, StudyMismatch, SubjectsSpec, TimeSpec
from orchestration.errors import StudyError
from orchestration.study.load import parse
from tests import scenario
from tests.served_model import release_of, serve

Now = Callable[[str], None]
EXAMPLE = Path(__file__).parents[2] / "docs" / "example" / "asthma_study.yaml"


def one_outcome(**changes):
    """A study of `pressure` alone."""
    study = scenario.study(outcomes=(OutcomeSpec(name="pressure"),))
    records = replace(study.records, **{k: changes.pop(k) for k in ("same_time", "subjects") if k in changes})
    return replace(study, records=records, **changes)


def codes(found) -> dict[str, int]:
    return {c.code: c.count for c in found.account.counted}


@pytest.mark.case("science/02_log_scale_zeros")
def test_zeros_on_a_log_scale_refuse_the_study_or_are_used_at_its_floor(now: Now) -> None:
    visits = scenario.visits(60)
    low = np.random.default_rng(3).random(len(visits)) < 0.3
    frames = {"visits": visits.assign(marker=visits["marker"].where(~low, 0.0))}
    logged = OutcomeSpec(name="marker", scale="log")
    with pytest.raises(
        StudyMismatch, match=rf"outcomes.marker: {low.sum()} of {len(visits)} values are zero"
    ) as told:
        assemble_with_account(frames, scenario.study(outcomes=(logged,)))
    assert "floor:" in str(told.value)
    found = assemble_with_account(frames, scenario.study(outcomes=(replace(logged, floor=0.05),)))
    assert found.table.n_records == len(visits)
    assert found.table.y.min() == 0.05
    assert codes(found)["N_VALUE_FLOORED"] == (frames["visits"]["marker"] < 0.05).sum()
    now(
        f"refused with {low.sum()} of {len(visits)}; with a floor all {found.table.n_records} are used and judged"
    )


@pytest.mark.case("science/16_codes_in_number_columns")
@pytest.mark.parametrize("kind", ["int64", "float64", "Float32", "str", "object"])
def test_codes_are_found_whatever_type_their_column_has(kind: str, now: Now) -> None:
    visits = scenario.visits(60)
    rng = np.random.default_rng(1)
    ecog = pd.Series(rng.integers(0, 3, len(visits))).astype(kind)
    icd = pd.Series(rng.choice([250, 401, 428], len(visits))).astype(kind)
    covariates = (
        CovariateSpec(name="ecog", values={"0": 0.0, "1": 1.5, "2": 4.0}),
        CovariateSpec(name="icd", kind="category", groups={"diabetes": "250", "heart failure": "428"}),
    )
    found = assemble_with_account(
        {"visits": visits.assign(ecog=ecog, icd=icd)}, one_outcome(covariates=covariates)
    )
    names = found.table.covariates
    assert set(np.unique(found.table.x[:, 0])) == {0.0, 1.5, 4.0}
    assert names[1:4] == ("icd=diabetes", "icd=heart failure", "icd=other")
    missing = np.isnan(found.table.x[:, 0]).mean()
    now(
        f"{missing:.0%} missing and groups {', '.join(n[4:] for n in names[1:4])} in integer, number and string columns"
    )


@pytest.mark.case("science/16_codes_in_number_columns")
@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"covariates": (CovariateSpec(name="c", values={"3": 1.0}),)}, "covariates.c.values"),
        (
            {"covariates": (CovariateSpec(name="c", kind="category", groups={"g": "9.."}),)},
            "covariates.c.groups",
        ),
    ],
)
def test_words_that_name_nothing_delivered_are_a_mistake(changes: dict, key: str, now: Now) -> None:
    with pytest.raises(StudyMismatch, match=key):
        assemble_with_account({"visits": scenario.visits(20).assign(c=1.0)}, one_outcome(**changes))
    now("a key that names nothing is refused by its name")


@pytest.mark.case("science/17_same_time_mean_of_classes")
def test_classes_of_one_time_are_never_averaged(now: Now) -> None:
    visits = scenario.visits(60)
    rng = np.random.default_rng(2)
    visits["grade"] = rng.integers(1, 4, len(visits))
    twice = visits.iloc[::5].assign(
        swelling=lambda v: 1 - v["swelling"],
        grade=lambda v: v["grade"] % 3 + 1,
        pressure=lambda v: v["pressure"] + 2,
    )
    study = one_outcome(
        same_time="mean",
        outcomes=(OutcomeSpec(name="pressure"), OutcomeSpec(name="swelling", kind="binary")),
        covariates=(CovariateSpec(name="grade", kind="category"),),
    )
    found = assemble_with_account({"visits": pd.concat([visits, twice])}, study)
    assert found.table.covariates[:3] == ("grade=1", "grade=2", "grade=3")
    seen = found.table.y[:, 1]
    assert set(np.unique(seen[~np.isnan(seen)])) <= {0.0, 1.0}
    torn = {c.column: c.count for c in found.account.counted if c.code == "W_CLASSES_DISAGREE"}
    assert torn == {"swelling": len(twice), "grade": len(twice)}
    pressure = assemble_with_account({"visits": visits}, study).table.y[:, 0]
    assert np.nanmax(np.abs(found.table.y[:, 0] - pressure)) == pytest.approx(1.0)  # the mean of numbers
    now(f"levels 1, 2, 3 and outcomes 0, 1; {len(twice)} contradictions of each are missing and counted")


@pytest.mark.case("science/22_ids_with_a_slash")
def test_a_patient_with_a_slash_is_nobodys_series(now: Now) -> None:
    visits = scenario.visits(61)
    names = {p: "12" if i == 0 else f"12/{i - 1}" for i, p in enumerate(visits["id"].unique())}
    table = assemble_with_account({"visits": visits.assign(id=visits["id"].map(names))}, one_outcome()).table
    held = table.of_patients({"12"})
    assert table.subject_ids[held].tolist() == ["12"]
    now(f"{held.sum()} patient of {len(held)} is withheld")


@pytest.mark.case("science/23_patients_without_facts")
def test_patients_without_facts_stay_and_are_counted(now: Now) -> None:
    visits = scenario.visits(60).fillna({"pressure": 120.0})
    facts = visits.drop_duplicates("id")[["id", "age", "sex"]].head(40)
    study = one_outcome(
        subjects=SubjectsSpec(source="people", key="id"),
        covariates=(CovariateSpec(name="age", known="ahead"), CovariateSpec(name="sex", kind="category")),
    )
    found = assemble_with_account({"visits": visits.drop(columns=["age", "sex"]), "people": facts}, study)
    known = ~np.isnan(found.table.x[found.table.offsets[:-1], 0])
    assert (found.table.n_subjects, known.sum(), codes(found)["W_NO_FACTS"]) == (60, 40, 20)
    now("60 patients stay 60; W_NO_FACTS counts the 20 without facts")


@pytest.fixture(scope="module")
def of_an_order(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The release of a study whose times only count; a third of the patients had `pressure` at first visits only."""
    visits = scenario.visits(60)
    visits["visit"] = visits.groupby("id").cumcount() + 1
    some = visits["id"].str[1:].astype(int) % 3 == 0
    visits.loc[some & (visits["visit"] > 2), "pressure"] = np.nan
    quick = scenario.quick_study(serve=ServeSpec(max_age_days=100.0))
    covariates = tuple(replace(c, advances=False) for c in quick.covariates)
    study = replace(
        quick,
        records=replace(quick.records, time=TimeSpec(column="visit", unit="order")),
        covariates=covariates,
    )
    folder = tmp_path_factory.mktemp("order")
    stages.assemble(folder, study, {"visits": visits})
    stages.cohorts(folder, study)
    stages.episodes(folder, study)
    fit_all(stages.prepared(folder, study), folder / "models", processes=1)
    stages.meta_train(folder, study)
    stages.calibrate(folder, study)
    stages.evaluate(folder, study)
    serve(folder, study, {"visits": visits})
    findings = pd.DataFrame(
        columns=["code", "severity", "rule", "source", "column", "cohort", "count", "share", "message"]
    )
    return release_of(folder, study, {}, findings)


@pytest.mark.case("science/24_order_is_not_years")
def test_an_order_has_no_ages_and_no_limits_in_days(of_an_order: Release, now: Now) -> None:
    predicted, subjects = of_an_order.frames["predictions"], of_an_order.frames["subjects"]
    assert predicted[["predicted_time_days", "newest_value_age_days"]].isna().all(axis=None)
    assert subjects["newest_record_days"].isna().all()
    assert not predicted["reason"].str.contains("days").any()
    assert (predicted["status"] == "withheld").sum() == 0
    said = [basis(row) for row in predicted.to_dict("records") if row["status"] == "personalised"]
    assert all(text.startswith("From ") and "old" not in text for text in said)
    assert not any("years" in str(flag) for flag in predicted["flags"])
    now(f"{len(predicted)} predictions: no age, no date, none withheld for days; the screen says {said[0]!r}")


@pytest.mark.case("science/24_order_is_not_years")
@pytest.mark.parametrize(
    ("place", "key"),
    [
        ({"serve": {"horizon_days": 365.25}}, "serve.horizon_days"),
        ({"serve": {"max_age_days": 1100}}, "serve.max_age_days"),
        ({"records": {"gap_days": 3}}, "records.gap_days"),
        ({"covariates": [{"name": "age", "advances": True}]}, "covariates.age.advances"),
        ({"covariates": [{"name": "sex", "kind": "category", "since_days": 1}]}, "covariates.sex.since_days"),
    ],
)
def test_keys_in_days_are_refused_where_times_are_an_order(place: dict, key: str, now: Now) -> None:
    tree = yaml.safe_load(EXAMPLE.read_text())
    tree["records"]["time"]["unit"] = "order"
    tree.pop("serve")
    for name, value in place.items():
        tree[name] = {**tree.get(name, {}), **value} if isinstance(value, dict) else value
    with pytest.raises(StudyError, match=f'"{key}".*"records.time.unit: order" has no days'):
        parse(yaml.safe_dump(tree), "mine.yaml")
    now("a key in days is refused by its name, also where it is written as its default")
