"""Pages asked for at once are computed a few at a time, in order; one that fails or hangs holds up nobody."""

import threading
import time
from collections.abc import Iterator

import pytest

from dashboard import turns

PAGES = 12


@pytest.fixture
def all_taken() -> Iterator[threading.Event]:
    """Every place is taken until the event is set."""
    leave, inside = threading.Event(), threading.Semaphore(0)

    def page() -> None:
        with turns.turn():
            inside.release()
            leave.wait(60)

    pages = [threading.Thread(target=page) for _ in range(turns.AT_ONCE)]
    for one in pages:
        one.start()
    for _ in pages:
        assert inside.acquire(timeout=60)
    yield leave
    leave.set()
    for one in pages:
        one.join()


def test_pages_wait_and_are_computed_in_the_order_they_were_asked_for(
    all_taken: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "PATIENCE_S", 60.0)
    computed: list[int] = []
    last = threading.Lock()  # places are given in order; this keeps the order of what follows

    def page(number: int, asked: threading.Event) -> None:
        asked.set()
        with turns.turn(), last:
            computed.append(number)

    pages = []
    for number in range(PAGES):
        asked = threading.Event()
        pages.append(threading.Thread(target=page, args=(number, asked)))
        pages[-1].start()
        asked.wait(60)
        time.sleep(0.02)  # until it waits
    assert computed == []
    all_taken.set()
    for one in pages:
        one.join()
    assert sorted(computed) == list(range(PAGES))
    behind = [abs(place - number) for place, number in enumerate(computed)]
    assert max(behind) <= turns.AT_ONCE


def test_a_page_that_fails_leaves_its_place() -> None:
    for _ in range(3 * turns.AT_ONCE):
        with pytest.raises(ZeroDivisionError), turns.turn():
            raise ZeroDivisionError
    free = [turns._places.acquire(blocking=False) for _ in range(turns.AT_ONCE)]
    assert all(free)
    for _ in free:
        turns._places.release()


@pytest.mark.usefixtures("all_taken")
def test_a_page_that_hangs_does_not_hold_up_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "PATIENCE_S", 0.05)
    for _ in range(3):
        with turns.turn():
            pass
    assert not turns._places.acquire(blocking=False), "who did not wait for a place gives none back"
