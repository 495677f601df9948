"""A study file is right, or refused with every mistake in it, each with its key and what to do."""

from pathlib import Path

import pytest
import yaml

from orchestration.errors import DataError, StudyError
from orchestration.stages.ingest import require_data
from orchestration.study.bundled import bundled_studies
from orchestration.study.load import load, parse

EXAMPLE = Path(__file__).parents[3] / "docs" / "example" / "asthma_study.yaml"


def changed(**changes: object) -> str:
    """The example study with some keys written otherwise; `a__b` reaches into a mapping."""
    tree = yaml.safe_load(EXAMPLE.read_text())
    for dotted, value in changes.items():
        *path, last = dotted.split("__")
        place = tree
        for key in path:
            place = place[int(key)] if isinstance(place, list) else place[key]
        place[last] = value
    return yaml.safe_dump(tree)


def mistakes(text: str) -> str:
    with pytest.raises(StudyError) as caught:
        parse(text, "mine.yaml")
    return str(caught.value)


@pytest.mark.parametrize("name", sorted(bundled_studies()))
def test_every_bundled_study_is_right(name: str) -> None:
    study = load(name)
    assert study.name == name
    assert all(path.is_file() for table, path in study.sources.items() if table not in study.data)


def test_paths_are_relative_to_the_study_file() -> None:
    study = load(EXAMPLE)
    assert study.sources["visits"] == EXAMPLE.parent / "asthma_visits.csv"
    assert study.contract == str(EXAMPLE.parent / "asthma_contract.yaml")


def with_data_source(folder: Path) -> Path:
    """The example study, its table below a data folder."""
    for name in ("asthma_contract.yaml", "asthma_visits.csv"):
        (folder / name).write_bytes((EXAMPLE.parent / name).read_bytes())
    study = folder / "mine.yaml"
    study.write_text(changed(sources={"visits": "data:clinics/visits.csv"}))
    return study


def test_a_data_source_lies_below_the_data_folder(tmp_path: Path, monkeypatch) -> None:
    study = with_data_source(tmp_path)
    assert load(study, tmp_path).sources["visits"] == tmp_path / "clinics" / "visits.csv"
    monkeypatch.setenv("META_MED_DATA", str(tmp_path / "other"))
    assert load(study).sources["visits"] == tmp_path / "other" / "clinics" / "visits.csv"


def test_a_study_without_its_data_loads_and_says_what_it_lacks(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.delenv("META_MED_DATA", raising=False)
    study = with_data_source(tmp_path)
    assert load(study).missing_files == load(study, tmp_path).missing_files == ("clinics/visits.csv",)
    (tmp_path / "clinics").mkdir()
    (tmp_path / "asthma_visits.csv").rename(tmp_path / "clinics" / "visits.csv")
    assert load(study, tmp_path).missing_files == ()


@pytest.mark.parametrize("named", [True, False])
def test_a_run_without_its_data_names_the_file_and_the_folder(
    tmp_path: Path, monkeypatch, named: bool
) -> None:
    monkeypatch.delenv("META_MED_DATA", raising=False)
    study = load(with_data_source(tmp_path), tmp_path if named else None)
    where = rf"below the data folder {tmp_path}\." if named else "below a data folder; none was named"
    with pytest.raises(DataError, match=rf"clinics/visits\.csv {where}.*--data DIR"):
        require_data(study, study.sources)


def test_an_unknown_study_lists_the_bundled_ones_and_the_nearest() -> None:
    with pytest.raises(StudyError, match=r'Bundled: .*nafld, .*; did you mean "pbc"\?'):
        load("pcb")


def test_a_missing_file_is_named() -> None:
    with pytest.raises(StudyError, match=r'no study file "nowhere/mine\.yaml"'):
        load("nowhere/mine.yaml")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"titel": "x"}, '"titel" is not a key of a study: did you mean "title"?'),
        ({"budget__step": 3}, '"budget.step" is not a key of a study: did you mean "steps"?'),
        ({"outcomes__0__scal": "log"}, '"outcomes[0].scal" is not a key of a study: did you mean "scale"?'),
        ({"records__time__unit": "weeks"}, '"records.time.unit": input should be'),
        ({"records__long": {"nam": "a", "value": "b"}}, '"records.long.nam" is not a key'),
        ({"outcomes__0__label": 3}, '"outcomes[0].label": must be text; put it in quotes'),
        ({"outcomes__0__reference_range": [9, 1]}, "low below high"),
        ({"outcomes__0__hard_range": [9, 1]}, '"hard_range" must be [low, high] with low below high'),
        ({"outcomes__1__scale": "log"}, 'a binary outcome has no "scale: log"'),
        ({"outcomes__0__other_units": [{"unit": "mL/s", "factor": 0}]}, "1e-12 or more"),
        ({"outcomes__0__other_units": [{"unit": " l/min", "factor": 1}]}, "starts or ends with a blank"),
        ({"outcomes__0__other_units": [{"unit": "l/min", "factor": 1}]}, 'or the one of "unit"'),
        ({"outcomes__0__other_units": [{"unit": "", "factor": 1}]}, 'an entry without a "unit"'),
        ({"outcomes__0__other_units": [{"unit": "mL/s"}]}, '"outcomes[0].other_units[0].factor"'),
        (
            {
                "outcomes__0__scale": "log",
                "outcomes__0__other_units": [{"unit": "x", "factor": 1, "offset": 2}],
            },
            '"offset" changes ratios',
        ),
        ({"outcomes__0__unit": "", "outcomes__0__other_units": [{"unit": "x", "factor": 1}]}, 'needs "unit"'),
        ({"outcomes__1__other_units": [{"unit": "x", "factor": 1}]}, "a binary outcome has no unit"),
        (
            {
                "outcomes__0__standardise": "cohort",
                "outcomes__0__other_units": [{"unit": "mL/s", "factor": 16.7}],
            },
            "each in its own unit",
        ),
        ({"outcomes__0__name": "woken_by_asthma"}, '"outcomes" has "woken_by_asthma" twice'),
        (
            {"records__source": "visit"},
            '"records.source" names "visit", which is not under "sources": did you mean',
        ),
        ({"covariates__0__kind": "event"}, 'add "records.events"'),
        ({"cohorts__factors": [{"column": "age", "bands": [60, 40]}]}, "bands"),
        (
            {"cohorts__factors": [{"column": "age", "bands": [40], "labels": ["young"]}]},
            "2 levels but 1 labels",
        ),
        ({"records__between": {"peak_flow": [9, 1]}}, '"records.between.peak_flow" must be [low, high]'),
        ({"records__share": 1.5}, '"records.share" is 1.5: it must be above 0 and at most 1'),
        ({"records__first": 0}, '"records.first" is 0'),
        ({"records__person": {"patient": "("}}, '"records.person.patient" is not a regular expression'),
        ({"records__time__unit_column": "unit"}, '"unit_column" and "unit_days" go together'),
        ({"covariates__0__most": 3}, '"covariates.age.most" is for categories'),
        ({"covariates__1__values": {"male": 1}}, "turns texts into numbers"),
        ({"outcomes__0__log_cohorts": ["a"]}, 'needs "standardise: cohort"'),
        ({"splits__fold": 9}, '"fold" one of 0 .. folds - 1'),
        ({"splits__tuning": 0.8}, "leave patients for training"),
        ({"evaluation": {"settings": []}}, '"evaluation.settings" names each setting once'),
        ({"evaluation": {"settings": ["next", "next"]}}, '"evaluation.settings" names each setting once'),
        ({"evaluation": {"support_sizes": [1, 0]}}, '"evaluation.support_sizes" must rise'),
        ({"evaluation": {"support_sizes": [0, 6]}}, "has 6, but at most 5 own records are used"),
        ({"evaluation": {"cohort_sizes": [-1]}}, '"evaluation.cohort_sizes" must rise from 0'),
        ({"evaluation": {"repeats": 0}}, '"evaluation.repeats" is 0: it must be 1 or more'),
        ({"evaluation": {"groups": ["agee"]}}, '"agee", which is not a covariate: did you mean "age"?'),
        ({"evaluation": {"bands": {"age": [60, 40]}}}, '"evaluation.bands.age" must rise'),
        ({"learners": []}, '"learners" is empty'),
        ({"learners__0__name": "mamel"}, '"mamel" is not a learner: did you mean "maml"?'),
        ({"baselines": ["last_values"]}, 'did you mean "last_value"?'),
        ({"study": "a b"}, "letters, digits, _ and - only"),
    ],
)
def test_each_mistake_is_told_with_its_key(change: dict[str, object], expected: str) -> None:
    assert expected in mistakes(changed(**change))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Hill", "a valid integer, or input should be a list"),
        (True, '"splits.leave_cohorts_out": input should be'),
        ([1], '"splits.leave_cohorts_out[0]": must be text'),
        ([], "at least one"),
        (["Hill", "Hill"], "names each cohort once"),
        (-1, "0 or more"),
    ],
)
def test_cohorts_left_out_are_a_number_or_names(value: object, expected: str) -> None:
    assert expected in mistakes(changed(splits__leave_cohorts_out=value))


def test_a_cohort_with_a_scale_of_its_own_cannot_be_left_out_of_training() -> None:
    told = mistakes(changed(splits__leave_cohorts_out=["Hill"], outcomes__0__standardise="cohort"))
    assert "a cohort that nobody is trained on has no scale" in told


@pytest.mark.parametrize("value", [0, 1, ["Hill"]])
def test_cohorts_left_out_by_number_or_name_are_read(value: object) -> None:
    spec = parse(changed(splits__leave_cohorts_out=value), "mine.yaml")
    assert spec.splits.named_cohorts == (("Hill",) if isinstance(value, list) else ())


def test_all_mistakes_are_told_at_once() -> None:
    told = mistakes(changed(titel="x", budget__steps="many", outcomes__0__kind="number"))
    assert [word in told for word in ("titel", "budget.steps", "outcomes[0].kind")] == [True] * 3


def test_a_key_written_twice_is_refused() -> None:
    assert '"seed" is written twice' in mistakes(EXAMPLE.read_text() + "\nseed: 1\n")


@pytest.mark.parametrize(
    "text",
    [
        "study: [",
        "- a\n- b",
        "",
        "study: &a x\ntitle: *a",
        "study: !!python/object/apply:os.system ['touch pwned']",
    ],
)
def test_what_is_no_study_is_refused_and_never_executed(text: str, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "mine.yaml" in mistakes(text)
    assert list(tmp_path.iterdir()) == []


def test_a_column_that_the_contract_lacks_is_told_with_the_nearest(tmp_path: Path) -> None:
    for name in ("asthma_contract.yaml", "asthma_visits.csv"):
        (tmp_path / name).write_bytes((EXAMPLE.parent / name).read_bytes())
    study = tmp_path / "mine.yaml"
    study.write_text(changed(outcomes__0__column="peakflow", cohorts__factors=[{"column": "clinics"}]))
    with pytest.raises(StudyError) as caught:
        load(study)
    assert 'no column "peakflow" for it: did you mean "peak_flow"?' in str(caught.value)
    assert 'no column "clinics" for it: did you mean "clinic"?' in str(caught.value)


def test_a_column_of_the_rows_asked_about_is_told_too(tmp_path: Path) -> None:
    for name in ("asthma_contract.yaml", "asthma_visits.csv"):
        (tmp_path / name).write_bytes((EXAMPLE.parent / name).read_bytes())
    study = tmp_path / "mine.yaml"
    study.write_text(changed(records__where_not={"clinics": ["Harbour"]}, records__series=["stay"]))
    with pytest.raises(StudyError) as caught:
        load(study)
    assert 'has no column "clinics": did you mean "clinic"?' in str(caught.value)
    assert 'has no column "stay"' in str(caught.value)


def test_a_table_that_the_contract_lacks_is_told(tmp_path: Path) -> None:
    (tmp_path / "asthma_contract.yaml").write_bytes((EXAMPLE.parent / "asthma_contract.yaml").read_bytes())
    study = tmp_path / "mine.yaml"
    study.write_text(changed(sources={"visit": "a.csv"}, records__source="visit"))
    with pytest.raises(StudyError, match=r'sources\.visit".*no such table: did you mean "visits"'):
        load(study)


def test_a_contract_that_is_not_there_is_told(tmp_path: Path) -> None:
    study = tmp_path / "mine.yaml"
    study.write_text(changed(contract="gone.yaml"))
    with pytest.raises(StudyError, match=r"its contract cannot be used\. gone\.yaml"):
        load(study)


def test_a_bundled_table_that_is_not_there_is_told(tmp_path: Path) -> None:
    (tmp_path / "asthma_contract.yaml").write_bytes((EXAMPLE.parent / "asthma_contract.yaml").read_bytes())
    study = tmp_path / "mine.yaml"
    study.write_text(changed(sources={"visits": "bundled:pbc/visitz.csv"}))
    with pytest.raises(StudyError, match=r"pbc/visitz\.csv"):
        load(study)
