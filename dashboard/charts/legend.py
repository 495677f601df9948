"""The legend of the patient page's charts, drawn with the same marks: a small chart per entry, so that a row wraps."""

from collections.abc import Callable

import altair as alt
import pandas as pd

from dashboard.charts.axes import ADAPTED, ADAPTED_DARK, INK, OWN, REFERENCE, UNADAPTED, styled
from dashboard.charts.trajectory import INTERVALS

HEIGHT = 40
TEXT_AT = 44
PER_CHARACTER = 7

Marks = list[alt.Chart]


def legend() -> list[alt.Chart]:
    """One chart per entry, in order."""
    return [_entry(name, marks()) for name, marks in ENTRIES.items()]


def _entry(name: str, marks: Marks) -> alt.Chart:
    width = TEXT_AT + PER_CHARACTER * len(
        name
    )  # whole pixels: of a part of one, the browser cuts the chart off
    text = _at(TEXT_AT, name=name).mark_text(align="left", baseline="middle", fontSize=13, color=INK)
    layers = [mark.encode(x=_scale(width)) for mark in marks]
    chart = alt.layer(*layers, text.encode(x=_scale(width), text="name:N"))
    return styled(chart.properties(height=HEIGHT, width=width, padding=0))


def _measured() -> Marks:
    line = _at(4, 30).mark_rule(color=OWN, strokeWidth=2).encode(x2="end:Q")
    return [line, _at(17).mark_circle(color=OWN, size=60, opacity=1)]


def _reference() -> Marks:
    return [_at(4, 30).mark_rule(color=REFERENCE, strokeWidth=16, opacity=0.2).encode(x2="end:Q")]


def _prediction() -> Marks:
    return [_at(17).mark_point(shape="diamond", filled=True, color=ADAPTED_DARK, size=130, opacity=1)]


def _intervals() -> Marks:
    return [
        _at(inset, 36 - inset).mark_rule(color=ADAPTED, strokeWidth=14, opacity=opacity).encode(x2="end:Q")
        for inset, (_, opacity) in zip((0, 6, 12), INTERVALS, strict=True)
    ]


def _unadapted() -> Marks:
    line = _at(4, 32).mark_rule(color=UNADAPTED, strokeWidth=1.6).encode(x2="end:Q")
    square = _at(18).mark_point(
        shape="square", filled=True, fill="white", stroke=UNADAPTED, strokeWidth=2, size=75, opacity=1
    )
    return [line, square]


ENTRIES: dict[str, Callable[[], Marks]] = {
    "Measured": _measured,
    "Reference range": _reference,
    "Prediction": _prediction,
    "its 50 / 80 / 90 % intervals": _intervals,
    "Un-adapted prediction with its 90 % interval": _unadapted,
}


def _at(start: float, end: float | None = None, **more: str) -> alt.Chart:
    return alt.Chart(pd.DataFrame({"x": [start], "end": [start if end is None else end], **more}))


def _scale(width: int) -> alt.X:
    return alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, width], nice=False))
