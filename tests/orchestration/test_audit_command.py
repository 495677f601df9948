"""`meta-med audit` and `meta-med feedback`: verification against a saved head, exports, exit codes."""

import csv
import io
import json
import sqlite3
from pathlib import Path

import pytest

from dashboard.audit.entry import Entry
from dashboard.audit.store import AuditStore, store_of_home
from tests.orchestration.test_command import meta_med

SUBJECT = "CANARY-7f3a"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("META_MED_AUDIT", "META_MED_AUDIT_KEY", "META_MED_HOME"):
        monkeypatch.delenv(name, raising=False)
    store = store_of_home(tmp_path)
    for number in range(1, 4):
        store.append(entry(store, number))
    kept = {"at": "t", "who": "=clara", "study": "pbc", "release": "r", "subject_id": SUBJECT, "outcome": "bili",
            "verdict": "data_wrong", "reason": "unit_wrong"}  # fmt: skip
    store.append(entry(store, 4, action="give_feedback"), kept)
    return tmp_path


def entry(store: AuditStore, number: int, action: str = "patient") -> Entry:
    patient = store.keys().in_audit("pbc", SUBJECT if number > 2 else "other")
    return Entry(f"2027-03-0{number}T08:00:00.000+00:00", "=clara", "clinician", "s", action, "treatment", "pbc", "r",
                 patient, "shown")  # fmt: skip


def test_a_saved_head_tells_later_that_entries_were_cut_off(home: Path, capsys) -> None:
    head = home / "head.json"
    code, out, _ = meta_med(capsys, "audit", "verify", "--home", home, "--save-head", head)
    assert code == 0
    assert "unbroken: 4 entries" in out
    assert meta_med(capsys, "audit", "verify", "--home", home, "--head", head, "--json")[0] == 0
    with sqlite3.connect(home / "audit.sqlite") as connection:
        connection.execute("DROP TRIGGER audit_entries_delete")
        connection.execute("DELETE FROM audit_entries WHERE sequence = 4")
    assert meta_med(capsys, "audit", "verify", "--home", home)[0] == 0
    code, _, err = meta_med(capsys, "audit", "verify", "--home", home, "--head", head)
    assert code == 5
    assert "cut off: it ends with entry 3, and the saved head is entry 4" in err


def test_the_export_holds_no_id_and_finds_a_patient_by_a_file(home: Path, capsys) -> None:
    _, out, _ = meta_med(capsys, "audit", "export", "--home", home)
    assert [json.loads(line)["sequence"] for line in out.splitlines()] == [1, 2, 3, 4]
    assert SUBJECT not in out
    (home / "id").write_text(f"{SUBJECT}\n")
    words = ["audit", "export", "--home", home, "--patient-file", home / "id"]
    _, out, _ = meta_med(capsys, *words, "--study", "pbc", "--format", "csv", "--since", "2027-03-04")
    (row,) = csv.DictReader(io.StringIO(out))
    assert (row["sequence"], row["who"]) == ("4", "'=clara")
    assert meta_med(capsys, *words)[0] == 2


def test_feedback_is_exported_with_the_patient_for_the_steward(home: Path, capsys) -> None:
    out = home / "feedback.csv"
    assert meta_med(capsys, "feedback", "export", "--home", home, "--out", out)[0] == 0
    (row,) = csv.DictReader(io.StringIO(out.read_text()))
    assert (row["subject_id"], row["verdict"], row["reason"]) == (SUBJECT, "data_wrong", "unit_wrong")
    assert out.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("fault", ["key", "damaged"])
def test_an_audit_that_cannot_be_read_ends_with_5(home: Path, capsys, fault: str) -> None:
    (home / "audit.key").unlink() if fault == "key" else (home / "audit.sqlite").write_bytes(b"x" * 5000)
    code, out, err = meta_med(capsys, "audit", "verify", "--home", home)
    assert (code, out) == (5, "")
    assert "Traceback" not in err
