"""From a published number back to the lines of the delivered file that it rests on."""

import getpass
import json
import shutil
from pathlib import Path
from typing import get_args

import pandas as pd
import pytest

from dashboard.access.authorize import PURPOSE
from dashboard.audit.keys import made_key
from dashboard.audit.read import AuditFilter, every
from dashboard.audit.store import AuditStore, store_of_home
from dashboard.audit.verify import verify
from meta_med.published import heads, reader
from orchestration.command.app import app, exit_code_of
from orchestration.command.operate.lineage import Purpose
from orchestration.execution import run_graph
from orchestration.runs.run_folder import sha256_of
from tests.orchestration.small_study import Finished

PATIENT, OUTCOME = "A000", "peak_flow"


def traced(capsys: pytest.CaptureFixture[str], found: Finished, *words: str) -> tuple[int, str]:
    place = ["--study", str(found.study.path), "--home", str(found.home)]
    code = exit_code_of(lambda: app(["lineage", *words, *place]), as_json="--json" in words)
    shown = capsys.readouterr()
    return code, shown.out or shown.err


def test_a_number_leads_to_its_release_model_contract_and_file(copied: Finished, capsys) -> None:
    code, out = traced(capsys, copied, PATIENT, OUTCOME, "--json")
    assert code == 0
    told = json.loads(out)
    workspace = copied.workspace()
    head = heads.head(workspace.store_url, copied.study.name)
    assert head is not None
    assert told["release"]["release_id"] == head.release_id
    assert told["model"]["version"] == told["model"]["predictors_of"] == head.manifest["model"]
    assert told["contract"]["contract_sha256"] == sha256_of(Path(copied.study.contract))
    source = copied.study.sources["visits"]
    assert told["files"] == [{"table": "visits", "file": source.name, "sha256": sha256_of(source)}]
    published = (
        reader.predictions(workspace.store_url, head.release_id, PATIENT).set_index("outcome").loc[OUTCOME]
    )
    assert told["prediction"]["mean"] == published["mean"]


def test_the_lines_are_those_of_the_patient_in_the_file_as_it_was_delivered(
    copied: Finished, tmp_path: Path, capsys
) -> None:
    """A patient with seven visits, of which the model uses five, and one line that is held back."""
    visits = pd.read_csv(copied.study.sources["visits"], dtype=str)
    own = visits[visits["patient"] == PATIENT]
    more = pd.concat([own.tail(1)] * 4).assign(
        visit_date=["2026-09-01", "2026-10-01", "2026-11-01", "2026-11-20"],
        peak_flow=["401.0", "402.0", "99999.0", "403.0"],
    )
    path = tmp_path / "visits.csv"
    pd.concat([visits, more]).to_csv(path, index=False)
    run_graph(copied.study, copied.workspace(visits=path))
    code, out = traced(capsys, copied, PATIENT, OUTCOME, "--json")
    assert code == 0
    told = json.loads(out)
    written = path.read_text().splitlines()
    lines = {line["line"]: line for line in told["lines"]}
    assert {number: written[number - 1].startswith(f"{PATIENT},") for number in lines} == dict.fromkeys(
        lines, True
    )
    assert len(lines) == sum(text.startswith(f"{PATIENT},") for text in written)
    held = [line for line in lines.values() if line["state"] == "quarantined"]
    assert [written[line["line"] - 1].split(",")[6] for line in held] == ["99999.0"]
    assert held[0]["rules"]
    used = [number for number, line in lines.items() if line["state"] == "used"]
    assert len(used) == told["prediction"]["support_size"]
    # the newest ones
    rest = set(lines) - set(used) - {line["line"] for line in held}
    dates = {number: written[number - 1].split(",")[1] for number in lines}
    assert min(dates[n] for n in used) > max((dates[n] for n in rest), default="")


def test_without_the_run_folder_the_hashes_are_still_told(copied: Finished, capsys) -> None:
    shutil.rmtree(copied.home / "runs")
    code, out = traced(capsys, copied, PATIENT, OUTCOME, "--json")
    assert code == 0
    told = json.loads(out)
    assert told["lines"] is None
    assert "is gone" in told["why_no_lines"]
    assert told["files"][0]["sha256"] == sha256_of(copied.study.sources["visits"])


def test_that_it_is_shown_is_an_entry_of_the_audit_without_the_patients_id(copied: Finished, capsys) -> None:
    for purpose in ("research", "audit"):
        assert traced(capsys, copied, PATIENT, OUTCOME, "--purpose", purpose)[0] == 0
    store = store_of_home(copied.home)
    entries = [one.entry for one in every(store, AuditFilter(action="lineage"))]
    assert [entry.purpose for entry in entries] == ["research", "audit"]
    assert {entry.patients for entry in entries} == {store.keys().in_audit("asthma", PATIENT)}
    assert {(entry.who, entry.study, entry.release, entry.result, entry.detail) for entry in entries} == {
        (getpass.getuser(), "asthma", copied.release_id, "shown", OUTCOME)
    }
    assert PATIENT not in str(entries)
    assert verify(store).sequence == 2
    assert set(get_args(Purpose)) == set(PURPOSE.values())


@pytest.mark.parametrize("fault", ["damaged", "another key"])
def test_nothing_is_shown_where_the_audit_cannot_be_written(
    copied: Finished, capsys, fault: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    place = tmp_path / "audit.sqlite"
    monkeypatch.setenv("META_MED_AUDIT", f"sqlite:///{place}")
    if fault == "damaged":
        place.write_bytes(b"x" * 5000)
    else:
        AuditStore(f"sqlite:///{place}", tmp_path / "its.key").keys()
        made_key(copied.home / "audit.key")
    code, out = traced(capsys, copied, PATIENT, OUTCOME)
    assert code == 5
    assert "E_AUDIT" in out
    assert OUTCOME not in out


@pytest.mark.parametrize("words", [("nobody", OUTCOME), (PATIENT, "no_outcome")])
def test_what_is_not_published_is_refused_without_the_name_asked_for(
    finished: Finished, capsys, words
) -> None:
    code, out = traced(capsys, finished, *words)
    assert code == 2
    assert "nobody" not in out
