"""Axes, ticks and text of all charts; numbers in them as the reader's language writes them."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from textwrap import wrap

import altair as alt
from babel.numbers import get_decimal_symbol, get_group_symbol

from dashboard import colours
from dashboard.wording import charts as words
from dashboard.wording import language, times
from meta_med.published.durations import unit_of

LABEL = 12
PADDING = {"left": 0, "top": 6, "right": 2, "bottom": 4}
TITLE = 12
LINE, LINE_HEIGHT = (
    44,
    14,
)  # characters of a small title that a chart on a phone has room for; pixels of a line
EVEN, SHARE = ",f", ",%"
"""Tick formats of numbers and shares on even steps: all with the decimals that the step needs."""
CHOSEN = ",.12~r"
"""Tick format of chosen values, as on a logarithmic axis: each with its own digits, never a power of ten."""
MIN_LOG_VALUE = 1e-12  # smaller values are left out of a log axis


@dataclass(frozen=True)
class TimeAxis:
    """The title of a time axis, and the length of its unit in days; `dated`: its times are not an order only."""

    title: str
    days: float
    dated: bool = True


def time_axis(span_days: float) -> TimeAxis:
    """The unit in which durations as long as the span are said."""
    unit = unit_of(span_days)
    return TimeAxis(times.SINCE_FIRST[unit.name](), unit.days)


def order_axis() -> TimeAxis:
    """The axis of times that are an order only."""
    return TimeAxis(words.IN_ORDER(), 1.0, dated=False)


def domain(values: Iterable[float | None], *, log: bool) -> tuple[float, float]:
    """The range of the values with a margin; a log axis ignores values up to `MIN_LOG_VALUE`."""
    finite = [v for v in values if v is not None and math.isfinite(v) and (v > MIN_LOG_VALUE or not log)]
    if not finite:
        return (0.1, 10.0) if log else (0.0, 1.0)
    low, high = min(finite), max(finite)
    if log:
        room = max((high / low) ** 0.08, 1.06)
        return low / room, high * room
    room = 0.08 * (high - low) or 0.1 * abs(high) or 1.0
    return low - room, high + room


def log_ticks(low: float, high: float) -> list[float]:
    """Ticks at 1, 2, 5 times powers of ten; evenly spaced where the range is too short for those."""
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    for steps in ((1,), (1, 3), (1, 2, 5)):
        ticks = [step * 10.0**power for power in powers for step in steps]
        ticks = [tick for tick in ticks if low <= tick <= high]
        if len(ticks) >= 3:
            return ticks
    step = 10.0 ** math.floor(math.log10((high - low) / 2))
    step *= next(m for m in (1, 2, 5, 10) if (high - low) / (step * m) <= 5)
    first = math.ceil(low / step)
    return [round(i * step, 10) for i in range(first, math.floor(high / step) + 1)]


def value_axis(title: str, low: float, high: float, *, log: bool, whole: bool = False) -> alt.Y:
    """The y channel of a chart over one outcome; `whole`: its values are whole numbers, and so are the ticks."""
    ticks = (
        {"values": log_ticks(low, high)} if log else {"tickCount": 5, **({"tickMinStep": 1} if whole else {})}
    )
    return alt.Y(
        "value:Q",
        title=title,
        scale=alt.Scale(type="log" if log else "linear", domain=[low, high], nice=False, zero=False),
        axis=alt.Axis(format=CHOSEN if log else EVEN, **ticks),
    )


def titled(chart: alt.LayerChart, height: int, lines: Sequence[str]) -> alt.LayerChart:
    """The chart with a small title in its upper right corner; long lines are broken, and the chart grows by them."""
    broken = [part for line in lines for part in wrap(line, LINE)]
    title = alt.TitleParams(
        broken,
        anchor="end",
        fontSize=LABEL,
        fontWeight="normal",
        color=colours.shown().muted,
        offset=6,
        limit=0,
    )
    return chart.properties(height=height + LINE_HEIGHT * len(broken), title=title)


def decimal_format(decimals: float | None) -> str:
    """The format of a tip's values: with the outcome's decimals where they are known."""
    known = decimals is not None and math.isfinite(decimals)
    return f",.{int(decimals or 0)}f" if known else ",.4~r"


def styled(chart: alt.Chart) -> alt.Chart:
    """The chart with the style and the number format of all charts, set at once: each step copies the chart."""
    look = colours.shown()
    axis = alt.AxisConfig(
        labelFontSize=LABEL,
        titleFontSize=TITLE,
        labelColor=look.text,
        titleColor=look.text,
        titleFontWeight="normal",
        gridColor=look.grid,
        domainColor=look.axis,
        tickColor=look.axis,
    )
    legend = alt.LegendConfig(
        labelFontSize=LABEL, titleFontSize=TITLE, labelLimit=260, labelColor=look.text, symbolOpacity=1
    )
    config = alt.Config(
        locale=number_locale(),
        background=look.background if look is colours.PRINT else "transparent",
        mark=alt.MarkConfig(aria=False),  # the page says what a chart shows: its marks have no names
        axis=axis,
        view=alt.ViewConfig(strokeWidth=0),
        legend=legend,
    )
    return chart.properties(padding=PADDING, config=config)


def number_locale() -> dict[str, dict[str, object]]:
    """How charts write numbers: the signs of the language in use, and a blank before the percent sign."""
    locale = language.current()
    signs = {"decimal": get_decimal_symbol(locale), "thousands": get_group_symbol(locale)}
    return {"number": {**signs, "grouping": [3], "currency": ["", ""], "percent": "\u00a0%"}}
