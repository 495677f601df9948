"""A held row is let in once, by a named person with a reason, and only past rules that may be confirmed away."""

import multiprocessing
import os
import signal
import time
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

from data_contracts.errors import QuarantineError
from data_contracts.quarantine_store.decide import confirm, correct, corrections, discard
from data_contracts.quarantine_store.held_rows import HeldRowsFilter, list_rows
from data_contracts.quarantine_store.journal import entries
from data_contracts.quarantine_store.ledger import Ledger
from tests.data_contracts.quarantine_store.kept_ward import (
    ADA,
    BEN,
    CONTRACT,
    ROWS,
    judged_again,
    keep_again,
    ledger_in,
    run,
)

SPAWN = multiprocessing.get_context("spawn")
"""Held at first: line 3 (pulse), 4 (pulse and weight), 5 (weight), 6 (too many fields), 7 (pulse)."""


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    run(tmp_path, "first")
    return ledger_in(tmp_path)


def row_at(ledger: Ledger, line: int) -> int:
    rows = list_rows(ledger, HeldRowsFilter(study="ward"))
    return int(rows["row"][rows["line"] == line].iloc[0])


def at(*lines: int) -> HeldRowsFilter:
    return HeldRowsFilter(study="ward", lines=lines)


def status(ledger: Ledger) -> dict[int, str]:
    rows = list_rows(ledger, HeldRowsFilter(study="ward"))
    return dict(zip(rows["line"], rows["status"], strict=True))


def test_released_rows_are_in_the_next_run_and_rows_in_stay_rows_in(ledger: Ledger, tmp_path: Path) -> None:
    confirm(ledger, at(3), ADA)
    correct(ledger, "ward", {row_at(ledger, 5): {"weight": "41"}}, BEN)
    assert status(ledger) == {3: "released", 4: "held", 5: "released", 6: "held", 7: "held"}
    result = run(tmp_path, "second")
    assert result.rows_in == len(ROWS) == result.rows_accepted + result.rows_quarantined
    assert result.valid["visits"]["weight"].tolist() == [80.0, 81.0, 41.0]
    assert status(ledger) == {4: "held", 6: "held", 7: "held"}
    (told,) = [f.message for f in result.findings if f.code == "N_READMITTED"]
    assert "by Ada Weber, Ben Lee: 2 rows" in told


def test_a_held_row_reaches_the_valid_rows_only_after_its_release(ledger: Ledger, tmp_path: Path) -> None:
    assert 15.0 not in run(tmp_path, "before").valid["visits"]["pulse"].tolist()
    confirm(ledger, at(3), ADA)
    assert 15.0 in run(tmp_path, "after").valid["visits"]["pulse"].tolist()


def test_a_row_is_released_once(ledger: Ledger) -> None:
    row = row_at(ledger, 3)
    confirm(ledger, at(3), ADA)
    with pytest.raises(QuarantineError, match=r"Released already, by Ada Weber on 2024-06-01"):
        confirm(ledger, HeldRowsFilter(study="ward", rows=(row,)), BEN)
    with pytest.raises(QuarantineError, match="Released already"):
        correct(ledger, "ward", {row: {"pulse": "60"}}, BEN)
    assert len(corrections(ledger, "ward")) == 1


def test_reader_and_key_rules_cannot_be_confirmed_away(ledger: Ledger) -> None:
    with pytest.raises(QuarantineError, match=r"visits\.reader \(1 rows\)"):
        confirm(ledger, at(6), ADA)
    with pytest.raises(QuarantineError, match=r"visits\.weight\.hard_range \(2 rows\)"):
        confirm(ledger, HeldRowsFilter(study="ward", lines=(3, 4, 5)), ADA)
    assert set(status(ledger).values()) == {"held"}
    assert entries(ledger).empty


def test_a_rule_that_was_not_asked_for_still_counts(ledger: Ledger) -> None:
    with pytest.raises(QuarantineError, match=r"visits\.weight\.hard_range"):
        confirm(ledger, HeldRowsFilter(study="ward", rule="visits.pulse.*"), ADA)


def test_a_row_let_in_that_breaks_another_rule_later_is_open_again(ledger: Ledger, tmp_path: Path) -> None:
    confirm(ledger, at(3), ADA)
    stricter = CONTRACT.replace("min: 1, max: 400}", "min: 1, max: 80.5, releasable: true}")
    assert run(tmp_path, "stricter", contract=stricter).rows_quarantined == 5
    assert status(ledger)[3] == "held"
    confirm(ledger, at(3), BEN)
    both = run(tmp_path, "both", contract=stricter)
    assert 15.0 in both.valid["visits"]["pulse"].tolist()


def test_a_corrected_row_that_is_held_again_can_be_corrected_again(ledger: Ledger, tmp_path: Path) -> None:
    correct(ledger, "ward", {row_at(ledger, 4): {"pulse": "90"}}, ADA)
    run(tmp_path, "second")
    correct(ledger, "ward", {row_at(ledger, 4): {"weight": "50"}}, BEN)
    result = run(tmp_path, "third")
    assert 50.0 in result.valid["visits"]["weight"].tolist()
    assert result.rows_quarantined == 4


def test_a_discarded_row_stays_out_and_a_release_can_be_taken_back(ledger: Ledger, tmp_path: Path) -> None:
    confirm(ledger, at(3), ADA)
    discard(ledger, at(3, 6), BEN)
    result = run(tmp_path, "second")
    assert result.rows_quarantined == 5
    assert (status(ledger)[3], status(ledger)[6]) == ("discarded", "discarded")
    with pytest.raises(QuarantineError, match="Discarded already"):
        confirm(ledger, HeldRowsFilter(study="ward", rows=(row_at(ledger, 3),)), ADA)


def test_what_says_whose_row_it_is_changes_only_when_named(ledger: Ledger) -> None:
    change = {row_at(ledger, 5): {"day": "2024-03-01", "weight": "41"}}
    with pytest.raises(QuarantineError, match=r"day \(in 1 rows\)"):
        correct(ledger, "ward", change, ADA)
    assert correct(ledger, "ward", change, ADA, ["day"]).columns == {"day": 1, "weight": 1}


@pytest.mark.parametrize(
    ("line", "changes", "says"),
    [
        (5, {}, "names no column"),
        (5, {"wieght": "41"}, "names no column"),
        (5, {"weight": "4\x001"}, "control"),
        (6, {"weight": "41"}, "all of its cells"),
    ],
)
def test_a_correction_that_cannot_be_is_refused(
    ledger: Ledger, line: int, changes: dict[str, str], says: str
) -> None:
    with pytest.raises(QuarantineError, match=says):
        correct(ledger, "ward", {row_at(ledger, line): changes}, ADA)


def test_rows_of_another_study_are_not_there(ledger: Ledger) -> None:
    with pytest.raises(QuarantineError, match="No such row is held"):
        correct(ledger, "other", {row_at(ledger, 5): {"weight": "41"}}, ADA)


def test_decisions_are_in_the_journal_without_a_value(ledger: Ledger) -> None:
    row = row_at(ledger, 5)
    correct(ledger, "ward", {row: {"weight": "41.75"}}, ADA)
    (entry,) = entries(ledger, "ward").to_dict("records")
    assert (entry["who"], entry["account"], entry["why"]) == ("Ada Weber", "ada", "called the ward")
    assert entry["what"] == {"rows": 1, "row_numbers": [row], "corrected_cells": {"weight": 1}, "rules": []}
    assert "41.75" not in str(entry)


def release_all(folder: Path, ready: Event, go: Event) -> None:
    ledger = ledger_in(folder)
    ready.set()
    go.wait(60)
    try:
        confirm(ledger, at(3, 7), ADA)
    except QuarantineError:
        os._exit(7)
    os._exit(0)


def test_of_two_releases_at_once_one_lets_the_rows_in(ledger: Ledger, tmp_path: Path) -> None:
    go, ready = SPAWN.Event(), [SPAWN.Event() for _ in range(3)]
    both = [SPAWN.Process(target=release_all, args=(tmp_path, r, go)) for r in ready]
    for process in both:
        process.start()
    assert all(r.wait(60) for r in ready)
    go.set()
    for process in both:
        process.join(60)
    assert sorted(process.exitcode or 0 for process in both) == [0, 7, 7]
    assert len(corrections(ledger, "ward")) == 2
    assert len(entries(ledger)) == 1


def decide_and_keep(folder: Path, ready: Event) -> None:
    ledger, loaded = ledger_in(folder), judged_again(folder)
    ready.set()
    while True:
        keep_again(folder, *loaded)
        if (list_rows(ledger, HeldRowsFilter(study="ward"))["status"] == "held").any():
            discard(ledger, HeldRowsFilter(study="ward", status="held"), ADA)


@pytest.mark.nightly
def test_a_kill_leaves_whole_decisions_and_whole_batches(ledger: Ledger, tmp_path: Path) -> None:
    wanted = set(list_rows(ledger, HeldRowsFilter(study="ward"))["row"])
    for pause in (0.0, 0.01, 0.1):
        ready = SPAWN.Event()
        process = SPAWN.Process(target=decide_and_keep, args=(tmp_path, ready))
        process.start()
        assert ready.wait(120)
        time.sleep(pause)
        os.kill(process.pid or 0, signal.SIGKILL)
        process.join()
        rows = list_rows(ledger, HeldRowsFilter(study="ward"))
        assert set(rows["row"]) == wanted
        assert len(rows) == len(wanted)
        assert sum(what["rows"] for what in entries(ledger)["what"]) == (rows["status"] == "discarded").sum()
