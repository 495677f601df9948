"""The audit of what a page is about to show. Called before it is drawn: where nothing can be written, nothing is shown.

A page is drawn anew with every click on it. What was shown already is not written again for some minutes, as long as
the same user looks at the same thing.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

import streamlit as st

from dashboard.access.authorize import PURPOSE, Action, Denied, Grant, Scope, User
from dashboard.audit.entry import LONGEST_LIST, Entry, Result, plain_text, time_text
from dashboard.audit.store import AuditStore, store_of_home

REPEAT_AFTER = timedelta(minutes=5)
SEEN = "audit_seen"
PAGES = frozenset(
    {
        Action.WORKLIST,
        Action.PATIENT,
        Action.MODEL,
        Action.COHORT,
        Action.QUALITY,
        Action.PIPELINE,
        Action.LIST_FEEDBACK,
        Action.AUDIT,
    }
)
"""Actions that are a page of their own: coming from another one is a new view."""


def store() -> AuditStore:
    """The audit of this installation."""
    return store_of_home()


def shown(grant: Grant, *, release: str = "", patients: Iterable[str] = (), detail: str = "") -> None:
    """The user is about to see this.

    Args:
        grant: of the action.
        release: that is shown.
        patients: ids of the patients whose data are shown; written as keyed hashes.
        detail: more of it, without any patient's data.

    Raises:
        AuditError: it cannot be written, so it must not be shown.

    """
    entry = _entry(grant, "shown", release, patients, detail)
    if not _is_repeated(grant.action, entry):
        store().append(entry)
        _remember(grant.action, entry)


def done(
    grant: Grant,
    result: Result,
    *,
    release: str = "",
    patients: Iterable[str] = (),
    detail: str = "",
    feedback: Mapping[str, str] | None = None,
) -> None:
    """The user does this, each time anew; with their feedback where it is one.

    Raises:
        AuditError: it cannot be written. Nothing was done.

    """
    store().append(_entry(grant, result, release, patients, detail), feedback)


def denied(refusal: Denied, *, patients: Iterable[str] = ()) -> None:
    """The user may not do this."""
    user = refusal.user
    entry = _written(user, "", refusal.action, "", refusal.scope, "denied", "", patients, "")
    if not _is_repeated(refusal.action, entry):
        store().append(entry)
        _remember(refusal.action, entry)


def event(user: User, action: str, result: Result, detail: str = "") -> None:
    """A log-in, its end or its refusal: once in a browser session."""
    entry = _written(user, "", action, "", Scope(), result, "", (), detail)
    if not _is_repeated(action, entry, timedelta.max):
        store().append(entry)
        _remember(action, entry)


def now() -> datetime:
    """The time of an entry."""
    return datetime.now(UTC)


def _entry(grant: Grant, result: Result, release: str, patients: Iterable[str], detail: str) -> Entry:
    purpose = PURPOSE[grant.role]
    return _written(
        grant.user, grant.role, grant.action, purpose, grant.scope, result, release, patients, detail
    )


def _written(
    user: User,
    role: str,
    action: str,
    purpose: str,
    scope: Scope,
    result: Result,
    release: str,
    patients: Iterable[str],
    detail: str,
) -> Entry:
    named = tuple(patients)
    keys = store().keys() if named else None
    pseudonyms = " ".join(keys.in_audit(scope.study, name) for name in named) if keys else ""
    return Entry(
        at=time_text(now()),
        who=plain_text(user.name),
        role=str(role),
        session=plain_text(user.session),
        action=str(action),
        purpose=purpose,
        study=plain_text(scope.study),
        release=plain_text(release),
        patients=pseudonyms[:LONGEST_LIST],
        result=result,
        detail=plain_text(detail),
    )


Seen = dict[str, tuple[datetime, tuple[str, ...]]]


def _key(entry: Entry) -> tuple[str, ...]:
    return (entry.who, entry.role, entry.study, entry.release, entry.patients, entry.result, entry.detail)


def _is_repeated(action: str, entry: Entry, within: timedelta = REPEAT_AFTER) -> bool:
    seen: Seen = st.session_state.get(SEEN, {})
    last = seen.get(action)
    return last is not None and last[1] == _key(entry) and now() - last[0] < within


def _remember(action: str, entry: Entry) -> None:
    seen: Seen = st.session_state.get(SEEN, {})
    kept = {name: last for name, last in seen.items() if action not in PAGES or name not in set(Action)}
    st.session_state[SEEN] = {**kept, action: (now(), _key(entry))}
