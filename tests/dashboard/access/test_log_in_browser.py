"""Log-in in a real browser against a real provider: who is let in sees what the role allows, and nothing else."""

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dashboard.audit.read import AuditFilter, every
from dashboard.audit.store import store_of_home
from meta_med.published.release import Release
from tests.dashboard.access.access_files import ID, patients
from tests.dashboard.access.log_in_pages import Site, name_patient, site
from tests.orchestration.test_command import meta_med

pytestmark = [pytest.mark.browser, pytest.mark.nightly]


@pytest.fixture(scope="module")
def here(store: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with site(store, tmp_path_factory.mktemp("site")) as running:
        yield running


def entries(here: Site, **wanted: str) -> list[str]:
    return [
        f"{e.entry.who} {e.entry.action} {e.entry.result}"
        for e in every(store_of_home(here.home), AuditFilter(**wanted))
    ]


@pytest.mark.access_case("S01")
def test_without_log_in_there_is_nothing_but_the_log_in(here: Site) -> None:
    page = here.open_page("patient?role=admin&patient=P0001")
    page.get_by_role("button", name="Log in").wait_for()
    assert not ID.search(page.content())
    assert page.get_by_role("link", name="Worklist").count() == 0


def test_somebody_without_a_role_is_refused_and_told_whom_to_ask(here: Site) -> None:
    page = here.logged_in("nobody")
    page.get_by_text("Ask the data team, extension 1234").wait_for()
    page.get_by_text("nobody@elsewhere.example").wait_for()
    assert not ID.search(page.content())
    assert "nobody@elsewhere.example log_in denied" in entries(here)


@pytest.mark.access_case("S04")
def test_a_clinician_sees_own_cohorts_only(here: Site, release: Release, now: Callable[[str], None]) -> None:
    page = here.logged_in("clara")
    count = len(patients(release))
    page.get_by_text(f"{count} patients of your cohorts in this release").wait_for()
    page.get_by_label("Patient id contains").fill("P0")
    page.get_by_label("Patient id contains").press("Enter")
    page.get_by_text(f"1 to {count} of {count}").wait_for()
    page.get_by_role("link", name="Patient").click()
    other = next(name for name in release.frames["subjects"]["subject_id"] if name not in patients(release))
    name_patient(page, other)
    page.get_by_text("not among those you may see").wait_for()
    assert page.get_by_role("heading", name=f"Patient {other}").count() == 0
    name_patient(page, patients(release)[0])
    page.get_by_role("heading", name=f"Patient {patients(release)[0]}").wait_for()
    assert page.get_by_role("link", name="Audit").count() == 0
    assert "clara@hospital.example patient denied" in entries(here)
    now(f"{count} of {len(release.frames['subjects'])} patients, another one refused and audited")


@pytest.mark.access_case("S04")
def test_an_address_that_the_role_does_not_allow_is_refused_and_audited(here: Site) -> None:
    page = here.logged_in("clara")
    page.get_by_role("heading", name="Worklist").wait_for()
    page.goto(page.url.replace("/worklist", "/audit?role=auditor"))
    page.get_by_text("does not allow this page").wait_for()
    assert "clara@hospital.example audit denied" in entries(here)


def test_a_scientist_sees_pseudonyms_and_finds_a_patient_by_them(here: Site, release: Release) -> None:
    page = here.logged_in("sam")
    page.get_by_text("pseudonyms in place of ids").wait_for()
    page.get_by_test_id("stDataFrame").locator("td").first.wait_for(state="attached")
    assert not ID.search(page.content())
    keys = store_of_home(here.home).keys()
    page.get_by_label("Pseudonym begins with").fill("P0001")
    page.get_by_label("Pseudonym begins with").press("Enter")
    page.get_by_text("No patient fits").wait_for()
    page.get_by_role("link", name="Patient").click()
    name_patient(page, keys.on_screen("pbc", "P0001").lower(), "Pseudonym, or its first letters")
    page.get_by_role("heading", name=f"Patient {keys.on_screen('pbc', 'P0001')}").wait_for()
    assert not ID.search(page.content())
    assert page.get_by_text("Print view").count() == 0
    assert page.get_by_text("Your view").count() == 0


def test_two_roles_side_by_side_each_see_their_own(here: Site, release: Release) -> None:
    """One server, two people at once: what one page holds never reaches the other."""
    clara, sam = here.logged_in("clara"), here.logged_in("sam")
    for turn in range(2):
        for page in (clara, sam):
            page.get_by_role("link", name=("Model", "Worklist")[turn]).click()
        for page in (clara, sam):
            page.get_by_role("heading", name=("Model", "Worklist")[turn], exact=True).wait_for()
    for page in (clara, sam):
        page.get_by_test_id("stDataFrame").locator("td").first.wait_for(state="attached")
    shown = set(ID.findall(clara.content()))
    assert shown
    assert shown <= set(patients(release))
    assert not ID.search(sam.content())
    sam.get_by_text(f"{len(release.frames['subjects'])} patients in this release").wait_for()
    assert clara.get_by_text("pseudonyms in place of ids").count() == 0


def test_feedback_is_kept_listed_for_stewards_exported_and_audited(
    here: Site, release: Release, capsys: pytest.CaptureFixture[str]
) -> None:
    page = here.logged_in("clara")
    page.get_by_role("link", name="Patient").click()
    mine = patients(release)[0]
    name_patient(page, mine)
    page.get_by_role("heading", name="How it did for this patient").wait_for()
    page.get_by_role("button", name="Your view").first.click()
    page.get_by_role("combobox", name="This prediction").click()
    page.get_by_role("option", name="The data are wrong: a unit is wrong").click()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Your view: The data are wrong").wait_for()
    listed = here.logged_in("stef")
    listed.get_by_role("link", name="Feedback").click()
    listed.get_by_test_id("stDataFrame").get_by_text(mine).first.wait_for(state="attached")
    assert listed.get_by_role("link", name="Worklist").count() == 0
    code, exported, _ = meta_med(capsys, "feedback", "export", "--home", here.home)
    (row,) = csv.DictReader(io.StringIO(exported))
    assert code == 0
    assert (row["who"], row["subject_id"]) == ("clara@hospital.example", mine)
    assert (row["verdict"], row["reason"]) == ("data_wrong", "unit_wrong")
    assert "clara@hospital.example give_feedback saved" in entries(here)
    assert not any(mine in str(row) for row in every(store_of_home(here.home), AuditFilter()))


def test_an_auditor_reads_verifies_and_exports_the_audit(
    here: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    page = here.logged_in("ada")
    page.get_by_role("heading", name="Audit").wait_for()
    page.get_by_role("button", name="Verify the chain").click()
    page.get_by_text("are unbroken").wait_for()
    assert not ID.search(page.content())
    page.get_by_role("button", name="As CSV").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download audit.csv").click()
    content = download.value.path().read_text()
    assert "ada@hospital.example" in content
    assert not ID.search(content)
    assert page.get_by_role("link", name="Worklist").count() == 0
    code, told, _ = meta_med(capsys, "audit", "verify", "--home", here.home)
    assert code == 0
    assert "The audit is unbroken" in told
    assert "ada@hospital.example export_audit exported" in entries(here)


def test_somebody_with_two_roles_acts_in_one_at_a_time(here: Site, release: Release) -> None:
    page = here.logged_in("olga")
    page.get_by_text("of your cohorts in this release").wait_for()
    page.get_by_test_id("stSidebar").get_by_role("combobox").click()
    page.get_by_role("option", name="Scientist").click()
    page.get_by_text("pseudonyms in place of ids").wait_for()
    page.get_by_text("90 patients in this release").wait_for()


def test_who_logs_out_is_out_in_every_tab(here: Site) -> None:
    page = here.logged_in("clara")
    page.get_by_role("heading", name="Worklist").wait_for()
    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_role("heading", name="Worklist").wait_for()
    page.get_by_role("button", name="Log out").click()
    page.get_by_role("button", name="Log in").wait_for()
    other.get_by_role("link", name="Model").click()
    other.get_by_text("You have logged out").wait_for()


@pytest.mark.access_case("S03")
def test_an_open_page_is_left_by_itself_when_the_session_is_over(
    store: str, tmp_path: Path, now: Callable[[str], None]
) -> None:
    with site(store, tmp_path, session={"idle_minutes": 0.25}) as short:
        page = short.logged_in("clara")
        page.get_by_role("heading", name="Worklist").wait_for()
        page.get_by_text("Nothing was asked for").wait_for()
        assert page.get_by_test_id("stDataFrame").count() == 0
        page.reload()
        page.get_by_text("Your session is over").wait_for()
        page.get_by_role("button", name="Log in again").click()
        page.get_by_role("link", name="clara").click()
        page.get_by_role("heading", name="Worklist").wait_for()
    now("idle: an open page is left by itself; loading it anew with the cookie shows nothing")


@pytest.mark.access_case("S03")
def test_an_expired_token_shows_nothing_whatever_the_cookie_says(
    store: str, tmp_path: Path, now: Callable[[str], None]
) -> None:
    with site(store, tmp_path, lifetime=8) as expired:
        page = expired.logged_in("clara")
        page.get_by_role("heading", name="Worklist").wait_for()
        page.wait_for_timeout(8_000)
        page.reload()
        page.get_by_text("The log-in has expired").wait_for()
        assert any(cookie["name"] == "_streamlit_user" for cookie in page.context.cookies())
        assert not ID.search(page.content())
    now("a token that has expired beside a valid cookie: no row")
