"""Error, coverage and interval width of the evaluation table, over the number of own records."""

import altair as alt
import pandas as pd

from dashboard import wording
from dashboard.charts.axes import ADAPTED, INK, colours, domain, styled

SUPPORT_TITLE = "Number of the patient's own earlier records"
HEIGHT = 440  # with the legend under the chart
LEGEND_ENTRY = 270  # pixels; the legend has as many columns as the chart has room for
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-right")


def by_support_size(rows: pd.DataFrame, title: str, *, champion: str = "champion") -> alt.Chart:
    """One line per predictor with its confidence interval over patients; the champion's line is thicker."""
    frame, names = _prepared(rows), _in_order(rows, champion)
    labels = [wording.predictor_label(name) for name in names]
    low, high = domain([*frame["ci_low"], *frame["ci_high"], *frame["value"]], log=False)
    scale = alt.Scale(
        domain=[max(low, 0.0) if frame["value"].min() >= 0 else low, high], nice=False, zero=False
    )
    sizes = _sizes(frame)
    base = alt.Chart(frame).encode(
        x=alt.X("size:N", title=SUPPORT_TITLE, sort=sizes, axis=alt.Axis(labelAngle=0, grid=False)),
        xOffset=alt.XOffset("name:N", sort=labels, scale=alt.Scale(paddingOuter=1)),
        color=alt.Color(
            "name:N",
            title=None,
            sort=labels,
            scale=alt.Scale(domain=labels, range=colours(names)),
            legend=alt.Legend(orient="bottom", columns=alt.ExprRef(f"max(1, floor(width / {LEGEND_ENTRY}))")),
        ),
        tooltip=_tooltip(title),
    )
    y = alt.Y("value:Q", title=title, scale=scale)
    shape = alt.Shape("name:N", title=None, scale=alt.Scale(domain=labels, range=_shapes(len(labels))))
    heavy = alt.condition(f"datum.predictor == '{champion}'", alt.value(3.2), alt.value(1.3))
    layers = [
        base.mark_rule(strokeWidth=1.6, opacity=0.55).encode(
            y=alt.Y("ci_low:Q", title=title, scale=scale), y2="ci_high:Q"
        ),
        base.mark_line().encode(y=y, strokeWidth=heavy),
        base.mark_point(filled=True, size=70, opacity=1).encode(y=y, shape=shape),
    ]
    return styled(alt.layer(*layers).properties(height=HEIGHT))


def coverage(rows: pd.DataFrame, level: float = 0.9) -> alt.Chart:
    """The share of held-out values inside the interval, compared with its nominal level."""
    frame = _prepared(rows)
    low, high = domain([*frame["ci_low"], *frame["ci_high"], level - 0.06, 1.0], log=False)
    scale = alt.Scale(domain=[low, min(high, 1.02)], nice=False, zero=False)
    base = _champion_base(frame, "coverage")
    nominal = alt.Chart(pd.DataFrame({"value": [level]})).mark_rule(color=INK, strokeDash=[5, 4])
    y = alt.Y("value:Q", title="Share inside the 90 % interval", scale=scale, axis=alt.Axis(format="%"))
    layers = [
        nominal.encode(y=y),
        base.mark_rule(color=ADAPTED, strokeWidth=2, opacity=0.6).encode(
            y=alt.Y("ci_low:Q", scale=scale), y2="ci_high:Q"
        ),
        base.mark_point(filled=True, color=ADAPTED, size=90, opacity=1).encode(y=y),
    ]
    return styled(alt.layer(*layers).properties(height=250))


def width(rows: pd.DataFrame, unit: str) -> alt.Chart:
    """The mean width of the 90 % interval."""
    frame = _prepared(rows)
    y = alt.Y("value:Q", title=f"Mean width ({unit})" if unit else "Mean width", scale=alt.Scale(zero=True))
    bars = _champion_base(frame, "width").mark_bar(color=ADAPTED, opacity=0.75, size=34)
    return styled(bars.encode(y=y).properties(height=250))


def _champion_base(frame: pd.DataFrame, title: str) -> alt.Chart:
    x = alt.X("size:N", title=SUPPORT_TITLE, sort=_sizes(frame), axis=alt.Axis(labelAngle=0, grid=False))
    return alt.Chart(frame).encode(x=x, tooltip=_tooltip(title))


def _prepared(rows: pd.DataFrame) -> pd.DataFrame:
    kept = rows[(rows["support_size"] >= 0) & (rows["cohort"] == "all")].dropna(subset=["value"])
    kept = kept.sort_values(["predictor", "support_size"], kind="stable")
    sizes = kept["support_size"].map(lambda size: wording.support_label(int(size)))
    return kept.assign(
        size=sizes.astype(str), name=kept["predictor"].map(wording.predictor_label).astype(str)
    )


def _in_order(rows: pd.DataFrame, champion: str) -> list[str]:
    """The champion first, then from the smallest to the largest value."""
    mean = rows.groupby("predictor")["value"].mean().sort_values()
    return sorted((str(name) for name in mean.index), key=lambda name: name != champion)


def _sizes(frame: pd.DataFrame) -> list[str]:
    return [wording.support_label(int(size)) for size in sorted(frame["support_size"].unique())]


def _shapes(count: int) -> list[str]:
    return [SHAPES[i % len(SHAPES)] for i in range(count)]


def _tooltip(title: str) -> list[alt.Tooltip]:
    numbers = (("value", title), ("ci_low", "95 % from"), ("ci_high", "to"))
    return [
        alt.Tooltip("name:N", title="Predictor"),
        alt.Tooltip("size:N", title="Own records"),
        *(alt.Tooltip(f"{name}:Q", title=words, format=".3~g") for name, words in numbers),
        alt.Tooltip("n_patients:Q", title="Patients"),
    ]
