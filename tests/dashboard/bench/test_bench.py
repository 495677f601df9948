"""The bench of the dashboard measures what it says, of a release that could be anybody's."""

import json
import sys
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from dashboard.bench import browser, page, speed
from dashboard.bench.measure import COLD, FIRST, SEARCH, SESSION, WARM, Measured, Step
from dashboard.bench.simulated_release import simulated_release
from dashboard.bench.stores import BenchError
from meta_med.published import reader, writer
from tests.published.small_release import NOW


@pytest.mark.parametrize("outcomes", [1, 2])
def test_a_simulated_release_is_published_like_any_other(tmp_path: Path, outcomes: int) -> None:
    made = simulated_release(30, outcomes)
    url = f"sqlite:///{tmp_path / 'published.sqlite'}"
    publication = writer.publish(url, made, NOW)
    reader.verify(url, publication.release_id)
    for name in ("records", "predictions", "horizons", "replay", "influences", "width_reasons"):
        assert made.frames[name]["subject_id"].is_monotonic_increasing
        assert made.frames[name]["outcome"].nunique() == outcomes
    counts = made.frames["records"].groupby("subject_id").size() / outcomes
    told = made.frames["subjects"].set_index("subject_id")["n_records"]
    pd.testing.assert_series_equal(counts, told[told > 0], check_names=False, check_dtype=False)


def test_it_is_the_same_for_the_same_seed_and_another_for_another() -> None:
    ids = [simulated_release(30, seed=seed).release_id for seed in (1, 1, 2)]
    assert ids[0] == ids[1] != ids[2]


def measured(patients: int, seconds: float) -> Measured:
    steps = {name: Step(seconds, seconds / 2) for name in (FIRST, SESSION, SEARCH, COLD, WARM)}
    plans = {"one patient's records": ["SEARCH records USING INDEX records_by_subject"]}
    return Measured(
        "sqlite", patients, 5_000_000, 12.0, steps, {50: 0.5, 95: 0.9}, 20, 300_000_000, 4e6, plans
    )


def test_the_page_keeps_other_sizes_and_programs_and_replaces_its_own(tmp_path: Path) -> None:
    place = tmp_path / "dashboard_speed.md"
    page.write(place, [replace(measured(100, 9.0), version="before"), measured(100, 1.0)])
    text = page.write(place, [measured(100, 2.0), measured(1000, 3.0)], beside=True)
    assert place.read_text() == text
    for row in (
        "| sqlite | 100 | before | 9.00 (4.50)",
        "| sqlite | 100 | now | 2.00",
        "| sqlite | 1,000 | now | 3.00",
    ):
        assert row in text
    assert "| now | 1.00" not in text
    assert "other programs" in text
    assert "records_by_subject" in text
    assert len(json.loads(place.with_suffix(".json").read_text())) == 3


def test_without_playwright_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "playwright.sync_api", None)
    with pytest.raises(BenchError, match=r"E_BENCH_PLAYWRIGHT.*pip install playwright"), browser.chromium():
        pass


def test_without_a_browser_it_says_which_are_looked_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BenchError, match=r"E_BENCH_CHROMIUM.*chromium"), browser.chromium():
        pass


@pytest.mark.nightly
@pytest.mark.browser
def test_a_hundred_patients_are_measured_in_a_browser(tmp_path: Path) -> None:
    place = tmp_path / "results" / "dashboard_speed.md"
    text = speed.run(place, quick=True)
    assert place.read_text() == text
    assert "| sqlite | 100 | now |" in text
    assert "SEARCH records USING PRIMARY KEY (release_id=? AND subject_id=?)" in text
    (figures,) = json.loads(place.with_suffix(".json").read_text())
    assert set(figures["steps"]) == {FIRST, SESSION, SEARCH, COLD, WARM}
    assert all(step["seconds"] > 0 for step in figures["steps"].values())
