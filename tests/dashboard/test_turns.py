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
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With one place the order is exact; with two, a thread may sleep between its turn and its first line."""
    place = threading.BoundedSemaphore(1)
    monkeypatch.setattr(turns, "_places", place)
    monkeypatch.setattr(turns, "PATIENCE_S", 60.0)
    computed: list[int] = []

    def page(number: int) -> None:
        with turns.turn():
            computed.append(number)

    pages = [threading.Thread(target=page, args=(number,)) for number in range(PAGES)]
    with turns.turn():
        for number, one in enumerate(pages):
            one.start()
            wait_for(place, number + 1)
        assert computed == []
    for one in pages:
        one.join()
    assert computed == list(range(PAGES))


def wait_for(place: threading.Semaphore, threads: int) -> None:
    """Until so many threads wait for the place."""
    deadline = time.monotonic() + 60
    while len(place._cond._waiters) < threads:  # type: ignore[attr-defined]
        assert time.monotonic() < deadline
        time.sleep(0.001)


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
