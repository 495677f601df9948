"""A reader's own view of one prediction, on its card: agree, disagree, or the data are wrong; each with its reason."""

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
CHOICES = tuple((verdict, reason) for verdict, reasons in REASONS.items() for reason in reasons)


def given(served: Served, patient: ReadPatient) -> dict[str, str] | None:
    """The user's verdicts on this patient, by outcome; None where the user may leave none."""
    return audited.own_feedback(served, patient) if audited.may_give_feedback(served, patient) else None


def show(served: Served, patient: ReadPatient, outcome: Row, verdicts: dict[str, str] | None) -> None:
    """A closed box with a choice and a button; nothing where the user may leave no feedback."""
    if verdicts is None:
        return
    name = str(outcome["name"])
    told = verdicts.get(name)
    title = words.GIVEN(verdict=label(words.VERDICTS, told)) if told else words.YOURS()
    key = session.table_key(served, "feedback", patient.subject_id, name, st.session_state.get(TURN, 0))
    # a form, because the box closes when the page is drawn anew
    with st.popover(title, key=f"box_{key}", type="tertiary"), st.form(f"form_{key}", border=False):
        chosen = st.selectbox(
            words.VERDICT(),
            CHOICES,
            index=None,
            format_func=_written,
            placeholder=words.CHOOSE(),
            key=f"view_{key}",
        )
        st.caption(words.NOTE())
        if st.form_submit_button(words.SAVE()) and chosen:
            audited.give_feedback(served, patient, name, *chosen)
            st.session_state[TURN] = st.session_state.get(TURN, 0) + 1  # a new key closes the box
            st.toast(escaped(words.SAVED(outcome=str(outcome["label"]))))
            st.rerun()


def _written(choice: tuple[str, str]) -> str:
    verdict, reason = choice
    return words.CHOICE(verdict=label(words.VERDICTS, verdict), reason=label(words.REASONS, reason))
