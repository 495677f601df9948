"""Similar patients on the patient page: their courses beside this patient's, without anything that names them."""

import pandas as pd
import streamlit as st

from dashboard import session
from dashboard.access import similar as access
from dashboard.access.similar import SimilarPatients
from dashboard.charts.similar import LETTERS, beside_similar, name_of
from dashboard.outcome_kinds import kind_of
from dashboard.page_parts import Row, chart, small_table
from dashboard.release import Served
from dashboard.units import chosen as units
from dashboard.views.patient_facts import PatientShown
from dashboard.wording import patient as patient_words
from dashboard.wording.explanations import similar as words
from dashboard.wording.markdown import escaped
from dashboard.wording.numbers import is_finite, percent
from dashboard.wording.times import duration
from meta_med.published.release import LEAST_PATIENTS


def show(served: Served, shown: PatientShown) -> None:
    """A box that is closed at first and read when it is opened; nothing where the user may not see it."""
    if not access.may_see(served, shown.read):
        return
    st.subheader(words.TITLE())
    st.caption(f"{words.HOW(least=LEAST_PATIENTS)} {words.NOT_THE_SAME()}")
    if shown.records.empty:
        st.caption(words.NO_RECORDS())
        return
    box = st.expander(words.OPEN(), type="compact", key="similar_patients", on_change="rerun")
    if box.open:
        with box:
            _opened(served, shown)


def _opened(served: Served, shown: PatientShown) -> None:
    found = access.similar(served, shown.read, step_of(shown))
    st.caption(words.COMPARED(found.compared))
    if not found.distances:
        st.markdown(words.NOBODY())
        return
    st.markdown(distances_told(found.distances))
    known = [o for o in shown.outcomes if (found.courses["outcome"] == o["name"]).any()]
    chosen = st.selectbox(
        words.OUTCOME(),
        range(len(known)),
        format_func=lambda i: str(known[i]["label"]),
        key=session.key(served, "similar_outcome"),
    )
    _outcome(served, shown, known[chosen or 0], found)


def _outcome(served: Served, shown: PatientShown, outcome: Row, found: SimilarPatients) -> None:
    courses = units.shown(served, found.courses[found.courses["outcome"] == outcome["name"]])
    alt = words.ALT(courses.loc[courses["who"] > 0, "who"].nunique(), outcome=str(outcome["label"]))
    dated = is_dated(shown)
    if kind_of(outcome).has_legend:
        caption = (patient_words.NAMED(name=shown.name), str(outcome["label"]))
        picture = beside_similar(courses, outcome, caption, dated=dated)
        chart(picture, alt, lambda: table(outcome, courses, dated=dated), f"similar_{outcome['name']}")
    else:
        small_table(table(outcome, courses, dated=dated), alt=alt)


def distances_told(distances: tuple[float, ...]) -> str:
    """How far each similar patient is from this one, as a share of the distance of two strangers."""
    each = [
        words.DISTANCE(letter=letter, share=percent(distance))
        for letter, distance in zip(LETTERS, distances, strict=False)
    ]
    return escaped(words.DISTANCES(distances=", ".join(each)))


def table(outcome: Row, courses: pd.DataFrame, *, dated: bool) -> pd.DataFrame:
    """Every value that is shown, by patient, the newest first."""
    return pd.DataFrame(
        {
            words.WHO(): courses["who"].map(name_of),
            words.TIME(): [before(age, dated=dated) for age in courses["age_days"]],
            words.VALUE(): [kind_of(outcome).value(value, outcome) for value in courses["value"]],
        }
    )


def before(age: float, *, dated: bool) -> str:
    """A time before the newest record in words."""
    if age <= 0:
        return words.NEWEST()
    return words.BEFORE(duration=duration(age)) if dated else words.RECORDS_BEFORE(n=round(age))


def is_dated(shown: PatientShown) -> bool:
    """Whether times are days; else positions in an order."""
    return is_finite(shown.subject["newest_record_days"])


def step_of(shown: PatientShown) -> float:
    """The time between two values that are compared: how far ahead the study predicts, or one record in an order."""
    if not is_dated(shown):
        return 1.0
    times = [float(row["predicted_time_days"]) for row in shown.predictions.values()]
    ahead = max((time for time in times if is_finite(time)), default=0.0)
    return max(0.0, ahead - float(shown.subject["newest_record_days"]))
