"""The right patient of the right study: clicks through five studies whose patients have the same ids."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from dashboard import session
from dashboard.release import Served
from meta_med.published import writer
from meta_med.published.reader import CurrentRelease
from meta_med.published.release import Release
from tests.dashboard.opened_pages import APP, opened, words
from tests.dashboard.running_dashboard import running
from tests.dashboard.synthetic_release import made_release
from tests.examples import examples

NAMES = ("alpha", "beta", "gamma", "delta", "omega")


def five_releases() -> dict[str, Release]:
    """Each study has other people, numbers, titles and sizes under the same ids P0001, P0002, ..."""
    made = {}
    for i, name in enumerate(NAMES):
        release = made_release(n=30 + 5 * i, seed=i + 1)
        manifest = {**release.manifest, "title": f"The {name} study"}
        made[name] = Release(name, {k: _renamed(v, name) for k, v in release.frames.items()}, manifest)
    return made


def _renamed(frame, study: str):
    return frame.assign(study=study) if "study" in frame else frame


@pytest.fixture(scope="module")
def releases() -> Mapping[str, Release]:
    return five_releases()


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory, releases: Mapping[str, Release]) -> str:
    url = f"sqlite:///{tmp_path_factory.mktemp('many') / 'published.sqlite'}"
    for release in releases.values():
        writer.publish(url, release, datetime.now(UTC))
    return url


def predicted(release: Release, subject: str) -> str:
    rows = release.frames["predictions"].query("subject_id == @subject and outcome == 'bili'")
    return f"{rows['mean'].iloc[0]:.1f} mg/dL"


@pytest.mark.access_case("S30")
@pytest.mark.browser
@pytest.mark.nightly
def test_a_click_in_either_of_two_studies_opens_that_studys_patient(
    many: str, releases: Mapping[str, Release]
) -> None:
    with running(many) as page:
        click_through(page, releases, ("delta", "alpha"))


@pytest.mark.nightly
@pytest.mark.browser
@pytest.mark.case("dashboard/right_patient_of_the_right_study")
def test_a_click_in_each_of_five_studies_opens_that_studys_patient(
    many: str, releases: Mapping[str, Release], now: Callable[[str], None]
) -> None:
    with running(many) as page:
        click_through(page, releases, (*NAMES[1:], NAMES[0]))
    now(f"clicks through {len(NAMES)} studies: each page of the study and the patient clicked on")


def click_through(page: Any, releases: Mapping[str, Release], studies: Sequence[str]) -> None:
    """In each study open a patient, then each page; at last choose another study beside an open patient."""
    for name in studies:
        choose(page, name)
        release = releases[name]
        assert_shown(page, release)
        click_first_row(page)
        assert_shown(page, release)
        page.get_by_text(predicted(release, "P0001")).first.wait_for()
        page.get_by_role("link", name="Model").click()
        page.get_by_role("heading", name="Model").wait_for()
        assert_shown(page, release)
        page.get_by_role("link", name="Patient").click()
        page.get_by_role("heading", name="Patient P0001").wait_for()
        assert_shown(page, release)
        page.get_by_role("link", name="Worklist").click()
        page.get_by_role("heading", name="Worklist").wait_for()
    click_first_row(page)
    choose(page, "gamma")  # choosing another study closes the patient
    assert_shown(page, releases["gamma"])
    page.get_by_text("Choose a patient in the worklist").wait_for()
    assert page.get_by_role("heading", name="Patient P0001").count() == 0


def choose(page: Any, study: str) -> None:
    page.get_by_test_id("stSidebar").get_by_role("combobox").click()
    page.get_by_role("option", name=study, exact=True).click()


def assert_shown(page: Any, release: Release) -> None:
    """Banner and selector name the release's study, and no other."""
    page.get_by_text(f"release {release.release_id}").wait_for()
    page.get_by_text(str(release.manifest["title"])).wait_for()
    assert page.get_by_test_id("stSidebar").get_by_role("combobox").input_value() == release.study


def click_first_row(page: Any) -> None:
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
    table = page.get_by_test_id("stDataFrame")
    table.locator("td", has_text="P0001").first.wait_for(state="attached")
    table.click(position={"x": 300, "y": 36 + 18})
    page.get_by_role("heading", name="Patient P0001").wait_for()


def test_the_first_patient_of_each_study_is_another_person(releases: Mapping[str, Release]) -> None:
    assert len({predicted(release, "P0001") for release in releases.values()}) == len(NAMES)


@pytest.mark.access_case("S30")
def test_a_patient_of_another_study_is_never_shown(many: str) -> None:
    test = opened("patient", many, study="beta", patient="P0001", of="alpha")
    assert "Choose a patient in the worklist" in words(test)
    assert "P0001" not in words(test)


def test_a_patient_opened_before_a_newer_release_is_shown_from_the_newer_one_and_told(many: str) -> None:
    test = opened("patient", many, study="beta", patient="P0001", release="an earlier one")
    assert "The release changed after this patient was opened" in words(test)
    assert test.title[0].value == "Patient P0001"


def test_a_study_that_is_not_published_any_more_is_told(monkeypatch: pytest.MonkeyPatch, many: str) -> None:
    monkeypatch.setenv("META_MED_STORE", many)
    test = AppTest.from_file(APP, default_timeout=60)
    test.session_state[session.STUDY] = "withdrawn"
    assert "Study withdrawn is not published any more" in words(test.run())


@examples(60)
@given(st.text(max_size=8), st.text(max_size=8), st.text(max_size=8), st.text(max_size=8))
def test_a_patient_belongs_to_one_study_whatever_the_names(
    first: str, second: str, patient: str, other: str
) -> None:
    one, two = (_served(name) for name in (first, second))
    assert (session.key(one, "outcome") == session.key(two, "outcome")) == (first == second)
    keys = [session.table_key(s, p) for s in (one, two) for p in (patient, other)]
    assert len(set(keys)) == (1 + (first != second)) * (1 + (patient != other))


def _served(study: str) -> Served:
    at = datetime(2027, 3, 1, tzinfo=UTC)
    return Served("sqlite://", CurrentRelease(study, "r", 1, at, at, False, {}), at, timedelta(hours=1))
