"""The worklist: its order, filters and pages, and the way from a row to its patient."""

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import session
from dashboard.outcome_kinds import change
from dashboard.views import worklist
from meta_med.published.release import Release
from tests.dashboard.opened_pages import APP, app, words


def test_filters_and_pages_of_the_worklist() -> None:
    test = app()
    test.button[1].click().run()
    assert test.dataframe[0].value["Patient"].iloc[0] == "P0026"
    test.text_input(key="pbc/search_text").set_value("p0007").run()
    assert test.dataframe[0].value["Patient"].tolist() == ["P0007"]
    test.text_input(key="pbc/search_text").set_value("%").run()
    assert "No patient fits these filters." in words(test)
    test.text_input(key="pbc/search_text").set_value("").run()
    test.multiselect(key="pbc/statuses").select("withheld").run()
    assert test.dataframe[0].value["Status"].tolist() == ["Withheld"]
    for column in ("Predicted (mg/dL)", "90 % interval", "Change", "Outcomes outside range"):
        assert test.dataframe[0].value[column].tolist() == ["–"]


def test_a_binary_outcome_has_probabilities_in_the_worklist() -> None:
    test = app()
    test.selectbox(key="pbc/outcome").select("edema").run()
    test.selectbox(key="pbc/sort").select("rise").run()
    assert not test.exception
    shares = test.dataframe[0].value["Probability"].tolist()
    assert shares == sorted(shares, reverse=True)
    assert "in 10" in test.dataframe[0].value["In plain words"].iloc[0]


def test_a_click_on_a_box_or_a_cell_chooses_the_row() -> None:
    assert worklist.selected_row([3], []) == 3
    assert worklist.selected_row([], [(4, "Status")]) == 4
    assert worklist.selected_row([], []) is None


def test_an_opened_patient_is_shown_though_the_worklist_is_asked_for_again(release: Release) -> None:
    """A second click, or an arrow key, right after the first comes before the patient's page is reached."""
    test = AppTest.from_file(APP, default_timeout=60)
    test.session_state[session.OPENED] = session.OpenedPatient("pbc", release.release_id, "P0002")
    test.session_state[session.OPENING] = True
    test.run()
    assert test.title[0].value == "Patient P0002"
    assert session.OPENING not in test.session_state
    assert app().title[0].value == "Worklist"


@pytest.mark.parametrize(
    ("new", "old", "shown"),
    [(2.0, 1.0, "+100 %"), (0.999, 1.0, "0 %"), (1.0, 0.0, "–"), (float("nan"), 1.0, "–")],
)
def test_changes_in_the_worklist(new: float, old: float, shown: str) -> None:
    assert change(new, old) == shown


def test_the_worklist_shows_first_whom_to_look_closer_at() -> None:
    test = app()
    test.selectbox(key="pbc/sort").select("flagged").run()
    table = test.dataframe[0].value
    assert table["Patient"].iloc[0] == "P0002"
    assert table["Look closer"].iloc[0] == "7"
    assert set(table["Look closer"].iloc[1:]) == {"–"}


@pytest.mark.parametrize(
    ("named", "opens_with"),
    [(None, "flagged"), ("rise", "rise"), ("typo", "subject_id")],
)
def test_what_needs_eyes_comes_first_unless_another_order_is_named(
    monkeypatch: pytest.MonkeyPatch, named: str | None, opens_with: str
) -> None:
    monkeypatch.delenv("META_MED_SHOW_FIRST", raising=False)
    if named:
        monkeypatch.setenv("META_MED_SHOW_FIRST", named)
    sorts = {"subject_id": "", "outside": "", "rise": "", "fall": "", "flagged": ""}
    assert list(sorts)[worklist.first_order(sorts)] == opens_with


def test_the_worklist_opens_with_the_patients_to_look_closer_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("META_MED_SHOW_FIRST")
    closer = app().dataframe[0].value["Look closer"].replace("–", "0").astype(int).tolist()
    assert closer == sorted(closer, reverse=True)
    assert closer[0] > 0
