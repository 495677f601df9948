"""The print view: one patient on one A4 page, in black and white whatever the theme is."""

import math

import pandas as pd
import streamlit as st

from dashboard import colours
from dashboard.outcome_kinds import kind_of
from dashboard.page_parts import Row, cards, small_table
from dashboard.release import Served
from dashboard.views import patient_outcome
from dashboard.views.patient_facts import PatientShown
from dashboard.wording import patient as words
from dashboard.wording import shell
from dashboard.wording.charts import IN_UNIT
from dashboard.wording.markdown import escaped
from dashboard.wording.message import label
from dashboard.wording.names import STATUS
from dashboard.wording.times import ago, day

COLUMNS = 3
FEW_ROWS = 3
WIDTH, HEIGHT, LOW_HEIGHT, BAR_HEIGHT = 225, 145, 110, 66
"""Pixels of a chart with its axes; those of more than `FEW_ROWS` rows are lower."""


def show(served: Served, shown: PatientShown) -> None:
    """The sheet, drawn in the print palette."""
    st.caption(words.PRINT_NOTE())
    screen = colours.shown()
    colours.use(colours.PRINT)
    try:
        with st.container(key="print_sheet"):
            _sheet(served, shown)
    finally:
        colours.use(screen)


def _sheet(served: Served, shown: PatientShown) -> None:
    status = label(STATUS, str(shown.subject["status"]))
    st.markdown(f"**{escaped(words.NAMED(name=shown.name))} · {escaped(status)}**")
    st.markdown(escaped("  ·  ".join(shown.facts)))
    if served.stale:
        st.markdown(shell.STALE(ago=ago(served.head.published_at, served.now)))
    remarks = [words.LOOK_CLOSER(remarks=" ".join(shown.about))] if shown.about else []
    if shown.subject["remarks"]:
        remarks.append(words.ABOUT_DATA(remarks=str(shown.subject["remarks"])))
    st.markdown(escaped(" ".join([*shown.notes, *remarks])))
    if any(kind_of(outcome).has_legend for outcome in shown.outcomes):
        st.markdown(escaped(words.PRINTED_KEY()))
    low = math.ceil(len(shown.outcomes) / COLUMNS) > FEW_ROWS
    with cards("printed", "print"):
        for outcome in shown.outcomes:
            with st.container():
                _outcome(shown, outcome, LOW_HEIGHT if low else HEIGHT)
    _numbers(shown)
    head = served.head
    told = {"study": served.title, "id": head.release_id, "day": day(head.published_at)}
    st.markdown(escaped(f"{words.PRINTED_FROM(**told, now=day(served.now))} · {shell.SUPPORT()}"))


def _outcome(shown: PatientShown, outcome: Row, height: int) -> None:
    prediction, own = shown.predictions[outcome["name"]], shown.own(outcome)
    patient_outcome.headline(outcome, prediction)
    picture = kind_of(outcome).chart(own, prediction, outcome, (), None, shown.ahead(outcome))
    if picture is not None:
        of_size = picture.properties(
            width=WIDTH, height=height if kind_of(outcome).has_legend else BAR_HEIGHT
        )
        st.altair_chart(of_size, width="content", alt=patient_outcome.describe(outcome, prediction, own))
    notes = (
        patient_outcome.basis_of(outcome, prediction, own),
        patient_outcome.own_remarks(prediction, shown.about),
    )
    st.markdown(escaped(" ".join(note for note in notes if note)))


def _numbers(shown: PatientShown) -> None:
    """Values and intervals; what they rest on stands under each chart."""
    rows = []
    for outcome in shown.outcomes:
        own = shown.own(outcome)["value"].dropna()
        last = float(own.iloc[-1]) if len(own) else None
        name = str(outcome["label"])
        titled = IN_UNIT(title=name, unit=outcome["unit"]) if outcome["unit"] else name
        numbers = kind_of(outcome).numbers(outcome, shown.predictions[outcome["name"]], last)
        rows.append({words.OUTCOME(): titled, **numbers})
    table = pd.DataFrame(rows)
    small_table(table.drop(columns=table.columns[1]), alt=words.NUMBERS_TABLE())
