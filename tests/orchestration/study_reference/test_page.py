"""docs/study_reference.md is what the program says of its keys."""

from pathlib import Path

from orchestration.study_reference.page import reference_page

PAGE = Path(__file__).parents[3] / "docs" / "study_reference.md"


def test_the_committed_page_is_what_is_generated() -> None:
    assert PAGE.read_text() == reference_page(), "run: meta-med study keys --out docs/study_reference.md"


def test_a_section_that_occurs_twice_is_told_once() -> None:
    page = reference_page()
    assert page.count("without one all records have time 0") == 1
    assert "As [`records.time`](#recordstime)." in page
