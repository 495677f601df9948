"""What a contract calls follow-up time or an event indicator is no time, outcome, covariate or cohort of a study."""

import shutil
from pathlib import Path

import pytest
import yaml

from orchestration.errors import StudyError
from orchestration.study.load import LoadedStudy, load, resolved, spec_of
from tests.orchestration.small_study import EXAMPLE

FOLLOWED = [
    {"name": "futime", "logicalType": "integer",
     "customProperties": [{"property": "role", "value": "follow_up_time"}]},
    {"name": "dead", "logicalType": "integer",
     "customProperties": [{"property": "role", "value": "event_indicator"}],
     "quality": [{"type": "custom", "engine": "meta-med", "implementation": {"rule": "allowed", "values": [0, 1]}}]},
]  # fmt: skip


def loaded(folder: Path, key: str = "", value: object = None) -> LoadedStudy:
    """The example study of a contract with two more columns, with one key written otherwise or added to."""
    contract = yaml.safe_load((EXAMPLE / "asthma_contract.yaml").read_text())
    contract["schema"][0]["properties"] += FOLLOWED
    (folder / "asthma_contract.yaml").write_text(yaml.safe_dump(contract))
    shutil.copy(EXAMPLE / "asthma_visits.csv", folder)
    tree = yaml.safe_load((EXAMPLE / "asthma_study.yaml").read_text())
    place, *inner = key.split(".")
    if inner:
        held = tree[place].get(inner[0])
        tree[place][inner[0]] = [*held, value] if isinstance(held, list) else value
    elif key:
        tree[key].append(value)
    (folder / "mine.yaml").write_text(yaml.safe_dump(tree))
    return load(folder / "mine.yaml")


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("records.time", {"column": "futime", "unit": "days"}, r'records.time.column" is "futime".*leave'),
        ("outcomes", {"name": "futime"}, r'outcomes\[2\]": column "futime" is follow-up time.*fixed horizon'),
        ("outcomes", {"name": "dead", "kind": "binary"}, r'column "dead" is an event indicator.*censored.*fixed hor'),
        ("outcomes", {"name": "any", "kind": "binary", "any_positive": ["dead", "smoker"]}, 'column "dead"'),
        ("covariates", {"name": "years", "column": "futime"}, r'covariates\[3\]": column "futime".*only when'),
        ("covariates", {"name": "dead", "kind": "category", "known": "ahead"}, r'covariates\[3\]": column "dead"'),
        ("cohorts.factors", {"column": "dead"}, r'cohorts.factors\[1\]": column "dead"'),
    ],
)  # fmt: skip
def test_it_is_refused_with_what_to_do_instead(
    key: str, value: object, expected: str, tmp_path: Path
) -> None:
    with pytest.raises(StudyError, match=f"(?s){expected}"):
        loaded(tmp_path, key, value)


@pytest.mark.parametrize(
    ("key", "value"),
    [("", None), ("records.between", {"futime": [365, 9999]}), ("records.where", {"dead": ["0"]}),
     ("serve.where", {"dead": ["0"]})],
)  # fmt: skip
def test_rows_and_patients_may_be_selected_by_it(key: str, value: object, tmp_path: Path) -> None:
    assert loaded(tmp_path, key, value).name == "asthma"


def test_an_end_of_follow_up_is_no_time_of_events_either() -> None:
    study = load("nafld")
    tree = yaml.safe_load(study.path.read_text())
    tree["records"]["events"] |= {
        "source": "subjects",
        "time": {"column": "futime", "unit": "days"},
        "event": "status",
    }
    tree["covariates"] = [{"name": "dead", "kind": "event", "column": "1"}]
    tree["cohorts"] = {"min_subjects": 50}
    tree["evaluation"] = {}
    with pytest.raises(StudyError, match=r'records.events.time.column" is "futime"'):
        resolved(spec_of(tree, "nafld.yaml"), study.path, study.sha256)


@pytest.mark.parametrize(
    "time", [{"of_record": True}, {"column": "visit_date", "unit": "date", "of_record": True}]
)
def test_the_word_for_a_number_of_a_record_is_for_numbers(time: dict[str, object], tmp_path: Path) -> None:
    with pytest.raises(StudyError, match=r"of_record.*for times that are numbers"):
        loaded(tmp_path, "records.time", time)
