"""The marks of the patient page's charts, each as a small picture that stands beside its name."""

from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

from dashboard import colours
from dashboard.charts.axes import styled
from dashboard.charts.fan import OPACITY
from dashboard.charts.trajectory import INTERVALS
from dashboard.wording import language

WIDTH, HEIGHT = 36, 22
NO_PADDING = {"left": 0, "top": 0, "right": 0, "bottom": 0}

Marks = list[alt.Chart]


def pictures() -> list[alt.Chart]:
    """Measured values, reference range, prediction, its intervals, un-adapted prediction, forecast over time."""
    marks = (_measured(), _reference(), _prediction(), _intervals(), _unadapted(), _fan())
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, WIDTH], nice=False))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[0, HEIGHT], nice=False))
    layered = [alt.layer(*(mark.encode(x=x, y=y) for mark in each)) for each in marks]
    return [
        styled(chart.properties(width=WIDTH, height=HEIGHT)).properties(padding=NO_PADDING)
        for chart in layered
    ]


def specifications() -> list[dict[str, Any]]:
    """The pictures as Vega-Lite, drawn once in each palette and locale: every patient's page has them."""
    return _specifications(colours.shown().background, str(language.current()))


@lru_cache(maxsize=16)
def _specifications(background: str, locale: str) -> list[dict[str, Any]]:
    del background, locale  # which `pictures` takes from where they are set
    return [picture.to_dict() for picture in pictures()]


def _measured() -> Marks:
    own = colours.shown().own
    line = _at(2, 34).mark_rule(color=own, strokeWidth=2).encode(x2="end:Q")
    return [line, _at(18).mark_circle(color=own, size=60, opacity=1)]


def _reference() -> Marks:
    colour = colours.shown().reference
    band = _at(2, 34).mark_rule(color=colour, strokeWidth=14, opacity=0.12).encode(x2="end:Q")
    ends = (
        _at(2, 34, y=y).mark_rule(color=colour, strokeDash=[6, 3]).encode(x2="end:Q")
        for y in (HEIGHT / 2 - 7, HEIGHT / 2 + 7)
    )
    return [band, *ends]


def _prediction() -> Marks:
    return [
        _at(18).mark_point(shape="diamond", filled=True, color=colours.shown().centre, size=130, opacity=1)
    ]


def _intervals() -> Marks:
    return [
        _at(inset, WIDTH - inset)
        .mark_rule(color=colours.shown().adapted, strokeWidth=width)
        .encode(x2="end:Q")
        for inset, (_, width) in zip((0, 6, 12), INTERVALS, strict=True)
    ]


def _unadapted() -> Marks:
    look = colours.shown()
    line = _at(2, 34).mark_rule(color=look.unadapted, strokeWidth=1.6).encode(x2="end:Q")
    square = _at(18).mark_point(
        shape="square",
        filled=True,
        fill=look.background,
        stroke=look.unadapted,
        strokeWidth=2,
        size=75,
        opacity=1,
    )
    return [line, square]


def _fan() -> Marks:
    """The three bands on each other, opening to the right."""
    out = []
    for reach in (HEIGHT / 2, HEIGHT / 3, HEIGHT / 6):
        rows = pd.DataFrame(
            {
                "x": [2, WIDTH - 2],
                "y": [HEIGHT / 2, HEIGHT / 2 - reach],
                "top": [HEIGHT / 2, HEIGHT / 2 + reach],
            }
        )
        area = alt.Chart(rows).mark_area(color=colours.shown().adapted, opacity=OPACITY)
        out.append(area.encode(y2="top:Q"))
    return out


def _at(start: float, end: float | None = None, y: float = HEIGHT / 2) -> alt.Chart:
    return alt.Chart(pd.DataFrame({"x": [start], "end": [start if end is None else end], "y": [y]}))
