"""The dashboard's texts."""

import math
from datetime import UTC, datetime, timedelta

import pytest

from dashboard.wording import markdown, numbers, predictions, times

NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (1.234, "1.23"), (12.34, "12.3"), (1234.5, "1,234"), (0.012, "0.0120"), (0.0, "0.00"), (-3.5, "-3.50"),
        (1e-5, "1.00 × 10⁻⁵"), (1e308, "1.00 × 10³⁰⁸"), (math.nan, "not available"), (math.inf, "not available"),
        (None, "not available"),
    ],
)  # fmt: skip
def test_numbers_have_three_digits_or_are_not_available(value: float | None, shown: str) -> None:
    assert numbers.number(value) == shown


def test_a_score_has_no_decimals() -> None:
    assert [numbers.number(v, 0) for v in (10.0, 1200.0, None)] == ["10", "1,200", "not available"]
    assert [numbers.number(v, math.nan) for v in (10.0, 1200.0)] == ["10.0", "1,200"]


def test_units_go_with_numbers_only() -> None:
    assert numbers.quantity(1.2, "mg/dL") == "1.20 mg/dL"
    assert numbers.quantity(None, "mg/dL") == "not available"
    assert numbers.interval(1.0, 2.0, "s") == "1.00 to 2.00 s"
    assert numbers.interval(1.0, math.nan, "s") == "not available"


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [(0.1, 1.2, "0.1 to 1.2"), (math.nan, 40.0, "up to 40"), (3.5, None, "from 3.5"), (None, math.nan, "")],
)
def test_reference_ranges_read_like_a_laboratory_sheet(low: float, high: float, shown: str) -> None:
    assert numbers.reference(low, high) == shown


@pytest.mark.parametrize(
    ("p", "words", "share"),
    [
        (0.31, "about 3 in 10", "31 %"), (0.05, "about 5 in 100", "5 %"), (0.001, "fewer than 1 in 100", "under 1 %"),
        (0.08, "about 1 in 10", "8 %"), (0.95, "about 95 in 100", "95 %"), (0.92, "about 9 in 10", "92 %"),
        (0.999, "more than 99 in 100", "over 99 %"), (math.nan, "not available", "not available"),
        (None, "not available", "not available"),
    ],
)  # fmt: skip
def test_probabilities_are_said_in_plain_words(p: float | None, words: str, share: str) -> None:
    assert numbers.frequency(p) == words
    assert numbers.percent(p) == share


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (timedelta(seconds=30), "just now"), (timedelta(minutes=90), "90 minutes ago"),
        (timedelta(hours=3), "3 hours ago"), (timedelta(days=9), "9 days ago"),
        (timedelta(days=800), "2 years ago"), (timedelta(days=-1), "in the future"),
    ],
)  # fmt: skip
def test_ages(passed: timedelta, words: str) -> None:
    assert times.ago(NOW - passed, NOW) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0.0417, "1 hour"),
        (45, "45 days"),
        (1000, "2.7 years"),
        (None, "not available"),
        (math.nan, "not available"),
    ],
)
def test_durations(days: float | None, words: str) -> None:
    assert times.duration(days) == words


def prediction(**changes: object) -> dict[str, object]:
    return {
        "status": "personalised",
        "reason": "",
        "support_size": 3,
        "newest_value_age_days": 365.0,
    } | changes


def test_what_was_used_is_one_sentence() -> None:
    assert predictions.basis(prediction()) == (
        "From 3 earlier records of this patient; the newest value will be 12 months old at the predicted time."
    )
    assert predictions.basis(prediction(status="withheld", reason="Too old.")) == (
        "Withheld. Too old. No prediction is not a low-risk result."
    )
    assert predictions.basis(prediction(status="withheld", reason=None)) == (
        "Withheld. No reason was given. No prediction is not a low-risk result."
    )
    assert predictions.basis(prediction(status="cohort", support_size=0)) == "Cohort estimate."


def test_strata_are_named_from_where_they_begin() -> None:
    assert predictions.strata_labels([6, 0, 1, 2, 3, 0]) == {
        0: "0",
        1: "1",
        2: "2",
        3: "3 to 5",
        6: "6 or more",
    }
    assert predictions.support_label(-1) == "1 or more"


def test_blends_name_their_heaviest_parts() -> None:
    text = '{"maml": 0.1, "neural_process": 0.4, "boosted_lags": 0.3, "last_value": 0.2}'
    assert (
        predictions.weights_text(text)
        == "40 % Neural process, 30 % Boosting with lags, 20 % Last value carried forward, others"
    )
    assert [predictions.weights_text(t) for t in ('{"maml": 1.0}', "nonsense", "[1]")] == ["", "", ""]


def test_covariates_are_listed() -> None:
    assert predictions.covariates('{"age": "58.8 years", "sex": "f"}') == "age 58.8 years · sex f"
    assert [predictions.covariates(t) for t in ("nonsense", "[]")] == ["", ""]


@pytest.mark.parametrize(
    "attack", ["<script>x</script>", "[a](javascript:x)", "$x$", ":material/x:", "**b**", "`c`"]
)
def test_no_text_from_data_is_markup(attack: str) -> None:
    escaped = markdown.escaped(attack)
    marks = [i for i, c in enumerate(escaped) if c in "<[$:*`" and (i == 0 or escaped[i - 1] != "\\")]
    assert marks == []


def test_units_of_metrics() -> None:
    assert [numbers.unit_of(u) for u in ("sd", "1", "mg/dL")] == ["training standard deviations", "", "mg/dL"]
    assert [numbers.short_unit(u) for u in ("sd", "share", "mg/dL")] == ["SD", "", "mg/dL"]


def test_remarks_are_told_sentence_by_sentence_and_those_of_every_outcome_once() -> None:
    age, step = "Age lies above 70.5 years.", "The newest value is low."
    assert predictions.remarks(f"{age} {step}") == (age, step)
    assert predictions.remarks("") == predictions.remarks(None) == ()
    assert predictions.common_remarks([f"{age} {step}", age]) == (age,)
    assert predictions.common_remarks([age, ""]) == predictions.common_remarks([]) == ()


def test_the_widest_interval_that_is_told_is_named_and_why_another_is_not() -> None:
    row = prediction(
        lower_90=None, upper_90=None, lower_80=1.0, upper_80=2.0, reason="No 90 % interval: too few."
    )
    assert numbers.widest_interval(row, "g") == "80 % interval 1.00 to 2.00 g"
    assert numbers.widest_interval(prediction(), "g") == "90 % interval not available"
    assert predictions.basis(row).endswith("No 90 % interval: too few.")
