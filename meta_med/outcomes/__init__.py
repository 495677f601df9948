"""Outcomes: what is predicted. An outcome's kind is one object, in one file, with one line in `registry`."""

from meta_med.outcomes.kind import CalibratedForecast, Metric, OutcomeKind, UnsupportedByKind
from meta_med.outcomes.layout import Outcome, OutcomeLayout
from meta_med.outcomes.registry import kind_of

__all__ = [
    "CalibratedForecast",
    "Metric",
    "Outcome",
    "OutcomeKind",
    "OutcomeLayout",
    "UnsupportedByKind",
    "kind_of",
]
