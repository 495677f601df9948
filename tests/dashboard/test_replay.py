"""How it did for a patient: figures, one step in words, the table behind, and the slider on the page."""

import math

import pytest
from babel import Locale

from dashboard.page_parts import rows_of
from dashboard.views.explanations.replay import described, in_figures, table, todays_step, within
from dashboard.wording import language
from meta_med.published.release import Release
from tests.dashboard.opened_pages import changed, opened, published, words
from tests.dashboard.running_dashboard import opened_row, running
from tests.dashboard.synthetic_replay import TOO_OLD


def of(release: Release, who: str, outcome: str) -> tuple[dict, list[dict]]:
    """The outcome and the patient's steps, the oldest first."""
    rows = release.frames["replay"]
    own = rows[(rows["subject_id"] == who) & (rows["outcome"] == outcome)].sort_values("own_records")
    named = release.frames["outcomes"].set_index("name", drop=False).loc[outcome].to_dict()
    return named, own.reset_index(drop=True)


def test_the_line_of_figures_is_counted_over_the_steps(release: Release) -> None:
    outcome, own = of(release, "P0001", "albumin")
    inside = [low <= v <= high for low, v, high in own[["lower_90", "value", "upper_90"]].to_numpy()]
    later = own.dropna(subset=["last_value"])
    error = sum(abs(m - v) for m, v in later[["mean", "value"]].to_numpy()) / len(later)
    covered, errors = in_figures(outcome, own)
    assert covered == f"{sum(inside)} of 7 earlier values fell into their 90 % intervals."
    assert errors.startswith(f"Mean error over 6 values with an earlier one: {error:.2f} g/dL; of carrying")
    assert 0 < sum(inside) <= 7


def test_the_figures_of_a_risk_are_brier_scores(release: Release) -> None:
    outcome, own = of(release, "P0001", "edema")
    later = own.dropna(subset=["last_value"])
    score, last = (((later[n] - later["value"]) ** 2).mean() for n in ("probability", "last_value"))
    (told,) = in_figures(outcome, own)
    assert (
        f"over 6 records with an earlier one: {score:.2f}; of carrying the last one forward: {last:.2f}."
        in told
    )


def test_a_step_says_what_was_predicted_and_what_came(release: Release) -> None:
    outcome, own = of(release, "P0001", "albumin")
    for step in rows_of(own):
        told = described(outcome, step)
        side = "inside" if within(step) else "outside"
        assert told.startswith(f"With {step['own_records']} own record")
        assert told.endswith(f"{step['value']:.2f} g/dL came, {side} the 90 % interval.")
    today = todays_step({**rows_of(own)[0], "predicted_time_days": 9.0}, 7, 5.0)
    assert described(outcome, today).endswith("What comes is not known yet.")
    assert today["time_days"] == 9.0
    undated = todays_step({**rows_of(own)[0], "predicted_time_days": math.nan}, 7, 5.0)
    assert undated["time_days"] == 6.0


def test_a_step_that_would_have_been_withheld_says_why_and_is_not_counted(release: Release) -> None:
    outcome, own = of(release, "P0001", "albumin")
    numbers = [c for c in own if c == "mean" or c.startswith(("lower", "upper"))]
    own.loc[2, numbers], own.loc[2, "reason"] = math.nan, TOO_OLD
    told = described(outcome, rows_of(own)[2])
    assert told.startswith(f"With 2 own records: no prediction. {TOO_OLD}")
    covered, _, lost = in_figures(outcome, own)
    assert " of 6 earlier values" in covered
    assert lost == "1 earlier value would not have been predicted."
    assert table(outcome, own, 0.0)["Reason"].tolist()[-3] == TOO_OLD


def test_the_table_has_every_step_the_newest_first(release: Release) -> None:
    outcome, own = of(release, "P0001", "albumin")
    shown = table(outcome, own, 0.0)
    assert shown["Own records"].tolist() == [str(k) for k in range(6, -1, -1)]
    assert set(shown["Inside the 90 % interval"]) <= {"yes", "no"}
    assert shown["Last value before"].tolist()[-1] == "not available"
    assert shown["Time"].tolist()[-1] == "first record"


def test_the_slider_moves_the_page_through_the_steps(release: Release, tmp_path) -> None:
    page = opened("patient", published(tmp_path, release), patient="P0001")
    assert not page.exception
    assert "How it did for this patient" in [s.value for s in page.subheader]
    assert "With 6 own records: " in words(page)
    (slider,) = page.select_slider
    assert slider.options == [*map(str, range(7)), "7 (today)"]
    slider.set_value(2).run()
    assert not page.exception
    assert "With 2 own records: " in words(page)
    page.select_slider[0].set_value(7).run()
    assert "What comes is not known yet." in words(page)


@pytest.mark.parametrize(
    ("who", "role"),
    [
        ("P0001", "fits that predict here have not seen this patient"),
        ("P0005", "It has not seen this patient."),
    ],
)
def test_whose_fits_predicted_is_said(release: Release, tmp_path, who: str, role: str) -> None:
    counts = release.frames["subjects"].set_index("subject_id")["n_records"]
    page = opened("patient", published(tmp_path, release), patient=who)
    assert counts[who] == 0 or role in words(page)
    assert not page.exception


def test_a_patient_without_earlier_records_has_nothing_to_look_back_at(release: Release, tmp_path) -> None:
    page = opened("patient", published(tmp_path, release), patient="P0003")
    assert "There is no earlier record to look back at." in words(page)
    assert not page.exception


def test_in_german(release: Release) -> None:
    outcome, own = of(release, "P0001", "albumin")
    before = language.current()
    language.use(Locale("de"))
    try:
        told = described(outcome, rows_of(own)[3])
    finally:
        language.use(before)
    assert told.startswith("Mit 3 eigenen Einträgen: ")


def test_times_that_are_only_an_order_are_positions(release: Release, tmp_path) -> None:
    undated = changed(release, "predictions", predicted_time_days=math.nan)
    page = opened("patient", published(tmp_path, undated), patient="P0001")
    page.select_slider[0].set_value(7).run()
    assert not page.exception


@pytest.mark.nightly
@pytest.mark.browser
def test_the_slider_is_moved_by_the_keyboard_in_a_browser(store: str) -> None:
    with running(store) as page:
        opened_row(page, 0, "P0001")
        page.get_by_text("With 6 own records:").first.wait_for()
        slider = page.get_by_role("slider", name="Own records at that time")
        slider.focus()
        for _ in range(4):
            slider.press("ArrowLeft")
        page.get_by_text("With 2 own records:").first.wait_for()
        assert page.foreign == []
