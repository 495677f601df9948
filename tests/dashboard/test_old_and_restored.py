"""What is shown of a release that is old or restored, or whose model is old."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from meta_med.published import writer
from meta_med.published.release import Release
from orchestration.models.journal import CHAMPION, ModelJournal, Signature
from tests.dashboard.opened_pages import app, opened, published, words
from tests.dashboard.synthetic_release import made_release


@pytest.mark.fault("O11", "I2")
@pytest.mark.access_case("S32")
def test_an_old_release_is_called_stale_and_one_from_the_future_doubtful(tmp_path: Path) -> None:
    url = published(tmp_path, made_release(10), datetime.now(UTC) - timedelta(days=30))
    assert "Stale: do not rely on these predictions." in words(opened("worklist", url))
    url = published(tmp_path / "b", made_release(10), datetime.now(UTC) + timedelta(days=2))
    assert "lies in the future" in words(opened("worklist", url))


@pytest.mark.access_case("S32")
@pytest.mark.parametrize("hours", [None, "1000"])
def test_predictions_of_a_release_that_is_too_old_are_withheld(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, hours: str | None
) -> None:
    if hours:
        monkeypatch.setenv("META_MED_WITHHOLD_HOURS", hours)
    url = published(tmp_path, made_release(10), datetime.now(UTC) - timedelta(days=30))
    for page, patient in (("worklist", None), ("patient", "P0001")):
        told = words(opened(page, url, patient=patient))
        assert "Stale: do not rely on these predictions." in told
        withheld = "after 28 days predictions are withheld. This is not a low-risk result." in told
        shown = "10 patients in this release" in told or "Adapted to this patient" in told
        assert (withheld, shown) == (hours is None, hours is not None)
    assert "Mean absolute error" in {metric.label for metric in opened("model", url).metric}


@pytest.mark.fault("M07", "I2")
@pytest.mark.parametrize(("days", "old"), [(80, False), (120, True)])
def test_the_banner_says_that_the_model_is_old(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, audit_home: Path, days: int, old: bool
) -> None:
    made, at = made_release(10), datetime.now(UTC) - timedelta(days=days)
    release = Release(made.study, made.frames, {**made.manifest, "model": "m1"})
    journal = ModelJournal(audit_home / "models")
    monkeypatch.setenv("META_MED_STORE", published(tmp_path, release))
    try:
        journal.record(made.study, "m1", CHAMPION, Signature("meta-med", "The first.", "service", at))
        assert ("The model is old.** It was trained 4 months ago" in words(app())) == old
    finally:
        shutil.rmtree(audit_home / "models")


@pytest.mark.access_case("S32")
def test_a_restored_release_says_so(tmp_path: Path) -> None:
    url = published(tmp_path, made_release(10))
    writer.publish(url, made_release(11), datetime.now(UTC))
    writer.rollback(url, "pbc", datetime.now(UTC))
    assert "earlier release, restored" in words(opened("worklist", url))
