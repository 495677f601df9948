"""Runs with a patient like no other: nothing of theirs is in a log, and no process asks beyond this machine."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from meta_med.published import heads, reader
from orchestration.study.load import LoadedStudy
from tests.dashboard.running_dashboard import browsing
from tests.orchestration.small_study import small_study, spoilt
from tests.orchestration.test_command import COMMAND
from tests.orchestration.test_dashboard_command import free_port
from tests.published.conftest import postgres_server, postgres_url  # noqa: F401  # fixtures

PATIENT = "CANARY7f3a"
SEEN, HELD, WORD = "413.7319", "77123.4567", "zebra7f3a"
CANARIES = (PATIENT, SEEN, HELD, WORD)
GUARD = Path(__file__).with_name("socket_guard")
ROOT = Path(__file__).parents[3]

pytestmark = pytest.mark.nightly


@dataclass(frozen=True)
class Installation:
    """A home, a history and a folder for temporary files, and the environment that names them."""

    place: Path
    store: str
    study: LoadedStudy

    @property
    def environment(self) -> dict[str, str]:
        return {
            **{k: v for k, v in os.environ.items() if not k.startswith(("META_MED", "DAGSTER", "GX_"))},
            "PYTHONPATH": f"{GUARD}{os.pathsep}{ROOT}",
            "SOCKET_GUARD_NOTES": str(self.place / "notes"),
            "META_MED_HOME": str(self.place / "home"),
            "META_MED_STORE": self.store,
            "META_MED_STUDIES": str(self.study.path),
            "DAGSTER_HOME": str(self.place / "dagster"),
            "TMPDIR": str(self.place / "tmp"),
            "HOME": str(self.place / "account"),
        }

    def run(self, *words: object) -> tuple[int, str]:
        """Exit code and all output of a command."""
        done = subprocess.run(
            [*COMMAND, *map(str, words)],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=1800,
        )
        return done.returncode, done.stdout + done.stderr

    def refused_connections(self) -> str:
        notes = self.place / "notes"
        return notes.read_text() if notes.exists() else ""


@pytest.fixture
def installation(tmp_path: Path, postgres_url: str) -> Installation:  # noqa: F811
    for name in ("tmp", "dagster", "account"):
        (tmp_path / name).mkdir()
    study = small_study(tmp_path / "study")
    visits = pd.read_csv(study.sources["visits"], dtype=str)
    own = visits[visits["patient"] == "A000"].assign(patient=PATIENT)
    own.iloc[-1, own.columns.get_loc("peak_flow")] = SEEN
    worse = own.tail(2).assign(
        visit_date=["2026-11-01", "2026-11-02"], peak_flow=[HELD, "400.0"], sex=["male", WORD]
    )
    pd.concat([visits, own, worse]).to_csv(study.sources["visits"], index=False)
    return Installation(tmp_path, postgres_url, study)


def canaries_in(*folders: Path) -> list[str]:
    """The files below these folders that hold or are named after something of the patient."""
    found = []
    for path in (path for folder in folders for path in folder.rglob("*")):
        content = path.read_bytes() if path.is_file() else b""
        found += [f"{path}: {c}" for c in CANARIES if c in str(path.name) or c.encode() in content]
    return found


def test_a_patient_is_in_no_log_of_training_nights_failures_and_pages(installation: Installation) -> None:
    texts = []
    code, text = installation.run("run", "--study", installation.study.path, "--log-format", "json")
    assert code == 0, text
    texts.append(text)
    url = installation.store
    head = heads.head(url, installation.study.name)
    assert head is not None
    # the test sees what it looks for: the patient is published, and two of the rows are held
    assert SEEN in reader.records(url, head.release_id, PATIENT)["value"].astype(str).tolist()
    assert head.manifest["rows_quarantined"] == 2
    code, text = installation.run(
        "run", "--study", installation.study.path, "--source", f"visits={_bad(installation)}"
    )
    assert code == 4
    texts.append(text)
    commands = (
        ["status"],
        ["metrics"],
        ["models", "list"],
        ["models", "recalibrate", "--study", installation.study.path],
    )
    texts += [installation.run(*words)[1] for words in commands]
    texts.append(_with_pages(installation))
    assert [canary for canary in CANARIES for text in texts if canary in text] == []
    # Dagster's history and the logs of its runs; what Great Expectations and others leave; what the account gets
    assert canaries_in(*(installation.place / name for name in ("dagster", "tmp", "account"))) == []
    home = installation.place / "home"
    allowed = {home / name for name in ("runs", "quarantine", "models")}
    assert canaries_in(*(path for path in home.iterdir() if path not in allowed and path.is_dir())) == []
    assert installation.refused_connections() == ""
    guarded = (installation.place / "notes.guarded").read_text()
    assert len(guarded.splitlines()) >= 10  # the guard was at work, in commands and in services


def _bad(installation: Installation) -> Path:
    return spoilt(installation.study, installation.place)


def _with_pages(installation: Installation) -> str:
    """Open the dashboard's patient page and Dagster's pages; all that the services said."""
    port, dagster = free_port(), free_port()
    log = installation.place / "up.log"
    words = ["up", "--single-user", "--port", str(port), "--dagster-port", str(dagster), "--json"]
    with log.open("wb") as out:
        process = subprocess.Popen(
            [*COMMAND, *words], env=installation.environment, stdout=subprocess.PIPE, stderr=out, text=True
        )
        try:
            assert process.stdout is not None
            ready = json.loads("".join(iter(process.stdout.readline, "}\n")) + "}")
            _look(**ready["addresses"])
        finally:
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=180) == 0
    return log.read_text()


def _look(dashboard: str, webserver: str) -> None:
    """The patient in the dashboard, and the runs in Dagster's pages; neither page asks beyond this machine."""
    with browsing(dashboard) as open_page:
        patients = open_page("patient")
        patients.get_by_label("Patient id").fill(PATIENT)
        patients.get_by_label("Patient id").press("Enter")
        patients.get_by_role("heading", name=f"Patient {PATIENT}").wait_for()
        runs = open_page(f"{webserver}/runs")
        runs.get_by_text("asthma").first.wait_for()
        assert (patients.foreign, runs.foreign) == ([], [])


def test_the_database_writes_nothing_of_a_patient_into_its_log(
    installation: Installation,
    postgres_server: int,  # noqa: F811
) -> None:
    """Also where a statement fails: PostgreSQL logs the statement then."""
    import psycopg2

    with psycopg2.connect(installation.store.replace("postgresql+psycopg2", "postgresql")) as connection:
        cursor = connection.cursor()
        cursor.execute("SELECT setting FROM pg_settings WHERE name = 'data_directory'")
        log = Path(cursor.fetchone()[0]).parent / "log"
    code, text = installation.run("run", "--study", installation.study.path)
    assert code == 0, text
    head = heads.head(installation.store, installation.study.name)
    assert head is not None
    reader.predictions(installation.store, head.release_id, PATIENT)
    with psycopg2.connect(installation.store) as connection:
        connection.cursor().execute(
            "ALTER TABLE predictions ADD CONSTRAINT refuse CHECK (mean IS NULL) NOT VALID"
        )
    visits = pd.read_csv(installation.study.sources["visits"], dtype=str)
    more = (
        visits[visits["patient"] == PATIENT]
        .tail(1)
        .assign(visit_date="2026-11-20", peak_flow="401.0", sex="male")
    )
    pd.concat([visits, more]).to_csv(installation.study.sources["visits"], index=False)
    code, text = installation.run("run", "--study", installation.study.path)
    assert code == 5, text
    assert [canary for canary in CANARIES if canary in text] == []
    written = log.read_text()
    assert "refuse" in written  # the failure is in the log
    assert [canary for canary in CANARIES if canary in written] == []


def test_the_guard_refuses_and_notes_what_would_leave(installation: Installation) -> None:
    script = "import urllib.request; urllib.request.urlopen('http://example.org', timeout=5)"
    done = subprocess.run(
        [sys.executable, "-c", script], env=installation.environment, capture_output=True, check=False
    )
    assert done.returncode != 0
    assert "example.org" in installation.refused_connections()
