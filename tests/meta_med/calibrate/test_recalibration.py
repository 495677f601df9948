"""Recalibrated probabilities: right on average for those who are asked about, however many records they have."""

import numpy as np
import pytest
from scipy.special import expit, logit

from meta_med.outcomes.binary import recalibrate


def recalibrated(probability: float, y: np.ndarray, subject: np.ndarray, stratum: np.ndarray) -> np.ndarray:
    found = np.full(len(y), probability)
    a, b = recalibrate(found, y, subject, stratum)
    return np.asarray(expit(a + b * logit(found)))


def test_an_outcome_that_leads_to_more_records_is_not_made_rarer() -> None:
    """2,000 patients are seen once, 500 a second time, and those had the event at first: a quarter of all."""
    n, again = 2000, 500
    y = np.r_[np.arange(n) < again, np.arange(again) % 4 == 0].astype(float)
    subject = np.r_[np.arange(n), np.arange(again)]
    stratum = np.r_[np.zeros(n, dtype=int), np.ones(again, dtype=int)]
    found = recalibrated(0.1, y, subject, stratum)
    assert found[:n].mean() == pytest.approx(0.25, abs=0.01)


def test_one_patient_with_many_records_of_a_stratum_does_not_decide() -> None:
    y = np.r_[np.zeros(100), np.ones(400)]
    subject = np.r_[np.arange(100), np.full(400, 100)]
    found = recalibrated(0.05, y, subject, np.ones(500, dtype=int))
    assert found.mean() < 0.1
