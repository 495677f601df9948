"""Axes, ticks, colours and text sizes of all charts. Colours are those of Okabe and Ito (2008) and Tol."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from textwrap import wrap

import altair as alt

from meta_med.published.durations import unit_of

OWN = "#0072B2"
ADAPTED = "#D55E00"
ADAPTED_DARK = "#8A3C00"
UNADAPTED = "#5F6B73"
REFERENCE = "#009E73"
INK = "#1c2b33"
GRID = "#e6ebee"
LABEL = 12
TITLE = 12
LINE, LINE_HEIGHT = (
    44,
    14,
)  # characters of a small title that a chart on a phone has room for; pixels of a line

PREDICTORS = {
    "champion": ADAPTED,
    "neural_process": "#0072B2",
    "bayesian_head": "#009E73",
    "boosted_lags": "#E69F00",
    "last_value": "#CC79A7",
    "mixed_model": "#56B4E9",
    "un_adapted": UNADAPTED,
    "maml": "#332288",
    "protonet": "#882255",
    "patient_mean": "#999933",
    "population": "#000000",
    "deep_kernel": "#44AA99",
}
EXTRA_COLOURS = ("#661100", "#6699CC", "#AA4466", "#117733", "#888888")


def colours(predictors: list[str]) -> list[str]:
    """One colour per predictor, the same on every chart."""
    unknown = [name for name in predictors if name not in PREDICTORS]
    spare = {name: EXTRA_COLOURS[i % len(EXTRA_COLOURS)] for i, name in enumerate(unknown)}
    return [PREDICTORS.get(name) or spare[name] for name in predictors]


MIN_LOG_VALUE = 1e-12  # smaller values are left out of a log axis


@dataclass(frozen=True)
class TimeAxis:
    """The unit of a time axis and its length in days."""

    unit: str
    days: float

    @property
    def title(self) -> str:
        """The axis's title."""
        return f"{self.unit} since the first record"


def time_axis(span_days: float) -> TimeAxis:
    """The unit in which durations as long as the span are said."""
    unit = unit_of(span_days)
    return TimeAxis(f"{unit.name.capitalize()}s", unit.days)


IN_ORDER = TimeAxis("Records", 1.0)
"""For times that are an order only."""


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
        axis=alt.Axis(format="~r", **ticks),
    )


def titled(chart: alt.LayerChart, height: int, lines: Sequence[str]) -> alt.LayerChart:
    """The chart with a small title in its upper right corner; long lines are broken, and the chart grows by them."""
    broken = [part for line in lines for part in wrap(line, LINE)]
    title = alt.TitleParams(
        broken, anchor="end", fontSize=LABEL, fontWeight="normal", color="#5F6B73", offset=6, limit=0
    )
    return chart.properties(height=height + LINE_HEIGHT * len(broken), title=title)


def styled(chart: alt.Chart) -> alt.Chart:
    """The chart with the style of all charts."""
    return (
        chart.configure_axis(
            labelFontSize=LABEL,
            titleFontSize=TITLE,
            labelColor=INK,
            titleColor=INK,
            titleFontWeight="normal",
            gridColor=GRID,
            domainColor="#b8c4cb",
            tickColor="#b8c4cb",
        )
        .configure_view(strokeWidth=0)
        .configure_legend(
            labelFontSize=LABEL, titleFontSize=TITLE, labelLimit=260, labelColor=INK, symbolOpacity=1
        )
    )
