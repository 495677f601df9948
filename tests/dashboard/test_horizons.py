"""The forecast over time on the patient page: its table, its text, what is not shown, and the fan in a browser."""

import pytest
from babel import Locale

from dashboard.views.patient_horizons import coverage, described, horizons_table, not_shown
from dashboard.wording import language
from meta_med.published.release import Release
from tests.dashboard.opened_pages import opened, published, words
from tests.dashboard.running_dashboard import opened_row, running
from tests.dashboard.synthetic_horizons import FEW


def of(release: Release, who: str, outcome: str) -> dict:
    """What the page has of one outcome of a patient: ahead, prediction, outcome and the checks."""
    rows = {n: release.frames[n] for n in ("horizons", "predictions", "outcomes", "horizon_check")}
    mine = {
        n: f[(f["subject_id"] == who) & (f["outcome"] == outcome)]
        for n, f in rows.items()
        if "subject_id" in f
    }
    return {
        "ahead": mine["horizons"].reset_index(drop=True),
        "prediction": mine["predictions"].iloc[0].to_dict(),
        "outcome": rows["outcomes"].set_index("name", drop=False).loc[outcome].to_dict(),
        "check": rows["horizon_check"],
    }


def test_the_table_has_each_horizon_with_its_coverage_on_held_out_patients(release: Release) -> None:
    found = of(release, "P0001", "bili")
    table = horizons_table(found["outcome"], found["ahead"], found["check"])
    assert table["After the newest record"].tolist() == ["3 months", "6 months", "12 months", "2 years"]
    told = "the 90 % interval held 91 % of the values of 62 patients (88 % to 93 %)"
    assert table["On held-out patients"].tolist() == ["too few to say", told, told, told]
    assert table["Reason"].tolist() == [FEW, "", "", ""]
    assert table["90 % interval"].tolist()[0] == "not available"
    assert table["90 % interval"].nunique() == 4
    assert not {"Last value", "Un-adapted"} & set(table)


def test_a_risk_has_predicted_and_observed_shares(release: Release) -> None:
    found = of(release, "P0001", "edema")
    table = horizons_table(found["outcome"], found["ahead"], found["check"])
    assert table["On held-out patients"].iloc[-1] == "predicted 31 %, observed 29 %, 62 patients"


def test_what_nobody_vouches_for_is_said_in_words_once_per_reason(release: Release) -> None:
    found = of(release, "P0001", "bili")
    assert list(not_shown(found["prediction"], found["ahead"])) == [
        f"Not shown: the forecast 3 months after the newest record. {FEW}"
    ]
    two = found["ahead"].assign(reason=[FEW, FEW, "", ""])
    two.loc[1, "mean"] = float("nan")
    (sentence,) = not_shown(found["prediction"], two)
    assert sentence.startswith("Not shown: the forecast 3 months and 6 months after the newest record. ")
    withheld = of(release, "P0004", "bili")
    assert withheld["prediction"]["status"] == "withheld"
    assert list(not_shown(withheld["prediction"], withheld["ahead"])) == []


def test_the_fan_is_told_to_a_screen_reader(release: Release) -> None:
    found = of(release, "P0001", "bili")
    text = described(found["outcome"], found["ahead"])
    assert text.startswith("Forecast over time: after 6 months ")
    assert text.count("90 %") == 3
    assert described(found["outcome"], found["ahead"].iloc[[2]]) == ""


def test_a_horizon_without_any_check_is_said(release: Release) -> None:
    found = of(release, "P0001", "bili")
    table = horizons_table(found["outcome"], found["ahead"], found["check"].head(0))
    assert set(table["On held-out patients"]) == {"too few to say"}
    assert (
        coverage({"n_patients": 0, **dict.fromkeys(("coverage_90", "coverage_90_low", "predicted"))})
        == "too few to say"
    )


def test_the_page_says_what_is_not_shown(release: Release, tmp_path) -> None:
    page = opened("patient", published(tmp_path, release), patient="P0001")
    assert not page.exception
    assert f"Not shown: the forecast 3 months after the newest record. {FEW}" in words(page)


def test_in_german(release: Release) -> None:
    found = of(release, "P0001", "bili")
    before = language.current()
    language.use(Locale("de"))
    try:
        (sentence,) = not_shown(found["prediction"], found["ahead"])
    finally:
        language.use(before)
    assert sentence.startswith("Nicht gezeigt: die Vorhersage 3 Monate nach dem neuesten Eintrag.")


@pytest.mark.nightly
@pytest.mark.browser
def test_the_fan_and_its_table_in_a_browser(store: str) -> None:
    with running(store) as page:
        opened_row(page, 0, "P0001")
        page.locator("canvas, svg.marks").first.wait_for()
        page.get_by_text("Not shown: the forecast 3 months after the newest record.").first.wait_for()
        summary = page.locator("summary", has_text="Forecast over time").first
        summary.focus()
        summary.press("Enter")
        page.get_by_text(
            "the 90 % interval held 91 % of the values of 62 patients (88 % to 93 %)"
        ).first.wait_for()
        assert page.foreign == []
