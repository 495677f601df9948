"""The stages over a folder: each reads what earlier ones left, tells aggregates only, and ends in a release."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from meta_med import stages
from meta_med.evaluate.evaluation_table import COLUMNS, EVENTS, POOLED
from meta_med.meta_train.fit import fit_all
from meta_med.meta_train.predictors import CHAMPION, CHOSEN_BASELINE, UN_ADAPTED
from meta_med.published.content.release_content import content_of
from meta_med.published.release import Release
from tests import scenario
from tests.served_model import release_of, serve

STUDY = scenario.quick_study()
FINDINGS = pd.DataFrame(
    columns=["code", "severity", "rule", "source", "column", "cohort", "count", "share", "message"]
)
PREDICTORS = {"protonet", "bayesian_head", "last_value", "mixed_model", UN_ADAPTED, CHAMPION, CHOSEN_BASELINE}
WITHHELD = "P003"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, stages.StageSummary | Path]:
    """The whole way once: the folder, and what each stage told."""
    folder = tmp_path_factory.mktemp("stages")
    out: dict[str, stages.StageSummary | Path] = {"folder": folder}
    out["assemble"] = stages.assemble(folder, STUDY, {"visits": scenario.visits(60)})
    out["cohorts"] = stages.cohorts(folder, STUDY)
    out["episodes"] = stages.episodes(folder, STUDY)
    fit_all(stages.prepared(folder, STUDY), folder / "models", processes=1)
    out["meta_train"] = stages.meta_train(folder, STUDY)
    out["calibrate"] = stages.calibrate(folder, STUDY)
    out["evaluate"] = stages.evaluate(folder, STUDY)
    return out | serve(folder, STUDY, {"visits": scenario.visits(60)}, withheld=frozenset({WITHHELD}))


@pytest.fixture(scope="module")
def release(told) -> Release:
    return release_of(told["folder"], STUDY, {"data": "abc"}, FINDINGS)


def test_splits_and_records_are_counted(told) -> None:
    assert told["assemble"].counts["patients"] == 60
    splits = {k: v for k, v in told["cohorts"].counts.items() if k != "cohorts"}
    assert sum(splits.values()) == 60
    assert told["cohorts"].counts["cohorts"] == 2
    table = told["cohorts"].tables["cohorts"]
    assert table["n_subjects"].sum() == 60
    assert table[["n_train", "n_tuning", "n_calibration", "n_held_out"]].to_numpy().sum() == 60


def test_every_record_is_an_episode_of_some_size(told) -> None:
    sizes = told["episodes"].tables["episodes"]
    by_split = sizes[["train", "tuning", "calibration", "held_out"]].to_numpy().sum()
    assert by_split == told["assemble"].counts["records"] == told["episodes"].counts["episodes"]


def test_no_stage_tells_a_patients_identifier(told) -> None:
    """Aggregates only: this is what the orchestration keeps as metadata."""
    for name, summary in told.items():
        if name == "folder":
            continue
        text = repr(summary.counts) + "".join(t.to_csv() for t in summary.tables.values())
        assert not any(f"P{i:03d}" in text for i in range(60)), name


def test_the_evaluation_table_has_every_predictor_and_column(told) -> None:
    table = pd.read_parquet(told["folder"] / "evaluation.parquet")
    assert tuple(table.columns) == COLUMNS
    assert set(table["predictor"]) == PREDICTORS
    assert set(table["outcome"]) == {"all", "marker", "pressure", "swelling"}
    assert set(table["cohort"]) == {"all", "north", "south"}
    assert set(table["support_size"]) == {POOLED, 0, 1, 2, 3, 4}
    told_with_interval = table[table["metric"] != EVENTS]  # a count of events has none
    low, value, high = (told_with_interval[c] for c in ("ci_low", "value", "ci_high"))
    inside = (low <= value + 1e-12) & (value <= high + 1e-12)
    outside = told_with_interval[~inside]
    # a forecast that is one number, or that separates the events, has no calibration line
    assert set(outside["metric"]) <= {"calibration_intercept", "calibration_slope"}
    assert outside["value"].isna().all()
    assert len(outside) < 0.01 * len(table)


def test_the_champions_figures_are_told(told) -> None:
    counts = told["evaluate"].counts
    assert 0 < counts["champion_mae"] < 1.5
    assert 0.5 < counts["champion_coverage_90"] <= 1.0


def test_champion_and_calibrations_are_json(told) -> None:
    champion = json.loads((told["folder"] / "champion.json").read_text())
    assert len(champion["decisions"]) == told["calibrate"].counts["decisions"] == 3 * 5
    assert set(json.loads((told["folder"] / "calibration.json").read_text())) == PREDICTORS


def test_nothing_that_needs_unpickling_is_left(told) -> None:
    kinds = {p.suffix for p in told["folder"].rglob("*") if p.is_file()}
    assert kinds <= {".json", ".parquet", ".safetensors"}


def test_a_release_meets_the_published_tables(release: Release) -> None:
    content = content_of(release)
    assert content.tables["predictions"].num_rows == 60 * 3
    assert content.tables["subjects"].num_rows == 60
    assert content.tables["cohorts"].num_rows == 2
    assert content.tables["champions"].num_rows == 15


def test_a_release_shows_what_was_measured_in_clinical_units(release: Release) -> None:
    visits = scenario.visits(60)
    own = release.frames["records"].query("subject_id == 'P001' and outcome == 'pressure'")
    measured = visits[(visits["id"] == "P001")].dropna(subset="pressure")
    np.testing.assert_allclose(own["value"], measured["pressure"])
    np.testing.assert_allclose(own["time_days"], measured["day"])


def test_a_release_shows_the_covariates_that_the_study_shows(release: Release) -> None:
    display = json.loads(release.frames["subjects"].set_index("subject_id").loc["P001", "display"])
    assert set(display) == {"age", "sex"}
    assert display["age"].endswith(" years")


def test_the_manifest_holds_the_given_facts_and_no_clock(release: Release) -> None:
    assert release.manifest["data"] == "abc"
    assert release.manifest["other_units"] == {"marker": [{"unit": "umol/L", "factor": 17.1, "offset": 0.0}]}
    assert set(release.manifest["predictors"]) == PREDICTORS


def test_a_withheld_patient_has_no_value_and_a_reason(release: Release) -> None:
    rows = release.frames["predictions"].query("subject_id == @WITHHELD")
    assert set(rows["status"]) == {"withheld"}
    assert rows[["mean", "probability", "lower_90"]].isna().all(axis=None)
    assert rows["reason"].str.contains("contradict").all()
    subjects = release.frames["subjects"].set_index("subject_id")["status"]
    assert subjects[WITHHELD] == "withheld"
    assert (subjects.drop(WITHHELD) == "personalised").all()
