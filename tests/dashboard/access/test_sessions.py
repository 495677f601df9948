"""A session ends when its token expires, when it has lasted too long, and when nothing was asked for too long."""

from datetime import UTC, datetime, timedelta

import pytest

from dashboard.access.sessions import LogIn, LogIns, Over, of_token

NOW = datetime(2027, 3, 1, 8, tzinfo=UTC)
IDLE, LONGEST = timedelta(minutes=15), timedelta(hours=10)


def log_in(until: timedelta = timedelta(hours=8), since: timedelta = timedelta(0)) -> LogIn:
    return LogIn("one", NOW - since, NOW + until)


def test_a_session_that_is_used_lasts() -> None:
    log_ins, one = LogIns(), log_in()
    for minutes in range(0, 470, 14):
        now = NOW + timedelta(minutes=minutes)
        assert log_ins.state(one, now, IDLE, LONGEST) is None
        log_ins.use(one, now)
    assert log_ins.state(one, NOW + timedelta(hours=8), IDLE, LONGEST) is Over.EXPIRED


def test_asking_whether_it_is_over_does_not_prolong_it() -> None:
    log_ins, one = LogIns(), log_in()
    log_ins.use(one, NOW)
    for minutes in range(15):
        assert log_ins.state(one, NOW + timedelta(minutes=minutes), IDLE, LONGEST) is None
    assert log_ins.state(one, NOW + IDLE, IDLE, LONGEST) is Over.IDLE


@pytest.mark.access_case("S03")
def test_what_is_over_stays_over_until_another_log_in() -> None:
    """A page that is loaded anew brings the same cookie."""
    log_ins, one = LogIns(), log_in()
    log_ins.use(one, NOW)
    late = NOW + timedelta(hours=1)
    assert log_ins.state(one, late, IDLE, LONGEST) is Over.IDLE
    log_ins.use(one, late)
    assert log_ins.state(one, late, IDLE, LONGEST) is Over.IDLE
    again = LogIn("two", late, late + timedelta(hours=1))
    assert log_ins.state(again, late, IDLE, LONGEST) is None
    log_ins.leave(again)
    assert log_ins.state(again, late, IDLE, LONGEST) is Over.LEFT


def test_after_a_restart_an_old_log_in_counts_from_its_beginning() -> None:
    assert LogIns().state(log_in(since=timedelta(minutes=14)), NOW, IDLE, LONGEST) is None
    assert LogIns().state(log_in(since=timedelta(minutes=15)), NOW, IDLE, LONGEST) is Over.IDLE


def test_however_busy_a_session_ends_after_the_longest_time() -> None:
    log_ins, one = LogIns(), LogIn("one", NOW)
    log_ins.use(one, NOW + LONGEST - timedelta(minutes=1))
    assert log_ins.state(one, NOW + LONGEST, IDLE, LONGEST) is Over.TOO_LONG


@pytest.mark.parametrize(
    "claims",
    [{}, {"iat": 1}, {"exp": 1}, {"iat": True, "exp": 2}, {"iat": "1", "exp": 2}, {"iat": 1, "exp": 1e300},
     {"iat": float("nan"), "exp": 2}],
)  # fmt: skip
def test_a_token_without_its_times_is_no_log_in(claims: dict[str, object]) -> None:
    assert of_token(claims) is None


def test_each_log_in_of_a_person_is_another_session() -> None:
    one, two = (of_token({"iss": "i", "sub": "s", "iat": at, "exp": at + 60}) for at in (1000, 1001))
    assert one is not None
    assert two is not None
    assert one.session != two.session
    assert one.until == one.since + timedelta(seconds=60)
