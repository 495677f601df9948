"""What stands in place of a page that is not shown: log-in, no access, an ended session, an audit that fails."""

import streamlit as st

from dashboard.access import entrance
from dashboard.access.authorize import Denied
from dashboard.access.entrance import Refused, Visitor, Why
from dashboard.access.file import AccessFile
from dashboard.access.sessions import Over
from dashboard.audit.errors import AuditError
from dashboard.wording.access import entrance as words
from dashboard.wording.markdown import escaped
from dashboard.wording.message import label
from dashboard.wording.numbers import plain


def show(refused: Refused) -> None:
    """Why nobody gets in, and what to do."""
    match refused.why:
        case Why.LOG_IN:
            _log_in()
        case Why.OVER:
            _over(refused)
        case Why.NOT_CONFIGURED:
            st.title(words.NOT_SET_UP())
            st.markdown(words.HOW_TO_SET_UP())
            st.code(words.WAYS, language="bash")
        case _:
            st.title(words.NO_ACCESS())
            st.error(_told(refused))
            if refused.why is Why.NO_ROLE:
                _as_another(refused)


def _as_another(refused: Refused) -> None:
    """Whose log-in it is, and a way to another one."""
    if refused.name:
        st.text(words.LOGGED_IN_AS(name=refused.name))  # as text, where an address is no link
    if refused.access is not None and refused.access.proxy is None:
        st.button(words.LOG_IN_AGAIN(), on_click=entrance.log_in)


def _told(refused: Refused) -> str:
    whom = escaped(refused.access.whom_to_ask) if refused.access else ""
    match refused.why:
        case Why.NOT_LOOPBACK:
            return words.ON_LOOPBACK_ONLY()
        case Why.BROKEN_FILE:
            return words.BROKEN_FILE(command=words.CHECK)
        case Why.WRONG_DOOR:
            return words.WRONG_DOOR()
        case Why.NO_TIMES:
            return words.NO_TIMES()
        case _:
            return words.NO_ROLE(whom=whom) if refused.name else words.NOBODY(whom=whom)


def _log_in() -> None:
    st.title(words.TITLE())
    st.markdown(words.LOG_IN_FIRST())
    st.button(words.LOG_IN(), type="primary", on_click=entrance.log_in)


def _over(refused: Refused) -> None:
    st.title(words.SESSION_OVER())
    access = refused.access
    st.info(_why_over(refused.over, access))
    if access is not None and access.proxy is None:
        st.button(words.LOG_IN_AGAIN(), type="primary", on_click=entrance.log_in)
    else:
        st.markdown(words.PROXY_AGAIN())


def _why_over(over: Over | None, access: AccessFile | None) -> str:
    match over:
        case Over.TOO_LONG if access:
            return words.TOO_LONG(hours=plain(access.longest_hours))
        case Over.IDLE if access:
            return words.IDLE(minutes=plain(access.idle_minutes))
        case Over.LEFT:
            return words.LEFT()
        case _:
            return words.EXPIRED()


def denied(refusal: Denied, visitor: Visitor) -> None:
    """The role does not allow this page."""
    st.title(words.NO_ACCESS())
    roles = ", ".join(label(words.ROLES, a.role) for a in refusal.user.assignments)
    if visitor.access is None:
        st.error(words.DENIED_HERE())
    else:
        st.error(words.DENIED(role=roles, whom=escaped(visitor.access.whom_to_ask)))
    st.caption(words.OTHER_PAGES())


def audit_failed(error: AuditError) -> None:
    """The page is withheld, because that it is read cannot be written."""
    st.title(words.AUDIT_FAILED())
    st.error(words.WITHHELD())
    st.text(str(error))
