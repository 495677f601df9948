"""Sessions of a running server, by its own protocol: what nobody's browser would send, and many people at once."""

import json
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from dashboard.audit.read import AuditFilter, every
from dashboard.audit.store import store_of_home
from dashboard.audit.verify import verify
from dashboard.views.worklist import PAGE_SIZE
from meta_med.published import reader, writer
from meta_med.published.release import Release
from tests.dashboard.access.access_files import COHORT, ID, OTHER, RULES, headers, patients, written
from tests.dashboard.access.stream import Stream, stream
from tests.dashboard.opened_pages import published
from tests.dashboard.running_dashboard import server
from tests.dashboard.synthetic_release import COHORTS, made_release

pytestmark = pytest.mark.nightly
SESSIONS = 50
NOT_HERE = "not among those you may see"


@pytest.fixture
def address(store: str, tmp_path: Path) -> Iterator[str]:
    with server(store, home=tmp_path, access=written(tmp_path)) as running:
        yield running.address


def ids(session: Stream) -> set[str]:
    """Every id that the server ever sent."""
    return set(ID.findall(session.received.decode("latin-1")))


@pytest.mark.access_case("S06")
def test_values_that_no_widget_offers_reach_no_other_cohort(
    store: str, release: Release, tmp_path: Path, now: Callable[[str], None]
) -> None:
    two = {**RULES[0], "studies": {"pbc": [COHORT, COHORTS[0]]}}
    own = {*patients(release), *patients(release, COHORTS[0])}
    foreign = patients(release, OTHER)[0]
    access = written(tmp_path, roles=[two])
    with (
        server(store, home=tmp_path, access=access) as running,
        stream(running.address, headers("clara")) as clara,
    ):
        clara.run("worklist", query=f"patient={foreign}&role=admin")
        assert set(clara.tables[0]["Patient"]) <= own
        clara.set("pbc/cohorts", string_array_value=[OTHER]).run()
        clara.states.clear()
        clara.run().set("Open a patient of this page", string_value=foreign).run()
        clara.states.clear()
        row = {"selection": {"rows": [5_000], "columns": [], "cells": []}}
        (table,) = [one for one in clara.run().elements if type(one).__name__ == "Dataframe"]
        clara.set(table.id.rpartition("-")[2], json_value=json.dumps(row)).run()
        clara.states.clear()
        assert OTHER.encode() not in clara.received
        assert ids(clara) <= own
        clara.run("patient").set("pbc/typed_subject", string_value=foreign).run()
        assert NOT_HERE in clara.texts
        assert ids(clara) <= own | {foreign}  # the box says again what was typed into it
        clara.set("pbc/typed_subject", string_value=patients(release)[0]).run()
        assert f"Patient {patients(release)[0]}" in clara.texts
    denied = every(store_of_home(tmp_path), AuditFilter(action="patient", result="denied"))
    assert [one.entry.who for one in denied] == ["clara@hospital.example"]
    now(
        "by protocol: a cohort, a patient and a row that no widget offers, a foreign id: nothing, refused and audited"
    )


@pytest.mark.access_case("S06")
@pytest.mark.access_case("S22")
def test_a_session_that_another_person_comes_back_to_shows_what_that_person_may_see(
    address: str, release: Release, now: Callable[[str], None]
) -> None:
    """A lost connection is taken up again by the session's id, with all its state: here by somebody else."""
    mine = patients(release)[0]
    with stream(address, headers("clara")) as clara:
        clara.run("patient").set("pbc/typed_subject", string_value=mine).run()
        assert f"Patient {mine}" in clara.texts
    with stream(address, headers("sam"), session=clara.session) as sam:
        sam.run("patient")
        assert sam.session == clara.session
        assert not ids(sam)
        assert sam.run("worklist").tables
        assert not ids(sam)
    with stream(address, headers("ada"), session=clara.session) as ada:
        ada.run("patient")
        assert "does not allow this page" in ada.texts
        assert not ids(ada)
    now("a clinician's session, taken up by a scientist and by an auditor: pseudonyms, and nothing")


@pytest.mark.access_case("S22")
def test_people_of_different_roles_share_a_servers_caches_and_no_row(
    address: str, release: Release, now: Callable[[str], None]
) -> None:
    own, everyone = set(patients(release)), set(release.frames["subjects"]["subject_id"])
    people = ("clara", "sam", "clara", "stef", "ada", "olga")
    for _ in range(2):
        for who in people:
            with stream(address, headers(who)) as session:
                for page in ("model", "worklist", "patient", "data-quality"):
                    session.run(page)
                assert ids(session) <= (own if who in {"clara", "olga"} else set())
    assert own < everyone
    now(f"{2 * len(people)} sessions of five people in turn: each id sent is of the reader's own cohort")


@pytest.mark.access_case("S23")
def test_fifty_sessions_at_once_each_get_their_own_whole_page(
    release: Release, tmp_path: Path, now: Callable[[str], None]
) -> None:
    """While the next release is published: a page is of one release or of the other, and never of both."""
    url, begun = published(tmp_path, release), threading.Barrier(SESSIONS + 1)
    by_id = {one.release_id: one for one in (release, made_release(seed=8))}

    def one(number: int) -> set[str]:
        with stream(running.address, headers(("clara", "sam")[number % 2])) as session:
            begun.wait()
            return (_clinician if number % 2 == 0 else _scientist)(session, by_id)

    with (
        server(url, home=tmp_path, access=written(tmp_path)) as running,
        ThreadPoolExecutor(SESSIONS) as pool,
    ):
        pages = [pool.submit(one, number) for number in range(SESSIONS)]
        begun.wait()
        writer.publish(url, by_id[list(by_id)[1]], datetime.now(UTC))
        seen = [page.result() for page in pages]
        with stream(running.address, headers("sam")) as later:
            assert shown_release(later.run("worklist"), by_id).release_id == list(by_id)[1]
    assert all(seen)
    assert reader.head(url, release.study).release_id == list(by_id)[1]
    reader.verify(url, list(by_id)[1])
    assert verify(store_of_home(tmp_path)).sequence >= 2 * SESSIONS
    now(
        f"{SESSIONS} sessions of two roles at once while a release is published: each page whole, of one release, and "
        "its reader's own; release and audit verified"
    )


def shown_release(session: Stream, releases: Mapping[str, Release]) -> Release:
    (found,) = [one for name, one in releases.items() if f"release {name}" in session.texts]
    return found


def _clinician(session: Stream, releases: Mapping[str, Release]) -> set[str]:
    """The whole worklist of the own cohort, and a patient of it; which releases were shown."""
    of_list = shown_release(session.run("worklist"), releases)
    own = patients(of_list)
    assert session.tables, session.texts[-400:]
    shown = set(session.tables[0]["Patient"])
    assert shown <= set(own)
    assert len(shown) == min(PAGE_SIZE, len(own))
    assert f"{len(own)} patients of your cohorts in this release" in session.texts
    session.run("patient").set("pbc/typed_subject", string_value=own[0])
    of_patient = shown_release(session.run(), releases)
    if own[0] in patients(of_patient):
        assert f"Patient {own[0]}" in session.texts
        assert len([e for e in session.elements if type(e).__name__ == "VegaLiteChart"]) >= 6
    else:
        assert NOT_HERE in session.texts
    assert ids(session) <= set(own) | set(patients(of_patient))
    return {of_list.release_id, of_patient.release_id}


def _scientist(session: Stream, releases: Mapping[str, Release]) -> set[str]:
    """A whole page of the worklist by pseudonyms; which release was shown."""
    found = shown_release(session.run("worklist"), releases)
    assert f"{len(found.frames['subjects'])} patients in this release" in session.texts
    assert len(set(session.tables[0]["Patient"])) == PAGE_SIZE
    assert not ids(session)
    return {found.release_id}


def test_a_foreign_name_of_this_machine_is_not_answered_where_nobody_logs_in(store: str) -> None:
    """A page of a foreign site can have its own name lead to this machine; the browser then asks by that name."""
    with server(store) as running:
        port = int(running.address.rpartition(":")[2])
        for name in ("localhost", "elsewhere.example"):
            place = f"ws://{name}:{port}/_stcore/stream"
            with socket.create_connection(("127.0.0.1", port)) as plain:
                if name == "localhost":
                    connect(place, sock=plain, origin=Origin(f"http://{name}:{port}")).close()
                else:
                    with pytest.raises(InvalidStatus, match="403"):
                        connect(place, sock=plain, origin=Origin(f"http://{name}:{port}"))
