"""A drafted study loads, its own data fit it, its guesses are plausible, and it tells no value of a patient."""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from meta_med.study import StudySpec
from orchestration.errors import DataError, StudyError
from orchestration.study.facts import study_facts
from orchestration.study.load import load
from orchestration.study_draft.drafting import Draft, draft
from tests.orchestration.study_draft.made_up import VISITS, VISITS_ALLOWED, contract, delivered, visits

NOW = datetime(2024, 6, 1, tzinfo=UTC)
CONTRACT = contract({"visits": VISITS}, {"visits": ["patient", "day"]}, VISITS_ALLOWED, {"day": "days"})


def drafted(
    folder: Path, text: str, *, files: bool = True, **tables: pd.DataFrame
) -> tuple[Draft, StudySpec]:
    """The draft of a contract and its delivered tables, and the study once loaded; its data fit it."""
    terms, paths = delivered(folder, text, **tables)
    out = folder / "study.yaml"
    made = draft(str(terms), paths if files else {}, now=NOW, out=out)
    out.write_text(made.text)
    study = load(out)
    if files:
        assert study_facts(study, study.sources, NOW).mistakes == []
    return made, study.spec


@pytest.fixture(scope="module")
def of_visits(tmp_path_factory: pytest.TempPathFactory) -> tuple[Draft, StudySpec]:
    return drafted(tmp_path_factory.mktemp("visits"), CONTRACT, visits=visits())


def test_outcomes_change_within_patients_and_are_no_copies(of_visits: tuple[Draft, StudySpec]) -> None:
    assert [(o.name, o.kind) for o in of_visits[1].outcomes] == [
        ("pressure", "continuous"),
        ("pain", "binary"),
    ]
    assert '"pressure_kpa" copies outcome "pressure": it is left out' in of_visits[0].remarks


def test_what_never_changes_is_known_ahead_and_identifiers_and_constants_are_left_out(
    of_visits: tuple[Draft, StudySpec],
) -> None:
    covariates = {c.name: c for c in of_visits[1].covariates}
    assert set(covariates) == {"sex", "age", "smoker"}
    assert covariates["sex"].known_ahead
    assert covariates["smoker"].known_ahead
    assert covariates["age"].advances
    for name in ("visit_no", "died", "batch", "note"):
        assert any(remark.startswith(f'"{name}"') for remark in of_visits[0].remarks), name


def test_cohorts_intervals_and_support_are_those_of_the_records(of_visits: tuple[Draft, StudySpec]) -> None:
    study = of_visits[1]
    assert [factor.column for factor in study.cohorts.factors] == ["site"]
    assert (study.serve.horizon_days, study.serve.max_age_days) == (90, 270)
    assert study.budget.max_support == 4
    assert study.records.time.unit == "days"


def test_the_author_is_asked_beside_the_line(of_visits: tuple[Draft, StudySpec]) -> None:
    lines = of_visits[0].text.splitlines()
    at = lines.index("  - {name: smoker, kind: numeric, known: ahead}")
    assert lines[at - 1] == "  # ask: is it known at the first record already? It never changes here"
    assert lines[0] == "# yaml-language-server: $schema=study.schema.json"


def test_a_draft_tells_no_value_of_a_patient(tmp_path: Path) -> None:
    table = visits()
    made, _ = drafted(tmp_path, CONTRACT, visits=table)
    values = [*table["patient"].unique(), *table["note"], *table["pressure"].astype(str), "north"]
    assert [v for v in values if v in made.text] == []


def test_without_a_file_the_contract_alone_gives_a_draft_that_loads(tmp_path: Path) -> None:
    made, study = drafted(tmp_path, CONTRACT, files=False, visits=visits())
    assert {"pressure", "pain"} <= {o.name for o in study.outcomes}
    assert "# ask: which file is it?" in made.text
    assert made.remarks[-1].startswith("no delivered file was given")


def test_a_site_with_too_few_patients_makes_no_cohorts(tmp_path: Path) -> None:
    table = visits().assign(site=lambda t: "site " + t["patient"])
    made, study = drafted(tmp_path, CONTRACT, visits=table)
    assert study.cohorts.factors == ()
    assert any("no two cohorts" in remark for remark in made.remarks)


def test_a_long_table_of_measurements_has_an_outcome_for_each(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    who = np.repeat(np.arange(40), 8)
    rows = pd.DataFrame(
        {
            "patient": [f"P{i}" for i in who],
            "day": np.tile(np.repeat(30 * np.arange(4), 2), 40),
            "test": np.tile(["hdl", "sbp"], 160),
            "value": rng.normal(100, 10, 320).round(1),
        }
    )
    facts = pd.DataFrame({"patient": [f"P{i}" for i in range(40)], "sex": np.tile(["f", "m"], 20)})
    text = contract(
        {
            "labs": [("patient", "string", "subject"), ("day", "integer", "time"), ("test", "string", ""),
                     ("value", "number", "")],
            "people": [("patient", "string", "subject"), ("sex", "string", "")],
        },
        {"labs": ["patient", "day", "test"], "people": ["patient"]},
        {"test": ["hdl", "sbp"], "sex": ["f", "m"]},
    )  # fmt: skip
    made, study = drafted(tmp_path, text, labs=rows, people=facts)
    assert study.records.long is not None
    assert study.records.subjects is not None
    assert [o.name for o in study.outcomes] == ["hdl", "sbp"]
    assert [(c.name, c.known) for c in study.covariates] == [("sex", "ahead")]
    assert "# ask: is the time in days? The contract states no unit" in made.text.replace("; or hours", "\n")


def test_stays_with_a_clock_of_their_own_become_series(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    rows = pd.DataFrame(
        {
            "patient": np.repeat([f"P{i}" for i in range(30)], 12),
            "stay": np.tile(np.repeat(["a", "b"], 6), 30),
            "hours": np.tile(np.arange(6), 60),
            "heart_rate": rng.normal(80, 9, 360).round(),
        }
    )
    text = contract(
        {"vitals": [("patient", "string", "subject"), ("stay", "string", ""), ("hours", "integer", "time"),
                    ("heart_rate", "number", ""), ("spare", "number", "")]},
        {"vitals": ["patient", "stay", "hours"]},
    )  # fmt: skip
    _, study = drafted(tmp_path, text, vitals=rows.assign(spare=1.0))
    assert study.records.series == ("stay",)
    assert study.records.time.unit == "hours"


def test_one_record_a_patient_is_predicted_itself_from_what_is_known_before(tmp_path: Path) -> None:
    rng = np.random.default_rng(2)
    rows = pd.DataFrame(
        {
            "patient": [f"P{i}" for i in range(80)],
            "pulse": rng.normal(80, 9, 80).round(),
            "ill": np.tile([0, 1], 40),
        }
    )
    text = contract(
        {
            "people": [
                ("patient", "string", "subject"),
                ("pulse", "number", ""),
                ("ill", "integer", "outcome"),
            ]
        },
        {"people": ["patient"]},
        {"ill": [0, 1]},
    )
    _, study = drafted(tmp_path, text, people=rows)
    assert ([o.name for o in study.outcomes], study.serve.record) == (["ill"], "newest")
    assert [c.known for c in study.covariates] == ["ahead"]
    assert study.evaluation.support_sizes == (0,)
    assert study.baselines == ("population", "cohort_offset", "mixed_model")


def test_one_row_a_patient_with_a_number_as_time_is_asked_about(tmp_path: Path) -> None:
    rows = visits().drop_duplicates("patient").assign(day=lambda t: 30 + np.arange(len(t)))
    made, study = drafted(tmp_path, CONTRACT, visits=rows)
    assert "# ask: each patient has one row: is this when it was made" in made.text
    assert study.records.time.of_record
    assert study.serve.record == "newest"


def test_rows_of_one_time_are_merged_and_it_is_asked(tmp_path: Path) -> None:
    table = visits()
    twice = pd.concat([table, table.iloc[::9].assign(sample=lambda t: t["sample"] + "x")])
    text = contract({"visits": VISITS}, {"visits": ["sample"]}, VISITS_ALLOWED)
    made, study = drafted(tmp_path, text, visits=twice)
    assert study.records.same_time == "mean"
    assert "# ask: rows of a patient at one time become one record" in made.text


def test_an_event_that_never_returns_is_no_outcome(tmp_path: Path) -> None:
    table = visits().assign(pain=lambda t: ((t["day"] >= 270) & (t["sex"] == "f")).astype(int))
    made, study = drafted(tmp_path, CONTRACT, visits=table)
    assert [o.name for o in study.outcomes] == ["pressure"]
    assert any(r.startswith('"pain" never returns to 0') for r in made.remarks)


def test_files_elsewhere_are_read_from_the_data_folder(tmp_path: Path) -> None:
    there, mine = tmp_path / "in", tmp_path / "mine"
    there.mkdir()
    mine.mkdir()
    terms, files = delivered(there, CONTRACT, visits=visits())
    out = mine / "study.yaml"
    made = draft(str(terms.rename(mine / terms.name)), files, now=NOW, out=out)
    assert "visits: data:visits.csv" in made.text
    out.write_text(made.text)
    assert load(out, there).missing_files == ()


NAMES = ["all", "a=b", "with space", "a: b", "a#b", "[x]", "no", "1", "αβγ", "__time", "x" * 90, "a", "A"]


def test_any_name_of_a_column_gives_a_draft_that_loads(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    base = visits()[["patient", "day"]]
    rows = base.assign(**{name: rng.normal(50, 5, len(base)).round(2) for name in NAMES if name != "__time"})
    columns = [("patient", "string", "subject"), ("day", "integer", "time")]
    columns += [(name, "number", "") for name in NAMES if name != "__time"]
    made, study = drafted(
        tmp_path, contract({"visits": columns}, {"visits": ["patient", "day"]}), visits=rows
    )
    assert len(study.outcomes) + len(study.covariates) == len(NAMES) - 1
    assert not [r for r in made.remarks if r.startswith("to be mended")]


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ([("patient", "string", ""), ("x", "number", "")], 'no column has the role "subject"'),
        (
            [("patient", "string", "subject"), ("x", "number", "")],
            "several rows of a patient and no column with",
        ),
        (
            [("patient", "string", "subject"), ("day", "integer", "time"), ("x", "string", "")],
            "as an outcome",
        ),
    ],
)
def test_what_no_study_can_be_made_of_is_refused_with_what_to_do(
    columns: list[tuple[str, str, str]], message: str, tmp_path: Path
) -> None:
    rows = visits()[["patient", "day"]].assign(x="1")[[name for name, _, _ in columns]]
    terms, files = delivered(tmp_path, contract({"visits": columns}, {}), visits=rows)
    with pytest.raises(StudyError, match=message):
        draft(str(terms), files, now=NOW)


def test_a_file_that_the_gate_rejects_gives_no_draft(tmp_path: Path) -> None:
    terms, files = delivered(tmp_path, CONTRACT, visits=visits().drop(columns="pressure"))
    with pytest.raises(DataError, match="rejects the delivered files"):
        draft(str(terms), files, now=NOW)


def test_of_several_tables_of_records_one_must_be_named(tmp_path: Path) -> None:
    columns = [("patient", "string", "subject"), ("day", "integer", "time"), ("x", "number", "")]
    text = contract(
        {"first": columns, "second": columns}, {n: ["patient", "day"] for n in ("first", "second")}
    )
    terms, _ = delivered(tmp_path, text)
    with pytest.raises(StudyError, match="which of first, second has the records"):
        draft(str(terms), {}, now=NOW)
    assert "  source: second" in draft(str(terms), {}, now=NOW, table="second").text
    with pytest.raises(StudyError, match='did you mean "second"'):
        draft(str(terms), {}, now=NOW, table="secon")
