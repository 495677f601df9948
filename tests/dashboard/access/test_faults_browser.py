"""What a real browser shows where a page fails, and where the audit cannot be written."""

import resource
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from dashboard.audit.store import store_of_home
from dashboard.audit.verify import verify
from tests.dashboard.access.access_files import ID
from tests.dashboard.running_dashboard import browsing, opened_row, served, server

pytestmark = [pytest.mark.browser, pytest.mark.nightly]
CANARY = "CANARY-7f3a 77123.4567"


@pytest.mark.access_case("S17")
def test_a_page_that_fails_shows_a_reference_and_no_value(
    store: str, tmp_path: Path, now: Callable[[str], None]
) -> None:
    """A text stands where a number was published, and the message of the error holds it."""
    copy, log = tmp_path / "published.sqlite", tmp_path / "log"
    shutil.copy(store.removeprefix("sqlite:///"), copy)
    with served(f"sqlite:///{copy}", log=log) as open_page:
        page = open_page("worklist")
        page.get_by_text("90 patients in this release").wait_for()
        with closing(sqlite3.connect(copy)) as connection, connection:
            changed = connection.execute("UPDATE records SET value = ? WHERE subject_id = 'P0001'", [CANARY])
            assert changed.rowcount > 0
        page.get_by_role("link", name="Patient").click()
        page.get_by_label("Patient id", exact=True).fill("P0001")
        page.get_by_label("Patient id", exact=True).press("Enter")
        told = page.get_by_test_id("stAlert").filter(has_text="This page could not be shown")
        told.wait_for()
        reference = told.inner_text().rpartition("reference ")[2].strip(".")
        words = page.content() + page.title() + page.url
        assert page.get_by_role("link", name="Worklist").is_visible()
    written = log.read_text()
    assert not any(part in words + written for part in ("CANARY", "77123", "Traceback"))
    assert f"Page failed, reference {reference}: " in written
    now(
        "a text where a number was published: the page tells a reference; neither it nor the log holds the text"
    )


@contextmanager
def locked(home: Path, _process: int) -> Iterator[None]:
    """Another program writes to the audit, and does not end."""
    with closing(sqlite3.connect(home / "audit.sqlite", isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        yield


@contextmanager
def full(_home: Path, process: int) -> Iterator[None]:
    """No file of the server may grow, as on a full disk: not the audit, nor what SQLite writes to read the store."""
    before = resource.prlimit(process, resource.RLIMIT_FSIZE)
    resource.prlimit(process, resource.RLIMIT_FSIZE, (1, before[1]))
    try:
        yield
    finally:
        resource.prlimit(process, resource.RLIMIT_FSIZE, before)


@pytest.mark.access_case("S18")
@pytest.mark.parametrize(
    ("fault", "told"), [(locked, "The audit cannot be written"), (full, "The published store cannot be read")]
)
def test_no_patient_is_shown_while_the_audit_cannot_be_written(
    store: str, tmp_path: Path, fault: Any, told: str, now: Callable[[str], None]
) -> None:
    with server(store, home=tmp_path) as running, browsing(running.address) as open_page:
        page = open_page("worklist")
        page.get_by_test_id("stDataFrame").locator("td", has_text="P0001").first.wait_for(state="attached")
        with fault(tmp_path, running.process):
            page.get_by_label("Patient id contains").fill("P001")
            page.get_by_label("Patient id contains").press("Enter")
            page.get_by_role("heading", name=told).wait_for()
            page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
            assert page.get_by_test_id("stDataFrame").count() == 0
            assert not ID.search(page.locator("[data-testid=stMain]").inner_text())
        page.reload()
        opened_row(page, 0, "P0001")
        page.locator("svg.marks").first.wait_for()
    assert verify(store_of_home(tmp_path)).sequence >= 3
    now(
        f"{fault.__name__}: the open worklist goes and the page says why; afterwards patients are shown again"
    )
