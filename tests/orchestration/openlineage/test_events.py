"""Runs tell OpenLineage what they read and wrote, in the library's own classes; nobody's value is in it."""

import json
import logging
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, ClassVar

import pytest
from openlineage.client import event_v2, facet_v2

from meta_med.published import heads
from orchestration.errors import DataError, StudyError
from orchestration.execution import run_graph
from orchestration.openlineage import tell
from orchestration.openlineage.target import VARIABLE
from orchestration.runs.run_folder import sha256_of
from tests.orchestration.small_study import Finished, spoilt

FACETS = {
    "processing_engine": facet_v2.processing_engine_run.ProcessingEngineRunFacet,
    "errorMessage": facet_v2.error_message_run.ErrorMessageRunFacet,
    "jobType": facet_v2.job_type_job.JobTypeJobFacet,
    "version": facet_v2.dataset_version_dataset.DatasetVersionDatasetFacet,
    "inputStatistics": facet_v2.input_statistics_input_dataset.InputStatisticsInputDatasetFacet,
    "outputStatistics": facet_v2.output_statistics_output_dataset.OutputStatisticsOutputDatasetFacet,
}


@pytest.fixture
def events(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "events.jsonl"
    monkeypatch.setenv(VARIABLE, str(file))
    tell._say.cache_clear()
    return file


def read(file: Path) -> list[dict[str, Any]]:
    """The events of a file, each after it was made anew by the library's classes, whose checks it passes."""
    found = [json.loads(line) for line in file.read_text().splitlines()]
    for event in found:
        own = {name: event[name] for name in ("eventTime", "producer")}
        again = event_v2.RunEvent(
            **own, eventType=event_v2.RunState(event["eventType"]), run=event_v2.Run(event["run"]["runId"]),
            job=event_v2.Job(event["job"]["namespace"], event["job"]["name"]),
        )  # fmt: skip
        assert event["schemaURL"] == again.schemaURL
        for name, facet in facets_of(event):
            bare = {key: value for key, value in facet.items() if not key.startswith("_")}
            assert facet["_schemaURL"] == FACETS[name](**bare)._schemaURL
    return found


def facets_of(event: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    places = [event["run"]["facets"], event["job"]["facets"]]
    for dataset in (*event["inputs"], *event["outputs"]):
        places += [dataset["facets"], dataset.get("inputFacets", {}), dataset.get("outputFacets", {})]
    return [facet for place in places for facet in place.items()]


def by_name(datasets: list[dict[str, Any]]) -> dict[str, tuple[str, int | None]]:
    """Name of a dataset -> its version and rows."""
    counted = [{**one.get("inputFacets", {}), **one.get("outputFacets", {})}.values() for one in datasets]
    rows = [next((facet.get("rowCount") for facet in facets), None) for facets in counted]
    return {
        one["name"]: (one["facets"]["version"]["datasetVersion"], number)
        for one, number in zip(datasets, rows, strict=True)
    }


def test_a_night_tells_its_start_and_what_it_read_and_wrote(copied: Finished, events: Path) -> None:
    run_graph(copied.study, copied.workspace())
    start, end = read(events)
    assert (start["eventType"], end["eventType"]) == ("START", "COMPLETE")
    assert start["run"]["runId"] == end["run"]["runId"]
    assert end["job"]["name"] == "asthma.night"
    head = heads.head(copied.workspace().store_url, "asthma")
    assert head is not None
    source = copied.study.sources["visits"]
    assert by_name(end["inputs"]) == {
        "asthma.visits": (sha256_of(source), 740),
        "asthma.contract": (head.manifest["contract_sha256"], None),
        "asthma.model": (head.manifest["model"], None),
    }
    assert by_name(end["outputs"]) == {
        "asthma.valid": (copied.folder.fingerprint, 740),
        "asthma.quarantine": (copied.folder.fingerprint, 0),
        "asthma.release": (head.release_id, 150),
    }
    assert events.stat().st_mode & 0o777 == 0o600


def test_a_rejected_delivery_fails_with_its_code_and_no_file_name(
    copied: Finished, events: Path, tmp_path: Path
) -> None:
    wrong = spoilt(copied.study, tmp_path, "visits_A000.csv")
    with pytest.raises(DataError):
        run_graph(copied.study, copied.workspace(visits=wrong))
    end = read(events)[-1]
    assert end["eventType"] == "FAIL"
    assert end["run"]["facets"]["errorMessage"]["message"] == "E_DATA"
    assert "asthma.release" not in by_name(end["outputs"])
    assert "A000" not in events.read_text()


class Collector(BaseHTTPRequestHandler):
    """Answers like a collector that is there, or leads elsewhere."""

    got: ClassVar[list[dict[str, Any]]] = []
    answer = 200

    def do_POST(self) -> None:
        self.got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(self.answer)
        self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def collector(monkeypatch: pytest.MonkeyPatch) -> Any:
    server = HTTPServer(("127.0.0.1", 0), Collector)
    Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv(VARIABLE, f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setattr(Collector, "got", [])
    tell._say.cache_clear()
    yield Collector
    server.shutdown()
    server.server_close()


def test_a_collector_on_this_machine_gets_the_events(copied: Finished, collector: Any) -> None:
    tell.tell_start(copied.study, copied.workspace(), ["night"], "a run")
    tell.tell_end(copied.study, copied.workspace(), ["night"], "a run", lambda: copied.folder)
    assert [event["eventType"] for event in collector.got] == ["START", "COMPLETE"]


def test_what_cannot_be_told_is_said_once_and_changes_nothing(
    copied: Finished, collector: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(collector, "answer", 307)  # leads to another address, which is not followed
    with caplog.at_level(logging.WARNING):
        for run in ("one", "two"):
            tell.tell_start(copied.study, copied.workspace(), ["night"], run)
    assert len(collector.got) == 2
    assert [record.message.split(":")[0] for record in caplog.records] == ["W_OPENLINEAGE"]
    monkeypatch.setenv(VARIABLE, str(copied.home))  # a folder
    outcome = run_graph(copied.study, copied.workspace())
    assert outcome.published is not None


def test_a_machine_that_is_not_named_twice_is_refused_before_anything_is_computed(
    copied: Finished, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "https://collector.example")
    with pytest.raises(StudyError, match="META_MED_OPENLINEAGE names another machine"):
        run_graph(copied.study, copied.workspace())
