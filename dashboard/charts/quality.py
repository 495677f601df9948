"""Charts of data quality: rows held back per release, and distributions of accepted values."""

import altair as alt
import pandas as pd

from dashboard.charts.axes import INK, OWN, styled
from dashboard.quality import Distribution

HELD = "#B35C00"
BEFORE = "the release before"
NOW = "this release"


def deliveries(rows: pd.DataFrame) -> alt.Chart:
    """The share of rows held back in each release, oldest first, labelled with its value."""
    frame = rows.assign(
        share=(rows["rows_quarantined"].astype("float64") / rows["rows_in"].astype("float64")).fillna(0.0),
        place=[f"{i + 1:02d}" for i in range(len(rows))],
        published=rows["published_at"].dt.strftime("%-d %b %Y"),
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
    height = alt.Y(
        "share:Q", title="Rows held back", scale=alt.Scale(domain=[0, top]), axis=alt.Axis(format=".1~%")
    )
    tip = [
        alt.Tooltip("published:N"),
        alt.Tooltip("rows_in:Q", format=","),
        alt.Tooltip("share:Q", format=".1%"),
    ]
    layers = [
        base.mark_bar(color=HELD, size=34).encode(y=height, tooltip=tip),
        base.mark_text(dy=-8, color=INK, fontSize=12).encode(
            y=height, text=alt.Text("share:Q", format=".1%")
        ),
    ]
    return styled(alt.layer(*layers).properties(height=190))


def distribution(new: Distribution, old: Distribution | None) -> alt.Chart:
    """This release as bars and the release before as an outline, both as shares."""
    if new.axis == "categories":
        return _categories(new, old)
    scale = alt.Scale(type="log" if new.axis == "log" else "linear", domain=_ends(new), nice=False)
    x = alt.X("low:Q", title=None, scale=scale, axis=alt.Axis(grid=False, tickCount=4, format="~r"))
    bars = alt.Chart(_bins(new)).mark_rect(color=OWN, opacity=0.55)
    layers = [bars.encode(x=x, x2="high:Q", y=_share(), y2="zero:Q", tooltip=_tips())]
    if old is not None:
        steps = alt.Chart(_steps(old)).mark_line(color=INK, strokeWidth=1.4, interpolate="step-after")
        layers.append(steps.encode(x=alt.X("low:Q", scale=scale), y=_share()))
    return styled(alt.layer(*layers).properties(height=130))


def _categories(new: Distribution, old: Distribution | None) -> alt.Chart:
    parts = [(NOW, new)] + ([(BEFORE, old)] if old is not None else [])
    frame = pd.concat(
        [pd.DataFrame({"label": s.labels, "share": s.shares, "release": name}) for name, s in parts]
    )
    chart = (
        alt.Chart(frame)
        .mark_bar()
        .encode(
            x=alt.X("label:N", title=None, sort=list(new.labels), axis=alt.Axis(labelAngle=0, grid=False)),
            xOffset=alt.XOffset("release:N", sort=[NOW, BEFORE]),
            y=_share(),
            color=alt.Color(
                "release:N", legend=None, scale=alt.Scale(domain=[NOW, BEFORE], range=["#7fb3d3", INK])
            ),
            tooltip=["label:N", "release:N", alt.Tooltip("share:Q", format=".1%")],
        )
    )
    return styled(chart.properties(height=130))


def _bins(shape: Distribution) -> pd.DataFrame:
    edges = shape.edges
    texts = ["1 to 10 values" if count is None else f"{count:,} values" for count in shape.counts]
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
    return alt.Y("share:Q", title=None, axis=alt.Axis(format=".0%", tickCount=3))


def _tips() -> list[alt.Tooltip]:
    return [
        alt.Tooltip("low:Q", format=".3~g"),
        alt.Tooltip("high:Q", format=".3~g"),
        alt.Tooltip("values:N"),
    ]
