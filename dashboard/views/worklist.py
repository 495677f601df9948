"""The worklist page: filter, sort and open patients."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard import patients, session
from dashboard.outcome_kinds import kind_of
from dashboard.page_parts import Row, cards, withheld
from dashboard.release import Served
from dashboard.units import chosen as units
from dashboard.wording import shell
from dashboard.wording import worklist as words
from dashboard.wording.markdown import escaped
from dashboard.wording.message import label
from dashboard.wording.names import STATUS
from dashboard.wording.numbers import DASH
from dashboard.wording.people import people
from dashboard.wording.times import duration
from meta_med.published.release import LEAST_PATIENTS
from meta_med.published.search import LONGEST_TEXT, SubjectPage, SubjectSearch

PAGE_SIZE = 25
TURN = "worklist_turn"
SHOW_FIRST = "META_MED_SHOW_FIRST"


def show(served: Served, patient_page: st.Page) -> None:
    """Filters, one page of patients, and ways to open one and to turn pages."""
    if session.is_opening():
        st.switch_page(patient_page)
    st.title(shell.WORKLIST())
    if served.too_old:
        withheld(served)
        return
    outcomes = units.outcomes(served)
    search = _filters(served, outcomes)
    page = patients.searched(served, search)
    in_unit = replace(page, rows=units.shown(served, page.rows.assign(outcome=search.outcome)))
    _counts(served, str(outcomes[search.outcome]["label"]))
    if not page.total:
        st.info(words.NOBODY())
        return
    turn = st.session_state.get(TURN, 0)
    names = [patients.shown_name(served, name) for name in page.rows["subject_id"]]
    # above the table, because the Tab key does not leave the table again without choosing a row of it
    named = _bar(page, names, search, session.table_key(served, search, turn, "named"))
    chosen = _table(in_unit, names, outcomes[search.outcome], session.table_key(served, search, turn))
    chosen = named if chosen is None else chosen
    if chosen is not None:
        session.open_patient(served, str(page.rows["subject_id"].iloc[chosen]))
        st.session_state[TURN] = turn + 1  # a new key, so that no row is selected on return
        st.switch_page(patient_page)


def _filters(served: Served, outcomes: dict[str, Row]) -> SubjectSearch:
    cohorts = cohort_choices(patients.cohort_counts(served))
    pseudonymous = patients.is_pseudonymous(served)
    with cards("search", "filters"):
        asked = words.SEARCH_PSEUDONYM() if pseudonymous else words.SEARCH()
        text = st.text_input(asked, max_chars=LONGEST_TEXT, key=session.key(served, "search_text"))
        statuses = st.multiselect(
            words.STATUS(),
            list(STATUS),
            format_func=lambda status: STATUS[status](),
            placeholder=words.ANY(),
            key=session.key(served, "statuses"),
        )
        chosen = (
            st.multiselect(
                words.COHORT(),
                list(cohorts),
                placeholder=words.ANY(),
                key=session.key(served, "cohorts"),
            )
            if cohorts
            else []
        )
        outcome = st.selectbox(
            words.OUTCOME(),
            list(outcomes),
            format_func=lambda name: str(outcomes[name]["label"]),
            key=session.key(served, "outcome"),
        )
        units.selector(served, outcome)
        sorts = dict(kind_of(outcomes[outcome]).sorts)
        if pseudonymous:
            sorts.pop("subject_id", None)  # the order of ids tells of ids
        sort = st.selectbox(
            words.SHOW_FIRST(),
            list(sorts),
            index=first_order(sorts),
            format_func=lambda name: sorts[name],
            key=session.key(served, "sort"),
        )
    chosen_cohorts = tuple(name for choice in chosen for name in cohorts[choice])
    wanted = (text, tuple(statuses), chosen_cohorts, outcome, sort, served.release_id)
    if st.session_state.get("search") != wanted:
        st.session_state["search"], st.session_state["page"] = wanted, 0
    return SubjectSearch(
        outcome=outcome,
        text=text,
        cohorts=chosen_cohorts,
        statuses=tuple(statuses),
        sort=sort,
        limit=PAGE_SIZE,
        offset=PAGE_SIZE * st.session_state["page"],
    )


def first_order(sorts: Iterable[str]) -> int:
    """Which order the list opens in: what needs eyes first, unless META_MED_SHOW_FIRST names another."""
    usual = os.environ.get(SHOW_FIRST) or "flagged"
    names = list(sorts)
    return names.index(usual) if usual in names else 0


def cohort_choices(counts: Mapping[str, int]) -> dict[str, tuple[str, ...]]:
    """The choices of the cohort filter and their cohorts; those of few patients are one choice together.

    A filter that finds three patients would tell how many the cohort has. Where the small cohorts together have few
    patients too, they are no choice.
    """
    small = tuple(sorted(name for name, count in counts.items() if count < LEAST_PATIENTS))
    choices: dict[str, tuple[str, ...]] = {name: (name,) for name in sorted(counts) if name not in small}
    if sum(counts[name] for name in small) >= LEAST_PATIENTS:
        choices[words.SMALL_COHORTS(n=LEAST_PATIENTS)] = small
    return choices if len(counts) > 1 else {}


def _counts(served: Served, outcome: str) -> None:
    counts = patients.status_counts(served)
    each = [
        words.STATUS_COUNT(n=counts[status], status=name())
        for status, name in STATUS.items()
        if status in counts
    ]
    limited, count = patients.is_limited(served), sum(counts.values())
    total = people({} if limited else served.head.manifest, count)  # the manifest counts all cohorts
    st.caption((words.OWN_COUNTS if limited else words.COUNTS)(people=total, statuses=", ".join(each)))
    st.caption(words.NUMBERS_OF(outcome=escaped(outcome)))  # the selector may cut a long name off


def _table(page: SubjectPage, names: list[str], outcome: Row, key: str) -> int | None:
    rows = page.rows
    columns = {
        words.PATIENT(): names,
        words.STATUS(): rows["status"].map(lambda status: label(STATUS, status)),
        words.COHORT(): rows["cohort"],
        words.OWN_RECORDS(): rows["n_records"],
        **kind_of(outcome).columns(rows, outcome),
        words.LAST_MEASURED(): (rows["predicted_time_days"] - rows["last_time_days"]).map(_before),
        words.OUTSIDE(): _outside(rows),
        words.LOOK_CLOSER(): rows["n_flagged"].map(_flagged),
    }
    text = st.column_config.TextColumn
    event = st.dataframe(
        pd.DataFrame(columns),
        hide_index=True,
        height=min(36 * len(rows) + 40, 700),
        on_select="rerun",
        selection_mode=["single-row", "single-cell"],
        key=key,
        column_config={
            words.PATIENT(): text(width=id_width(pd.Series(names))),
            words.OUTSIDE(): text(help=words.OUTSIDE_HELP()),
            words.LOOK_CLOSER(): text(help=words.LOOK_CLOSER_HELP()),
            words.LAST_MEASURED(): text(help=words.LAST_MEASURED_HELP()),
        },
        alt=words.TABLE(len(rows), outcome=str(outcome["label"])),
    )
    return selected_row(event.selection.rows, event.selection.cells)


def id_width(ids: pd.Series) -> int:
    """Pixels in which the longest id is read whole."""
    return max(120, 24 + 8 * int(ids.str.len().max()))


def selected_row(rows: list[int], cells: list[tuple[int, str]]) -> int | None:
    """The selected row, by its box or by any of its cells."""
    return rows[0] if rows else cells[0][0] if cells else None


def _outside(rows: pd.DataFrame) -> pd.Series:
    return rows["n_outside"].astype(str).where(rows["status"] != "withheld", DASH)


def _flagged(count: int) -> str:
    return f"{count}" if count else DASH


def _before(days: float) -> str:
    return DASH if pd.isna(days) else words.BEFORE(duration=duration(days))


def _bar(page: SubjectPage, names: list[str], search: SubjectSearch, key: str) -> int | None:
    """Buttons to turn pages, and a selector that opens a patient by keyboard; returns the row it names."""
    last = search.offset + len(page.rows)
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(words.PREVIOUS(), disabled=search.offset == 0):
            _go(-1)
        if st.button(words.NEXT(), disabled=last >= page.total):
            _go(1)
        st.text(words.PAGE(first=search.offset + 1, last=last, total=page.total), width="content")
        return st.selectbox(
            words.OPEN(),
            range(len(names)),
            index=None,
            format_func=lambda row: names[row],
            placeholder=words.OPEN(),
            label_visibility="collapsed",
            width=280,
            key=key,
        )


def _go(step: int) -> None:
    st.session_state["page"] += step
    st.rerun()
