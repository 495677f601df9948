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
ROUNDED = 0.05 * FACTOR + 0.5
"""Half of the last digit in both units."""
SI = {chosen.UNITS: {("pbc", "bili"): "µmol/L"}}
OTHER = {"bili": [{"unit": "umol/L", "factor": FACTOR, "offset": 0.0}]}


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    plain = made_release()
    release = replace(plain, manifest={**plain.manifest, "other_units": OTHER})
    return published(tmp_path_factory.mktemp("units"), release)


def all_that_is_said(test: AppTest) -> str:
    """Texts, tables and charts of a page; only the choice itself is left out."""
    tables = [frame.value.to_csv() for frame in (*test.dataframe, *test.table)]
    charts = [str(chart.proto) for chart in test.get("vega_lite_chart")]
    assert not test.exception
    return "\n".join([words(test), *tables, *charts])


def expected(test: AppTest, unit: str) -> float:
    """The expected bilirubin of the card."""
    found = re.search(rf"\*\*([\d.,]+) {unit}\*\* expected", words(test))
    assert found is not None
    return float(found[1])


@pytest.mark.nightly
def test_a_patients_page_and_sheet_follow_the_choice_and_its_taking_back(url: str) -> None:
    test = opened("patient", url, patient="P0001", state={**SI, "why_bili": True, "table_replay_bili": True})
    told = expected(test, "µmol/L")
    said = all_that_is_said(test)
    assert "mg/dL" not in said
    assert test.get("vega_lite_chart")
    assert "reference range 1.71 to 20.5" in said
    assert test.radio(key="pbc/unit_bili").value == "µmol/L"
    test.radio(key="pbc/unit_bili").set_value("mg/dL").run()
    assert told == pytest.approx(FACTOR * expected(test, "mg/dL"), abs=ROUNDED)
    assert "µmol/L" not in all_that_is_said(test)
    test.session_state[chosen.UNITS] = SI[chosen.UNITS]
    test.toggle(key="pbc/print_view").set_value(True).run()
    printed = all_that_is_said(test)
    assert "mg/dL" not in printed
    assert expected(test, "µmol/L") == told
    assert not test.radio


def test_the_worklist_follows_and_keeps_its_order_and_changes(url: str) -> None:
    test = opened("worklist", url)
    before = test.dataframe[0].value
    test.radio(key="pbc/unit_bili").set_value("µmol/L").run()
    after = test.dataframe[0].value
    for same in ("Patient", "Change", "Outcomes outside range"):
        assert after[same].equals(before[same])
    was, told = numbers(before["Predicted (mg/dL)"]), numbers(after["Predicted (µmol/L)"])
    assert told == pytest.approx([FACTOR * value for value in was], abs=ROUNDED)
    assert "mg/dL" not in all_that_is_said(test)


def numbers(texts: Iterable[str]) -> list[float]:
    return [float(text.replace(",", "")) for text in texts if text != "–"]


def test_errors_and_widths_of_the_model_page_follow(url: str) -> None:
    test = opened("model", url, state={**SI, "pbc/model_outcome": "bili"})
    said, told = all_that_is_said(test), float(test.metric[0].value)
    assert "mg/dL" not in said
    test.radio(key="pbc/unit_bili").set_value("mg/dL").run()
    assert told == pytest.approx(FACTOR * float(test.metric[0].value), rel=0.02)
