"""The audit page: entries by filter, the newest first; verification of the chain; export."""

from datetime import date, datetime

import pandas as pd
import streamlit as st

from dashboard.access import audited, record
from dashboard.access.authorize import User
from dashboard.audit.entry import Linked
from dashboard.audit.errors import AuditBroken
from dashboard.audit.export import Format
from dashboard.audit.read import LONGEST_TEXT, AuditFilter, AuditPage
from dashboard.page_parts import cards
from dashboard.wording.access import audit as words
from dashboard.wording.access.entrance import ROLES
from dashboard.wording.markdown import escaped
from dashboard.wording.message import Message, label
from dashboard.wording.times import ago

PAGE_SIZE = 50
OFFSET, ASKED, VERIFIED = "audit_offset", "audit_asked", "audit_verified"
PREPARED = "audit_prepared"


def show(user: User) -> None:
    """Verification, filters, one page of entries, export."""
    st.title(words.TITLE())
    st.caption(words.ABOUT())
    wanted = _filters(user)
    page = audited.page(user, wanted, PAGE_SIZE, st.session_state[OFFSET])
    _verification(user)
    if not page.total:
        st.info(words.NONE())
        return
    st.caption(words.FOUND(page.total))
    _turn(page)
    table = entries_table(page.entries)
    st.dataframe(table, hide_index=True, alt=words.TABLE(len(table)), height=min(36 * len(table) + 40, 760))
    _export(user, wanted)


def _filters(user: User) -> AuditFilter:
    with cards("audit", "filters"):
        who = st.text_input(words.WHO(), max_chars=LONGEST_TEXT, key="audit_who")
        role = _choice("role", words.ROLE(), ROLES, tuple(ROLES))
        action = _choice("action", words.ACTION(), words.ACTIONS, tuple(words.ACTIONS))
        result = _choice("result", words.RESULT(), words.RESULTS, tuple(words.RESULTS))
        study = _choice("study", words.STUDY(), {}, audited.studies(user))
        patient = st.text_input(words.PATIENT(), max_chars=LONGEST_TEXT, key="audit_patient")
        since = st.date_input(words.SINCE(), value=None, key="audit_since")
    day = since.isoformat() if isinstance(since, date) else ""
    wanted = AuditFilter(who, role, action, result, study, patient, day)
    if st.session_state.get(ASKED) != wanted:
        st.session_state[ASKED], st.session_state[OFFSET] = wanted, 0
        st.session_state.pop(PREPARED, None)
    return wanted


def _choice(column: str, title: str, names: dict[str, Message], codes: tuple[str, ...]) -> str:
    chosen: str | None = st.selectbox(
        title,
        codes,
        index=None,
        format_func=lambda code: label(names, code) if names else code,
        placeholder=words.ANY(),
        key=f"audit_{column}",
    )
    return chosen or ""


def _verification(user: User) -> None:
    if st.button(words.VERIFY()):
        try:
            st.session_state[VERIFIED] = (record.now(), audited.verified(user), "")
        except AuditBroken as broken:
            st.session_state[VERIFIED] = (record.now(), None, str(broken))
    at, head, broken_at = st.session_state.get(VERIFIED, (None, None, ""))
    if broken_at:
        st.error(words.BROKEN(told=escaped(broken_at)))
    elif head is None or at is None:
        st.caption(words.NOT_VERIFIED())
    elif head.sequence == 0:
        st.caption(words.EMPTY_CHAIN())
    else:
        st.success(words.VERIFIED_AT(ago=ago(at, record.now()), n=head.sequence))
        st.caption(words.HEAD(n=head.sequence, link=escaped(head.link)))


def _turn(page: AuditPage) -> None:
    offset = st.session_state[OFFSET]
    last = offset + len(page.entries)
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(words.PREVIOUS(), disabled=offset == 0):
            _go(-PAGE_SIZE)
        if st.button(words.NEXT(), disabled=last >= page.total):
            _go(PAGE_SIZE)
        st.text(words.PAGE(first=offset + 1, last=last, total=page.total), width="content")


def _go(step: int) -> None:
    st.session_state[OFFSET] = max(0, st.session_state[OFFSET] + step)
    st.rerun()


def entries_table(entries: tuple[Linked, ...]) -> pd.DataFrame:
    """Entries as the page shows them."""
    rows = [
        {
            words.NUMBER(): one.sequence,
            words.TIME(): _moment(one.entry.at),
            words.WHO(): one.entry.who,
            words.ROLE(): label(ROLES, one.entry.role) if one.entry.role else "",
            words.ACTION(): label(words.ACTIONS, one.entry.action),
            words.RESULT(): label(words.RESULTS, one.entry.result),
            words.STUDY(): one.entry.study,
            words.PATIENTS(): _patients(one.entry.patients),
            words.PURPOSE(): label(words.PURPOSES, one.entry.purpose) if one.entry.purpose else "",
            words.RELEASE(): one.entry.release,
            words.DETAIL(): one.entry.detail,
            words.SESSION(): one.entry.session,
        }
        for one in entries
    ]
    return pd.DataFrame(rows)


def _moment(at: str) -> str:
    return datetime.fromisoformat(at).strftime("%Y-%m-%d %H:%M:%S")


def _patients(pseudonyms: str) -> str:
    names = pseudonyms.split()
    return pseudonyms if len(names) < 2 else words.MORE_PATIENTS(first=names[0], n=len(names) - 1)


def _export(user: User, wanted: AuditFilter) -> None:
    st.subheader(words.EXPORT())
    st.caption(words.EXPORT_NOTE())
    with st.container(horizontal=True):
        for form, title in (("csv", words.AS_CSV()), ("jsonl", words.AS_JSON())):
            if st.button(title, key=f"audit_export_{form}"):
                st.session_state[PREPARED] = _prepared(user, wanted, form)
        if PREPARED in st.session_state:
            name, text = st.session_state[PREPARED]
            st.download_button(words.READY(file=name), text, file_name=name, on_click=_taken)


def _prepared(user: User, wanted: AuditFilter, form: str) -> tuple[str, str]:
    kind: Format = "csv" if form == "csv" else "jsonl"
    return f"audit.{kind}", audited.exported(user, wanted, kind)


def _taken() -> None:
    st.session_state.pop(PREPARED, None)
