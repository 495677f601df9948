"""A dashboard served on a free port, and one page of it in headless Chromium."""

import os
import re
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

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

    The function takes the path, and the context's options: color_scheme, locale, viewport. `how`: the server's port,
    environment and ways of access; without any, it is for the one user of this machine.
    """
    with _server(store, **how) as address, browser() as open_address:

        def open_page(path: str = "", **context: Any) -> Any:
            return open_address(f"{address}/{path}", **context)

        yield open_page


@contextmanager
def browser() -> Iterator[Callable[..., Any]]:
    """A function that opens an address in a new context of headless Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)

        def open_address(address: str, **context: Any) -> Any:
            page: Any = chromium.new_page(**{"viewport": {"width": 1440, "height": 1000}, **context})
            page.set_default_timeout(PATIENCE)
            page.foreign = []
            page.on("request", lambda request: _note_foreign(page, request.url))
            page.goto(address)
            return page

        yield open_address
        chromium.close()


def opened_row(page: Any, row: int, patient: str) -> None:
    """Clicks on a cell of a row of the worklist, and waits for the patient's page."""
    table = page.get_by_test_id("stDataFrame")
    table.locator("td", has_text="P0001").first.wait_for(state="attached")
    table.click(position={"x": 300, "y": 36 + 18 + 36 * row})
    page.get_by_role("heading", name=f"Patient {patient}").wait_for()


@contextmanager
def _server(
    store: str, *, port: int = 0, environment: Mapping[str, str] | None = None, **mode: Any
) -> Iterator[str]:
    if not CHROMIUM.exists():
        pytest.skip(f"no browser at {CHROMIUM}")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", port))
        port = probe.getsockname()[1]
    with tempfile.TemporaryFile("w") as log, tempfile.TemporaryDirectory() as home:
        words = command(store, port=port, **(mode or {"single_user": True}))
        own = {**os.environ, "META_MED_HOME": home, **(environment or {})}
        server = subprocess.Popen(words, stdout=log, stderr=log, start_new_session=True, env=own)
        try:
            _wait_for(port, server)
            yield f"http://127.0.0.1:{port}"
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(30)


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert server.poll() is None, "the dashboard ended by itself"
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
