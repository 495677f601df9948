"""Error, coverage and interval width of the evaluation table, over the number of own records."""

import altair as alt
import numpy as np
import pandas as pd

from dashboard import colours
from dashboard.charts.axes import EVEN, SHARE, domain, styled
from dashboard.wording import charts as words
from dashboard.wording.names import predictor_label
from dashboard.wording.predictions import support_label

ALL = "all"
HEIGHT = 440  # with the legend under the chart
LEGEND_ENTRY = 270  # pixels; the legend has as many columns as the chart has room for
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-right")


def by_support_size(
    rows: pd.DataFrame, title: str, *, champion: str = "champion", nominal: float | None = None
) -> alt.Chart:
    """One line per predictor with its confidence interval over patients; the champion's line is thicker.

    `nominal`: of shares, the one that they should have; it is a dashed line.
    """
    frame, names = _prepared(rows), _in_order(rows, champion)
    labels = [predictor_label(name) for name in names]
    ends = [*frame["ci_low"], *frame["ci_high"], *frame["value"]]
    low, high = domain(ends if nominal is None else [*ends, nominal - 0.06, 1.0], log=False)
    high = high if nominal is None else min(high, 1.02)
    axis = alt.Axis(format=EVEN if nominal is None else SHARE)
    scale = alt.Scale(
        domain=[max(low, 0.0) if frame["value"].min() >= 0 else low, high], nice=False, zero=False
    )
    sizes = _sizes(frame)
    base = alt.Chart(frame).encode(
        x=alt.X("size:N", title=words.SUPPORT(), sort=sizes, axis=alt.Axis(labelAngle=0, grid=False)),
        xOffset=alt.XOffset("name:N", sort=labels, scale=alt.Scale(paddingOuter=1)),
        color=alt.Color(
            "name:N",
            title=None,
            sort=labels,
            scale=alt.Scale(domain=labels, range=colours.shown().of(names)),
            legend=alt.Legend(orient="bottom", columns=alt.ExprRef(f"max(1, floor(width / {LEGEND_ENTRY}))")),
        ),
        tooltip=_tooltip(title),
    )
    y = alt.Y("value:Q", title=title, scale=scale, axis=axis)
    shape = alt.Shape("name:N", title=None, scale=alt.Scale(domain=labels, range=_shapes(len(labels))))
    heavy = alt.condition(f"datum.predictor == '{champion}'", alt.value(3.2), alt.value(1.3))
    layers = [
        base.mark_rule(strokeWidth=1.6).encode(
            y=alt.Y("ci_low:Q", title=title, scale=scale, axis=axis), y2="ci_high:Q"
        ),
        base.mark_line().encode(y=y, strokeWidth=heavy),
        base.mark_point(filled=True, size=70, opacity=1).encode(y=y, shape=shape),
    ]
    level = [] if nominal is None else [_nominal(nominal, y)]
    return styled(alt.layer(*level, *layers).properties(height=HEIGHT))


def coverage(rows: pd.DataFrame, level: float = 0.9) -> alt.Chart:
    """The share of held-out values inside the interval, compared with its nominal level."""
    frame = _prepared(rows)
    low, high = domain([*frame["ci_low"], *frame["ci_high"], level - 0.06, 1.0], log=False)
    scale = alt.Scale(domain=[low, min(high, 1.02)], nice=False, zero=False)
    base = _champion_base(frame, words.INSIDE())
    look = colours.shown()
    axis = alt.Axis(format=SHARE)
    y = alt.Y("value:Q", title=words.INSIDE(), scale=scale, axis=axis)
    layers = [
        _nominal(level, y),
        base.mark_rule(color=look.adapted, strokeWidth=2).encode(
            y=alt.Y("ci_low:Q", title=words.INSIDE(), scale=scale, axis=axis), y2="ci_high:Q"
        ),
        base.mark_point(filled=True, color=look.adapted, size=90, opacity=1).encode(y=y),
    ]
    return styled(alt.layer(*layers).properties(height=250))


def width(rows: pd.DataFrame, unit: str) -> alt.Chart:
    """The mean width of the 90 % interval."""
    frame = _prepared(rows)
    title = words.WIDTH_IN(unit=unit) if unit else words.WIDTH()
    y = alt.Y("value:Q", title=title, scale=alt.Scale(zero=True), axis=alt.Axis(format=EVEN))
    bars = _champion_base(frame, title).mark_bar(color=colours.shown().adapted, size=34)
    return styled(bars.encode(y=y).properties(height=250))


def _nominal(level: float, y: alt.Y) -> alt.Chart:
    line = alt.Chart(pd.DataFrame({"value": [level]}))
    return line.mark_rule(color=colours.shown().text, strokeDash=[5, 4]).encode(y=y)


def _champion_base(frame: pd.DataFrame, title: str) -> alt.Chart:
    x = alt.X("size:N", title=words.SUPPORT(), sort=_sizes(frame), axis=alt.Axis(labelAngle=0, grid=False))
    return alt.Chart(frame).encode(x=x, tooltip=_tooltip(title))


def drawn(rows: pd.DataFrame) -> pd.DataFrame:
    """What is drawn of an evaluation: all cohorts by each number, or one cohort without and with own records."""
    whole = rows["cohort"] == ALL
    kept = rows[whole & (rows["support_size"] >= 0)] if whole.any() else rows
    return kept.dropna(subset=["value"]).sort_values(
        ["predictor", "support_size"], key=_pooled_last, kind="stable"
    )


def _pooled_last(values: pd.Series) -> pd.Series:
    return values.astype("float64").mask(values < 0, np.inf) if values.name == "support_size" else values


def _prepared(rows: pd.DataFrame) -> pd.DataFrame:
    kept = drawn(rows)
    sizes = kept["support_size"].map(lambda size: support_label(int(size)))
    return kept.assign(size=sizes.astype(str), name=kept["predictor"].map(predictor_label).astype(str))


def _in_order(rows: pd.DataFrame, champion: str) -> list[str]:
    """The champion first, then from the smallest to the largest value."""
    mean = rows.groupby("predictor")["value"].mean().sort_values()
    return sorted((str(name) for name in mean.index), key=lambda name: name != champion)


def _sizes(frame: pd.DataFrame) -> list[str]:
    sizes = sorted(frame["support_size"].unique(), key=lambda size: (size < 0, size))
    return [support_label(int(size)) for size in sizes]


def _shapes(count: int) -> list[str]:
    return [SHAPES[i % len(SHAPES)] for i in range(count)]


def _tooltip(title: str) -> list[alt.Tooltip]:
    numbers = (("value", title), ("ci_low", words.LOW_END()), ("ci_high", words.HIGH_END()))
    return [
        alt.Tooltip("name:N", title=words.PREDICTOR()),
        alt.Tooltip("size:N", title=words.OWN_RECORDS()),
        *(alt.Tooltip(f"{name}:Q", title=text, format=",.3~r") for name, text in numbers),
        alt.Tooltip("n_patients:Q", title=words.PATIENTS(), format=","),
    ]
