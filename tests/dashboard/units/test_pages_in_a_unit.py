"""A unit is chosen once, and every number of its outcome follows: on the page, in print, in lists and figures."""

import re
from collections.abc import Iterable
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.units import chosen
from tests.dashboard.opened_pages import opened, published, words
from tests.dashboard.synthetic_release import made_release

FACTOR = 17.104
OTHER = {"bili": [{"unit": "umol/L", "factor": FACTOR, "offset": 0.0}]}


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    plain = made_release()
    release = replace(plain, manifest={**plain.manifest, "other_units": OTHER})
    return published(tmp_path_factory.mktemp("units"), release)


def in_si(test: AppTest) -> AppTest:
    """A page that was opened, after the reader has chosen µmol/L for bilirubin somewhere."""
    test.session_state[chosen.UNITS] = {("pbc", "bili"): "µmol/L"}
    return test.run()


def all_that_is_said(test: AppTest) -> str:
    """Texts, tables and charts of a page; only the choice itself is left out."""
    tables = [frame.value.to_csv() for frame in (*test.dataframe, *test.table)]
    charts = [str(chart.proto) for chart in test.get("arrow_vega_lite_chart")]
    assert not test.exception
    return "\n".join([words(test), *tables, *charts])


def expected(test: AppTest, unit: str) -> float:
    """The expected bilirubin of the card."""
    found = re.search(rf"\*\*([\d.,]+) {unit}\*\* expected", words(test))
    assert found is not None
    return float(found[1])


def test_the_page_of_a_patient_follows_a_choice_and_its_taking_back(url: str) -> None:
    test = opened("patient", url, patient="P0001")
    before = expected(test, "mg/dL")
    test.radio(key="pbc/unit_bili").set_value("µmol/L").run()
    assert expected(test, "µmol/L") == pytest.approx(FACTOR * before, abs=0.05 * FACTOR + 0.5)
    assert "reference range 1.71 to 20.5" in words(test)
    test.radio(key="pbc/unit_bili").set_value("mg/dL").run()
    assert expected(test, "mg/dL") == before


def test_charts_tables_replay_and_explanations_follow_too(url: str) -> None:
    test = in_si(opened("patient", url, patient="P0001"))
    test.session_state["why_bili"] = True
    said = all_that_is_said(test.run())
    assert "mg/dL" not in said
    assert said.count("µmol/L") + said.count("\\302\\265mol/L") > 8


def test_the_printed_sheet_follows_and_offers_no_choice(url: str) -> None:
    test = opened("patient", url, patient="P0001")
    test.toggle(key="pbc/print_view").set_value(True)
    said = all_that_is_said(in_si(test))
    assert "mg/dL" not in said
    assert "µmol/L" in said
    assert not test.radio


def test_the_worklist_follows_and_keeps_its_order_and_changes(url: str) -> None:
    test = opened("worklist", url)
    before = test.dataframe[0].value
    test.radio(key="pbc/unit_bili").set_value("µmol/L").run()
    after = test.dataframe[0].value
    for same in ("Patient", "Change", "Outcomes outside range"):
        assert after[same].equals(before[same])
    was, told = numbers(before["Predicted (mg/dL)"]), numbers(after["Predicted (µmol/L)"])
    assert told == pytest.approx([FACTOR * value for value in was], abs=0.05 * FACTOR + 0.5)
    assert "mg/dL" not in all_that_is_said(test)


def numbers(texts: Iterable[str]) -> list[float]:
    return [float(text.replace(",", "")) for text in texts if text != "–"]


def test_errors_and_widths_of_the_model_page_follow(url: str) -> None:
    test = opened("model", url)
    test.selectbox(key="pbc/model_outcome").select("bili").run()
    before = float(test.metric[0].value)
    said = all_that_is_said(in_si(test))
    assert float(test.metric[0].value) == pytest.approx(FACTOR * before, rel=0.02)
    assert "mg/dL" not in said
    assert "µmol/L" in said


def test_a_release_of_before_there_were_other_units_offers_none(store: str) -> None:
    test = opened("patient", store, patient="P0001")
    assert not test.radio
    assert "mg/dL" in words(test)
