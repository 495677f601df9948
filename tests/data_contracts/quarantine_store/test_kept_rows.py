"""What is held back outlives the run: found again by study, batch, rule and code, and counted to the row."""

import os
import sqlite3
import stat
from pathlib import Path

import pytest

from data_contracts.contract import load
from data_contracts.errors import QuarantineDamagedError, QuarantineError, QuarantineUnreachableError
from data_contracts.gate import validate
from data_contracts.quarantine_store.held_rows import (
    HeldRowsFilter,
    count_by_reason,
    list_rows,
    texts_in,
    whole_files,
)
from data_contracts.quarantine_store.journal import Signature, entries, view_rows
from data_contracts.quarantine_store.keep import HeldDelivery, keep
from data_contracts.quarantine_store.ledger import Ledger
from data_contracts.reading.file_bytes import MAX_REJECTED_ROWS_LISTED
from tests.data_contracts.quarantine_store.kept_ward import (
    ADA,
    CONTRACT,
    NOW,
    ROWS,
    VALUES,
    deliver,
    ledger_in,
    run,
)


def test_every_held_row_is_kept_with_file_line_rule_and_its_bytes(tmp_path: Path) -> None:
    result = run(tmp_path, "first")
    rows = list_rows(ledger_in(tmp_path), HeldRowsFilter(study="ward"))
    assert len(rows) == result.rows_quarantined == 5
    assert rows["line"].tolist() == [3, 4, 5, 6, 7]
    assert set(rows["file"]) == {"visits.csv"}
    assert rows["codes"].tolist()[0] == "Q_HARD_RANGE"
    with ledger_in(tmp_path).reading() as connection:
        texts = texts_in(connection, rows["row"].tolist())
    assert [texts[row].raw for row in rows["row"]] == [ROWS[line - 2] for line in rows["line"]]


def test_counts_add_up_by_reason(tmp_path: Path) -> None:
    run(tmp_path, "first")
    found = count_by_reason(ledger_in(tmp_path), HeldRowsFilter()).set_index("rule")["held"]
    assert found.to_dict() == {
        "visits.weight.hard_range": 2,
        "visits.pulse.hard_range": 3,
        "visits.reader": 1,
    }


def test_rows_of_a_refused_delivery_are_all_kept(tmp_path: Path) -> None:
    result = run(tmp_path, "first", contract=CONTRACT.replace("value: 0.9", "value: 0.1"))
    rows = list_rows(ledger_in(tmp_path), HeldRowsFilter())
    assert result.verdict == "reject"
    assert len(rows) == result.rows_in == len(ROWS)


def test_a_file_without_readable_rows_is_kept_whole(tmp_path: Path) -> None:
    ledger = ledger_in(tmp_path)
    run(tmp_path, "first", rows=['A-71,2024-01-01,"70,80'])
    (kept,) = whole_files(ledger).to_dict("records")
    assert (kept["file"], kept["code"]) == ("visits.csv", "E_PARSE")
    copy = ledger.files / kept["sha256"]
    assert copy.read_bytes() == deliver(tmp_path, ['A-71,2024-01-01,"70,80']).read_bytes()


def test_a_folder_without_readable_rows_is_kept_with_all_its_parts(tmp_path: Path) -> None:
    ledger, folder = ledger_in(tmp_path), tmp_path / "delivered"
    folder.mkdir()
    for name in ("a.csv", "b.csv"):
        (folder / name).write_text('patient,day,pulse,weight\nA-71,2024-01-01,"70,80\n')
        os.utime(folder / name, (0, 0))
    os.utime(folder, (0, 0))
    (tmp_path / "ward.yaml").write_text(CONTRACT)
    contract, files = load(tmp_path / "ward.yaml"), {"visits": folder}
    result = validate(contract, files, now=NOW)
    keep(ledger, HeldDelivery(study="ward", name="first", at=NOW), result, contract, files)
    (kept,) = whole_files(ledger).to_dict("records")
    copies = sorted((ledger.files / kept["sha256"]).iterdir())
    assert [c.read_bytes() for c in copies] == [p.read_bytes() for p in sorted(folder.iterdir())]
    assert {stat.S_IMODE(c.stat().st_mode) for c in copies} == {0o600}


def test_a_rejected_table_of_very_many_rows_is_kept_as_its_file(tmp_path: Path) -> None:
    ledger = ledger_in(tmp_path)
    rows = [f"A-{n},2024-01-01,-1,80" for n in range(MAX_REJECTED_ROWS_LISTED + 1)]
    result = run(tmp_path, "first", rows=rows)
    assert (result.verdict, result.rows_quarantined) == ("reject", len(rows))
    (kept,) = whole_files(ledger).to_dict("records")
    assert (kept["code"], len(list_rows(ledger, HeldRowsFilter()))) == ("E_QUARANTINE_FRACTION", 0)
    assert (ledger.files / kept["sha256"]).read_bytes() == deliver(tmp_path, rows).read_bytes()


def test_a_row_that_comes_every_night_is_kept_once_and_seen_in_every_batch(tmp_path: Path) -> None:
    ledger = ledger_in(tmp_path)
    run(tmp_path, "first")
    run(tmp_path, "second", rows=[*ROWS[1:], "D-74,2024-01-01,70,80"])
    every, newest = list_rows(ledger, HeldRowsFilter(batch="all")), list_rows(ledger, HeldRowsFilter())
    assert every["row"].nunique() == len(newest) == 5
    assert len(every) == 10
    assert newest["line"].tolist() == [2, 3, 4, 5, 6]


def test_a_batch_judged_twice_is_there_once(tmp_path: Path) -> None:
    run(tmp_path, "first")
    run(tmp_path, "first")
    assert len(list_rows(ledger_in(tmp_path), HeldRowsFilter(batch="all"))) == 5


@pytest.mark.parametrize(
    ("which", "lines"),
    [
        (HeldRowsFilter(rule="visits.weight.*"), [4, 5]),
        (HeldRowsFilter(code="Q_FIELD_COUNT"), [6]),
        (HeldRowsFilter(lines=(3, 5)), [3, 5]),
        (HeldRowsFilter(source="labs"), []),
        (HeldRowsFilter(study="other"), []),
        (HeldRowsFilter(batch="first"), [3, 4, 5, 6, 7]),
        (HeldRowsFilter(status="released"), []),
    ],
)
def test_rows_are_found_by_what_is_asked(tmp_path: Path, which: HeldRowsFilter, lines: list[int]) -> None:
    run(tmp_path, "first")
    assert list_rows(ledger_in(tmp_path), which)["line"].tolist() == lines


def test_lists_hold_no_value_and_whoever_sees_values_is_in_the_journal(tmp_path: Path) -> None:
    run(tmp_path, "first")
    ledger = ledger_in(tmp_path)
    told = (
        count_by_reason(ledger, HeldRowsFilter()).to_csv()
        + list_rows(ledger, HeldRowsFilter()).to_csv()
        + entries(ledger).to_csv()
    )
    assert not [value for value in VALUES if value in told]
    shown = view_rows(ledger, HeldRowsFilter(lines=(4,)), ADA)
    assert shown["as_delivered"].tolist() == [ROWS[2]]
    (entry,) = entries(ledger).to_dict("records")
    assert (entry["who"], entry["why"], entry["action"]) == ("Ada Weber", "called the ward", "viewed values")
    assert entry["what"] == {"rows": 1, "row_numbers": shown["row"].tolist()}


@pytest.mark.parametrize(("who", "why"), [("", "why"), ("Ada", " "), ("Ada\nBen", "why"), ("A" * 81, "why")])
def test_nobody_acts_without_a_name_and_a_reason(who: str, why: str) -> None:
    with pytest.raises(QuarantineError, match="is required"):
        Signature(who=who, why=why, account="", at=ADA.at)


@pytest.mark.parametrize("table", ["journal", "decision"])
@pytest.mark.parametrize("change", ["UPDATE {} SET id = 0", "DELETE FROM {}"])
def test_what_was_done_cannot_be_undone(tmp_path: Path, table: str, change: str) -> None:
    from data_contracts.quarantine_store.decide import discard

    run(tmp_path, "first")
    ledger = ledger_in(tmp_path)
    discard(ledger, HeldRowsFilter(study="ward"), ADA)
    with sqlite3.connect(ledger.path) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute(change.format(table))


def test_the_ledger_is_for_its_owner_only(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        run(tmp_path, "first", rows=['A-71,2024-01-01,"70,80'])
        run(tmp_path, "second")
        ledger = ledger_in(tmp_path)
        with ledger.reading():
            seen = [*ledger.folder.rglob("*")]
    finally:
        os.umask(before)
    rights = {p.name: stat.S_IMODE(p.stat().st_mode) & 0o077 for p in [ledger.folder, *seen] if p.exists()}
    assert len(rights) > 3
    assert {name for name, others in rights.items() if others} == set()


def test_a_damaged_ledger_is_told_without_its_content(tmp_path: Path) -> None:
    ledger = ledger_in(tmp_path)
    run(tmp_path, "first")
    content = ledger.path.read_bytes()
    ledger.path.write_bytes(b"CANARY" + content[6:])
    with pytest.raises(QuarantineDamagedError) as caught:
        list_rows(ledger, HeldRowsFilter())
    assert "CANARY" not in str(caught.value)


def test_a_quarantine_whose_folder_refuses_is_not_called_damaged(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    ledger = Ledger(tmp_path / "file" / "quarantine")
    with (
        pytest.raises(QuarantineUnreachableError, match=r"Not a directory|File exists") as caught,
        ledger.reading(),
    ):
        pass
    assert str(tmp_path) in str(caught.value)


@pytest.mark.parametrize("code", [sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR_WRITE])
def test_what_the_disk_refuses_is_no_damage(tmp_path: Path, code: int) -> None:
    error = sqlite3.OperationalError("CANARY")
    error.sqlite_errorcode, error.sqlite_errorname = code, "SQLITE"
    with (
        pytest.raises(QuarantineUnreachableError, match=r"full|read-only") as told,
        Ledger(tmp_path).reading(),
    ):
        raise error
    assert "CANARY" not in str(told.value)
