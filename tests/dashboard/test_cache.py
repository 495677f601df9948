"""What the server keeps for all its readers: aggregates of a release, by the release alone, and nobody's row."""

import inspect
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from dashboard import cache
from meta_med.published.release import Release

KEPT: dict[str, Callable[..., Any]] = {
    name: found for name, found in vars(cache).items() if hasattr(found, "clear") and callable(found)
}
OF_A_RELEASE = {"url", "release_id", "outcome", "cross_fitted"}


@pytest.mark.access_case("S06")
@pytest.mark.access_case("S22")
def test_what_is_kept_for_all_readers_holds_no_patient(
    store: str, release: Release, now: Callable[[str], None]
) -> None:
    ids = set(release.frames["subjects"]["subject_id"])
    assert KEPT
    for name, kept in KEPT.items():
        asked = inspect.signature(kept).parameters
        assert set(asked) <= OF_A_RELEASE, f"{name} is kept by something else than the release"
        found = kept(store, release.release_id, *(["all"] if "outcome" in asked else []))
        rows = (
            [str(cell) for cell in found.to_numpy().ravel()]
            if isinstance(found, pd.DataFrame)
            else [str(found)]
        )
        assert not [one for one in rows for patient in ids if patient in one], f"{name} holds a patient"
    now(f"{len(KEPT)} results are kept for all readers, by the release; none holds a patient")
