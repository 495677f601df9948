"""Who is let in, and what a page holds for them: the pages run by Streamlit's own test runner."""

import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event
from streamlit.testing.v1 import AppTest

from dashboard import session
from dashboard.access import entrance
from dashboard.access.authorize import ALLOWED, Action, Denied, Role
from dashboard.access.claims import known
from dashboard.access.file import read_access_file
from dashboard.access.sessions import LogIns
from dashboard.audit import store as audit_store
from dashboard.audit.read import AuditFilter, every
from dashboard.audit.store import store_of_home
from dashboard.cohorts import read as cohorts
from dashboard.release import current_release
from meta_med.published.release import Release
from tests.dashboard.access.access_files import COHORT, OTHER, PEOPLE, with_oidc
from tests.dashboard.opened_pages import APP, published, words
from tests.dashboard.synthetic_release import made_release

ATTACKS = ["' OR 1=1 --", "%", "_", "P0001%'; DROP TABLE subjects; --", "\0%", "x" * 256]


def token(person: str, *, since: float = -10, until: float = 3600) -> dict[str, Any]:
    now = int(time.time())
    return {
        "is_logged_in": True, "iss": "https://id.example", "sub": person, "iat": now + since, "exp": now + until,
        **PEOPLE[person],
    }  # fmt: skip


@pytest.fixture(autouse=True)
def _log_in_by_oidc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = with_oidc(tmp_path)
    monkeypatch.setattr(sys, "argv", ["app.py", "--access", str(path)])
    monkeypatch.setenv("META_MED_HOME", str(tmp_path))
    monkeypatch.setattr(entrance, "LOG_INS", LogIns())


@pytest.fixture
def connections() -> Iterator[list[str]]:
    """A line for each time that a store is connected to."""
    seen: list[str] = []

    def note(connection: Any) -> None:
        seen.append(str(connection.engine.url))

    event.listen(Engine, "engine_connect", note)
    yield seen
    event.remove(Engine, "engine_connect", note)


def app(user: dict[str, Any] | None, **query: str) -> AppTest:
    test = AppTest.from_file(APP, default_timeout=120)
    test.user = user or {"is_logged_in": False}
    for name, value in query.items():
        test.query_params[name] = value
    return test.run()


def cells(test: AppTest) -> str:
    return words(test) + "".join(table.value.to_csv() for table in [*test.dataframe, *test.table])


def written(**wanted: str) -> list[tuple[str, str, str]]:
    found = every(store_of_home(), AuditFilter(**wanted))
    return [(e.entry.who, e.entry.action, e.entry.result) for e in found]


@pytest.mark.access_case("S01")
def test_without_log_in_no_store_is_opened(connections: list[str], now: Callable[[str], None]) -> None:
    test = app(None)
    assert test.title[0].value == "Log in"
    assert connections == []
    assert not test.dataframe
    now(f"the log-in alone; the store was opened {len(connections)} times")


@pytest.mark.access_case("S02")
def test_without_a_way_of_access_nothing_is_shown(
    monkeypatch: pytest.MonkeyPatch, connections: list[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["app.py"])
    test = app(None)
    assert test.title[0].value == "Log-in is not set up"
    assert connections == []


@pytest.mark.access_case("S03")
@pytest.mark.parametrize(("since", "until", "told"), [(-10, -1, "expired"), (-1000, 3600, "15 minutes")])
def test_a_cookie_that_outlives_its_log_in_shows_nothing(
    since: float, until: float, told: str, connections: list[str]
) -> None:
    test = app(token("clara", since=since, until=until))
    assert test.title[0].value == "Your session is over"
    assert told in test.info[0].value
    assert not test.dataframe
    assert [name for name in connections if "audit" not in name and name != "sqlite://"] == []
    assert ("clara@hospital.example", "log_in", "ended") in written()


@pytest.mark.access_case("S04")
@pytest.mark.access_case("S07")
def test_addresses_and_searches_reach_no_other_cohort(release: Release, now: Callable[[str], None]) -> None:
    subjects = release.frames["subjects"]
    own = set(subjects.loc[subjects["cohort"] == COHORT, "subject_id"])
    test = app(token("clara"), role="admin", patient="P0001", cohort=OTHER, study="pbc")
    assert set(test.dataframe[0].value["Patient"]) <= own
    assert len(own) > 0
    assert OTHER not in cells(test)
    for attack in ATTACKS:
        test.text_input(key="pbc/search_text").set_value(attack).run()
        assert not test.exception
        assert "No patient fits these filters" in words(test)
    test.text_input(key="pbc/search_text").set_value("").run()
    assert set(test.dataframe[0].value["Patient"]) <= own
    now(
        f"{len(own)} of {len(subjects)} patients whatever the address says; {len(ATTACKS)} attacks find 0 rows"
    )


@pytest.mark.nightly
@pytest.mark.access_case("S06")
@pytest.mark.access_case("S22")
def test_sessions_of_two_people_never_mix(release: Release, now: Callable[[str], None]) -> None:
    subjects = release.frames["subjects"]
    own = set(subjects.loc[subjects["cohort"] == COHORT, "subject_id"])
    other = next(name for name in subjects["subject_id"] if name not in own)
    clara, sam = app(token("clara")), app(token("sam"))
    for _ in range(2):
        clara.run()
        sam.run()
        assert set(clara.dataframe[0].value["Patient"]) <= own
        assert not set(sam.dataframe[0].value["Patient"]) & set(subjects["subject_id"])
    clara.session_state[session.OPENED] = session.OpenedPatient("pbc", release.release_id, other)
    clara.session_state[session.OPENING] = True
    clara.run()
    assert "not among those you may see" in words(clara)
    assert other not in cells(clara)
    clara.text_input(key="pbc/typed_subject").set_value(other).run()
    assert not clara.table
    assert "not among those you may see" in words(clara)
    assert ("clara@hospital.example", "patient", "denied") in written()
    now(
        "a clinician's and a scientist's session in turn; a foreign id by widget and by session state refused"
    )


@pytest.mark.access_case("S18")
def test_a_page_is_withheld_where_the_audit_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, now: Callable[[str], None]
) -> None:
    monkeypatch.setattr(audit_store, "BUSY_SECONDS", 0.1)
    audit_store._engine.cache_clear()
    test = app(token("clara"))
    assert test.dataframe
    holder = sqlite3.connect(tmp_path / "audit.sqlite", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    test.text_input(key="pbc/search_text").set_value("P001").run()
    holder.close()
    assert "The audit cannot be written" in [title.value for title in test.title]
    assert "Nothing of a patient is shown" in words(test)
    assert "another program holds its lock" in words(test)
    assert not test.dataframe
    test.run()
    assert test.dataframe
    now("locked by another writer: the page is withheld and says why; it is back when the lock is gone")


@pytest.mark.nightly
def test_a_role_that_is_taken_away_is_gone_with_the_next_click(tmp_path: Path) -> None:
    test = app(token("clara"))
    assert test.dataframe
    with_oidc(tmp_path, roles=[{"role": "auditor", "when": {"groups": "audit"}}])
    test.run()
    assert test.title[0].value == "No access"
    assert not test.dataframe
    (tmp_path / "access.yaml").write_text("roles: [")
    test.run()
    assert "access file cannot be used" in words(test)


@pytest.mark.nightly
def test_a_view_is_written_once_and_again_when_it_is_another(release: Release) -> None:
    test = app(token("clara"))
    test.run()
    assert written(action="worklist") == [("clara@hospital.example", "worklist", "shown")]
    test.text_input(key="pbc/search_text").set_value("zz").run()
    assert len(written(action="worklist")) == 2
    (first, *_) = every(store_of_home(), AuditFilter(action="worklist"))
    keys = store_of_home().keys()
    subjects = release.frames["subjects"]
    own = subjects.loc[subjects["cohort"] == COHORT, "subject_id"]
    assert set(first.entry.patients.split()) == {keys.in_audit("pbc", name) for name in own}
    told = (first.entry.role, first.entry.purpose, first.entry.release)
    assert told == ("clinician", "treatment", release.release_id)


def test_a_clinician_chooses_own_cohorts_and_sees_no_other_ones_values(tmp_path: Path) -> None:
    person = known(PEOPLE["clara"], read_access_file(with_oidc(tmp_path)))
    url = published(tmp_path, made_release(240))
    served = current_release(url, "pbc", person.acting(Role.CLINICIAN, "one"))
    assert served is not None
    assert cohorts.sizes(served)["cohort"].tolist() == [COHORT]
    assert set(cohorts.distribution(served)["cohort"]) == {COHORT, "all"}
    with pytest.raises(Denied):
        cohorts.of_cohort(served, cohorts.sizes(served), OTHER)


def test_the_pipeline_is_of_those_who_keep_it_running() -> None:
    allowed = {role for role, actions in ALLOWED.items() if Action.PIPELINE in actions}
    assert allowed == {Role.STEWARD, Role.SCIENTIST, Role.ADMIN}
