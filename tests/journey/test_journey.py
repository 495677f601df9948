"""One journey with every real component: a raw file becomes a number on a clinician's page.

Then a bad file arrives: the run ends with 4, and the page goes on showing the release before.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from dashboard.precision import SAMPLE, precision_of
from dashboard.wording.numbers import quantity
from data_contracts.bundled.tables import bundled
from meta_med.published import reader
from orchestration.runs.inbox import SETTLE_SECONDS
from orchestration.study.bundled import bundled_studies

pytestmark = pytest.mark.browser
CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
META_MED = (sys.executable, "-c", "from orchestration.command import main; main()")
PATIENCE_MS = 90_000


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The study of the Mayo trial as it is, with a budget that is spent in seconds."""
    tree = yaml.safe_load(bundled_studies()["pbc"].read_text())
    tree["learners"] = [{"name": "bayesian_head", "steps": 20}]
    tree["baselines"] = ["last_value", "patient_mean"]
    tree["budget"] = {"steps": 20, "evaluate_every": 10, "processes": 1}
    path = tmp_path_factory.mktemp("study") / "pbc_small.yaml"
    path.write_text(yaml.safe_dump(tree))
    return path


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


def meta_med(*arguments: object, home: Path) -> subprocess.CompletedProcess[str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("META_MED")}
    words = [*META_MED, *map(str, arguments), "--home", str(home)]
    return subprocess.run(words, capture_output=True, text=True, env=own, timeout=600, check=False)


@pytest.fixture(scope="module")
def published(study: Path, home: Path) -> dict[str, object]:
    """What the run said, as a machine reads it."""
    done = meta_med("run", "--study", study, "--json", home=home)
    assert done.returncode == 0, done.stderr[-2000:]
    content: dict[str, object] = json.loads(done.stdout)
    return content


@pytest.fixture(scope="module")
def address(
    published: dict[str, object], home: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The dashboard, started by the command and ended with its process group."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = [*META_MED, "dashboard", "--single-user", "--home", str(home), "--port", str(port)]
    log = tmp_path_factory.mktemp("log") / "dashboard.log"
    with log.open("w") as stream:
        server = subprocess.Popen(words, stdout=stream, stderr=stream, start_new_session=True)
        try:
            _wait_for(port, server)
            yield f"http://127.0.0.1:{port}"
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(30)


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(400):
        assert server.poll() is None, "the dashboard ended by itself"
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    pytest.fail("the dashboard did not come up")


def open_page(address: str):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1440, "height": 1000})
        page.set_default_timeout(PATIENCE_MS)
        page.goto(address)
        yield page
        browser.close()


@pytest.fixture
def page(address: str):
    if not CHROMIUM.exists():
        pytest.skip(f"no browser at {CHROMIUM}")
    yield from open_page(address)


def the_raw_file_becomes_a_release(published: dict[str, object], home: Path) -> None:
    head = reader.head(f"sqlite:///{home / 'published.sqlite'}", "pbc")
    assert head is not None
    assert head.release_id == published["release_id"]
    assert (published["rows_in"], published["verdict"]) == (1945, "accept")
    assert (home / "reports" / "pbc" / "data_quality.html").is_file()
    predictors = {row["predictor"] for row in published["evaluation"]}  # type: ignore[attr-defined]
    assert {"champion", "bayesian_head", "last_value", "un_adapted"} <= predictors


def the_page_shows_the_published_prediction(page, published: dict[str, object], home: Path) -> None:
    url = f"sqlite:///{home / 'published.sqlite'}"
    release = str(published["release_id"])
    patient = a_personalised_patient(url, release)
    predicted = reader.predictions(url, release, patient).set_index("outcome").loc["bilirubin"]
    page.get_by_text(f"release {release}").wait_for()
    page.get_by_role("link", name="Patient").click()
    typed = page.get_by_label("Patient id", exact=True)
    typed.fill(patient)
    typed.press("Enter")
    page.get_by_role("heading", name=f"Patient {patient}", exact=True).wait_for()
    decimals = precision_of(reader.measured_values(url, release, "bilirubin", SAMPLE)).predicted
    page.get_by_text(quantity(predicted["mean"], "mg/dL", decimals)).first.wait_for()
    assert patient not in page.url.split("127.0.0.1")[1].partition("/")[2]


def a_personalised_patient(url: str, release: str) -> str:
    from meta_med.published.search import SubjectSearch, search_subjects

    search = SubjectSearch(outcome="bilirubin", statuses=("personalised",), limit=1)
    return str(search_subjects(url, release, search).rows["subject_id"].iloc[0])


def a_bad_delivery_ends_with_4_and_the_release_before_is_still_shown(
    page, study: Path, published: dict[str, object], home: Path
) -> None:
    inbox = home / "inbox" / "pbc"
    inbox.mkdir(parents=True)
    rows = bundled("pbc/visits.csv").read_text().splitlines()
    bad = inbox / "visits_new.csv"
    bad.write_text("\n".join(row.partition(",")[2] for row in rows) + "\n")
    arrived = time.time()  # after the release
    os.utime(bad, (arrived, arrived))
    time.sleep(SETTLE_SECONDS + 1)  # until then it could still be growing

    done = meta_med("run", "--study", study, home=home)
    assert done.returncode == 4
    assert done.stdout == ""
    assert "rejected" in done.stderr
    assert "Traceback" not in done.stderr
    page.get_by_text(f"release {published['release_id']}").wait_for()


def status_says_that_a_delivery_waits(home: Path, published: dict[str, object]) -> None:
    done = meta_med("status", "--json", home=home)
    (state,) = json.loads(done.stdout)["studies"]
    assert state["release_id"] == published["release_id"]
    assert len(state["late"]) == 1
    assert "waits in the inbox" in state["late"][0]
    assert done.returncode == 7  # for monitoring: something is late


def test_from_a_raw_file_to_the_page_and_through_a_bad_delivery(
    page, study: Path, published: dict[str, object], home: Path
) -> None:
    """One test, for each step needs the one before."""
    the_raw_file_becomes_a_release(published, home)
    the_page_shows_the_published_prediction(page, published, home)
    a_bad_delivery_ends_with_4_and_the_release_before_is_still_shown(page, study, published, home)
    status_says_that_a_delivery_waits(home, published)
