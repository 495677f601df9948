"""The worklist page: filter, sort and open patients."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from dashboard import cache, session, wording
from dashboard.outcome_kinds import kind_of
from dashboard.page_parts import Row, cards, rows_by
from dashboard.release import Served
from meta_med.published.release import LEAST_PATIENTS
from meta_med.published.search import (
    LONGEST_TEXT,
    SubjectPage,
    SubjectSearch,
    cohort_counts,
    search_subjects,
    status_counts,
)

PAGE_SIZE = 25
TURN = "worklist_turn"


def show(served: Served, patient_page: st.Page) -> None:
    """Filters, one page of patients, and buttons to turn pages."""
    st.title("Worklist")
    outcomes = rows_by(cache.outcomes(served.url, served.release_id), "name")
    search = _filters(served, outcomes)
    page = search_subjects(served.url, served.release_id, search)
    _counts(served, str(outcomes[search.outcome]["label"]))
    if not page.total:
        st.info("No patient fits these filters.")
        return
    turn = st.session_state.get(TURN, 0)
    names = [wording.name_of(served.head.manifest, name) for name in page.rows["subject_id"]]
    chosen = _table(page, names, outcomes[search.outcome], session.table_key(served, search, turn))
    _turn_pages(page, search)
    if chosen is not None:
        session.open_patient(served, str(page.rows["subject_id"].iloc[chosen]))
        st.session_state[TURN] = turn + 1  # a new key, so that no row is selected on return
        st.switch_page(patient_page)


def _filters(served: Served, outcomes: dict[str, Row]) -> SubjectSearch:
    cohorts = cohort_choices(cohort_counts(served.url, served.release_id))
    with cards("search", "filters"):
        text = st.text_input(
            "Patient id contains", max_chars=LONGEST_TEXT, key=session.key(served, "search_text")
        )
        statuses = st.multiselect(
            "Status",
            list(wording.STATUS),
            format_func=lambda status: wording.STATUS[status],
            key=session.key(served, "statuses"),
        )
        chosen = (
            st.multiselect("Cohort", list(cohorts), key=session.key(served, "cohorts")) if cohorts else []
        )
        outcome = st.selectbox(
            "Outcome",
            list(outcomes),
            format_func=lambda name: str(outcomes[name]["label"]),
            key=session.key(served, "outcome"),
        )
        sorts = kind_of(outcomes[outcome]).sorts
        sort = st.selectbox(
            "Show first", list(sorts), format_func=lambda name: sorts[name], key=session.key(served, "sort")
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


def cohort_choices(counts: Mapping[str, int]) -> dict[str, tuple[str, ...]]:
    """The choices of the cohort filter and their cohorts; those of few patients are one choice together.

    A filter that finds three patients would tell how many the cohort has. Where the small cohorts together have few
    patients too, they are no choice.
    """
    small = tuple(sorted(name for name, count in counts.items() if count < LEAST_PATIENTS))
    choices: dict[str, tuple[str, ...]] = {name: (name,) for name in sorted(counts) if name not in small}
    if sum(counts[name] for name in small) >= LEAST_PATIENTS:
        choices[f"All cohorts of fewer than {LEAST_PATIENTS} patients"] = small
    return choices if len(counts) > 1 else {}


def _counts(served: Served, outcome: str) -> None:
    counts = status_counts(served.url, served.release_id)
    words = [
        f"{counts[status]:,} {name.lower()}" for status, name in wording.STATUS.items() if status in counts
    ]
    total = f"{wording.people(served.head.manifest, sum(counts.values()))} in this release"
    st.caption(f"{total}: {', '.join(words)}. Select a row to open the patient.")
    st.caption(
        f"Values and predictions of: {wording.escaped(outcome)}"
    )  # the selector may cut a long name off


def _table(page: SubjectPage, names: list[str], outcome: Row, key: str) -> int | None:
    rows = page.rows
    columns = {
        "Patient": names,
        "Status": rows["status"].map(lambda status: wording.STATUS.get(status, status)),
        "Cohort": rows["cohort"],
        "Own records": rows["n_records"],
        **kind_of(outcome).columns(rows, outcome),
        "Last value measured": (rows["predicted_time_days"] - rows["last_time_days"]).map(_before),
        "Outcomes outside range": _outside(rows),
        "Look closer": rows["n_flagged"].map(_flagged),
    }
    event = st.dataframe(
        pd.DataFrame(columns),
        hide_index=True,
        height=min(36 * len(rows) + 40, 700),
        on_select="rerun",
        selection_mode=["single-row", "single-cell"],
        key=key,
        column_config={
            "Patient": st.column_config.TextColumn(width=id_width(pd.Series(names))),
            "Outcomes outside range": st.column_config.TextColumn(
                help="How many of the patient's predicted values lie outside their reference ranges."
            ),
            "Look closer": st.column_config.TextColumn(
                help="Predictions with a guard's remark: another kind of patient, or an unexpected newest value."
            ),
            "Last value measured": st.column_config.TextColumn(help="Before the predicted time."),
        },
        alt=f"{len(rows)} patients with status, cohort, last and predicted {outcome['label']}",
    )
    return selected_row(event.selection.rows, event.selection.cells)


def id_width(ids: pd.Series) -> int:
    """Pixels in which the longest id is read whole."""
    return max(120, 24 + 8 * int(ids.str.len().max()))


def selected_row(rows: list[int], cells: list[tuple[int, str]]) -> int | None:
    """The selected row, by its box or by any of its cells."""
    return rows[0] if rows else cells[0][0] if cells else None


def _outside(rows: pd.DataFrame) -> pd.Series:
    return rows["n_outside"].astype(str).where(rows["status"] != "withheld", "–")


def _flagged(count: int) -> str:
    return f"{count}" if count else "–"


def _before(days: float) -> str:
    return "–" if pd.isna(days) else f"{wording.duration(days)} before"


def _turn_pages(page: SubjectPage, search: SubjectSearch) -> None:
    last = search.offset + len(page.rows)
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button("Previous", disabled=search.offset == 0):
            _go(-1)
        if st.button("Next", disabled=last >= page.total):
            _go(1)
        st.text(f"{search.offset + 1:,} to {last:,} of {page.total:,}")


def _go(step: int) -> None:
    st.session_state["page"] += step
    st.rerun()
