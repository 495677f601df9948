"""A dashboard served on a free port, and one page of it in headless Chromium."""

import os
import re
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest

from dashboard.launch import command

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


@dataclass(frozen=True)
class Running:
    """A server that runs.

    Attributes:
        address: without a slash at its end.
        process: its id.

    """

    address: str
    process: int


@contextmanager
def running(store: str) -> Iterator[Any]:
    """A page of a dashboard over this store; server, browser and their children end with the block.

    `page.foreign` lists every address outside this machine that the page asked for.
    """
    with served(store) as open_page:
        yield open_page()


@contextmanager
def served(store: str, **how: Any) -> Iterator[Callable[..., Any]]:
    """A dashboard over this store, and a function that opens a path of it in a new browser context.

    The function takes the path, or a whole address, and the context's options: color_scheme, locale, viewport. `how` is
    that of `server`.
    """
    with server(store, **how) as running_server, browsing(running_server.address) as open_page:
        yield open_page


@contextmanager
def browsing(address: str) -> Iterator[Callable[..., Any]]:
    """The function of `served`, of a dashboard that runs already."""
    with _chromium() as browser, ExitStack() as ended:

        def open_page(path: str = "", **options: Any) -> Any:
            context = browser.new_context(**{"viewport": {"width": 1440, "height": 1000}, **options})
            ended.callback(context.close)
            page: Any = context.new_page()
            page.set_default_timeout(PATIENCE)
            page.foreign = []
            page.on("request", lambda request: _note_foreign(page, request.url))
            page.goto(urljoin(f"{address}/", path))
            return page

        yield open_page


_OPEN: list[Any] = []


@contextmanager
def _chromium() -> Iterator[Any]:
    """A browser; a block within another one shares it, because Playwright runs once in a thread."""
    if _OPEN:
        yield _OPEN[0]
        return
    if not CHROMIUM.exists():
        pytest.skip(f"no browser at {CHROMIUM}")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        _OPEN.append(browser)
        try:
            yield browser
        finally:
            _OPEN.clear()
            browser.close()


def opened_row(page: Any, row: int, patient: str) -> None:
    """Clicks on a cell of a row of the worklist, and waits for the patient's page."""
    table = page.get_by_test_id("stDataFrame")
    table.locator("td", has_text="P0001").first.wait_for(state="attached")
    table.click(position={"x": 300, "y": 36 + 18 + 36 * row})
    page.get_by_role("heading", name=f"Patient {patient}").wait_for()


@contextmanager
def server(
    store: str,
    *,
    port: int | None = None,
    home: Path | None = None,
    log: Path | None = None,
    **mode: Any,
) -> Iterator[Running]:
    """A dashboard over this store, until the block ends.

    Args:
        store: its URL.
        port: to listen on; without one, a free one.
        home: the folder of its audit; without one, a folder that goes with the block.
        log: a file for what it writes.
        mode: the ways of access; without any, it is for the one user of this machine.

    """
    port = port or free_port()
    with tempfile.TemporaryDirectory() as own, (log or Path(os.devnull)).open("w") as told:
        words = command(store, port=port, **(mode or {"single_user": True}))
        environment = {"META_MED_SHOW_FIRST": "subject_id", **os.environ, "META_MED_HOME": str(home or own)}
        process = subprocess.Popen(words, stdout=told, stderr=told, start_new_session=True, env=environment)
        try:
            _wait_for(port, process)
            yield Running(f"http://127.0.0.1:{port}", process.pid)
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(30)


def free_port() -> int:
    """A port of the loopback address that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert process.poll() is None, "the dashboard ended by itself"
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    pytest.fail("the dashboard did not come up")


def _note_foreign(page: Any, url: str) -> None:
    if not re.match(r"(https?|wss?)://127\.0\.0\.1:|data:|blob:", url):
        page.foreign.append(url)
