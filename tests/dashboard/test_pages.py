"""The pages, run by Streamlit's own test runner over a real store."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dashboard import patients
from dashboard.views import worklist
from meta_med.published import writer
from meta_med.published.engine import writing
from meta_med.published.release import Release
from tests.dashboard.opened_pages import app, changed, opened, published, words
from tests.dashboard.synthetic_release import made_release

ATTACK = "<script>alert(1)</script> [x](javascript:y) $z$ :material/bug_report:"


def test_the_app_opens_on_the_worklist_under_the_banner(release: Release) -> None:
    test = app()
    assert not test.exception
    assert test.title[0].value == "Worklist"
    assert "Primary biliary cholangitis: the next visit" in words(test)
    assert f"release {release.release_id}" in words(test)
    assert "published 3 hours ago" in words(test)
    assert "90 patients in this release" in words(test)
    assert len(test.dataframe[0].value) == worklist.PAGE_SIZE
    assert test.dataframe[0].value["Patient"].iloc[0] == "P0001"


def test_the_patient_page_shows_what_the_store_holds(store: str, release: Release) -> None:
    test = opened("patient", store, patient="P0001")
    predictions = release.frames["predictions"].set_index(["subject_id", "outcome"])
    assert not test.exception
    assert test.title[0].value == "Patient P0001"
    table = test.table[0].value
    assert len(table) == 7
    mean = predictions.loc[("P0001", "bili"), "mean"]
    assert table.iloc[0, 3].replace("\\", "") == f"{mean:.1f}"
    assert "90 % interval" in words(test)
    assert "From 7 earlier records of this patient" in words(test)
    assert "took part in training" in words(test)
    assert "patients like this one" in words(test)


@pytest.mark.access_case("S31")
def test_a_cohort_estimate_and_a_withheld_prediction_say_so(store: str) -> None:
    cohort = words(opened("patient", store, patient="P0003"))
    assert "Not from own values" in cohort
    assert "Cohort estimate. Never measured in this patient so far" in cohort
    assert "took part in training" not in cohort
    withheld = opened("patient", store, patient="P0004")
    assert "Withheld. Last measured more than 3 years" in words(withheld)
    assert "No prediction" in words(withheld)
    assert "nan" not in words(withheld).lower()
    assert not withheld.table[0].value.map(lambda cell: "nan" in cell.lower()).any(axis=None)


def test_what_the_guards_remark_stands_once_for_the_patient_and_at_the_outcome_it_is_about(
    store: str,
) -> None:
    test = opened("patient", store, patient="P0002")
    said = [str(warning.value).replace("\\", "") for warning in test.warning]
    assert said == [
        "Look closer. Age lies above that of every training patient.",
        "The newest value is much lower than expected from the earlier ones.",
    ]
    assert "Look closer" in test.table[0].value.columns
    assert "Look closer" not in opened("patient", store, patient="P0001").table[0].value.columns


def worse(outcome: str, sizes: list[int], *, sure: bool) -> dict[str, object]:
    told = f"With {sizes[0]} own records the error of {outcome} is 28 % higher than that of last value."
    return {"outcome": outcome, "sizes": sizes, "sure": sure, "told": told}


def test_where_a_simple_method_is_better_is_said_on_the_model_page_and_at_the_patients_outcome(
    tmp_path: Path,
) -> None:
    entries = [worse("albumin", [0, 2], sure=False), worse("bili", [0, 99], sure=True)]
    release = made_release()
    told = Release(release.study, release.frames, {**release.manifest, "worse_than_baseline": entries})
    url = published(tmp_path, told)
    said = [str(warning.value) for warning in opened("model", url).warning]
    assert "error of bili is 28" in said[0]
    assert "error of albumin" in said[1]
    notes = [str(info.value) for info in opened("patient", url, patient="P0002").info]
    assert [note for note in notes if "simple method" in note and "bili" in note]
    assert not [note for note in notes if "albumin" in note]


def test_the_model_page_shows_leakage_checks_and_guards(store: str) -> None:
    texts = "\n".join(str(table.value.to_csv()) for table in opened("model", store).table).replace("\\", "")
    assert "Another patient's records" in texts
    assert "Holds" in texts
    assert "at most 5 % (47 calibration patients)" in texts
    assert "3 of 50" in texts


def test_without_a_patient_one_can_be_named(store: str) -> None:
    test = opened("patient", store)
    assert "Choose a patient in the worklist" in words(test)
    test.text_input(key="pbc/typed_subject").set_value(" P0002 ").run()
    assert test.title[0].value == "Patient P0002"
    unknown = opened("patient", store, patient="nobody")
    assert "not in the current release" in words(unknown)


def test_the_model_page_compares_the_champion(store: str) -> None:
    test = opened("model", store)
    assert not test.exception
    assert [m.label for m in test.metric][:3] == [
        "Mean absolute error",
        "Against un-adapted",
        "Against the best baseline",
    ]
    assert test.metric[1].value.endswith("% lower")
    assert len(test.table) == 4
    test.selectbox(key="pbc/model_outcome").select("edema").run()
    assert not test.exception
    assert test.metric[0].label == "Brier score"


def test_the_model_page_without_evaluation(tmp_path: Path) -> None:
    made = made_release(20)
    empty = {k: made.frames[k].head(0) for k in ("evaluation", "champions", "findings")}
    url = published(tmp_path, Release("pbc", {**made.frames, **empty}, {"rows_quarantined": 0}))
    assert "no evaluation of this outcome" in words(opened("model", url))
    quality = words(opened("data_quality", url))
    assert "every row fits the contract" in quality
    assert "gate has no findings" in quality


def test_held_rows_are_told_on_the_patients_page(store: str) -> None:
    noted = words(opened("patient", store, patient="P0002"))
    assert "Held back and not used: 2 rows (impossible values)." in noted
    assert "About this patient's data" not in words(opened("patient", store, patient="P0001"))


def test_no_release_says_what_to_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("META_MED_STORE", f"sqlite:///{tmp_path / 'none.sqlite'}")
    test = app()
    assert not test.exception
    assert test.title[0].value == "No release yet"
    assert "meta-med run --study pbc" in words(test)


@pytest.mark.fault("P07", "I1")
def test_a_changed_store_shows_no_prediction(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    url = published(tmp_path, made_release(12))
    with writing(url) as connection:
        connection.exec_driver_sql("UPDATE predictions SET mean = mean * 2")
    monkeypatch.setenv("META_MED_STORE", url)
    test = app()
    assert "store cannot be read" in test.title[0].value
    assert "E_STORE_UNREADABLE" in words(test)
    assert not test.dataframe


@pytest.mark.access_case("S17")
def test_a_failing_page_shows_a_reference_and_logs_no_value(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("CANARY-7f3a")

    monkeypatch.setattr(patients, "searched", fail)
    test = app()
    assert "This page could not be shown" in words(test)
    assert "CANARY" not in words(test) + caplog.text
    assert "RuntimeError at app.py" in caplog.text


def test_several_studies_can_be_chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    made = made_release(10)
    url = published(tmp_path, made)
    writer.publish(url, Release("asthma", made.frames, {"title": "Asthma clinics"}), datetime.now(UTC))
    monkeypatch.setenv("META_MED_STORE", url)
    test = app()
    assert "Asthma clinics" in words(test)
    test.selectbox(key="study_selector").select("pbc").run()
    assert "Primary biliary cholangitis" in words(test)
    monkeypatch.setenv("META_MED_STUDY", "asthma")
    assert "Asthma clinics" in words(app())


def test_a_new_release_is_shown_at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    url = published(tmp_path, made_release(10))
    monkeypatch.setenv("META_MED_STORE", url)
    test = app()
    newer = made_release(11)
    writer.publish(url, newer, datetime.now(UTC))
    test.run()
    assert f"release {newer.release_id}" in words(test)
    assert "11 patients in this release" in words(test)


@pytest.mark.access_case("S08")
def test_markup_in_data_stays_text(tmp_path: Path) -> None:
    made = made_release(10)
    made = changed(made, "subjects", cohort=ATTACK, display=f'{{"note": "{ATTACK}"}}')
    made = changed(made, "findings", message=ATTACK)
    made = changed(made, "predictions", reason=ATTACK)
    url = published(tmp_path, made)
    for view in ("worklist", "patient", "data_quality"):
        test = opened(view, url, patient="P0003")
        assert not test.exception
        shown = [str(e.value) for kind in ("markdown", "caption") for e in getattr(test, kind)]
        shown += [cell for table in test.table for cell in table.value.to_numpy().ravel()]
        assert not any("<script" in text.replace("\\<", "") or "](java" in text for text in shown)


def test_the_data_quality_page(store: str) -> None:
    test = opened("data_quality", store)
    assert not test.exception
    assert [m.value for m in test.metric] == ["640", "626", "14", "2"]
    assert test.table[0].value.iloc[0, 0] == "Critical"
    assert "Accepted in part" in words(test)
    assert "reports/pbc/data_quality.html" in words(test)
    tables = "\n".join(table.value.to_csv() for table in test.table).replace("\\", "")
    assert "Impossible values: 10 of 640 rows held back" in tables
    assert "1 to 10" in tables
    assert "of each cohort's patients" in words(test)


def test_the_data_quality_page_follows_findings_from_release_to_release(tmp_path: Path) -> None:
    made = made_release(10)
    rules = made.frames["quality_rules"]
    first = Release(
        "pbc", {**made.frames, "quality_rules": rules[rules["code"] != "Q_HARD_RANGE"]}, made.manifest
    )
    url = published(tmp_path, first, datetime.now(UTC) - timedelta(hours=2))
    published(tmp_path, made)
    test = opened("data_quality", url)
    assert not test.exception
    assert "The same findings in the last 2 releases" in words(test)
    trend = test.dataframe[0].value.set_index("Rule").loc["visits.platelet.hard_range"]
    assert (trend["Before"], trend["Now"]) == ("0 %", "2 %")
    assert "no shift (population stability index 0.00)" in words(test).lower()
