"""Charts of the pipeline: rows held back by reason, and when each release was served."""

import altair as alt
import pandas as pd

from dashboard import colours
from dashboard.charts import rows as by_row
from dashboard.charts.axes import EVEN, styled
from dashboard.wording import charts as words

DAY, MINUTE = "%Y-%m-%d", "%m-%d %H:%M"
"""Of times on an axis; Vega writes names of months in English alone."""
FEW_DAYS = 3
TAKEN_BACK, SERVED = "taken_back", ("served", "restored")


def held_back(rows: pd.DataFrame) -> alt.Chart:
    """One bar per reason (columns name, count)."""
    frame = by_row.numbered(rows).assign(zero=0)
    top = max(1.0, float(frame["count"].max()) * 1.05)
    bars = (
        alt.Chart(frame)
        .mark_rule(strokeWidth=by_row.BAR, color=colours.shown().held)
        .encode(
            x=alt.X(
                "count:Q",
                title=words.ROWS_HELD(),
                scale=alt.Scale(domain=[0, top], nice=False),
                axis=alt.Axis(format=EVEN, tickCount=5, tickMinStep=1),
            ),
            x2="zero:Q",
            y=by_row.place(),
            tooltip=[
                alt.Tooltip("name:N", title=" "),
                alt.Tooltip("count:Q", title=words.ROWS(), format=","),
            ],
        )
    )
    return styled(alt.layer(bars, *by_row.names(frame)).properties(height=by_row.height(frame)))


def served_times(rows: pd.DataFrame) -> alt.Chart:
    """One row per release with the times in which it was served (columns release_id, name, start, end, state).

    What was taken back is hatched; times are in UTC.
    """
    order = {name: number for number, name in enumerate(dict.fromkeys(rows["release_id"]))}
    frame = rows.assign(place=rows["release_id"].map(order))
    for name in ("start", "end"):
        # without its zone a time is drawn as it is, not moved to the reader's
        frame[name] = pd.to_datetime(frame[name], utc=True).dt.tz_localize(None)
    look, known = colours.shown(), frame["state"]
    days = (frame["end"].max() - frame["start"].min()).days
    axis = alt.Axis(format=DAY if days >= FEW_DAYS else MINUTE, labelOverlap="greedy", tickCount=5)
    x = alt.X("start:T", title=words.TIME_UTC(), axis=axis)
    tips = [alt.Tooltip("name:N", title=words.RELEASE())]
    layers = []
    for part, style in (
        (known.isin(SERVED), {"color": look.adapted}),
        (known == TAKEN_BACK, {"color": look.held, "strokeDash": by_row.HATCHED}),
        (~known.isin([*SERVED, TAKEN_BACK]), {"color": look.bars}),
    ):
        if part.any():
            bar = alt.Chart(frame[part]).mark_rule(strokeWidth=by_row.BAR, **style)
            layers.append(bar.encode(x=x, x2="end:T", y=by_row.place(), tooltip=tips))
    named = frame.drop_duplicates("release_id")
    return styled(alt.layer(*layers, *by_row.names(named)).properties(height=by_row.height(named)))
