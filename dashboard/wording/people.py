"""Patients and their series: counts and names."""

from collections.abc import Mapping
from typing import Any

from dashboard.wording.message import Message, Plural
from meta_med.published.series_names import shown_name

PATIENTS = Plural("{n} patient", "{n} patients")
SERIES = Plural("{n} series", "{n} series")
PATIENTS_AND_SERIES = Message("{patients} ({series})")


def patients(count: int) -> str:
    """How many patients, in words."""
    return PATIENTS(count)


def name_of(manifest: Mapping[str, Any], subject_id: str) -> str:
    """A subject's name: the patient's id, or in a study of series the person and the series."""
    return shown_name(subject_id) if manifest.get("series") else subject_id


def people(manifest: Mapping[str, Any], series: int) -> str:
    """How many patients a release has, in words, and how many series where some patients have several."""
    count = int(manifest.get("patients", series))
    if count == series:
        return patients(count)
    return PATIENTS_AND_SERIES(patients=patients(count), series=SERIES(series))
