"""What a study finds in its data before training: counts as drawn here, and what does not fit in the words of a run."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from meta_med.study import SplitsSpec
from orchestration.study.facts import StudyFacts, study_facts
from orchestration.study.load import load
from tests.orchestration.study_draft.made_up import VISITS, VISITS_ALLOWED, contract, delivered, visits

NOW = datetime(2024, 6, 1, tzinfo=UTC)
STUDY: dict[str, Any] = {
    "study": "made_up", "title": "Made up", "contract": "made_up.yaml", "sources": {"visits": "visits.csv"},
    "records": {"source": "visits", "subject": "patient", "time": {"column": "day", "unit": "days"}},
    "outcomes": [{"name": "pressure"}, {"name": "pain", "kind": "binary"}],
    "covariates": [{"name": "sex", "kind": "category", "known": "ahead"}],
    "cohorts": {"factors": [{"column": "site"}]},
    "learners": [{"name": "bayesian_head"}],
}  # fmt: skip


def facts_of(folder: Path, rows: pd.DataFrame, splits: SplitsSpec | None = None) -> StudyFacts:
    text = contract({"visits": VISITS}, {"visits": ["patient", "day"]}, VISITS_ALLOWED)
    delivered(folder, text, visits=rows)
    (folder / "study.yaml").write_text(yaml.safe_dump(STUDY))
    study = load(folder / "study.yaml")
    if splits is not None:
        study = replace(study, spec=replace(study.spec, splits=splits))
    return study_facts(study, study.sources, NOW)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> StudyFacts:
    rows = visits()
    rows["pain"] = rows["pain"].astype("Int64").mask(rows["patient"] < "P010")
    return facts_of(tmp_path_factory.mktemp("facts"), rows[(rows["day"] < 180) | (rows["patient"] > "P005")])


def test_records_patients_and_outcomes_are_counted(found: StudyFacts) -> None:
    records = found.content["records"]
    assert (records["patients"], records["records"]) == (60, 282)
    assert records["records_per_subject"] == {"0%": 2, "25%": 5, "50%": 5, "75%": 5, "100%": 5}
    pressure, pain = found.content["outcomes"]
    assert (pressure["records"], pressure["patients"], pressure["patients_in_whom_it_changes"]) == (
        282,
        60,
        60,
    )
    assert (pain["records"], pain["patients"]) == (250, 50)


def test_splits_are_held_against_what_is_needed(found: StudyFacts) -> None:
    rows = {(row["outcome"], row["split"]): row for row in found.content["splits"]}
    assert sum(row["patients"] for (outcome, _), row in rows.items() if outcome == "pressure") == 60
    assert rows["pain", "train"]["needed"] == 5
    assert rows["pain", "calibration"]["needed_for_90_percent_intervals"] == 9
    assert sum(cohort["n_subjects"] for cohort in found.content["cohorts"]) == 60


def test_predictions_are_counted_by_own_records(found: StudyFacts) -> None:
    sizes = {row["k"]: row["predicted_records"] for row in found.content["support_sizes"]}
    assert sizes == {0: 60, 1: 60, 2: 54, 3: 54, 4: 54}


def test_what_a_run_would_refuse_is_said_and_what_was_counted_before_is_kept(tmp_path: Path) -> None:
    found = facts_of(tmp_path, visits(), SplitsSpec(leave_cohorts_out=("nort",)))
    assert 'the study has no cohort "nort" (did you mean "north"?)' in found.mistakes[0]
    assert "records" in found.content
    assert "splits" not in found.content


def test_rows_of_one_time_and_rejected_files_are_said(tmp_path: Path) -> None:
    by_sample = contract({"visits": VISITS}, {"visits": ["sample"]}, VISITS_ALLOWED)
    rows = visits()
    delivered(tmp_path, by_sample, visits=pd.concat([rows, rows.iloc[:3].assign(sample=["a", "b", "c"])]))
    (tmp_path / "study.yaml").write_text(yaml.safe_dump(STUDY))
    study = load(tmp_path / "study.yaml")
    assert "same_time" in study_facts(study, study.sources, NOW).mistakes[0]
    rejected = facts_of(tmp_path, rows.drop(columns="sex"))
    assert rejected.rejected
    assert list(rejected.content) == ["gate"]


def test_counts_tell_no_value_of_a_patient(found: StudyFacts) -> None:
    text = str(found.content)
    assert not [value for value in visits()["patient"] if value in text]
