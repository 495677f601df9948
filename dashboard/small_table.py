"""A small table as real HTML: text wraps, screen readers read it, and nothing in it is more than text."""

from typing import Literal

import pandas as pd
import streamlit as st

from dashboard.wording import plain

MOST_ROWS = 12
SCROLLED_HEIGHT = 520


def small_table(frame: pd.DataFrame, alt: str) -> None:
    """All rows, scrolling where there are many."""
    shown = frame.map(lambda cell: "" if pd.isna(cell) else plain(cell)).reset_index(drop=True)
    shown.columns = pd.Index([plain(name) for name in shown.columns])
    height: int | Literal["content"] = SCROLLED_HEIGHT if len(shown) > MOST_ROWS else "content"
    st.table(shown, border="horizontal", hide_index=True, height=height, alt=alt)
