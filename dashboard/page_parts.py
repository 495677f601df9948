"""What stands on top of every page: study, release and its age; or why there is nothing to show.

A small table as real HTML: text wraps, screen readers read it, and nothing in it is more than text.

Frames as plain rows, for pages that speak of one thing at a time.
"""

from collections.abc import Mapping
from typing import Any, Literal

import pandas as pd
import streamlit as st

from dashboard.release import Served
from dashboard.wording import ago, plain
from meta_med.published.errors import StoreError


def show(served: Served) -> None:
    """One calm line, and a loud one where the release is too old or its time cannot be right."""
    head = served.head
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{plain(served.title)}**", width="content")
        st.badge(f"release {plain(head.release_id)}", color="gray")
        st.badge(
            f"published {ago(head.published_at, served.now)}", color="orange" if served.stale else "green"
        )
        if served.demo:
            st.badge("demonstration with public data", color="blue")
        if head.restored:
            st.badge(f"earlier release, restored {ago(head.served_since, served.now)}", color="orange")
    if served.stale:
        st.error(
            "**Stale: do not rely on these predictions.** They were published "
            f"{ago(head.published_at, served.now)}; newer records of the patients are not in them."
        )
    if head.published_at > served.now:
        st.warning(
            "This release's publication time lies in the future: a clock is wrong. Its age is unknown."
        )


def no_release(study: str | None) -> None:
    """What to do where nothing is published."""
    st.title("No release yet")
    st.markdown("Nothing has been published, so there is nothing to show. To publish a first release, run")
    st.code(f"meta-med run --study {study or 'pbc'}", language="bash")
    st.markdown("and load this page again. An interrupted run leaves this page as it is.")


def unreadable(error: StoreError) -> None:
    """A store that cannot be read: what is wrong and what to do, never a stack trace."""
    st.title("The published store cannot be read")
    st.error("No prediction is shown, because it could be wrong.")
    st.text(str(error))
    st.caption(f"Code {plain(error.code)}. The data team finds what to do in the operations guide.")


def failed(reference: str) -> None:
    """A page that could not be drawn: nothing of it is shown, and where to look is."""
    st.error(
        f"**This page could not be shown.** Nothing on it can be relied on. Tell the data team: reference {reference}."
    )


MOST_ROWS = 12
SCROLLED_HEIGHT = 520


def small_table(frame: pd.DataFrame, alt: str) -> None:
    """All rows, scrolling where there are many."""
    shown = frame.map(lambda cell: "" if pd.isna(cell) else plain(cell)).reset_index(drop=True)
    shown.columns = pd.Index([plain(name) for name in shown.columns])
    height: int | Literal["content"] = SCROLLED_HEIGHT if len(shown) > MOST_ROWS else "content"
    st.table(shown, border="horizontal", hide_index=True, height=height, alt=alt)


Row = Mapping[str, Any]


def rows_of(frame: pd.DataFrame) -> list[Row]:
    """The frame's rows, each by column name."""
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def by(frame: pd.DataFrame, column: str) -> dict[str, Row]:
    """The frame's rows by the value of one column."""
    return {str(row[column]): row for row in rows_of(frame)}
