"""The section of the pipeline page about deliveries, the releases made of them, and the store's journal."""

from datetime import datetime

import pandas as pd
import streamlit as st

from dashboard.charts import pipeline as charts
from dashboard.page_parts import chart, rows_of, small_table, table_behind
from dashboard.pipeline import read
from dashboard.pipeline.releases import served_times, states
from dashboard.release import Served
from dashboard.wording.message import label
from dashboard.wording.numbers import DASH, number
from dashboard.wording.overview import pipeline as words
from dashboard.wording.times import minute

MOST_EVENTS = 50


def show(served: Served) -> None:
    """A table of releases, a chart of when each was served, and the journal behind its title."""
    releases, journal = read.releases(served), read.journal(served)
    st.subheader(words.RELEASES())
    small_table(releases_table(releases, journal), alt=words.RELEASES_ALT())
    st.caption(words.RELEASES_NOTE(len(releases)))
    _served_times(served, releases, journal)
    table_behind(words.JOURNAL(), words.JOURNAL_ALT(), lambda: journal_table(journal), "journal")


def releases_table(releases: pd.DataFrame, journal: pd.DataFrame) -> pd.DataFrame:
    """One row per release, the newest first."""
    state = states(journal)
    return pd.DataFrame(
        [
            {
                words.RELEASE(): row["release_id"],
                words.STATE(): label(words.STATES, state.get(row["release_id"], "earlier")),
                words.PUBLISHED(): minute(row["published_at"]),
                words.VERDICT(): DASH if pd.isna(row["verdict"]) else label(words.VERDICTS, row["verdict"]),
                words.DELIVERED(): _count(row["rows_in"]),
                words.HELD_BACK(): _count(row["rows_quarantined"]),
                words.MODEL(): DASH if pd.isna(row["model"]) else str(row["model"]),
            }
            for row in reversed(rows_of(releases))
        ]
    )


def _count(count: float | None) -> str:
    return DASH if count is None or pd.isna(count) else number(float(count), 0)


def _served_times(served: Served, releases: pd.DataFrame, journal: pd.DataFrame) -> None:
    rows = served_times(journal, served.now)
    rows = rows[rows["release_id"].isin(releases["release_id"])].iloc[::-1]
    if rows["release_id"].nunique() < 2:
        return  # one bar says no more than the banner
    st.markdown(f"**{words.SERVED_TIMES()}**")
    named = rows.assign(
        name=[
            words.NAMED(release=row["release_id"], state=label(words.STATES, row["state"]))
            for row in rows_of(rows)
        ]
    )
    alt_text = words.SERVED_ALT(
        rows["release_id"].nunique(), release=served.release_id, at=minute(served.head.served_since)
    )
    chart(charts.served_times(named), alt_text, lambda: times_table(rows, served.now), "served_times")


def times_table(rows: pd.DataFrame, now: datetime) -> pd.DataFrame:
    """One row for each time that a release was served, the newest first."""
    return pd.DataFrame(
        [
            {
                words.RELEASE(): row["release_id"],
                words.FROM(): minute(row["start"]),
                words.UNTIL(): words.NOW() if row["end"] == now else minute(row["end"]),
                words.STATE(): label(words.STATES, row["state"]),
            }
            for row in rows_of(rows)
        ]
    )


def journal_table(journal: pd.DataFrame) -> pd.DataFrame:
    """The newest entries of the journal, the newest first."""
    return pd.DataFrame(
        [
            {
                words.AT(): minute(datetime.fromisoformat(row["at"])),
                words.ACTION(): label(words.ACTIONS, row["action"]),
                words.RELEASE(): row["release_id"],
                words.BY(): row["actor"],
            }
            for row in reversed(rows_of(journal.tail(MOST_EVENTS)))
        ]
    )
