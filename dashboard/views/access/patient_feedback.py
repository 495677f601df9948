"""A reader's own view of one prediction, on its card: agree, disagree, or the data are wrong; and why."""

import streamlit as st

from dashboard import session
from dashboard.access import audited
from dashboard.audit.feedback import REASONS
from dashboard.page_parts import Row
from dashboard.patients import ReadPatient
from dashboard.release import Served
from dashboard.wording.access import feedback as words
from dashboard.wording.markdown import escaped
from dashboard.wording.message import label

TURN = "feedback_turn"


def given(served: Served, patient: ReadPatient) -> dict[str, str] | None:
    """The user's verdicts on this patient, by outcome; None where the user may leave none."""
    return audited.own_feedback(served, patient) if audited.may_give_feedback(served, patient) else None


def show(served: Served, patient: ReadPatient, outcome: Row, verdicts: dict[str, str] | None) -> None:
    """A closed box with two choices and a button; nothing where the user may leave no feedback."""
    if verdicts is None:
        return
    name = str(outcome["name"])
    told = verdicts.get(name)
    title = words.GIVEN(verdict=label(words.VERDICTS, told)) if told else words.YOURS()
    key = session.table_key(served, "feedback", patient.subject_id, name, st.session_state.get(TURN, 0))
    with st.popover(title, key=f"box_{key}", type="tertiary"):
        verdict = st.radio(
            words.VERDICT(),
            tuple(REASONS),
            index=None,
            format_func=lambda code: label(words.VERDICTS, code),
            key=f"verdict_{key}",
        )
        reason = st.selectbox(
            words.REASON(),
            REASONS.get(verdict or "", ()),
            index=None,
            format_func=lambda code: label(words.REASONS, code),
            placeholder=words.REASON(),
            disabled=verdict is None,
            key=f"reason_{key}_{verdict}",
        )
        st.caption(words.NOTE())
        if st.button(words.SAVE(), disabled=reason is None, key=f"save_{key}") and verdict and reason:
            audited.give_feedback(served, patient, name, verdict, reason)
            st.session_state[TURN] = st.session_state.get(TURN, 0) + 1  # a new key closes the box
            st.toast(escaped(words.SAVED(outcome=str(outcome["label"]))))
            st.rerun()
