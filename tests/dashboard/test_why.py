"""Why a prediction is as it is: sentences of width, cohort, records and other covariates, in a box of the card."""

import math

import pandas as pd
import pytest
from babel import Locale

from dashboard.outcome_kinds import kind_of
from dashboard.views.explanations.why import beside_cohort, width_sentences
from dashboard.wording import language
from meta_med.published.release import Release
from tests.dashboard.opened_pages import opened, published, words
from tests.dashboard.running_dashboard import opened_row, running

ALBUMIN = {
    "kind": "continuous",
    "unit": "g/dL",
    "predicted_decimals": 2,
    "label": "Albumin",
    "name": "albumin",
}
REASONS = pd.DataFrame(
    [("few_records", 0.3, 0.18), ("old_value", 0.005, 0.002), ("varies", 0.695, math.nan)],
    columns=["reason", "share", "narrower"],
)


def test_reasons_of_width_are_told_the_largest_first_and_small_ones_not() -> None:
    first, second = width_sentences(REASONS)
    assert first.startswith("70 % of its variance: the value varies from record to record")
    assert second == (
        "30 % of its variance: few own records. With many, as held-out patients show, it would be 18 % narrower."
    )
    assert width_sentences(REASONS.head(0)) == ["There is no interval to take apart."]


@pytest.mark.parametrize(
    ("mean", "told"),
    [
        (4.0, "0.5 half-widths of the cohort's 90 % interval above"),
        (2.9, "0.3 half-widths"),
        (3.5, "is the cohort's"),
    ],
)
def test_the_distance_to_the_cohort_is_in_half_widths_of_its_interval(mean: float, told: str) -> None:
    prediction = {
        "mean": mean, "probability": math.nan, "unadapted_mean": 3.5, "unadapted_lower_90": 1.5,
        "unadapted_upper_90": 4.5,
    }  # fmt: skip
    assert told in beside_cohort(prediction, "placebo")


def test_a_risk_stands_beside_the_cohort_s() -> None:
    prediction = {"mean": math.nan, "probability": 0.3, "unadapted_probability": 0.21}
    told = beside_cohort(prediction, "placebo")
    assert told == "Cohort placebo: the cohort's probability is 21 %, this patient's 30 %."


def test_what_moved_a_prediction_has_a_sign_and_a_unit() -> None:
    assert kind_of(ALBUMIN).difference(0.34, ALBUMIN) == "+0.34 g/dL"
    assert kind_of(ALBUMIN).difference(-0.34, ALBUMIN) == "-0.34 g/dL"
    assert kind_of({"kind": "binary"}).difference(0.031, {}) == "+3.1 percentage points"


def test_the_box_is_read_when_it_is_opened(release: Release, tmp_path) -> None:
    page = opened("patient", published(tmp_path, release), patient="P0001")
    assert not page.exception
    assert sum(box.label == "Why this prediction" for box in page.expander) == 7
    assert "Own records that moved it most" not in words(page)


def test_in_german() -> None:
    before = language.current()
    language.use(Locale("de"))
    try:
        told = width_sentences(REASONS)[1]
    finally:
        language.use(before)
    assert told.startswith("30 % seiner Varianz: wenige eigene Einträge.")


@pytest.mark.nightly
@pytest.mark.browser
def test_why_is_read_by_the_keyboard_in_a_browser(store: str) -> None:
    with running(store) as page:
        opened_row(page, 0, "P0001")
        summary = page.locator("summary", has_text="Why this prediction").first
        summary.focus()
        summary.press("Enter")
        page.get_by_text("30 % of its variance: few own records.").first.wait_for()
        page.get_by_text("An association in the data, not an effect").first.wait_for()
        page.get_by_text("half-widths of the cohort's 90 % interval").first.wait_for()
        assert page.foreign == []
