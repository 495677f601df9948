"""Values that types and ranges alone cannot judge: against the contract, against each other, against the disk."""

import shutil
from pathlib import Path

import pytest
import yaml

from meta_med.calibrate.record_scores import ALL
from meta_med.cohorts import assign
from meta_med.cohorts.columns.build import SINCE_ENTRY
from meta_med.cohorts.row_filters import PERSON, SUBJECT
from meta_med.cohorts.times import TIME
from meta_med.learners.registry import names, options, try_options
from meta_med.study import LearnerSpec, StudyMismatch
from orchestration.errors import StudyError
from orchestration.study import meaning
from orchestration.study.limits import option_mistakes
from orchestration.study.load import LoadedStudy, load
from orchestration.study.promises import plain_unit
from tests.spec.study.mutations import EXAMPLE


def loaded(folder: Path, place: str = "", **changes: object) -> LoadedStudy:
    """The example study in a folder, with some keys written otherwise; `a__b` reaches into a mapping."""
    (folder / place).mkdir(parents=True, exist_ok=True)
    for name in ("asthma_contract.yaml", "asthma_visits.csv"):
        shutil.copy(EXAMPLE.parent / name, folder / name)
    tree = yaml.safe_load(EXAMPLE.read_text())
    for dotted, value in changes.items():
        *path, last = (int(k) if k.isdigit() else k for k in dotted.split("__"))
        inner = tree
        for key in path:
            inner = inner[key]
        inner[last] = value
    file = folder / place / "mine.yaml"
    file.write_text(yaml.safe_dump(tree))
    return load(file)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"outcomes__0__unit": "mL/s"}, r'outcomes\[0\].unit" is "mL/s".*in "L/min"'),
        ({"outcomes__0__reference_range": [0.35, 0.65]}, "another unit"),
        ({"outcomes__0__hard_range": [-5, 700]}, "its low end is outside the contract's range"),
        ({"outcomes__0__kind": "binary", "outcomes__0__reference_range": None}, "other values than 0 and 1"),
        ({"outcomes__0__column": "clinic"}, "of type string"),
        ({"covariates__1__kind": "numeric"}, 'write "kind: category"'),
        (
            {"covariates__1__name": "sex", "cohorts__factors": [{"column": "sex", "values": ["man"]}]},
            'never "man": did you mean "male"',
        ),
        ({"records__time": {"column": "visit_date", "unit": "days"}}, "write date"),
        ({"records__time": {}}, 'write "visit_date"'),
        ({"serve": {"where": {"sex": ["woman"]}}}, 'serve.where.sex.*never "woman".*male'),
        ({"cohorts__factors": [{"column": "age", "bands": [200]}]}, "a band would be empty"),
        ({"outcomes__0__name": "all"}, 'write "column: all"'),
        ({"covariates__0__name": "years_since_entry"}, "years_since_entry"),
        (
            {"covariates__2": {"name": "peak", "column": "peak_flow", "known": "ahead"}},
            "would reveal outcome",
        ),
        ({"learners__0__options": {"widht": 8}}, 'did you mean "width"'),
        ({"learners__0__options": {"features": 1}}, "2 or more"),
        ({"study": "summary"}, "a page of results"),
        (
            {"cohorts__factors": [{"column": "sex", "values": ["male"], "labels": ["all"]}]},
            'labels" has "all"',
        ),
    ],
)
def test_a_contradiction_is_refused_with_its_key(
    tmp_path: Path, change: dict[str, object], expected: str
) -> None:
    with pytest.raises(StudyError, match=expected):
        loaded(tmp_path, **change)


@pytest.mark.parametrize(
    "source",
    ["/etc/hostname", "../other.csv", "../../etc/hostname", "link/x.csv", "link.csv", "file:///etc/hostname",
     "s3://bucket/x.csv", "~/x.csv/../../../etc/hostname", ".", "data:../x.csv", "data:/etc/hostname", "data:.",
     "bundled:../contracts/pbc.yaml"],
)  # fmt: skip
def test_a_study_reads_no_file_outside_its_folder_or_the_data_folder(tmp_path: Path, source: str) -> None:
    here = tmp_path / "studies"
    here.mkdir()
    (tmp_path / "other.csv").write_text("")
    (here / "link").symlink_to("/etc")
    (here / "link.csv").symlink_to("/etc/hostname")
    with pytest.raises(StudyError, match=r"sources\.visits"):
        loaded(here, sources__visits=source)


def test_a_contract_in_a_sibling_folder_opens_the_folder_above_and_no_other(tmp_path: Path) -> None:
    beside = {"contract": "../asthma_contract.yaml", "sources__visits": "../asthma_visits.csv"}
    study = loaded(tmp_path / "project", "studies", **beside)
    assert study.sources["visits"] == tmp_path / "project" / "asthma_visits.csv"
    with pytest.raises(StudyError, match="leads out of the folder"):
        loaded(tmp_path / "project", "studies", **{**beside, "sources__visits": "../../x.csv"})
    with pytest.raises(StudyError, match="contract"):
        loaded(tmp_path / "project", "deep/studies", contract="../../asthma_contract.yaml")


@pytest.mark.parametrize(
    ("one", "other"),
    [("µmol/L", "umol/L"), ("×10⁹/L", "10^9/L"), ("kg/m²", "kg/m2"), ("°C", "C"), ("h", "hours"), ("1", ""),
     ("10*9/L", "10^9/L"), ("mmol/l", "mmol/L")],
)  # fmt: skip
def test_two_spellings_of_a_unit_are_one(one: str, other: str) -> None:
    assert plain_unit(one) == plain_unit(other)


@pytest.mark.parametrize(("one", "other"), [("mg/dL", "mmol/L"), ("mg", "Mg"), ("g/L", "g/dL"), ("s", "min")])
def test_two_units_are_two(one: str, other: str) -> None:
    assert plain_unit(one) != plain_unit(other)


VALUES = (
    -1,
    0,
    1,
    2,
    3,
    0.0,
    0.5,
    1.0,
    -0.5,
    True,
    "relu",
    "tanh",
    "layer",
    "lstm",
    "float64",
    "zzz",
    "",
    float("nan"),
)


@pytest.mark.parametrize("name", names())
def test_a_study_may_give_exactly_the_options_that_its_learner_is_made_with(name: str) -> None:
    for option in options(name):
        for value in VALUES:
            spec = LearnerSpec(
                name=name, options={option: value, **({"history": False} if option == "fresh_labels" else {})}
            )
            try:
                try_options(name, spec.chosen)
                takes = True
            except StudyMismatch:
                takes = False
            refused = list(option_mistakes(spec, 0))
            assert bool(refused) != takes, f"{name}: {option}: {value!r}: {refused}"


def test_the_hard_range_of_an_outcome_is_the_contracts_unless_the_study_states_a_narrower_one(
    tmp_path: Path,
) -> None:
    own, stated = (
        loaded(tmp_path / name, **change).spec.outcomes
        for name, change in (("own", {}), ("stated", {"outcomes__0__hard_range": [100, None]}))
    )
    assert [o.hard_range for o in own] == [(50, 900), None]  # the second one is binary
    assert stated[0].hard_range == (100, None)


def test_in_a_long_table_the_hard_range_is_that_of_the_measurement() -> None:
    ranges = {o.name: o.hard_range for o in load("nafld").spec.outcomes}
    assert ranges == {"hdl": (1, 300), "systolic_pressure": (30, 300)}


def test_the_names_that_a_study_may_not_use_are_those_of_the_science() -> None:
    assert (meaning.ALL, meaning.OTHER) == (ALL, assign.OTHER)
    assert {ALL, assign.OTHER} < assign.RESERVED
    assert {SUBJECT, PERSON, TIME, SINCE_ENTRY} == meaning.OWN_COLUMNS
