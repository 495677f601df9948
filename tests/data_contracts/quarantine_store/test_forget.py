"""Old deliveries leave the quarantine for good; the newest stays, and so does what somebody decided."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from data_contracts.quarantine_store.decide import discard
from data_contracts.quarantine_store.held_rows import HeldRowsFilter, count_by_reason, list_rows, whole_files
from data_contracts.quarantine_store.journal import entries
from data_contracts.quarantine_store.keep import HeldDelivery, PurgedCounts, keep, purge
from data_contracts.quarantine_store.ledger import Ledger
from tests.data_contracts.quarantine_store.kept_ward import (
    ADA,
    CONTRACT,
    ROWS,
    deliver,
    judged_again,
    ledger_in,
)

UNREADABLE = ('A-71,2024-01-01,"70,80',)


def keep_at(folder: Path, month: int, rows: Sequence[str] = ROWS) -> None:
    """A delivery that was judged in this month."""
    (folder / "ward.yaml").write_text(CONTRACT)
    path = deliver(folder, rows)
    result, contract, upto = judged_again(folder)
    at = datetime(2024, month, 1, tzinfo=UTC)
    batch = HeldDelivery(study="ward", name=f"of-{month}", at=at, decisions_upto=upto)
    keep(ledger_in(folder), batch, result, contract, {"visits": path})


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """Three months: two rows of January come again in March, February could not be read at all."""
    keep_at(tmp_path, 1)
    keep_at(tmp_path, 2, UNREADABLE)
    keep_at(tmp_path, 3, ROWS[:3])
    return ledger_in(tmp_path)


def bytes_of(ledger: Ledger) -> bytes:
    return b"".join(p.read_bytes() for p in ledger.folder.rglob("*") if p.is_file())


def test_what_old_deliveries_left_is_gone_to_the_byte(ledger: Ledger) -> None:
    (whole,) = whole_files(ledger)["sha256"]
    assert b"C-73,2024-02-01" in bytes_of(ledger)
    assert purge(ledger, "ward", date(2024, 3, 1), ADA) == PurgedCounts(batches=2, rows=3, files=1)
    assert b"C-73,2024-02-01" not in bytes_of(ledger)
    assert not (ledger.files / whole).exists()
    assert set(count_by_reason(ledger, HeldRowsFilter(batch="all"))["batch"]) == {"of-3"}


def test_the_newest_delivery_stays_whatever_its_age(ledger: Ledger) -> None:
    before = list_rows(ledger, HeldRowsFilter())
    purge(ledger, "ward", date(2030, 1, 1), ADA)
    assert list_rows(ledger, HeldRowsFilter()).equals(before)


def test_nothing_is_forgotten_before_its_day_nor_of_another_study(ledger: Ledger) -> None:
    nothing = PurgedCounts(batches=0, rows=0, files=0)
    assert purge(ledger, "ward", date(2024, 1, 1), ADA) == nothing
    assert purge(ledger, "other", date(2030, 1, 1), ADA) == nothing
    assert len(whole_files(ledger)) == 1


def test_a_row_that_was_decided_about_stays(ledger: Ledger) -> None:
    row = int(list_rows(ledger, HeldRowsFilter(batch="of-1", lines=(7,)))["row"].iloc[0])
    discard(ledger, HeldRowsFilter(study="ward", batch="all", rows=(row,)), ADA)
    assert purge(ledger, "ward", date(2024, 3, 1), ADA).rows == 2
    left = list_rows(ledger, HeldRowsFilter(batch="all", status="discarded"))
    assert left["row"].tolist() == [row]


def test_a_file_that_came_again_is_kept_for_the_newer_delivery(tmp_path: Path, ledger: Ledger) -> None:
    keep_at(tmp_path, 4, UNREADABLE)
    assert purge(ledger, "ward", date(2024, 3, 1), ADA).files == 0
    (whole,) = whole_files(ledger)["sha256"]
    assert (ledger.files / whole).is_file()


def test_the_journal_says_who_forgot_how_much(ledger: Ledger) -> None:
    done = purge(ledger, "ward", date(2024, 3, 1), ADA)
    entry = entries(ledger).iloc[-1]
    assert (entry["action"], entry["who"]) == ("forgot", ADA.who)
    assert entry["what"] == {"before": "2024-03-01", **asdict(done)}
