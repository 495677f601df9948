"""Who is logged in, at the side of every page: name, role, log-out; and the look whether the session is over."""

import streamlit as st

from dashboard.access import entrance
from dashboard.access.authorize import Role
from dashboard.access.entrance import Visitor
from dashboard.wording.access import entrance as words
from dashboard.wording.message import label

SELECTOR = "role_selector"


def show(visitor: Visitor) -> None:
    """Name, role and log-out, where there is a log-in."""
    if visitor.access is None:
        return
    with st.sidebar:
        st.text(words.LOGGED_IN_AS(name=visitor.user.name))  # as text, where an address is no link
        _role(visitor)
        proxy = visitor.access.proxy
        if proxy is None:
            st.button(words.LOG_OUT(), on_click=entrance.log_out, args=(visitor,))
        elif proxy.log_out:
            st.link_button(words.AT_THE_PROXY(), proxy.log_out)
    _watch(visitor)


def _role(visitor: Visitor) -> None:
    acting = visitor.user.assignments[0].role
    if len(visitor.user.roles) == 1:
        st.caption(label(words.ROLES, acting))
        return
    st.session_state[SELECTOR] = acting
    st.selectbox(
        words.ROLE(),
        visitor.user.roles,
        format_func=lambda role: label(words.ROLES, role),
        key=SELECTOR,
        on_change=_choose,
    )


def _choose() -> None:
    st.session_state[entrance.ROLE] = Role(st.session_state[SELECTOR])


def _watch(visitor: Visitor) -> None:
    """An open page is left by itself when the session is over."""
    if visitor.access is None:
        return

    @st.fragment(run_every=entrance.next_look(visitor.access))
    def look() -> None:
        if visitor.over is not None:
            st.rerun()

    look()
