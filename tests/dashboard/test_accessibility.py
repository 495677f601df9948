"""The pages in a real browser: light and dark, on a phone, at 200 % zoom, in print, by keyboard, in German.

The rules are those of axe-core. One page is checked with every change, all of them nightly.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from dashboard.app import PATHS
from dashboard.charts import key
from dashboard.colours import DARK, LIGHT
from tests.dashboard.running_dashboard import opened_row, served

pytestmark = pytest.mark.browser
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SERIOUS = {"serious", "critical"}
PHONE = {"width": 390, "height": 844}
ZOOMED = {"width": 640, "height": 500}  # what a window of 1280 pixels shows at 200 %
Open = Callable[..., Any]


@pytest.fixture(scope="module")
def open_page(store: str) -> Iterator[Open]:
    with served(store) as opened:
        yield opened


def violations(page: Any) -> list[str]:
    """Serious and critical violations, each with its first place."""
    settled(page)
    found = Axe().run(page, options=WCAG).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in found if v["impact"] in SERIOUS]


def settled(page: Any) -> None:
    """Waits until the page's script has run and its charts are drawn."""
    page.get_by_test_id("stAppViewContainer").wait_for()
    page.locator('[data-test-script-state="notRunning"]').first.wait_for(state="attached")
    page.wait_for_timeout(800)


def patient_opened(open_page: Open, row: int = 0, **context: Any) -> Any:
    page = open_page("worklist", **context)
    opened_row(page, row, f"P{row + 1:04d}")
    page.locator("svg.marks").first.wait_for()
    settled(page)
    return page


def print_view(page: Any) -> None:
    page.get_by_test_id("stCheckbox").locator("label").first.click()
    page.locator(".st-key-print_sheet table").wait_for()
    settled(page)


def background(page: Any) -> str:
    return str(page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor"))


def rgb(colour: str) -> str:
    return f"rgb({', '.join(str(int(colour[i : i + 2], 16)) for i in (1, 3, 5))})"


@pytest.mark.nightly
def test_the_patient_page_under_a_dark_browser_has_no_violation(open_page: Open) -> None:
    page = patient_opened(open_page, color_scheme="dark")
    assert background(page) == rgb(DARK.background)
    assert violations(page) == []


@pytest.mark.nightly
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PATHS)
def test_no_page_has_a_serious_violation(open_page: Open, path: str, scheme: str) -> None:
    page = open_page(path, color_scheme=scheme)
    page.locator("h1").first.wait_for()
    assert background(page) == rgb((LIGHT if scheme == "light" else DARK).background)
    assert violations(page) == []


@pytest.mark.nightly
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_view_of_a_patient_has_a_serious_violation(open_page: Open, scheme: str) -> None:
    """With remarks, with the table behind a chart, withheld, and as the sheet to print."""
    for row in (1, 2, 3):
        page = patient_opened(open_page, row, color_scheme=scheme)
        for title in ("As a table", "Forecast over time", "Why this prediction"):
            box = page.get_by_test_id("stExpander").filter(has_text=title).first
            if box.count():
                box.locator("summary").click()
                box.locator("table, [data-testid=stCaptionContainer]").first.wait_for()
        assert violations(page) == []
        print_view(page)
        assert violations(page) == []


@pytest.mark.nightly
def test_the_theme_follows_the_browser_while_the_page_is_open(open_page: Open) -> None:
    page = open_page("worklist", color_scheme="light")
    page.locator("h1").wait_for()
    assert background(page) == rgb(LIGHT.background)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(
        f"getComputedStyle(document.querySelector('.stApp')).backgroundColor == '{rgb(DARK.background)}'"
    )


@pytest.mark.nightly
@pytest.mark.parametrize("size", [PHONE, ZOOMED], ids=["phone", "200 percent"])
def test_nothing_is_cut_off_on_a_narrow_page(open_page: Open, size: dict[str, int]) -> None:
    page = patient_opened(open_page, viewport=size)
    marks = page.locator("[class*='st-key-mark_']")
    assert marks.count() == len(key.pictures())
    ends = marks.evaluate_all(
        "found => found.map(e => e.scrollWidth > e.clientWidth + 1 || e.getBoundingClientRect().right > innerWidth)"
    )
    assert not any(ends)
    sideways = "document.querySelector('[data-testid=stMain]').scrollWidth - innerWidth"
    assert page.evaluate(sideways) <= 0
    for path in PATHS:
        other = open_page(path, viewport=size)
        other.locator("h1").wait_for()
        settled(other)
        assert other.evaluate(sideways) <= 0


@pytest.mark.nightly
@pytest.mark.parametrize("row", [0, 1, 3])
def test_the_print_view_is_one_page_under_a_dark_browser_too(open_page: Open, row: int) -> None:
    page = patient_opened(open_page, row, color_scheme="dark")
    print_view(page)
    printed = page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type /Page\b", printed)) == 1
    page.emulate_media(media="print")
    sheet = page.locator(".st-key-print_sheet")
    inks = sheet.evaluate(
        "s => [...new Set([...s.querySelectorAll('p, td, th')].map(e => getComputedStyle(e).color))]"
    )
    assert inks == ["rgb(0, 0, 0)"]
    assert not page.get_by_test_id("stHeader").is_visible()
    assert not page.locator("h1").first.is_visible()


@pytest.mark.nightly
def test_a_german_browser_gets_german_and_english_can_be_chosen(open_page: Open) -> None:
    page = open_page("", locale="de-DE")
    page.get_by_role("heading", name="Arbeitsliste").wait_for()
    page.get_by_text("90 Patienten in dieser Veröffentlichung").wait_for()
    page.get_by_text("veröffentlicht vor 3 Stunden").wait_for()
    page.get_by_text("English", exact=True).click()
    page.get_by_role("heading", name="Worklist").wait_for()
    page.get_by_role("link", name="Model").click()
    page.get_by_role("heading", name="By cohort").wait_for()


@pytest.mark.nightly
def test_a_patient_is_opened_by_keyboard_alone(open_page: Open) -> None:
    page = open_page("worklist")
    box = page.get_by_label("Open a patient of this page")
    box.wait_for()
    settled(page)
    for _ in range(80):
        page.keyboard.press("Tab")
        if box.evaluate("e => e === document.activeElement"):
            break
    page.keyboard.type("P0005")
    page.wait_for_timeout(500)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Patient P0005").wait_for()


@pytest.mark.nightly
def test_a_double_click_opens_the_patient_too(open_page: Open) -> None:
    page = open_page("worklist")
    table = page.get_by_test_id("stDataFrame")
    table.locator("td", has_text="P0003").first.wait_for(state="attached")
    table.dblclick(position={"x": 300, "y": 36 + 18 + 72})
    page.get_by_role("heading", name="Patient P0003").wait_for()
    page.get_by_role("link", name="Worklist").click()
    page.get_by_role("heading", name="Worklist").wait_for()


@pytest.mark.nightly
def test_every_chart_has_a_text_alternative(open_page: Open) -> None:
    page = patient_opened(open_page)
    charts = page.get_by_test_id("stVegaLiteChart")
    assert charts.count() == 8 + len(key.pictures())  # seven outcomes, the replay of one, and the key
    assert page.get_by_text("As a table").count() == 8
    told = charts.evaluate_all("found => found.map(e => e.getAttribute('aria-label') || '')")
    assert all(told)
    assert sum("7 earlier values" in text for text in told) == 7
