"""Whose rows are read back before a release is committed."""

import hashlib

import numpy as np
import pytest

from meta_med.published.writing import staging


def test_few_patients_are_all_read_back() -> None:
    for count in (0, 1, staging.READ_BACK):
        assert staging.read_back(np.arange(count), "ff").tolist() == list(range(count))


def test_of_many_patients_other_ones_are_read_back_each_night(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "READ_BACK", 10)
    places, found = np.arange(1_003), set()
    for night in range(2_000):
        release_id = hashlib.sha256(str(night).encode()).hexdigest()[:16]
        some = staging.read_back(places, release_id)
        assert 8 <= len(some) <= 10
        assert len(set(np.diff(some))) == 1
        found |= set(some.tolist())
    assert found == set(range(1_003))
