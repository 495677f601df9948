"""The fan of a forecast over time: from the newest value through each horizon, bands of the 90, 80 and 50 % intervals.

The bands lie on each other, so that the likelier the values, the darker the band, which black and white shows too; a
small ring marks each horizon, where the intervals were calibrated. Between horizons a band is only drawn through.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from dashboard import colours
from dashboard.charts.axes import decimal_format
from dashboard.wording import charts as words
from dashboard.wording.times import duration

BANDS = (90, 80, 50)
NUMBERS = ("mean", *(f"{side}_{level}" for level in BANDS for side in ("lower", "upper")))
OPACITY = 0.16


def drawn_horizons(ahead: pd.DataFrame | None) -> pd.DataFrame:
    """The horizons that are drawn: those with numbers, where there is more than the study's own; else none."""
    if ahead is None or len(ahead) == 0:
        return pd.DataFrame(columns=["horizon_days", "predicted_time_days", *NUMBERS])
    shown = ahead.dropna(subset=list(NUMBERS)).sort_values("horizon_days")
    return shown if len(shown) > 1 else shown.head(0)


def fan(
    shown: pd.DataFrame, at: Sequence[float], newest: tuple[float, float], y: alt.Y, decimals: float | None
) -> list[alt.Chart]:
    """The layers: three bands, the line of expected values, and a ring at each horizon.

    Args:
        shown: horizons with numbers (`drawn_horizons`); at: the position of each on the time axis.
        newest: position and value of the newest measured value, where the fan opens.
        y: the value axis; decimals: of a predicted value.

    """
    start: Mapping[str, Any] = dict.fromkeys(NUMBERS, newest[1])
    points = shown[list(NUMBERS)].assign(time=list(at))
    frame = pd.concat([pd.DataFrame([{**start, "time": newest[0]}]), points], ignore_index=True)
    return [*(_band(frame, level, y) for level in BANDS), _line(frame, y), _rings(shown, at, y, decimals)]


def _band(frame: pd.DataFrame, level: int, y: alt.Y) -> alt.Chart:
    rows = frame[["time"]].assign(value=frame[f"lower_{level}"], top=frame[f"upper_{level}"])
    area = alt.Chart(rows).mark_area(color=colours.shown().adapted, opacity=OPACITY, clip=True)
    return area.encode(x=alt.X("time:Q"), y=y, y2="top:Q")


def _line(frame: pd.DataFrame, y: alt.Y) -> alt.Chart:
    rows = frame[["time"]].assign(value=frame["mean"])
    line = alt.Chart(rows).mark_line(
        color=colours.shown().adapted, strokeDash=[3, 4], strokeWidth=1.5, clip=True
    )
    return line.encode(x=alt.X("time:Q"), y=y)


def _rings(shown: pd.DataFrame, at: Sequence[float], y: alt.Y, decimals: float | None) -> alt.Chart:
    look = colours.shown()
    rows = shown[["mean", "lower_90", "upper_90"]].assign(
        time=list(at),
        value=shown["mean"],
        what=[words.AHEAD(duration=duration(days)) for days in shown["horizon_days"]],
    )
    ring = alt.Chart(rows).mark_point(
        shape="circle",
        filled=True,
        fill=look.background,
        stroke=look.centre,
        strokeWidth=1.5,
        size=42,
        opacity=1,
    )
    numbers = (("value", words.VALUE()), ("lower_90", words.LOW()), ("upper_90", words.HIGH()))
    tips = [alt.Tooltip("what:N", title=" ")]
    tips += [alt.Tooltip(f"{n}:Q", title=title, format=decimal_format(decimals)) for n, title in numbers]
    return ring.encode(x=alt.X("time:Q"), y=y, tooltip=tips)
