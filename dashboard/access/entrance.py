"""Who is there: decided anew with every page, from how the dashboard was started and what the request proves."""

import getpass
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

import streamlit as st

from dashboard import release
from dashboard.access import record
from dashboard.access.authorize import Role, User, everything
from dashboard.access.claims import Claims, Known, NoRole, known, proxy_claims
from dashboard.access.file import AccessFile, AccessFileError, read_access_file
from dashboard.access.sessions import LogIn, LogIns, Over, of_token
from dashboard.audit.errors import AuditError

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
ROLE, SESSION, SINCE = "acting_role", "proxy_session", "proxy_since"
LOG_INS = LogIns()
"""Of this server process, because a log-in has several browser sessions."""


class Why(StrEnum):
    """Why nobody gets in."""

    NOT_CONFIGURED = "not_configured"
    NOT_LOOPBACK = "not_loopback"
    BROKEN_FILE = "broken_file"
    LOG_IN = "log_in"
    WRONG_DOOR = "wrong_door"
    NO_TIMES = "no_times"
    NO_ROLE = "no_role"
    OVER = "over"


@dataclass(frozen=True)
class Refused:
    """Nobody gets in.

    Attributes:
        why: the reason.
        name: whom the claims name.
        access: the access file, where it was read.
        over: why the session is over.

    """

    why: Why
    name: str = ""
    access: AccessFile | None = None
    over: Over | None = None


@dataclass(frozen=True)
class Visitor:
    """Somebody who is let in.

    Attributes:
        user: in the role that they act in.
        access: the access file; None on a single user's machine.
        log_in: the log-in; None on a single user's machine.

    """

    user: User
    access: AccessFile | None = None
    log_in: LogIn | None = None

    @property
    def over(self) -> Over | None:
        """Why the session is over by now; None while it lasts. Asking does not prolong it."""
        if self.access is None or self.log_in is None:
            return None
        return LOG_INS.state(self.log_in, record.now(), *_limits(self.access))


def visitor() -> Visitor | Refused:
    """Whoever the request proves to be; in doubt nobody."""
    given = release.arguments()
    if given.access:
        return _with_log_in(Path(given.access))
    if not (given.demo or given.single_user):
        return Refused(Why.NOT_CONFIGURED)
    if st.get_option("server.address") not in LOOPBACK:
        return Refused(Why.NOT_LOOPBACK)
    return Visitor(everything(f"{_account()} (no log-in)"))


def _account() -> str:
    with suppress(OSError, KeyError):
        return getpass.getuser()
    return "unknown account"


def _with_log_in(path: Path) -> Visitor | Refused:
    try:
        access = _access_file(path)
    except AccessFileError:
        return Refused(Why.BROKEN_FILE)
    if access.proxy is not None:
        claims = proxy_claims(_headers(), access.proxy)
        return Refused(Why.WRONG_DOOR, access=access) if claims is None else _let_in(claims, access, _here())
    if not st.user.get("is_logged_in", False):
        return Refused(Why.LOG_IN, access=access)
    log_in = of_token(st.user)
    return Refused(Why.NO_TIMES, access=access) if log_in is None else _let_in(st.user, access, log_in)


def _headers() -> dict[str, str]:
    """The request's headers by name in lower case; of one that stands twice nobody knows who wrote which: left out."""
    sent = st.context.headers
    return {name.lower(): value for name, value in sent.items() if len(sent.get_all(name)) == 1}


def _access_file(path: Path) -> AccessFile:
    """The file as it is now, so that a role that is taken away is gone with the next click."""
    try:
        state = path.stat()
    except OSError:
        raise AccessFileError(str(path)) from None
    return _parsed(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=4)
def _parsed(path: Path, _changed: int, _size: int) -> AccessFile:
    return read_access_file(path)


def _here() -> LogIn:
    """The log-in of a browser session that a proxy has let through: it lasts as long as this session may."""
    if SESSION not in st.session_state:
        st.session_state[SESSION], st.session_state[SINCE] = secrets.token_hex(8), record.now()
    return LogIn(st.session_state[SESSION], st.session_state[SINCE])


def _let_in(claims: Claims, access: AccessFile, log_in: LogIn) -> Visitor | Refused:
    try:
        person = known(claims, access)
    except NoRole as nobody:
        _note(User(nobody.name, log_in.session), "log_in", denied=True, detail="no role")
        return Refused(Why.NO_ROLE, nobody.name, access)
    over = LOG_INS.state(log_in, record.now(), *_limits(access))
    if over is not None:
        _note(User(person.name, log_in.session), "log_in", denied=False, detail=over)
        return Refused(Why.OVER, person.name, access, over)
    LOG_INS.use(log_in, record.now())
    user = person.acting(_acting_role(person), log_in.session)
    record.event(user, "log_in", "begun", ", ".join(person.roles))
    return Visitor(user, access, log_in)


def _acting_role(person: Known) -> Role:
    chosen = st.session_state.get(ROLE)
    return chosen if chosen in person.roles else person.roles[0]


def _limits(access: AccessFile) -> tuple[timedelta, timedelta]:
    return timedelta(minutes=access.idle_minutes), timedelta(hours=access.longest_hours)


def _note(user: User, action: str, *, denied: bool, detail: str) -> None:
    """Nothing is shown to this visitor, with or without an entry in the audit."""
    with suppress(AuditError):
        record.event(user, action, "denied" if denied else "ended", detail)


def log_in() -> None:
    """Go to the provider, and come back with a token."""
    st.login()


def log_out(visitor: Visitor) -> None:
    """End the log-in, here and at the provider; for a proxy, here."""
    if visitor.log_in is not None:
        LOG_INS.leave(visitor.log_in)
        _note(visitor.user, "log_out", denied=False, detail="")
    if visitor.access is not None and visitor.access.proxy is None:
        st.logout()


def next_look(access: AccessFile) -> timedelta:
    """How often an open page looks whether its session is over."""
    return min(timedelta(seconds=30), timedelta(minutes=access.idle_minutes) / 3)
