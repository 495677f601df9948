"""The unit in which a reader sees an outcome: chosen once a session, and the same on every page."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from dashboard import cache, session
from dashboard.page_parts import Row, rows_by
from dashboard.release import Served
from dashboard.units.unit import VALUES, Unit, converted, converted_errors, units_of
from dashboard.wording import outcomes as words

UNITS = "chosen_units"
"""Study and outcome -> the name of a unit, in the session."""


def unit_of(served: Served, outcome: Row) -> Unit:
    """The unit of a published outcome that the reader has chosen; that of its values where none was."""
    known = units_of(served.head.manifest, outcome)
    name = _choices().get((served.head.study, str(outcome["name"])))
    return next((unit for unit in known if unit.name == name), known[0])


def outcomes(served: Served) -> dict[str, Row]:
    """Outcome -> its row, with unit, reference range and decimals in the chosen unit."""
    published = rows_by(cache.outcomes(served), "name")
    return {name: unit_of(served, row).of(row) for name, row in published.items()}


def shown(
    served: Served, rows: pd.DataFrame, columns: Sequence[str] = VALUES, *, differences: bool = False
) -> pd.DataFrame:
    """Rows of a published table with a column `outcome`, in the chosen units; see `converted`."""
    units = {name: unit_of(served, row) for name, row in rows_by(cache.outcomes(served), "name").items()}
    return converted(rows, units, columns, differences=differences)


def shown_errors(served: Served, rows: pd.DataFrame, outcome: str) -> pd.DataFrame:
    """Figures of the evaluation of one outcome, or of all together, in the chosen unit."""
    published = rows_by(cache.outcomes(served), "name").get(outcome)
    if published is None:
        return rows
    return converted_errors(rows, str(published["unit"]), unit_of(served, published))


def selector(served: Served, name: str) -> None:
    """A choice among the units of an outcome; nothing where it has only one."""
    outcome = rows_by(cache.outcomes(served), "name").get(name)
    known = () if outcome is None else units_of(served.head.manifest, outcome)
    if outcome is None or len(known) < 2:
        return
    key = session.key(served, f"unit_{name}")
    st.session_state[key] = unit_of(served, outcome).name
    st.radio(
        words.UNIT_OF(outcome=str(outcome["label"])),
        [unit.name for unit in known],
        key=key,
        on_change=_choose,
        args=(served.head.study, name, key),
        horizontal=True,
        label_visibility="collapsed",
    )


def _choose(study: str, name: str, key: str) -> None:
    st.session_state[UNITS] = {**_choices(), (study, name): str(st.session_state[key])}


def _choices() -> Mapping[tuple[str, str], str]:
    found: Mapping[tuple[str, str], str] = st.session_state.get(UNITS, {})
    return found
