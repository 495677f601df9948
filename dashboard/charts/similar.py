"""The chart of one outcome of a patient beside similar patients, each up to their own newest record."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from dashboard import colours
from dashboard.charts.axes import EVEN, decimal_format, domain, styled, titled, value_axis
from dashboard.wording.explanations import similar as words
from meta_med.published.durations import unit_of

HEIGHT = 230
LETTERS = "ABC"
DASHES = ((6, 3), (2, 2), (9, 3, 2, 3))


def name_of(who: int) -> str:
    """How a patient is called: 0 is the one who is looked at."""
    return words.OTHER(letter=LETTERS[who - 1]) if who else words.THIS()


def beside_similar(
    courses: pd.DataFrame, outcome: Mapping[str, Any], caption: Sequence[str], *, dated: bool
) -> alt.Chart:
    """The chart.

    Args:
        courses: who, age_days, value; of one outcome.
        outcome: a row of the published outcomes.
        caption: lines that name the patient inside the image.
        dated: whether times are days, else positions in an order.

    """
    log = outcome["scale"] == "log"
    shown = courses[courses["value"] > 0] if log else courses
    unit = unit_of(float(shown["age_days"].max()))
    days, title = (unit.days, words.BEFORE_NEWEST[unit.name]()) if dated else (1.0, words.IN_ORDER())
    frame = shown.assign(age=shown["age_days"] / days, name=shown["who"].map(name_of))
    low, high = domain(frame["value"], log=log)
    y = value_axis(str(outcome["unit"]), low, high, log=log, whole=outcome.get("whole") == 1)
    x = _x(float(frame["age"].max()) or 1.0, title)
    layers = [
        _course(frame[frame["who"] == who], who, x, y, outcome) for who in frame["who"].unique().tolist()
    ]
    return styled(titled(alt.layer(*reversed(layers)), HEIGHT, caption))


def _x(oldest: float, title: str) -> alt.X:
    scale = alt.Scale(domain=[1.06 * oldest, -0.03 * oldest], nice=False, zero=False)
    return alt.X("age:Q", title=title, scale=scale, axis=alt.Axis(tickCount=6, grid=False, format=EVEN))


def _course(part: pd.DataFrame, who: int, x: alt.X, y: alt.Y, outcome: Mapping[str, Any]) -> alt.LayerChart:
    """Points on a line; of a similar patient dashed, with the letter at the oldest value."""
    look = colours.shown()
    own = who == 0
    colour = look.own if own else look.unadapted
    base = alt.Chart(part[["age", "value", "name"]]).encode(x=x, y=y)
    tips = [
        alt.Tooltip("name:N", title=" "),
        alt.Tooltip("value:Q", title=words.VALUE(), format=decimal_format(outcome.get("decimals"))),
    ]
    dashes = {} if own else {"strokeDash": list(DASHES[who - 1])}
    line = base.mark_line(color=colour, strokeWidth=2 if own else 1.4, clip=True, **dashes)
    points = base.mark_circle(color=colour, size=55 if own else 28, opacity=1, clip=True).encode(tooltip=tips)
    if own:
        return alt.layer(line, points)
    oldest = part.nlargest(1, "age")[["age", "value"]].assign(letter=LETTERS[who - 1])
    letter = (
        alt.Chart(oldest)
        .mark_text(dx=-9, color=look.text, fontWeight="bold")
        .encode(x=x, y=y, text="letter:N")
    )
    return alt.layer(line, points, letter)
