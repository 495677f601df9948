"""The steps of a reader in headless Chromium, each timed by the page itself: from the key or click to what it shows."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from dashboard.bench.stores import BenchError
from dashboard.wording.patient import NAMED
from dashboard.wording.worklist import PAGE, SEARCH

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
PATIENCE = 300_000
TABLE = '[data-testid="stDataFrame"] canvas'
CHART = ", ".join(
    f'.st-key-cards_wide_outcomes [data-testid="stVegaLiteChart"] {drawn}' for drawn in ("canvas", "svg")
)
HEADER, ROW = 36, 36
"""Heights of the worklist's table, in pixels."""
ROWS = 25

WATCH = """
window.watched = (texts, selector, highest) => document.body !== null && document.querySelector(selector) !== null
  && document.querySelector(selector).getBoundingClientRect().height <= highest
  && texts.every((text) => document.body.textContent.includes(text));
window.watch = (texts, selector, highest, started) => {
  window.shownAfter = null;
  const look = () => {
    if (window.shownAfter === null && started !== null && window.watched(texts, selector, highest)) {
      window.shownAfter = performance.now() - started;
    }
    if (window.shownAfter === null) requestAnimationFrame(look);
  };
  if (started === null) {
    const begin = () => { if (started === null) started = performance.now(); };
    for (const kind of ["keydown", "pointerdown"]) document.addEventListener(kind, begin, {capture: true, once: true});
  }
  look();
};
"""


@contextmanager
def chromium() -> Iterator[Any]:
    """A headless browser.

    Raises:
        BenchError: Playwright or a browser is missing.

    """
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        raise BenchError("E_BENCH_PLAYWRIGHT: Playwright is missing. Run: pip install playwright") from None
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        raise BenchError(f"E_BENCH_CHROMIUM: no browser on the PATH ({', '.join(NAMES)}). Install chromium.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        yield browser
        browser.close()


class Reader:
    """One session of the dashboard; every method returns the seconds until its page is there."""

    def __init__(self, browser: Any, address: str) -> None:
        self.page = browser.new_page(viewport={"width": 1440, "height": 1000}, locale="en-US")
        self.page.set_default_timeout(PATIENCE)
        self.page.add_init_script(WATCH)
        self.address = address

    def open_worklist(self, patients: int) -> float:
        """The address is typed: the program of the page is loaded, and the first patients are listed."""
        self.page.goto(self.address, wait_until="commit")
        self.page.wait_for_function("() => document.body !== null")
        self._watch([_page(patients)], TABLE, started="0")
        return self.shown_after()

    def write(self, text: str) -> None:
        """A part of an id is typed, and not sent yet."""
        self.page.get_by_label(SEARCH()).fill(text)

    def begin_search(self) -> None:
        """What is typed is sent, and one patient is listed alone.

        The table's height tells it: the text under its picture, which screen readers read, comes 0.2 s later.
        """
        self._watch([_page(1)], TABLE, highest=HEADER + 2 * ROW)
        self.page.get_by_label(SEARCH()).press("Enter")

    def found(self, name: str) -> float:
        """Seconds until one patient was listed alone: the one of this id."""
        seconds = self.shown_after()
        self.page.wait_for_function("(name) => document.body.textContent.includes(name)", arg=name)
        return seconds

    def search(self, name: str) -> float:
        """Look for a patient by id."""
        self.write(name)
        self.begin_search()
        return self.found(name)

    def clear_search(self, patients: int) -> float:
        """Nothing is looked for: everybody is listed again."""
        self.write("")
        self._watch([_page(patients)], TABLE)
        self.page.get_by_label(SEARCH()).press("Enter")
        return self.shown_after()

    def open_patient(self, row: int, name: str) -> float:
        """Click on a row of the worklist; the patient's page has its first chart."""
        self._watch([NAMED(name=name)], CHART)
        at = {"x": 300, "y": HEADER + ROW // 2 + ROW * row}
        self.page.get_by_test_id("stDataFrame").click(position=at)
        return self.shown_after()

    def back_to_worklist(self, patients: int) -> float:
        """The link to the worklist."""
        self._watch([_page(patients)], TABLE)
        self.page.get_by_role("link", name="Worklist").click()
        return self.shown_after()

    def shown_after(self) -> float:
        """Seconds from the key or click until what was watched for was there."""
        self.page.wait_for_function("() => window.shownAfter !== null")
        return float(self.page.evaluate("() => window.shownAfter")) / 1000

    def close(self) -> None:
        """End the session."""
        self.page.close()

    def _watch(
        self, texts: Sequence[str], selector: str, started: str = "null", highest: int = 10_000
    ) -> None:
        call = f"([texts, selector]) => window.watch(texts, selector, {highest}, {started})"
        self.page.evaluate(call, [list(texts), selector])


def _page(patients: int) -> str:
    """What the worklist says above its first page."""
    return PAGE(first=1, last=min(ROWS, patients), total=patients)
