"""`meta-med study` as its users meet it: a draft to edit, mistakes and counts before training, a schema, all keys."""

import json
from pathlib import Path

import pytest
import yaml

from orchestration.command.app import app, exit_code_of
from orchestration.study.load import load
from tests.orchestration.small_study import EXAMPLE
from tests.orchestration.study_draft.made_up import VISITS, VISITS_ALLOWED, contract, delivered, visits


def meta_med(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    words = [str(argument) for argument in arguments]
    code = exit_code_of(lambda: app(words), as_json="--json" in words)
    shown = capsys.readouterr()
    return code, shown.out, shown.err


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A folder with a contract and its table."""
    text = contract({"visits": VISITS}, {"visits": ["patient", "day"]}, VISITS_ALLOWED, {"day": "days"})
    delivered(tmp_path, text, visits=visits())
    return tmp_path


def test_a_draft_on_stdout_is_a_study_and_nothing_else(mine: Path, capsys, monkeypatch) -> None:
    monkeypatch.chdir(mine)
    code, out, err = meta_med(capsys, "study", "draft", "made_up.yaml", "--data", "visits.csv")
    assert code == 0
    assert yaml.safe_load(out)["records"]["subject"] == "patient"
    assert '"pressure_kpa" copies outcome "pressure"' in " ".join(err.split())


def test_a_draft_brings_the_schema_replaces_nothing_and_is_checked_against_its_data(
    mine: Path, capsys
) -> None:
    study = mine / "study.yaml"
    wanted = ("study", "draft", mine / "made_up.yaml", "--data", mine / "visits.csv", "--out", study)
    code, out, _ = meta_med(capsys, *wanted, "--json")
    assert code == 0
    assert json.loads(out)["written"] == [str(study), str(mine / "study.schema.json")]
    assert json.loads(out)["outcomes"] == ["pressure", "pain"]
    code, _, err = meta_med(capsys, *wanted)
    assert code == 2
    assert "A draft replaces no study" in err
    code, out, _ = meta_med(capsys, "study", "check", study, "--json")
    found = json.loads(out)
    assert (code, found["mistakes"]) == (0, [])
    assert found["data"]["records"]["patients"] == 60
    assert found["data"]["records"]["records_per_subject"]["50%"] == 5
    assert [(o["outcome"], o["records"]) for o in found["data"]["outcomes"]] == [
        ("pressure", 300),
        ("pain", 300),
    ]
    assert {c["cohort"]: c["n_subjects"] for c in found["data"]["cohorts"]} == {
        "north": 20,
        "south": 20,
        "west": 20,
    }
    assert {s["k"]: s["predicted_records"] for s in found["data"]["support_sizes"]} == dict.fromkeys(
        range(5), 60
    )


def test_a_file_of_no_table_and_a_contract_that_is_not_there_are_named(mine: Path, capsys) -> None:
    (mine / "other.csv").write_text("a\n1\n")
    code, _, err = meta_med(
        capsys, "study", "draft", mine / "made_up.yaml", "--data", f"visit={mine / 'x.csv'}"
    )
    assert code == 2
    assert 'Contract "made_up" has no table "visit": did you mean "visits"?' in err
    assert meta_med(capsys, "study", "draft", mine / "nothing.yaml")[0] == 2


def test_every_mistake_of_a_study_is_told_with_its_key(capsys, tmp_path: Path) -> None:
    for name in ("asthma_contract.yaml", "asthma_visits.csv"):
        (tmp_path / name).write_text((EXAMPLE / name).read_text())
    tree = yaml.safe_load((EXAMPLE / "asthma_study.yaml").read_text())
    tree["outcomes"][0]["name"] = "peak_flwo"
    tree["serve"]["where"] = {"clinik": ["Hill"]}
    (tmp_path / "study.yaml").write_text(yaml.safe_dump(tree))
    code, _, err = meta_med(capsys, "study", "check", tmp_path / "study.yaml")
    assert code == 2
    assert 'did you mean "peak_flow"?' in err
    assert 'did you mean "clinic"?' in err


def test_a_study_without_its_data_is_checked_against_its_contract_alone(capsys) -> None:
    code, out, _ = meta_med(capsys, "study", "check", "glucose")
    assert code == 0
    assert "The data are not there (records.parquet)" in out


def test_what_keeps_a_study_from_training_is_said_beside_the_counts(mine: Path, capsys) -> None:
    few = visits(patients=6)
    few.to_csv(mine / "visits.csv", index=False)
    tree = {
        "study": "few", "title": "Few", "contract": "made_up.yaml", "sources": {"visits": "visits.csv"},
        "records": {"source": "visits", "subject": "patient", "time": {"column": "day", "unit": "days"}},
        "outcomes": [{"name": "pressure"}], "covariates": [], "learners": [{"name": "bayesian_head"}],
    }  # fmt: skip
    (mine / "study.yaml").write_text(yaml.safe_dump(tree))
    code, out, _ = meta_med(capsys, "study", "check", mine / "study.yaml")
    assert code == 2
    assert "Does not fit: splits: too few patients" in out
    assert "30" in out
    few.drop(columns="pain").to_csv(mine / "visits.csv", index=False)
    code, out, _ = meta_med(capsys, "study", "check", mine / "study.yaml", "--json")
    assert code == 4
    assert json.loads(out)["data"]["gate"]["verdict"] == "reject"


def test_the_schema_and_the_keys_can_be_piped_into_a_file(capsys, tmp_path: Path) -> None:
    code, out, _ = meta_med(capsys, "study", "schema")
    assert code == 0
    assert json.loads(out)["required"][0] == "study"
    assert meta_med(capsys, "study", "keys", "--out", tmp_path / "keys.md")[0] == 0
    assert (tmp_path / "keys.md").read_text().startswith("# All keys of a study")


@pytest.mark.nightly
def test_from_a_table_to_a_release_with_two_drafts(tmp_path: Path, capsys) -> None:
    visits(patients=90).drop(columns=["note", "batch"]).to_csv(tmp_path / "visits.csv", index=False)
    home, study = ("--home", tmp_path / "home"), tmp_path / "study.yaml"
    for words in (
        ("contract", "draft", tmp_path / "visits.csv", "--out", tmp_path / "contract.yaml"),
        ("study", "draft", tmp_path / "contract.yaml", "--data", tmp_path / "visits.csv", "--out", study),
        ("study", "check", study),
    ):
        assert meta_med(capsys, *words)[0] == 0
    assert [o.name for o in load(study).spec.outcomes] == ["pressure", "pain"]
    tree = yaml.safe_load(study.read_text())
    tree["budget"] |= {"steps": 20, "evaluate_every": 10, "processes": 1}
    study.write_text(yaml.safe_dump(tree))
    code, out, _ = meta_med(capsys, "run", "--study", study, *home, "--json")
    assert code == 0
    assert json.loads(out)["release_id"]
