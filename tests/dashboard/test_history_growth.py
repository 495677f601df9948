"""A store with the history of 200 nights: pages open as fast as after 10."""

import statistics
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from meta_med.published import reader, writer
from tests.dashboard.opened_pages import app
from tests.dashboard.synthetic_release import made_release

FEW, MANY = 10, 200


def page_seconds(count: int = 7) -> float:
    """The median over several openings of the worklist."""
    seconds = []
    for _ in range(count):
        started = time.process_time()
        assert not app().exception
        seconds.append(time.process_time() - started)
    return statistics.median(seconds)


@pytest.mark.nightly
@pytest.mark.fault("O15", "I1")
def test_two_hundred_releases_slow_no_page_down(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, now) -> None:
    url, begin = f"sqlite:///{tmp_path / 'published.sqlite'}", datetime.now(UTC) - timedelta(days=MANY)
    monkeypatch.setenv("META_MED_STORE", url)
    taken, sizes = {}, {}
    for night in range(1, MANY + 1):
        release = made_release(12)
        writer.publish(
            url,
            type(release)(release.study, release.frames, {**release.manifest, "night": night}),
            begin + timedelta(days=night),
        )
        if night in (FEW, MANY):
            page_seconds(1)
            taken[night], sizes[night] = page_seconds(), (tmp_path / "published.sqlite").stat().st_size
    assert len(reader.history(url, release.study)) >= MANY
    assert taken[MANY] < 1.2 * taken[FEW] + 0.05
    assert sizes[MANY] < 3 * sizes[FEW]
    now(f"a page takes {taken[MANY]:.2f} CPU-s after 200 releases, {taken[FEW]:.2f} after 10")
