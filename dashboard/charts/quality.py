"""Charts of data quality: rows held back per release, and distributions of accepted values."""

import altair as alt
import pandas as pd

from dashboard import colours
from dashboard.charts.axes import CHOSEN, EVEN, SHARE, log_ticks, styled
from dashboard.quality import Distribution, value_count
from dashboard.wording import charts as words
from dashboard.wording import times

PRECISE = ",.1~%"


def deliveries(rows: pd.DataFrame) -> alt.Chart:
    """The share of rows held back in each release, oldest first, labelled with its value."""
    frame = rows.assign(
        share=(rows["rows_quarantined"].astype("float64") / rows["rows_in"].astype("float64")).fillna(0.0),
        place=[f"{i + 1:02d}" for i in range(len(rows))],
        published=rows["published_at"].map(times.short_day),
    )
    top = max(0.01, float(frame["share"].max()) * 1.25)
    base = alt.Chart(frame).encode(
        x=alt.X(
            "place:N",
            title=None,
            axis=alt.Axis(
                labelAngle=0,
                grid=False,
                labelExpr=f"{frame['published'].tolist()}[+datum.value - 1]",
            ),
        )
    )
    look = colours.shown()
    scale = alt.Scale(domain=[0, top])
    height = alt.Y("share:Q", title=words.HELD_BACK(), scale=scale, axis=alt.Axis(format=SHARE, tickCount=5))
    tip = [
        alt.Tooltip("published:N", title=words.PUBLISHED()),
        alt.Tooltip("rows_in:Q", title=words.ROWS(), format=","),
        alt.Tooltip("share:Q", title=words.HELD_BACK(), format=PRECISE),
    ]
    layers = [
        base.mark_bar(color=look.held, size=34).encode(y=height, tooltip=tip),
        base.mark_text(dy=-8, color=look.text, fontSize=12).encode(
            y=height, text=alt.Text("share:Q", format=PRECISE)
        ),
    ]
    return styled(alt.layer(*layers).properties(height=190))


def distribution(new: Distribution, old: Distribution | None) -> alt.Chart:
    """This release as bars and the release before as an outline, both as shares."""
    if new.axis == "categories":
        return _categories(new, old)
    look, x = colours.shown(), _values(new)
    bars = alt.Chart(_bins(new)).mark_rect(color=look.bars)
    layers = [bars.encode(x=x, x2="high:Q", y=_share(), y2="zero:Q", tooltip=_tips())]
    if old is not None:
        outline = alt.Chart(_steps(old)).mark_line(
            color=look.before, strokeWidth=1.6, interpolate="step-after"
        )
        layers.append(outline.encode(x=x, y=_share()))
    return styled(alt.layer(*layers).properties(height=130))


def _values(shape: Distribution) -> alt.X:
    low, high = _ends(shape)
    log = shape.axis == "log"
    scale = alt.Scale(type="log" if log else "linear", domain=[low, high], nice=False)
    ticks = {"values": log_ticks(low, high)} if log else {"tickCount": 4}
    axis = alt.Axis(grid=False, format=CHOSEN if log else EVEN, labelOverlap="greedy", **ticks)
    return alt.X("low:Q", title=None, scale=scale, axis=axis)


def _categories(new: Distribution, old: Distribution | None) -> alt.Chart:
    look = colours.shown()
    layers = [_level_bars(new, words.NOW(), color=look.bars)]
    if old is not None:
        outline = {"filled": False, "stroke": look.before, "strokeWidth": 1.6}
        layers.append(_level_bars(old, words.BEFORE(), **outline))
    return styled(alt.layer(*layers).properties(height=130))


def _level_bars(shape: Distribution, release: str, **mark: object) -> alt.Chart:
    frame = pd.DataFrame({"label": shape.labels, "share": shape.shares, "release": release})
    return (
        alt.Chart(frame)
        .mark_bar(**mark)
        .encode(
            x=alt.X("label:N", title=None, sort=list(shape.labels), axis=alt.Axis(labelAngle=0, grid=False)),
            y=_share(),
            tooltip=[
                alt.Tooltip("label:N", title=words.CATEGORY()),
                alt.Tooltip("release:N", title=words.RELEASE()),
                alt.Tooltip("share:Q", title=words.SHARE(), format=PRECISE),
            ],
        )
    )


def _bins(shape: Distribution) -> pd.DataFrame:
    edges = shape.edges
    texts = [value_count(count) for count in shape.counts]
    return pd.DataFrame(
        {"low": edges[:-1], "high": edges[1:], "share": shape.shares, "zero": 0.0, "values": texts}
    )


def _steps(shape: Distribution) -> pd.DataFrame:
    """The outline, closed at the right end."""
    edges, shares = shape.edges, shape.shares
    return pd.DataFrame({"low": edges, "share": [*shares, shares[-1]]})


def _ends(shape: Distribution) -> list[float]:
    return [float(shape.edges[0]), float(shape.edges[-1])]


def _share() -> alt.Y:
    return alt.Y("share:Q", title=None, axis=alt.Axis(format=SHARE, tickCount=3))


def _tips() -> list[alt.Tooltip]:
    return [
        alt.Tooltip("low:Q", title=words.LOW(), format=",.3~r"),
        alt.Tooltip("high:Q", title=words.HIGH(), format=",.3~r"),
        alt.Tooltip("values:N", title=" "),
    ]
