"""What a rollback took back stays back: the release, and others of its delivery or model, until the hold is lifted."""

from dataclasses import replace

import pytest

from meta_med.published import reader, writer
from meta_med.published.errors import NoHold, ReleaseWithdrawn
from meta_med.published.holds import holds, require_not_held
from meta_med.published.release import Release
from tests.published.small_release import NOW, small_release


def made_of(delivery: str, model: str, code: str = "c1") -> Release:
    """A release whose rows are its own; its facts are these."""
    tag = abs(hash((delivery, model, code))) % 10_000
    facts = {"data_sha256": {"visits": delivery}, "model": model, "fingerprint": f"{delivery}-{code}"}
    return replace(small_release(tag), manifest=facts)


def served(url: str) -> str:
    head = reader.head(url, "pbc")
    assert head is not None
    return head.release_id


def taken_back(url: str, good: Release, bad: Release) -> None:
    for release in (good, bad):
        writer.publish(url, release, NOW)
    back = writer.rollback(url, "pbc", NOW, actor="steward: wrong units")
    assert (back.release_id, back.withdrawn) == (good.release_id, bad.release_id)


def test_a_withdrawn_release_is_not_published_again_until_the_hold_is_lifted(url: str) -> None:
    good, bad = made_of("d1", "m1"), made_of("d2", "m1")
    taken_back(url, good, bad)
    with pytest.raises(ReleaseWithdrawn, match=r"E_WITHDRAWN.*steward: wrong units.*still served.*--lift"):
        writer.publish(url, bad, NOW)
    assert served(url) == good.release_id
    (hold,) = holds(url, "pbc")
    assert (hold.release_id, hold.actor) == (bad.release_id, "steward: wrong units")
    assert writer.lift(url, "pbc", NOW, actor="steward: it was right") == (hold,)
    assert holds(url, "pbc") == ()
    assert writer.publish(url, bad, NOW).changed
    assert reader.history(url, "pbc")[["action", "actor"]].iloc[-2].tolist() == [
        "lift",
        "steward: it was right",
    ]


@pytest.mark.parametrize(
    ("good", "bad", "next_one", "told"),
    [
        (("d1", "m1"), ("d2", "m1"), ("d2", "m3"), "has the same delivery"),
        (("d1", "m1"), ("d1", "m2"), ("d3", "m2"), "same model version"),
        (("d1", "m1"), ("d2", "m2"), ("d3", "m2"), "same model version"),
        (("d1", "m1", "c1"), ("d1", "m1", "c2"), ("d1", "m1", "c2"), "is that one"),
    ],
)
def test_what_the_withdrawn_release_may_be_withdrawn_for_is_held(
    url: str, good: tuple[str, ...], bad: tuple[str, ...], next_one: tuple[str, ...], told: str
) -> None:
    taken_back(url, made_of(*good), made_of(*bad))
    with pytest.raises(ReleaseWithdrawn, match=told):
        writer.publish(url, made_of(*next_one), NOW)
    with pytest.raises(ReleaseWithdrawn):
        require_not_held(url, "pbc", made_of(*next_one).manifest)


@pytest.mark.parametrize(
    ("good", "bad", "next_one"),
    [
        (("d1", "m1"), ("d2", "m1"), ("d3", "m1")),
        (("d1", "m1"), ("d1", "m2"), ("d1", "m3")),
        (("d1", "m1", "c1"), ("d1", "m1", "c2"), ("d1", "m1", "c3")),
    ],
)
def test_what_the_served_release_has_too_holds_nothing(
    url: str, good: tuple[str, ...], bad: tuple[str, ...], next_one: tuple[str, ...]
) -> None:
    taken_back(url, made_of(*good), made_of(*bad))
    require_not_held(url, "pbc", made_of(*next_one).manifest)
    assert writer.publish(url, made_of(*next_one), NOW).changed
    # and the hold outlives the releases after it
    with pytest.raises(ReleaseWithdrawn):
        writer.publish(url, made_of(*bad), NOW)


def test_a_second_rollback_passes_over_what_was_taken_back(sqlite_url: str) -> None:
    a, b, c = (made_of(f"d{n}", "m1") for n in (1, 2, 3))
    taken_back(sqlite_url, a, b)
    writer.publish(sqlite_url, c, NOW)
    assert writer.rollback(sqlite_url, "pbc", NOW).release_id == a.release_id
    assert {hold.release_id for hold in holds(sqlite_url, "pbc")} == {b.release_id, c.release_id}


def test_a_held_release_is_kept_and_holds_after_many_others(sqlite_url: str) -> None:
    good, bad = made_of("d1", "m1"), made_of("d2", "m1")
    taken_back(sqlite_url, good, bad)
    for number in range(3, 8):
        writer.publish(sqlite_url, made_of(f"d{number}", "m1"), NOW, keep=2)
    reader.verify(sqlite_url, bad.release_id)
    with pytest.raises(ReleaseWithdrawn, match="has the same delivery"):
        writer.publish(sqlite_url, made_of("d2", "m9"), NOW)


def test_other_studies_are_not_held_and_without_a_hold_nothing_is_lifted(sqlite_url: str) -> None:
    bad = made_of("d2", "m1")
    taken_back(sqlite_url, made_of("d1", "m1"), bad)
    assert writer.publish(sqlite_url, replace(bad, study="nafld"), NOW).changed
    with pytest.raises(NoHold):
        writer.lift(sqlite_url, "nafld", NOW, actor="steward: no reason")
