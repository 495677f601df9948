"""Sentences about one prediction: what it rests on, why it is withheld, what the guards remark."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.wording.message import Message, Plural
from dashboard.wording.names import predictor_label
from dashboard.wording.numbers import is_finite, percent
from dashboard.wording.times import duration

MAX_PARTS = 3
WITHHELD = Message("Withheld. {reason} No prediction is not a low-risk result.")
NO_REASON = Message("No reason was given.")
COHORT = Message("Cohort estimate.")
FROM_RECORDS = Plural("From {n} earlier record of this patient.", "From {n} earlier records of this patient.")
FROM_RECORDS_OF_AGE = Plural(
    "From {n} earlier record of this patient; the newest value will be {age} old at the predicted time.",
    "From {n} earlier records of this patient; the newest value will be {age} old at the predicted time.",
)
ONE_OR_MORE, OR_MORE, RANGE = Message("1 or more"), Message("{n} or more"), Message("{first} to {last}")
PART, OTHERS = Message("{share} {predictor}"), Message("others")


def support_label(size: int) -> str:
    """A support size as a row or tick label; -1 pools everyone with own records."""
    return ONE_OR_MORE() if size < 0 else str(size)


def strata_labels(starts: Sequence[int]) -> dict[int, str]:
    """Labels of support-size strata by their lower ends: 0, 1, 2, "3 to 5", "6 or more"."""
    ordered = sorted(set(starts))
    names = {}
    for start, following in zip(ordered, [*ordered[1:], None], strict=True):
        if following is None:
            names[start] = OR_MORE(n=start)
        else:
            one = following == start + 1
            names[start] = str(start) if one else RANGE(first=start, last=following - 1)
    return names


def basis(prediction: Mapping[str, Any]) -> str:
    """What the prediction is based on and how old that is, or why it is withheld."""
    reason = str(prediction["reason"] or "")
    if prediction["status"] == "withheld":
        return WITHHELD(reason=reason or NO_REASON())
    if prediction["status"] == "cohort" or not prediction["support_size"]:
        return f"{COHORT()} {reason}".strip()
    size, age = int(prediction["support_size"]), prediction["newest_value_age_days"]
    # without dates the age of a value is unknown
    text = FROM_RECORDS_OF_AGE(size, age=duration(age)) if is_finite(age) else FROM_RECORDS(size)
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
    parts = [PART(share=percent(s), predictor=predictor_label(name)) for name, s in heaviest if s > 0]
    return ", ".join([*parts, OTHERS()] if len(shares) > MAX_PARTS else parts)
