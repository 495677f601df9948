"""Texts of the dashboard: labels, numbers with units, ages, frequencies.

Every text from data that is rendered as Markdown is passed through `escaped`.
"""

import json
import math
import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Literal

from meta_med.published.durations import in_words
from meta_med.published.series_names import shown_name

NOT_AVAILABLE = "not available"
MAX_PARTS = 3

STATUS = {"personalised": "Personalised", "cohort": "Cohort estimate", "withheld": "Withheld"}
STATUS_MEANING = {
    "personalised": "Adapted to this patient's own records.",
    "cohort": "Not from own values of this outcome: predicted from the cohort and the patient's other values.",
    "withheld": "No prediction is shown.",
}
STATUS_COLOUR: Mapping[str, Literal["green", "blue", "orange"]] = {
    "personalised": "green",
    "cohort": "blue",
    "withheld": "orange",
}
PREDICTORS = {
    "champion": "Meta-Med (champion)",
    "un_adapted": "Un-adapted",
    "chosen_baseline": "Best baseline on tuning patients",
    "shrunk_mean": "Patient's own mean, shrunk",
    "cohort_offset": "Population, moved to the cohort",
    "last_value": "Last value carried forward",
    "patient_mean": "Patient's own mean",
    "mixed_model": "Mixed model",
    "boosted_lags": "Boosting with lags",
    "hierarchical_mixed": "Hierarchical mixed model",
    "population": "Population",
    "maml": "MAML",
    "fomaml": "First-order MAML",
    "anil": "ANIL",
    "meta_sgd": "Meta-SGD",
    "protonet": "Prototypes",
    "mann": "Memory network",
}
METRICS = {
    "mae": "Mean absolute error",
    "rmse": "Root mean squared error",
    "crps": "Error of the whole distribution (CRPS)",
    "log_score": "Log score of the whole distribution",
    "auroc": "Ranking (AUROC, higher is better)",
    "brier": "Brier score",
    "log_loss": "Log loss",
    "calibration_slope": "Calibration slope (1 is ideal)",
    "calibration_intercept": "Calibration intercept (0 is ideal)",
    "coverage_90": "Coverage of the 90 % interval",
    "width_90": "Width of the 90 % interval",
}
SEVERITIES = {"critical": "Critical", "warning": "Warning", "info": "Information"}
VERDICTS = {
    "accept": "Accepted: every row fits the contract.",
    "quarantine": "Accepted in part: rows that do not fit were held back and are not used.",
    "reject": "Rejected: the delivery was not used.",
}

GUARDS = {
    "covariates": "Another kind of patient",
    "trajectory": "An unexpected newest value",
    "divergence": "Adaptation diverged",
}
LEAKAGE_CHECKS = {
    "shuffled_outcomes": "Shuffled outcomes",
    "permuted_patient": "Another patient's records",
    "changed_future": "A changed future",
}
CHECK_VERDICTS = {"held": "Holds", "violated": "Violated", "not judged": "Not evaluated"}


def escaped(text: object) -> str:
    """The text with Markdown, LaTeX, directives and links escaped, on one line."""
    return re.sub(r"([\\`*_{}\[\]()<>#+\-.!|~$:@&/])", r"\\\1", str(text).replace("\n", " "))


def is_finite(value: float | None) -> bool:
    """Whether the value is a finite number."""
    return value is not None and math.isfinite(value)


def patients(count: int) -> str:
    """How many patients, in words."""
    return f"{count:,} patient{'' if count == 1 else 's'}"


def name_of(manifest: Mapping[str, Any], subject_id: str) -> str:
    """A subject's name: the patient's id, or in a study of series the person and the series."""
    return shown_name(subject_id) if manifest.get("series") else subject_id


def people(manifest: Mapping[str, Any], series: int) -> str:
    """How many patients a release has, in words, and how many series where some patients have several."""
    count = int(manifest.get("patients", series))
    return patients(count) if count == series else f"{patients(count)} ({series:,} series)"


def number(value: float | None) -> str:
    """The number with about three significant digits; never "nan"."""
    if value is None or not is_finite(value):
        return NOT_AVAILABLE
    size = abs(value)
    if size >= 1e6 or 0 < size < 1e-3:
        return f"{value:.2e}"
    if size >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if size >= 10 else f"{value:.2f}" if size >= 0.1 or size == 0 else f"{value:.4f}"


def measured(value: float | None, *, whole: bool) -> str:
    """A measured value; of an outcome of whole numbers without decimals."""
    return f"{value:,.0f}" if whole and value is not None and is_finite(value) else number(value)


def quantity(value: float | None, unit: str) -> str:
    """A number with its unit."""
    shown = number(value)
    return shown if shown == NOT_AVAILABLE or not unit else f"{shown} {unit}"


def unit_of(unit: str) -> str:
    """A metric's unit in words; empty where the number has none."""
    return {"sd": "training standard deviations", "1": "", "share": ""}.get(unit, unit)


def short_unit(unit: str) -> str:
    """A metric's unit, short enough for an axis."""
    return "SD" if unit == "sd" else unit_of(unit)


def interval(low: float | None, high: float | None, unit: str = "") -> str:
    """The interval with its unit; not available unless both ends are."""
    ends = number(low), number(high)
    return NOT_AVAILABLE if NOT_AVAILABLE in ends else f"{ends[0]} to {ends[1]} {unit}".strip()


def widest_interval(prediction: Mapping[str, Any], unit: str = "") -> str:
    """The interval of the highest available level: 90 %, or less where calibration patients were too few."""
    for level in (90, 80, 50):
        ends = interval(prediction.get(f"lower_{level}"), prediction.get(f"upper_{level}"), unit)
        if ends != NOT_AVAILABLE:
            return f"{level} % interval {ends}"
    return f"90 % interval {NOT_AVAILABLE}"


def reference(low: float | None, high: float | None) -> str:
    """A reference range as a laboratory prints it; "" for none."""
    if low is not None and high is not None and is_finite(low) and is_finite(high):
        return f"{low:g} to {high:g}"
    if high is not None and is_finite(high):
        return f"up to {high:g}"
    return f"from {low:g}" if low is not None and is_finite(low) else ""


def percent(share: float | None) -> str:
    """A share as a percentage; only exact values are shown as 0 % or 100 %."""
    if share is None or not math.isfinite(share):
        return NOT_AVAILABLE
    if 0 < share < 0.01:
        return "under 1 %"
    if 0.99 < share < 1:
        return "over 99 %"
    return f"{share:.0%}".replace("%", " %")


def frequency(probability: float | None) -> str:
    """A probability in plain words: "about 3 in 10"."""
    if probability is None or not math.isfinite(probability):
        return NOT_AVAILABLE
    if probability < 0.01:
        return "fewer than 1 in 100"
    if probability > 0.99:
        return "more than 99 in 100"
    if probability < 0.075:
        return f"about {round(probability * 100)} in 100"
    tenths = min(max(round(probability * 10), 1), 9)
    return f"about {round(probability * 100)} in 100" if probability > 0.925 else f"about {tenths} in 10"


def duration(days: float | None) -> str:
    """A duration in the unit that fits, from seconds to years."""
    return NOT_AVAILABLE if days is None or not math.isfinite(days) else in_words(days)


def ago(then: datetime, now: datetime) -> str:
    """The time since `then`, in words."""
    passed = now - then
    if passed < timedelta(0):
        return "in the future"
    return "just now" if passed < timedelta(minutes=2) else f"{duration(passed / timedelta(days=1))} ago"


def predictor_label(name: str) -> str:
    """The display name of a predictor."""
    return PREDICTORS.get(name, name.replace("_", " ").capitalize())


def support_label(size: int) -> str:
    """A support size as a row or tick label; -1 pools everyone with own records."""
    return "1 or more" if size < 0 else str(size)


def strata_labels(starts: Sequence[int]) -> dict[int, str]:
    """Labels of support-size strata by their lower ends: 0, 1, 2, "3 to 5", "6 or more"."""
    ordered = sorted(set(starts))
    names = {}
    for start, following in zip(ordered, [*ordered[1:], None], strict=True):
        if following is None:
            names[start] = f"{start} or more"
        else:
            names[start] = str(start) if following == start + 1 else f"{start} to {following - 1}"
    return names


def basis(prediction: Mapping[str, Any]) -> str:
    """What the prediction is based on and how old that is, or why it is withheld."""
    reason = str(prediction["reason"] or "")
    if prediction["status"] == "withheld":
        return f"Withheld. {reason or 'No reason was given.'}"
    if prediction["status"] == "cohort" or not prediction["support_size"]:
        return f"Cohort estimate. {reason}".strip()
    size = int(prediction["support_size"])
    records = f"{counted(size, 'earlier record')} of this patient"
    text = f"From {records}."  # without dates the age of a value is unknown
    if is_finite(prediction["newest_value_age_days"]):
        age = duration(prediction["newest_value_age_days"])
        text = f"From {records}; the newest value will be {age} old at the predicted time."
    return f"{text} {reason}".strip()


def remarks(flags: object) -> tuple[str, ...]:
    """The guards' remarks on one prediction, one per sentence."""
    return tuple(part for part in re.split(r"(?<=\.) ", str(flags or "")) if part)


def common_remarks(flags: Sequence[object]) -> tuple[str, ...]:
    """The remarks that all predictions of a patient share: they are about the patient."""
    each = [remarks(text) for text in flags]
    return tuple(remark for remark in each[0] if all(remark in others for others in each)) if each else ()


def covariates(display: str) -> str:
    """The covariates to show, from their JSON text; "" for invalid text."""
    try:
        shown = json.loads(display)
    except ValueError:
        return ""
    return " · ".join(f"{k} {v}" for k, v in shown.items()) if isinstance(shown, dict) else ""


def weights_text(text: str) -> str:
    """A blend's weights, from their JSON text: "60 % Neural process, 40 % MAML"; "" for a single predictor."""
    try:
        shares = json.loads(text)
    except ValueError:
        return ""
    if not isinstance(shares, dict) or len(shares) < 2:
        return ""
    heaviest = sorted(shares.items(), key=lambda share: -share[1])[:MAX_PARTS]
    parts = [f"{percent(share)} {predictor_label(name)}" for name, share in heaviest if share > 0]
    return ", ".join([*parts, "others"] if len(shares) > MAX_PARTS else parts)


def counted(n: int, noun: str) -> str:
    """A count with its noun, in the plural unless it is 1."""
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"
