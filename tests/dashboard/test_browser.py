"""The dashboard in a real browser: each page opens and shows a value that the store holds."""

import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.launch import command
from meta_med.published.release import Release

pytestmark = pytest.mark.browser
CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 60_000


@pytest.fixture(scope="module")
def address(store: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A running dashboard; it and its children end with its process group."""
    if not CHROMIUM.exists():
        pytest.skip(f"no browser at {CHROMIUM}")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = (tmp_path_factory.mktemp("log") / "dashboard.log").open("w")
    server = subprocess.Popen(command(store, port=port), stdout=log, stderr=log, start_new_session=True)
    try:
        _wait_for(port, server)
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(30)
        log.close()


def _wait_for(port: int, server: subprocess.Popen) -> None:
    for _ in range(300):
        assert server.poll() is None, "the dashboard ended by itself"
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    pytest.fail("the dashboard did not come up")


@pytest.fixture(scope="module")
def page(address: str) -> Iterator[object]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1440, "height": 1000})
        page.set_default_timeout(PATIENCE)
        page.foreign = []  # type: ignore[attr-defined]
        page.on("request", lambda request: _note_foreign(page, request.url))
        page.goto(address)
        yield page
        browser.close()


def _note_foreign(page: object, url: str) -> None:
    if not re.match(r"(https?|wss?)://127\.0\.0\.1:|data:|blob:", url):
        page.foreign.append(url)  # type: ignore[attr-defined]


def test_the_four_pages_show_what_the_store_holds(page, release: Release) -> None:
    page.get_by_text("90 patients in this release").wait_for()
    page.get_by_text(f"release {release.release_id}").wait_for()
    page.get_by_text("published 3 hours ago").wait_for()

    table = page.get_by_test_id("stDataFrame")
    table.wait_for()
    table.locator("td", has_text="P0001").first.wait_for(state="attached")
    table.click(position={"x": 300, "y": 36 + 18})  # any cell of the first row
    mean = release.frames["predictions"].query("subject_id == 'P0001' and outcome == 'bili'")["mean"].iloc[0]
    page.get_by_role("heading", name="Patient P0001").wait_for()
    page.get_by_text(f"{mean:.2f} mg/dL").first.wait_for()
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
