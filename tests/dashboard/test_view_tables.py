"""What the pages compute before anything is drawn: headlines, comparisons, the order of findings."""

import pandas as pd
import pytest

from dashboard.outcome_kinds import KINDS, ShownContinuous, kind_of
from dashboard.views import data_quality, model_checks, patient_outcome
from dashboard.wording.people import patients
from tests.dashboard.synthetic_release import made_release

SURE = "90 % interval 1.00 to 3.00 mg/dL"
CHANCE = "probability: about 3 in 10 patients like this one"


@pytest.mark.parametrize(
    ("outcome", "prediction", "texts"),
    [
        ({}, {}, ("2.00 mg/dL", "expected, above the reference range 0.1 to 1.2", SURE)),
        (
            {"reference_low": 5.0, "reference_high": 9.0},
            {},
            ("2.00 mg/dL", "expected, below the reference range 5 to 9", SURE),
        ),
        (
            {"reference_low": None, "reference_high": None},
            {"lower_90": None},
            ("2.00 mg/dL", "expected", "90 % interval not available"),
        ),
        ({}, {"mean": float("nan")}, ("No prediction", "", "")),
        ({"kind": "binary"}, {}, ("30 %", CHANCE, "Un-adapted 20 %")),
        ({"kind": "binary"}, {"unadapted_probability": None}, ("30 %", CHANCE, "")),
        ({"kind": "binary"}, {"probability": None}, ("No prediction", "", "")),
    ],
)
def test_headlines(outcome: dict, prediction: dict, texts: tuple[str, str, str]) -> None:
    row = {"kind": "continuous", "unit": "mg/dL", "reference_low": 0.1, "reference_high": 1.2}
    numbers = {
        "mean": 2.0,
        "lower_90": 1.0,
        "upper_90": 3.0,
        "probability": 0.3,
        "unadapted_probability": 0.2,
    }
    assert kind_of(row | outcome).headline(row | outcome, numbers | prediction) == texts


class Count(ShownContinuous):
    """A made-up kind whose mean is shown as a number of events."""

    def headline(self, outcome, prediction) -> tuple[str, str, str]:
        return f"{prediction['mean']:.0f} falls", "expected", ""

    def measured(self, values: pd.Series, unit: str) -> str:
        return f", {values.sum():.0f} falls in all"

    def numbers(self, outcome, prediction, last: float | None) -> dict[str, str]:
        return {"Unit": "falls a year", "Predicted": f"{prediction['mean']:.0f}"}


def test_a_new_kind_is_shown_as_its_class_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KINDS, "count", Count())
    outcome = {"name": "falls", "label": "Falls", "kind": "count", "unit": "falls"}
    own = pd.DataFrame({"outcome": "falls", "time_days": [0.0, 90.0], "value": [1.0, 3.0]})
    prediction = {"mean": 2.0, "unadapted_mean": 4.0, "status": "personalised", "support_size": 2}
    prediction |= {"predictor": "champion", "reason": "", "flags": ""}
    texts = patient_outcome.describe(outcome, prediction, own)
    assert texts == (
        "Falls: 2 earlier values, 4 falls in all. Next: 2 falls expected. Un-adapted 4.00 falls."
    )
    row = patient_outcome.numbers_row(outcome, prediction, own)
    assert (row["Unit"], row["Predicted"], row["Basis"]) == ("falls a year", "2", "Personalised")


def test_findings_are_ordered_by_severity_then_count() -> None:
    table = data_quality.findings_table(made_release().frames["findings"])
    assert table["Severity"].tolist() == ["Critical", "Critical", "Warning", "Information"]
    assert table["Rows"].tolist() == ["10", "4", "221", "12"]
    assert table["Predictions touched"].tolist() == ["42", "14", "–", "–"]
    assert table["of these withheld"].tolist() == ["7", "14", "–", "–"]
    assert table["Cohort"].tolist() == ["", "", "placebo, stage 4", ""]
    whole = made_release().frames["findings"].assign(cohort="")
    assert "Cohort" not in data_quality.findings_table(whole)


@pytest.mark.parametrize(
    ("share", "n", "shown"),
    [
        (0.02, 49, "at most 2 % (49 calibration patients)"),
        (1 / 15, 14, "at most 7 % (14 calibration patients)"),
        (float("nan"), 8, "Off: too few calibration patients"),
        (float("nan"), 0, "Off: too few calibration patients"),
    ],
)
def test_a_guard_states_its_rate_of_false_alarms_or_that_it_is_off(share: float, n: int, shown: str) -> None:
    assert model_checks.false_alarms(share, n) == shown


@pytest.mark.parametrize(("flagged", "n", "shown"), [(3, 70, "3 of 70"), (0, 0, "not available")])
def test_flagged_held_out_patients_are_counted(flagged: int, n: int, shown: str) -> None:
    assert model_checks.of_held_out(flagged, n) == shown


def test_one_patient_is_one_patient() -> None:
    assert [patients(n) for n in (0, 1, 1200)] == ["0 patients", "1 patient", "1,200 patients"]
