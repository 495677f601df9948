"""Parts that pages share: banner and foot, error pages, charts with their tables, HTML tables, frames as rows."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal

import pandas as pd
import streamlit as st
from altair import Chart
from streamlit.delta_generator import DeltaGenerator

from dashboard import session
from dashboard.pipeline.freshness import STALE
from dashboard.release import Served
from dashboard.wording import language
from dashboard.wording import shell as words
from dashboard.wording.access import entrance as access
from dashboard.wording.markdown import escaped
from dashboard.wording.times import ago, duration
from meta_med.published.errors import StoreError


def banner(served: Served, trained: datetime | None = None) -> None:
    """Study, release and age, with a warning where release or model is old or a time lies in the future.

    Args:
        served: the release; trained: when its model was trained, None where that is not known.

    """
    head, old = served.head, ago(served.head.published_at, served.now)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="banner"):
        st.markdown(f"**{escaped(served.title)}**", width="content")
        st.badge(words.RELEASE(id=escaped(head.release_id)), color="gray")
        st.badge(words.PUBLISHED(ago=old), color="orange" if served.stale else "green")
        if served.demo:
            st.badge(words.DEMONSTRATION(), color="blue")
        elif served.without_log_in:
            st.badge(access.SINGLE_USER(), color="orange")
        if served.pseudonymous:
            st.badge(access.PSEUDONYMS(), color="blue")
        if head.restored:
            st.badge(words.RESTORED(ago=ago(head.served_since, served.now)), color="orange")
    if served.without_log_in and not served.demo:
        st.caption(access.SINGLE_USER_NOTE())
    if served.stale:
        st.error(words.STALE(ago=old))
    if head.published_at > served.now:
        st.warning(words.FROM_THE_FUTURE())
    if trained is not None and served.now - trained > STALE:
        st.warning(words.MODEL_IS_STALE(ago=ago(trained, served.now)))


def withheld(served: Served) -> None:
    """Instead of predictions of a release that is too old."""
    allowed = duration(served.withheld_after / timedelta(days=1))
    st.error(words.TOO_OLD(ago=ago(served.head.published_at, served.now), allowed=allowed))


def foot() -> None:
    """What the pages are for, whose words are not translated, and the choice of language."""
    with st.container(key="foot"):
        st.caption(words.SUPPORT())
        if language.current().language != language.SOURCE:
            st.caption(words.RELEASE_LANGUAGE())
        session.language_selector(words.LANGUAGE())


STYLE = Path(__file__).with_name("static") / "pages.css"


def style() -> None:
    """Load the style of cards, numbers and tables, which Streamlit has no options for."""
    st.html(STYLE)


def cards(name: str, kind: Literal["", "wide", "pair", "filters", "print"] = "") -> DeltaGenerator:
    """A row of cards that go to the next line where the page is too narrow for them side by side.

    Args:
        name: unique on the page.
        kind: "wide" for cards with a chart, "pair" for two charts that share the width, "filters" for selectors,
            "print" for the printed sheet.

    """
    return st.container(horizontal=True, key="_".join(part for part in ("cards", kind, name) if part))


def metric_card(label: str, value: str, note: str = "") -> None:
    """A number with its label and a note, as a card."""
    with st.container(border=True):
        st.metric(label, value)
        if note:
            st.caption(note)


def no_release(study: str | None, *, may_publish: bool = True) -> None:
    """Explains how to publish a first release, to whoever may."""
    st.title(words.NO_RELEASE())
    if not may_publish:
        st.info(access.NO_STUDY())
        return
    st.markdown(words.PUBLISH_FIRST())
    st.code(f"meta-med run --study {study or 'pbc'}", language="bash")
    st.markdown(words.LOAD_AGAIN())


def unreadable(error: StoreError) -> None:
    """Explains why the store cannot be read, without a stack trace."""
    st.title(words.UNREADABLE())
    st.error(words.COULD_BE_WRONG())
    st.text(str(error))
    st.caption(words.CODE(code=escaped(error.code)))


def failed(reference: str) -> None:
    """Replaces a page that failed; shows the reference of the log entry."""
    st.error(words.FAILED(reference=reference))


MAX_ROWS, MAX_COLUMNS = 12, 3
SCROLLED_HEIGHT = 520


def small_table(frame: pd.DataFrame, alt: str) -> None:
    """A table as HTML with all rows as escaped text; one of many rows or several columns scrolls, by keyboard too."""
    shown = frame.map(lambda cell: "" if pd.isna(cell) else escaped(cell)).reset_index(drop=True)
    shown.columns = pd.Index([escaped(name) for name in shown.columns])
    scrolls = len(shown) > MAX_ROWS or len(shown.columns) > MAX_COLUMNS
    # only a table of some height takes the focus; the style sheet makes it the greatest height
    height: int | Literal["content"] = SCROLLED_HEIGHT if scrolls else "content"
    st.table(shown, border="horizontal", hide_index=True, height=height, alt=alt)


def chart(picture: Chart, alt: str, table: Callable[[], pd.DataFrame], key: str) -> None:
    """A chart with its text alternative, and its numbers as a table that is made when it is opened.

    Args:
        picture: the chart.
        alt: what it shows, in words.
        table: makes the table.
        key: unique on the page.

    """
    st.altair_chart(picture, alt=alt)
    table_behind(words.AS_A_TABLE(), alt, table, key)


def table_behind(title: str, alt: str, table: Callable[[], pd.DataFrame], key: str) -> None:
    """A table under its title, made when it is opened; `alt`, `table` and `key` as of `chart`."""
    box = st.expander(title, type="compact", key=f"table_{key}", on_change="rerun")
    if not box.open:
        return
    with box:
        rows = table()
        if rows.empty:
            st.caption(words.NO_VALUES())
        else:
            small_table(rows, alt=alt)


Row = Mapping[str, Any]


def rows_of(frame: pd.DataFrame) -> list[Row]:
    """The frame's rows as dicts by column name."""
    names = [str(name) for name in frame]
    columns = ([None if value is pd.NA else value for value in frame[name].tolist()] for name in frame)
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def rows_by(frame: pd.DataFrame, column: str) -> dict[str, Row]:
    """The frame's rows by the value of one column."""
    return {str(row[column]): row for row in rows_of(frame)}
