"""The dashboard in a real browser: each page opens and shows a value that the store holds."""

from pathlib import Path

import pytest

from meta_med.published.release import Release
from tests.dashboard.opened_pages import published
from tests.dashboard.running_dashboard import opened_row, running, served
from tests.dashboard.synthetic_release import made_release


@pytest.mark.access_case("S14")
@pytest.mark.access_case("S16")
@pytest.mark.browser
def test_the_four_pages_show_what_the_store_holds(store: str, release: Release) -> None:
    with running(store) as page:
        page.get_by_text("90 patients in this release").wait_for()
        page.get_by_text(f"release {release.release_id}").wait_for()
        page.get_by_text("published 3 hours ago").wait_for()

        assert page.url.endswith("/worklist")
        opened_row(page, 0, "P0001")
        first = release.frames["predictions"].query("subject_id == 'P0001' and outcome == 'bili'")
        page.get_by_text(f"{first['mean'].iloc[0]:.1f} mg/dL").first.wait_for()
        page.locator("canvas, svg.marks").first.wait_for()
        assert "P0001" not in page.url
        assert "P0001" not in page.title()

        page.get_by_role("link", name="Model").click()
        page.get_by_text("Against the best baseline").wait_for()
        evidence = release.frames["champions"]["evidence"].iloc[1]
        page.get_by_text(evidence).first.wait_for()

        page.get_by_role("link", name="Data quality").click()
        page.get_by_text(release.frames["findings"]["message"].iloc[0]).wait_for()
        assert page.foreign == []


@pytest.mark.nightly
@pytest.mark.browser
def test_cohort_and_pipeline_have_addresses_charts_and_tables(tmp_path: Path) -> None:
    made = made_release(240)
    url = published(tmp_path, made_release(200))
    published(tmp_path, made)
    with served(url, single_user=True) as open_page:
        cohort = open_page("cohort")
        cohort.get_by_role("heading", name="Which cohorts are alike").wait_for()
        charts = cohort.get_by_test_id("stVegaLiteChart")
        charts.nth(5).wait_for()
        told = charts.evaluate_all("found => found.map(e => e.getAttribute('aria-label') || '')")
        assert len(told) == 6
        assert all(told)
        cohort.get_by_text("As a table").last.click()
        cohort.get_by_text("Distance from").wait_for()

        pipeline = open_page("pipeline")
        pipeline.get_by_role("heading", name="Deliveries and releases").wait_for()
        pipeline.get_by_text(made.release_id).first.wait_for()
        pipeline.get_by_text("Journal of the store").click()
        pipeline.get_by_text("Made the served one").first.wait_for()
        assert cohort.foreign == pipeline.foreign == []
