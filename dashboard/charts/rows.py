"""Horizontal charts of one row per name. The name stands above its row, so that long names fit on a phone."""

import altair as alt
import pandas as pd

from dashboard import colours
from dashboard.charts.axes import LABEL

STEP, AXIS, LEGEND = 42, 66, 56  # pixels of a row with its name, of the axis with its title, of the legend
NAME_AT, MARK_AT = 0.24, 0.68  # where name and mark stand in the row, from its top
BAR = 14  # pixels; a bar is a thick line, which stands where its row says
HATCHED = (3, 2)  # dashes of a thick line: a bar that differs in black and white too


def numbered(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with their `place`, from the top."""
    return rows.assign(place=range(len(rows)))


def place(at: float = MARK_AT) -> alt.Y:
    """The row, at a part of its height; the scale is that of all layers."""
    scale = alt.Scale(type="band", paddingInner=0, paddingOuter=0)
    return alt.Y("place:O", axis=None, scale=scale, bandPosition=at)


def names(rows: pd.DataFrame) -> list[alt.Chart]:
    """The names above their rows; that of the chosen one is bold. Rows: place, name, and chosen where one is."""
    bold = rows["chosen"] if "chosen" in rows else pd.Series(data=False, index=rows.index)
    return [
        alt.Chart(rows[part])
        .mark_text(
            align="left",
            baseline="middle",
            fontSize=LABEL,
            color=colours.shown().text,
            fontWeight=weight,
            limit=0,
        )
        .encode(x=alt.value(0), y=place(NAME_AT), text="name:N")
        for part, weight in ((~bold, "normal"), (bold, "bold"))
        if part.any()
    ]


def height(rows: pd.DataFrame, *, legend: bool = False) -> int:
    """Pixels of a chart of these rows, with its axis, and with its legend where it has one."""
    return STEP * len(rows) + AXIS + (LEGEND if legend else 0)
