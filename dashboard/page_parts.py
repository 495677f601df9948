"""Parts that pages share: the banner with study, release and age, error pages, HTML tables, and frames as rows."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.release import Served
from dashboard.wording import ago, escaped
from meta_med.published.errors import StoreError


def banner(served: Served) -> None:
    """Study, release and age, with a warning where the release is stale or its time lies in the future."""
    head = served.head
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{escaped(served.title)}**", width="content")
        st.badge(f"release {escaped(head.release_id)}", color="gray")
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


STYLE = Path(__file__).with_name("static") / "pages.css"


def style() -> None:
    """Load the style of cards, numbers and tables, which Streamlit has no options for."""
    st.html(STYLE)


def cards(name: str, kind: Literal["", "wide", "filters"] = "") -> DeltaGenerator:
    """A row of cards that go to the next line where the page is too narrow for them side by side.

    Args:
        name: unique on the page.
        kind: "wide" for cards with a chart, "filters" for selectors.

    """
    return st.container(horizontal=True, key="_".join(part for part in ("cards", kind, name) if part))


def metric_card(label: str, value: str, note: str = "") -> None:
    """A number with its label and a note, as a card."""
    with st.container(border=True):
        st.metric(label, value)
        if note:
            st.caption(note)


def no_release(study: str | None) -> None:
    """Explains how to publish a first release."""
    st.title("No release yet")
    st.markdown("Nothing has been published, so there is nothing to show. To publish a first release, run")
    st.code(f"meta-med run --study {study or 'pbc'}", language="bash")
    st.markdown("and load this page again. An interrupted run leaves this page as it is.")


def unreadable(error: StoreError) -> None:
    """Explains why the store cannot be read, without a stack trace."""
    st.title("The published store cannot be read")
    st.error("No prediction is shown, because it could be wrong.")
    st.text(str(error))
    st.caption(f"Code {escaped(error.code)}. The data team finds what to do in the operations guide.")


def failed(reference: str) -> None:
    """Replaces a page that failed; shows the reference of the log entry."""
    st.error(
        f"**This page could not be shown.** Do not rely on anything on it. Tell the data team: reference {reference}."
    )


MAX_ROWS = 12
SCROLLED_HEIGHT = 520


def small_table(frame: pd.DataFrame, alt: str) -> None:
    """A table as HTML with all rows as escaped text; it scrolls beyond `MAX_ROWS`."""
    shown = frame.map(lambda cell: "" if pd.isna(cell) else escaped(cell)).reset_index(drop=True)
    shown.columns = pd.Index([escaped(name) for name in shown.columns])
    height: int | Literal["content"] = SCROLLED_HEIGHT if len(shown) > MAX_ROWS else "content"
    st.table(shown, border="horizontal", hide_index=True, height=height, alt=alt)


Row = Mapping[str, Any]


def rows_of(frame: pd.DataFrame) -> list[Row]:
    """The frame's rows as dicts by column name."""
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def rows_by(frame: pd.DataFrame, column: str) -> dict[str, Row]:
    """The frame's rows by the value of one column."""
    return {str(row[column]): row for row in rows_of(frame)}
