"""The data-quality page, over a real store."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from meta_med.published.release import Release
from tests.dashboard.opened_pages import opened, published, words
from tests.dashboard.synthetic_release import made_release


def test_the_data_quality_page(store: str) -> None:
    test = opened("data_quality", store)
    assert not test.exception
    assert [m.value for m in test.metric] == ["640", "626", "14", "2"]
    assert test.table[0].value.iloc[0, 0] == "Critical"
    assert "Accepted in part" in words(test)
    assert "reports/pbc/data_quality.html" in words(test)
    tables = "\n".join(table.value.to_csv() for table in test.table).replace("\\", "")
    assert "Impossible values: 10 of 640 rows held back" in tables
    assert "1 to 10" in tables
    assert "of each cohort's patients" in words(test)


def test_the_data_quality_page_follows_findings_from_release_to_release(tmp_path: Path) -> None:
    made = made_release(10)
    rules = made.frames["quality_rules"]
    first = Release(
        "pbc", {**made.frames, "quality_rules": rules[rules["code"] != "Q_HARD_RANGE"]}, made.manifest
    )
    url = published(tmp_path, first, datetime.now(UTC) - timedelta(hours=2))
    published(tmp_path, made)
    test = opened("data_quality", url)
    assert not test.exception
    assert "The same findings in the last 2 releases" in words(test)
    trend = test.dataframe[0].value.set_index("Rule").loc["visits.platelet.hard_range"]
    assert (trend["Before"], trend["Now"]) == ("0 %", "2 %")
    assert "no shift (population stability index 0.00)" in words(test).lower()
