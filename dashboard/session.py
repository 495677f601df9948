"""The state of one viewer's session: the chosen study and language, and the opened patient.

Study, release and patient are one value, because two studies may use the same ids for different people.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st
from babel import Locale

from dashboard.release import Served
from dashboard.wording import language, shell
from dashboard.wording.markdown import escaped

STUDY, SELECTOR, OPENED, OPENING = "chosen_study", "study_selector", "opened_patient", "opening_patient"
LANGUAGE, LANGUAGE_SELECTOR = "chosen_language", "language_selector"


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
    """The study chosen in the sidebar, initially the first one.

    The choice is kept in its own key, because Streamlit drops the state of a selector that was not drawn.
    """
    remembered = st.session_state.get(STUDY, published[0])
    chosen = remembered if remembered in published else published[0]
    if chosen != remembered:
        st.warning(shell.STUDY_GONE(study=escaped(remembered)))
    st.session_state[STUDY] = chosen
    if len(published) > 1:
        st.session_state[SELECTOR] = chosen
        st.sidebar.selectbox(shell.STUDY(), published, key=SELECTOR, on_change=_choose)
    return chosen


def _choose() -> None:
    st.session_state[STUDY] = st.session_state[SELECTOR]


def locale() -> Locale:
    """The viewer's locale: the browser's, or one of the language chosen by hand."""
    return language.negotiated(st.context.locale, st.session_state.get(LANGUAGE))


def language_selector(label: str) -> None:
    """A choice among the languages, each under its own name."""
    st.session_state[LANGUAGE_SELECTOR] = language.current().language
    st.radio(
        label,
        language.LANGUAGES,
        format_func=lambda name: str(Locale(name).display_name).capitalize(),
        key=LANGUAGE_SELECTOR,
        on_change=_choose_language,
        horizontal=True,
    )


def _choose_language() -> None:
    st.session_state[LANGUAGE] = st.session_state[LANGUAGE_SELECTOR]


def open_patient(served: Served, subject_id: str) -> None:
    """Store the patient in the session, to be shown next; the id is never part of a URL."""
    st.session_state[OPENING] = True
    st.session_state[OPENED] = OpenedPatient(served.head.study, served.release_id, subject_id)


def is_opening() -> bool:
    """Whether a patient was opened whose page was not reached yet.

    A second click right after the first asks for the worklist again, before the page of the patient is reached.
    """
    return bool(st.session_state.get(OPENING))


def arrive() -> None:
    """Another page than the worklist is reached."""
    st.session_state.pop(OPENING, None)


def opened_patient(served: Served) -> OpenedPatient | None:
    """The opened patient, if they belong to the study on the page; else None."""
    opened = st.session_state.get(OPENED)
    return opened if isinstance(opened, OpenedPatient) and opened.study == served.head.study else None


def key(served: Served, name: str) -> str:
    """The key of a widget whose choices depend on the study (outcomes, cohorts, patient ids)."""
    return f"{served.head.study}/{name}"


def table_key(served: Served, *shown: object) -> str:
    """The key of a table whose rows open patients, unique per release, search and page.

    A selection is a row number. A unique key ensures that a click on one table never selects a row of another one
    that has replaced it.
    """
    content = repr((served.head.study, served.release_id, *shown)).encode()
    return f"rows_{hashlib.sha256(content).hexdigest()}"
