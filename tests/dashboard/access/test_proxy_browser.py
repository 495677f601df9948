"""Behind a proxy that knows people, in a real browser: its headers are believed, those of anybody else are not."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from dashboard.audit.read import AuditFilter, every
from dashboard.audit.store import store_of_home
from meta_med.published.release import Release
from tests.dashboard.access.access_files import ID, patients, written
from tests.dashboard.access.log_in_pages import name_patient
from tests.dashboard.access.reverse_proxy import LOG_IN, Door, reverse_proxy
from tests.dashboard.running_dashboard import free_port, served

pytestmark = [pytest.mark.browser, pytest.mark.nightly]
REFUSED = "did not come through the log-in of this site"


@dataclass(frozen=True)
class Behind:
    """A dashboard that a proxy stands in front of: its port, the folder of its audit, and a browser."""

    port: int
    home: Path
    open_page: Callable[..., Any]

    def people(self) -> set[str]:
        """Whom the audit names."""
        return {one.entry.who for one in every(store_of_home(self.home), AuditFilter())}


@pytest.fixture
def behind(store: str, tmp_path: Path) -> Iterator[Behind]:
    port = free_port()
    with served(store, port=port, home=tmp_path, access=written(tmp_path)) as open_page:
        yield Behind(port, tmp_path, open_page)


def worklist(page: Any) -> None:
    page.get_by_role("heading", name="Worklist").wait_for()
    page.get_by_test_id("stDataFrame").locator("td").first.wait_for(state="attached")


def test_who_comes_through_the_proxy_sees_what_the_role_allows(behind: Behind, release: Release) -> None:
    with reverse_proxy(Door(behind.port)) as address:
        clara, sam, nobody = (
            behind.open_page(f"{address}{LOG_IN}{who}") for who in ("clara", "sam", "nobody")
        )
        worklist(clara)
        worklist(sam)
        shown = set(ID.findall(clara.content()))
        assert shown
        assert shown <= set(patients(release))
        assert not ID.search(sam.content())
        nobody.get_by_text("No role is given to you here").wait_for()
        clara.get_by_role("link", name="Patient").click()
        name_patient(clara, patients(release)[0])
        clara.get_by_role("heading", name=f"Patient {patients(release)[0]}").wait_for()
        clara.locator("svg.marks").first.wait_for()
        clara.goto(f"{address}{LOG_IN}sam")  # another person at the same machine
        worklist(clara)
        assert not ID.search(clara.content())
    assert behind.people() == {"clara@hospital.example", "sam@hospital.example", "nobody@elsewhere.example"}


@pytest.mark.access_case("S01")
def test_the_headers_of_anybody_else_are_ignored(behind: Behind, now: Callable[[str], None]) -> None:
    forger = Door(behind.port, secret="guessed-by-somebody-outside", always="clara")
    with reverse_proxy(forger) as address:
        for page in (behind.open_page(), behind.open_page(f"{address}/patient?patient=P0001")):
            page.get_by_text(REFUSED).wait_for()
            assert not ID.search(page.content())
            assert page.get_by_role("link", name="Worklist").count() == 0
    assert behind.people() == set()
    now("past the proxy, or with another secret and a clinician's headers: nothing is shown")


@pytest.mark.access_case("S04")
def test_headers_that_a_visitor_brings_along_give_no_role(behind: Behind, now: Callable[[str], None]) -> None:
    """Whoever can send headers of their own claims to be a clinician, at a proxy that knows them as nobody."""
    for replaces in (True, False):
        proxy = Door(behind.port, always="nobody", replaces=replaces)
        with reverse_proxy(proxy) as address:
            claimed = Door(int(address.rpartition(":")[2]), always="clara", secret="x")
            with reverse_proxy(claimed) as forged:
                page = behind.open_page(forged)
                page.get_by_text(REFUSED if not replaces else "No role is given to you here").wait_for()
                assert not ID.search(page.content())
    assert behind.people() == {"nobody@elsewhere.example"}
    now(
        "a clinician's headers brought along to the proxy: replaced, or, where they stand twice, not believed"
    )
