"""Names: studies, outcomes and cohorts called as somebody likes; one broken study or stray file harms itself alone."""

import os
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest
from dagster import Definitions
from dagster._core.definitions.utils import DISALLOWED_NAMES, is_valid_name
from hypothesis import given
from hypothesis import strategies as st

from meta_med.cohorts.assign import assign_cohorts
from meta_med.study import CohortFactor, CohortsSpec
from orchestration.command.app import app, exit_code_of
from orchestration.errors import StudyError
from orchestration.graph import definitions_of, graph_of
from orchestration.health import health_of
from orchestration.runs.inbox import deliveries, shown_name, table_named, unread_entries
from orchestration.study.load import RESERVED, LoadedStudy, dagster_name, load
from orchestration.study.meaning import is_study_name
from orchestration.study.registry import own_studies
from orchestration.triggers import inbox_sensor, nightly_schedule
from orchestration.workspace import Workspace, open_workspace
from tests.examples import examples

INPUTS = Path(__file__).parents[1] / "cases" / "inputs"
WORKS = ["try", "output", "lambda", "None", "type", "my-study", "étude", "all", "NA", "007", "x" * 60]
REFUSED = ["a/b", "..", "a b", "it's", "", "-n", "_x", "x" * 61, "summary", "a\nb", "e\u0301"]


def called(study: LoadedStudy, name: str) -> LoadedStudy:
    return replace(study, spec=replace(study.spec, study=name))


def test_the_words_that_dagster_keeps_are_known() -> None:
    assert set(DISALLOWED_NAMES) == RESERVED


@examples(60)
@given(one=st.text(min_size=1, max_size=30), other=st.text(min_size=1, max_size=30))
def test_every_name_has_one_in_dagster_and_no_two_have_the_same(one: str, other: str) -> None:
    assert is_valid_name(dagster_name(one))
    assert (dagster_name(one) == dagster_name(other)) == (one == other)


@pytest.mark.case("science/21_reserved_names")
def test_a_study_may_be_called_so(study: LoadedStudy, tmp_path: Path, now) -> None:
    studies = [called(study, name) for name in WORKS]
    graphs = [graph_of(one) for one in studies]
    workspace = open_workspace(tmp_path / "home", studies=studies)
    also = {"schedules": [nightly_schedule(g) for g in graphs], "sensors": [inbox_sensor(graphs, workspace)]}
    defs = definitions_of(graphs, workspace, **also)
    Definitions.validate_loadable(defs)
    for one in studies:
        assert defs.resolve_job_def(one.key).name == one.key
        assert workspace.study_of(one.key) is one
    now(f"studies called {', '.join(WORKS[:6])} are loaded side by side")


@pytest.mark.parametrize("name", REFUSED)
def test_a_study_that_may_not_be_called_so_is_refused_with_the_rule(
    study: LoadedStudy, tmp_path: Path, name: str
) -> None:
    from orchestration.study.meaning import mistakes_of

    assert [text for text in mistakes_of(called(study, name).spec) if text.startswith('"study"')]
    assert not is_study_name(name) or name == "summary"


@pytest.mark.case("science/21_reserved_names")
def test_an_outcome_called_all_is_refused_with_its_key(study: LoadedStudy, now) -> None:
    text = study.path.read_text().replace("name: peak_flow", "name: all")
    study.path.write_text(text)
    with pytest.raises(StudyError, match=r'outcomes\[0\]\.name" is "all"') as refused:
        load(study.path)
    now(f"an outcome called all: exit {refused.value.exit_code}, with its key and what to write")


FACTORS = CohortsSpec(factors=(CohortFactor(column="clinic"), CohortFactor(column="ward")), min_subjects=1)
LEVELS = st.sampled_from(
    ["all", "other cohorts", "A", "A, B", "B", "B, A", 'cohort "all"', '"', "clinic unknown", "NA", ""]
)


@examples(60)
@given(pairs=st.lists(st.tuples(LEVELS, LEVELS), min_size=1, max_size=8))
def test_a_cohort_is_one_combination_of_levels_and_never_the_whole(pairs: list[tuple[str, str]]) -> None:
    frame = pd.DataFrame(pairs, columns=["clinic", "ward"])
    frame["who"] = [f"P{i}" for i in range(len(frame))]
    codes, names = assign_cohorts(frame, "who", FACTORS)
    assert (
        len({(code, pair) for code, pair in zip(codes, pairs, strict=True)}) == len(set(pairs)) == len(names)
    )
    one = assign_cohorts(frame, "who", CohortsSpec(factors=FACTORS.factors[:1], min_subjects=1))[1]
    assert not {"all", "other cohorts"} & {*names, *one}


@pytest.mark.case("science/21_reserved_names")
def test_a_clinic_called_all_is_told_apart_from_all_clinics(now) -> None:
    frame = pd.DataFrame({"who": ["a", "b"], "clinic": ["all", "B"]})
    spec = CohortsSpec(factors=(CohortFactor(column="clinic"),), min_subjects=1)
    assert assign_cohorts(frame, "who", spec)[1] == ("B", "cohort all")
    now('a clinic called "all" is shown as "cohort all"')


# --- the inbox

NOW = datetime(2027, 3, 2, tzinfo=UTC)


def put(inbox: Path, *names: str) -> Path:
    inbox.mkdir(parents=True, exist_ok=True)
    for name in names:
        (inbox / name).write_text("x")
        os.utime(inbox / name, (NOW.timestamp() - 600,) * 2)
    return inbox


@pytest.mark.case("data/22_prefix_tables/inbox")
def test_the_longest_table_name_wins(tmp_path: Path, now) -> None:
    inbox = tmp_path / "inbox"
    shutil.copytree(INPUTS / "22_prefix_tables" / "inbox", inbox)
    put(
        inbox,
        "labs_2027-03-02.csv.sha256",
        "labs.csv.lock",
        "notes.csv",
        "labs_2027-03-03.xlsx",
        "labs.csv.part",
    )
    put(inbox, *[p.name for p in inbox.iterdir() if p.suffix == ".csv"])
    found = deliveries(inbox, ["labs", "labs_external"], NOW)
    assert {table: path.name for table, path in found.items()} == {
        "labs": "labs_2027-03-01.csv",
        "labs_external": "labs_external_2027-03-01.csv",
    }
    told = {entry.name: entry.why for entry in unread_entries(inbox, ["labs", "labs_external"], NOW)}
    assert set(told) == {"notes.csv", "labs_2027-03-03.xlsx", "labs.csv.part"}
    now("labs and labs_external each get their own file; a stray file, a workbook and a half copy are told")


@examples(60)
@given(
    tables=st.sets(st.text("ab_", min_size=1, max_size=4), min_size=1),
    rest=st.sampled_from(["", ".csv", "_1.csv", "x.csv"]),
)
def test_a_file_is_the_longest_table_that_it_begins_with(tables: set[str], rest: str) -> None:
    for table in tables:
        found = table_named(f"{table}{rest}", tables)
        if rest != "x.csv":
            assert found is not None
            assert len(found) >= len(table)
        if found is not None:
            assert f"{table}{rest}".startswith(found)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("scan_1234567.pdf", "scan_#.pdf"),
        ("visits_20270301.xlsx", "visits_20270301.xlsx"),
        ("a\x1b[2J.csv", "a?[2J.csv"),
    ],
)
def test_a_long_number_in_a_strays_name_is_hidden(name: str, shown: str) -> None:
    assert shown_name(name) == shown


def test_status_tells_what_the_inbox_does_not_read(study: LoadedStudy, workspace: Workspace) -> None:
    inbox = put(workspace.inbox("asthma"), "visits.csv.sha256", "letter.docx")
    for path in inbox.iterdir():
        os.utime(path, (1, 1))
    state = health_of("asthma", workspace, study.sources)
    assert state.late == ()
    assert [entry.name for entry in state.passed_over] == ["letter.docx"]
    assert any("letter.docx" in line for line in state.lines())


# --- one broken study


@pytest.mark.case("data/26_broken_study")
def test_a_broken_study_harms_itself_alone(tmp_path: Path, monkeypatch, capsys, now) -> None:
    folder = tmp_path / "26"
    shutil.copytree(INPUTS / "26_broken_study", folder)
    monkeypatch.setenv("META_MED_STUDIES", str(folder / "s"))
    own = own_studies()
    assert list(own.found) == ["asthma"]
    ((file, mistakes),) = own.mistakes.items()
    assert file.endswith("zz_broken.yaml")
    assert 'did you mean "outcomes"' in mistakes[0]
    code = exit_code_of(lambda: app(["status", "--home", str(tmp_path / "home")]), as_json=False)
    assert code == 0
    assert "zz_broken.yaml: this study is left out" in capsys.readouterr().out
    now("asthma is loaded; zz_broken.yaml is left out with its mistake, in status and in the definitions")


def test_contracts_and_mappings_beside_studies_are_no_broken_studies(tmp_path: Path, monkeypatch) -> None:
    example = Path(__file__).parents[2] / "docs" / "example"
    for path in example.glob("asthma*"):
        shutil.copy(path, tmp_path / path.name)
    monkeypatch.setenv("META_MED_STUDIES", str(tmp_path))
    assert (list(own_studies().found), own_studies().broken) == (["asthma"], {})


@pytest.mark.parametrize("text", ["[" * 5000, "study: \x01", "", "study: asthma", "- 1"])
def test_whatever_a_study_file_holds_it_is_left_out_with_a_reason(
    tmp_path: Path, monkeypatch, text: str
) -> None:
    (tmp_path / "odd.yaml").write_text(text)
    monkeypatch.setenv("META_MED_STUDIES", os.pathsep.join([str(tmp_path), str(tmp_path / "gone.yaml")]))
    own = own_studies()
    assert own.found == {}
    assert len(own.broken) == 2


def test_two_files_of_one_study_are_both_left_out(tmp_path: Path, monkeypatch) -> None:
    folder = tmp_path / "26"
    shutil.copytree(INPUTS / "26_broken_study", folder)
    shutil.copy(folder / "s" / "asthma_study.yaml", folder / "s" / "zz_broken.yaml")
    monkeypatch.setenv("META_MED_STUDIES", str(folder / "s"))
    assert own_studies().found == {}
    assert len(own_studies().broken) == 2
