"""How long a log-in lasts: until its token expires, it has lasted too long, or nothing was asked for too long.

Streamlit's cookie lasts 30 days and its token's expiry is not looked at again, so both are checked with every page.
"""

import hashlib
import math
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum


class Over(StrEnum):
    """Why a session is over."""

    EXPIRED = "expired"
    TOO_LONG = "too_long"
    IDLE = "idle"
    LEFT = "left"


@dataclass(frozen=True)
class LogIn:
    """One log-in.

    Attributes:
        session: names it, in the audit too.
        since: when it happened.
        until: when its token expires; None where it has no token.

    """

    session: str
    since: datetime
    until: datetime | None = None


@dataclass
class LogIns:
    """When each log-in was last used, and which are over: kept for all browser sessions of one log-in together.

    A page that is loaded anew is a new browser session with the same cookie, so a session that was over stays over.
    """

    used: dict[str, datetime] = field(default_factory=dict)
    over: dict[str, Over] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def state(self, login: LogIn, now: datetime, idle: timedelta, longest: timedelta) -> Over | None:
        """Why the log-in is over; None while it lasts. Using it is another call."""
        with self._lock:
            if login.session not in self.over:
                reason = self._reason(login, now, idle, longest)
                if reason is not None:
                    self.over[login.session] = reason
            return self.over.get(login.session)

    def use(self, login: LogIn, now: datetime) -> None:
        """The log-in is used now."""
        with self._lock:
            self.used[login.session] = now
            for old in [name for name, at in self.used.items() if now - at > timedelta(days=40)]:
                self.used.pop(old)
                self.over.pop(old, None)

    def leave(self, login: LogIn) -> None:
        """The person logs out."""
        with self._lock:
            self.over[login.session] = Over.LEFT

    def _reason(self, login: LogIn, now: datetime, idle: timedelta, longest: timedelta) -> Over | None:
        if login.until is not None and now >= login.until:
            return Over.EXPIRED
        if now - login.since >= longest:
            return Over.TOO_LONG
        # a log-in from before this server's start was last used nobody knows when: at its beginning
        if now - self.used.get(login.session, login.since) >= idle:
            return Over.IDLE
        return None


def of_token(claims: Mapping[str, object]) -> LogIn | None:
    """The log-in that an identity token tells of; None where its times are missing."""
    since, until = _time(claims.get("iat")), _time(claims.get("exp"))
    if since is None or until is None:
        return None
    told = "\n".join(str(claims.get(name)) for name in ("iss", "sub", "iat", "sid"))
    return LogIn(hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:16], since, until)


def _time(value: object) -> datetime | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    try:
        return datetime.fromtimestamp(value, UTC)
    except (ValueError, OverflowError, OSError):
        return None
