"""What one viewer's session remembers: the study they chose, and the patient they opened in it.

Study, release and patient travel as one value: a patient's id says nothing without the study that it belongs to,
because two studies may use the same ids for different people.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard.release import Served
from dashboard.wording import plain

STUDY, SELECTOR, OPENED = "chosen_study", "study_selector", "opened_patient"


@dataclass(frozen=True)
class OpenedPatient:
    """A patient of one release of one study.

    Attributes:
        study: the study's name.
        release_id: the release that the patient was chosen from.
        subject_id: the patient's id in that study.

    """

    study: str
    release_id: str
    subject_id: str


def chosen_study(published: Sequence[str]) -> str:
    """The study of this session: the one chosen in the sidebar, at first the first one.

    The choice is kept beside the selector, not in it: a selector forgets what was chosen whenever a page is
    left before it was drawn.
    """
    remembered = st.session_state.get(STUDY, published[0])
    chosen = remembered if remembered in published else published[0]
    if chosen != remembered:
        st.warning(f"Study {plain(remembered)} is not published any more; this is another one.")
    st.session_state[STUDY] = chosen
    if len(published) > 1:
        st.session_state[SELECTOR] = chosen
        st.sidebar.selectbox("Study", published, key=SELECTOR, on_change=_choose)
    return chosen


def _choose() -> None:
    st.session_state[STUDY] = st.session_state[SELECTOR]


def open_patient(served: Served, subject_id: str) -> None:
    """Remember the patient. The id stays in the session and never stands in an address."""
    st.session_state[OPENED] = OpenedPatient(served.head.study, served.release_id, subject_id)


def opened_patient(served: Served) -> OpenedPatient | None:
    """The opened patient of the study that is shown; None where none is, or one of another study."""
    opened = st.session_state.get(OPENED)
    return opened if isinstance(opened, OpenedPatient) and opened.study == served.head.study else None


def key(served: Served, name: str) -> str:
    """The key of a widget whose choices are a study's own (its outcomes, its cohorts, its patients' ids)."""
    return f"{served.head.study}/{name}"


def table_key(served: Served, *shown: object) -> str:
    """The key of a table whose rows open patients: another release, search or page is another table.

    A selection is the number of a row. Under this key a click on a row of one table never counts for another
    table that took its place meanwhile, where the same number is another patient.
    """
    content = repr((served.head.study, served.release_id, *shown)).encode()
    return f"rows_{hashlib.sha256(content).hexdigest()}"
