"""The patient page: own records, predictions with intervals, and what they are based on."""

import pandas as pd
import streamlit as st

from dashboard import patients, session
from dashboard.charts import key
from dashboard.charts.trajectory import FEW, MANY
from dashboard.outcome_kinds import kind_of
from dashboard.page_parts import cards, rows_by, withheld
from dashboard.patients import ReadPatient
from dashboard.release import Served
from dashboard.units import chosen as units
from dashboard.views import patient_outcome, patient_print
from dashboard.views.access import patient_feedback
from dashboard.views.explanations import replay, similar, why
from dashboard.views.patient_facts import PatientShown
from dashboard.wording import names, shell
from dashboard.wording import patient as words
from dashboard.wording.markdown import escaped
from dashboard.wording.message import label
from meta_med.published.search import LONGEST_TEXT


def show(served: Served) -> None:
    """The patient opened from the worklist, or a box to type an id."""
    if served.too_old:
        st.title(shell.PATIENT())
        withheld(served)
        return
    opened = session.opened_patient(served)
    if opened is None:
        st.title(shell.PATIENT())
        st.info(words.CHOOSE())
        _patient_id_box(served)
        return
    found = patients.opened(served, opened.subject_id)
    if found is None:
        st.title(shell.PATIENT())
        st.warning(words.NOT_HERE())
        _patient_id_box(served)
        return
    if opened.release_id != served.release_id:
        st.info(words.RELEASE_CHANGED())
    _page(served, found)


def _patient_id_box(served: Served) -> None:
    asked = words.PSEUDONYM() if patients.is_pseudonymous(served) else words.PATIENT_ID()
    typed = st.text_input(asked, max_chars=LONGEST_TEXT, key=session.key(served, "typed_subject"))
    if not typed.strip():
        return
    named = patients.named(served, typed.strip())
    if not named:
        st.warning(words.NOT_HERE())
        return
    if len(named) > 1:
        st.info(words.CHOOSE_SERIES(n=len(named)))
        chosen = st.selectbox(
            words.SERIES(),
            named,
            index=None,
            placeholder=words.SERIES(),
            format_func=lambda name: patients.shown_name(served, name),
            key=session.key(served, "typed_series"),
        )
        if chosen is None:
            return
        named = (chosen,)
    opened = session.opened_patient(served)
    if opened is None or opened.subject_id != named[0]:
        session.open_patient(served, named[0])
        st.rerun()


def _page(served: Served, patient: ReadPatient) -> None:
    shown, subject = _read(served, patient), patient.subject
    if _header(served, shown):
        patients.printed(served, patient)
        patient_print.show(served, shown)
        return
    if shown.about:
        st.warning(escaped(words.LOOK_CLOSER(remarks=" ".join(shown.about))))
    if subject["remarks"]:
        st.info(escaped(words.ABOUT_DATA(remarks=str(subject["remarks"]))))
    if any(kind_of(outcome).has_legend for outcome in shown.outcomes):
        marks_key()
    newest = _newest_shown(served, shown.records)
    verdicts = patient_feedback.given(served, patient)
    with cards("outcomes", "wide"):
        for outcome in shown.outcomes:
            with st.container(border=True):
                units.selector(served, str(outcome["name"]))
                patient_outcome.card(served, shown, outcome, newest)
                why.show(served, shown, outcome)
                patient_feedback.show(served, patient, outcome, verdicts)
    replay.show(served, shown)
    similar.show(served, shown)
    st.subheader(words.ALL_NUMBERS())
    patient_outcome.numbers(shown)


def _read(served: Served, patient: ReadPatient) -> PatientShown:
    by_outcome = rows_by(units.shown(served, patients.predictions(served, patient)), "outcome")
    return PatientShown(
        read=patient,
        subject=patient.subject,
        name=patient.name,
        records=units.shown(served, patients.records(served, patient)),
        predictions=by_outcome,
        outcomes=[row for name, row in units.outcomes(served).items() if name in by_outcome],
        horizons=units.shown(served, patients.horizons(served, patient)),
    )


def marks_key() -> None:
    """What each mark of the charts means: a picture and its name, which go to the next line together."""
    entries = (
        (words.ALT_MEASURED, words.KEY_MEASURED),
        (words.ALT_REFERENCE, words.KEY_REFERENCE),
        (words.ALT_PREDICTION, words.KEY_PREDICTION),
        (words.ALT_INTERVALS, words.KEY_INTERVALS),
        (words.ALT_UNADAPTED, words.KEY_UNADAPTED),
        (words.ALT_FAN, words.OVER_TIME),
    )
    with st.container(horizontal=True, gap="medium", key="marks_key"):
        for number, (picture, (alt, name)) in enumerate(zip(key.specifications(), entries, strict=True)):
            with st.container(
                horizontal=True,
                gap="xsmall",
                width="content",
                vertical_alignment="center",
                key=f"mark_{number}",
            ):
                st.vega_lite_chart(spec=picture, alt=alt(), width="content")
                st.markdown(name())


def _newest_shown(served: Served, records: pd.DataFrame) -> int | None:
    """How many of the newest records the charts open on; None for all. Asked where there are too many to read."""
    most = int(records["outcome"].value_counts().max()) if len(records) else 0
    choices: list[int | None] = [*(count for count in (FEW, MANY) if count < most), None]
    if len(choices) == 1:
        return None
    chosen = st.segmented_control(
        words.RECORDS_IN_CHARTS(),
        range(len(choices)),
        default=0,
        format_func=lambda i: _choice_name(choices[i], most),
        key=session.key(served, "newest"),
    )
    st.caption(words.ZOOM())
    return choices[chosen or 0]


def _choice_name(newest: int | None, most: int) -> str:
    return words.NEWEST(n=newest) if newest else words.ALL_RECORDS(n=most)


def _header(served: Served, shown: PatientShown) -> bool:
    """Name, status and facts; returns whether the print view is chosen."""
    with st.container(horizontal=True, vertical_alignment="center", key="patient_header"):
        st.title(words.NAMED(name=escaped(shown.name)), width="content")
        status = str(shown.subject["status"])
        known = status in names.STATUS
        st.badge(
            label(names.STATUS, status) if known else names.UNKNOWN_STATUS(),
            color=names.STATUS_COLOUR.get(status, "gray"),
        )
        printed = patients.may_print(served, shown.read) and st.toggle(
            words.PRINT_VIEW(), key=session.key(served, "print_view")
        )
    if not printed:
        st.markdown(escaped("  ·  ".join(shown.facts)))
        st.caption(" ".join(shown.notes))
    return printed
