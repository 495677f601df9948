"""Charts of a cohort beside others: distributions, coverage, patients helped and harmed, and a map of cohorts.

The chosen cohort differs by its mark's shape and its bold name, not by colour alone.
"""

from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from dashboard import colours
from dashboard.charts import rows as by_row
from dashboard.charts.axes import CHOSEN, EVEN, LABEL, SHARE, domain, log_ticks, styled
from dashboard.wording import charts as words
from dashboard.wording.numbers import plain
from dashboard.wording.overview import cohort as cohort_words

MAP_HEIGHT = 380
MARGIN = 14  # pixels between the scale bar and the edges of the map
ROOM = 0.22  # of the map, around its outermost cohorts, for their names


def distribution(rows: pd.DataFrame, title: str, chosen: str, *, log: bool) -> alt.Chart:
    """One row per cohort: middle value, middle half and middle 80 % (columns of `summaries`, and name)."""
    frame = by_row.numbered(rows).assign(chosen=rows["cohort"] == chosen)
    marks = ["low_80", "low_50", "middle", "high_50", "high_80"]
    low, high = domain(frame[marks].to_numpy().ravel(), log=log)
    scale = alt.Scale(type="log" if log else "linear", domain=[low, high], nice=False, zero=False)
    ticks = {"values": log_ticks(low, high)} if log else {"tickCount": 5}
    axis = alt.Axis(format=CHOSEN if log else EVEN, labelOverlap="greedy", **ticks)

    def x(name: str) -> alt.X:
        return alt.X(f"{name}:Q", title=title, scale=scale, axis=axis)

    layers = []
    for low_end, high_end, width in (("low_80", "high_80", 2.0), ("low_50", "high_50", 10.0)):
        known = frame.dropna(subset=[low_end, high_end])
        line = alt.Chart(known).mark_rule(strokeWidth=width, opacity=0.55 if width > 2 else 1.0)
        layers.append(line.encode(x=x(low_end), x2=f"{high_end}:Q", y=by_row.place(), color=_colour()))
    layers.append(_dots(frame, "middle", x("middle"), cohort_words.MIDDLE()))
    return styled(alt.layer(*layers, *by_row.names(frame)).properties(height=by_row.height(frame)))


def shares(
    rows: pd.DataFrame, title: str, chosen: str, *, column: str = "value", nominal: float | None = None
) -> alt.Chart:
    """One row per cohort: a share, with its confidence interval (ci_low, ci_high) where it has one."""
    frame = by_row.numbered(rows).assign(chosen=rows["cohort"] == chosen)
    ends = [name for name in ("ci_low", "ci_high") if name in frame]
    seen = frame[[column, *ends]].to_numpy(dtype=float).ravel()
    low, high = (0.0, 1.0) if nominal is None else domain([*seen, nominal - 0.06, 1.0], log=False)
    scale = alt.Scale(domain=[max(low, 0.0), min(high, 1.01)], nice=False, zero=False)
    x = alt.X(f"{column}:Q", title=title, scale=scale, axis=alt.Axis(format=SHARE, tickCount=5))
    layers = []
    if nominal is not None:
        line = alt.Chart(pd.DataFrame({column: [nominal]}))
        layers.append(line.mark_rule(color=colours.shown().text, strokeDash=[5, 4]).encode(x=x))
    if ends:
        rule = alt.Chart(frame.dropna(subset=ends)).mark_rule(strokeWidth=2)
        low_end = alt.X("ci_low:Q", title=title, scale=scale, axis=alt.Axis(format=SHARE, tickCount=5))
        layers.append(rule.encode(x=low_end, x2="ci_high:Q", y=by_row.place(), color=_colour()))
    layers.append(_dots(frame, column, x, title, share=True))
    return styled(alt.layer(*layers, *by_row.names(frame)).properties(height=by_row.height(frame)))


def benefit(rows: pd.DataFrame) -> alt.Chart:
    """One row per cohort, cut into helped, about the same and harmed (columns helped, harmed, name)."""
    frame = by_row.numbered(rows)
    look = colours.shown()
    parts = [
        (cohort_words.HELPED(), look.reference, 0.0 * frame["helped"], frame["helped"]),
        (cohort_words.SAME(), look.axis, frame["helped"], 1 - frame["harmed"]),
        (cohort_words.HARMED(), look.held, 1 - frame["harmed"], 0.0 * frame["harmed"] + 1.0),
    ]
    pieces = pd.concat(
        [frame.assign(part=name, start=start, end=end) for name, _, start, end in parts], ignore_index=True
    )
    labels = [name for name, *_ in parts]
    axis = alt.Axis(format=SHARE, tickCount=5)
    colour = alt.Color(
        "part:N",
        title=None,
        scale=alt.Scale(domain=labels, range=[colour for _, colour, *_ in parts]),
        legend=alt.Legend(orient="bottom", symbolType="square"),
    )
    x = alt.X("start:Q", title=words.SHARE_OF_PATIENTS(), scale=alt.Scale(domain=[0, 1]), axis=axis)
    tips = [alt.Tooltip("name:N", title=cohort_words.TO()), alt.Tooltip("part:N", title=" ")]
    layers = [
        alt.Chart(pieces[(pieces["part"] == cohort_words.HARMED()) == hatched])
        .mark_rule(strokeWidth=by_row.BAR, **({"strokeDash": by_row.HATCHED} if hatched else {}))
        .encode(x=x, x2="end:Q", y=by_row.place(), color=colour, tooltip=tips)
        for hatched in (False, True)
    ]
    return styled(
        alt.layer(*layers, *by_row.names(frame)).properties(height=by_row.height(frame, legend=True))
    )


def cohort_map(places: pd.DataFrame, chosen: str, named: frozenset[str]) -> alt.Chart:
    """The cohorts where `places` puts them, equal steps in both directions; `named`: those with their names."""
    reach = _Reach.of(places)
    x, y = alt.X("x:Q", axis=None, scale=reach.across), alt.Y("y:Q", axis=None, scale=reach.upwards)
    dots = (
        alt.Chart(places.assign(chosen=places["cohort"] == chosen))
        .mark_point(filled=True, size=130, opacity=1)
        .encode(
            x=x,
            y=y,
            color=_colour(),
            shape=_shape(),
            tooltip=alt.Tooltip("cohort:N", title=cohort_words.TO()),
        )
    )
    texts = _map_names(places[places["cohort"].isin(list(named))], x, y, chosen)
    picture = alt.layer(*_scale_bar(reach), dots, *texts).properties(height=MAP_HEIGHT)
    return styled(picture).configure_view(stroke=colours.shown().grid, strokeWidth=1)


@dataclass(frozen=True)
class _Reach:
    """The middle of the cohorts, and how far they reach from it in both directions, with room for their names."""

    x: float
    y: float
    sideways: float
    up: float

    @classmethod
    def of(cls, places: pd.DataFrame) -> "_Reach":
        low, high = places[["x", "y"]].min(), places[["x", "y"]].max()
        middle, half = (low + high) / 2, ((high - low) / 2).clip(lower=0.05) * (1 + ROOM)
        return cls(float(middle["x"]), float(middle["y"]), float(half["x"]), float(half["y"]))

    @property
    def shown(self) -> str:
        """Half of the height in steps of the map: the smallest at which all cohorts are inside, however wide it is."""
        return f"max({self.up}, {self.sideways} * height / width)"

    @property
    def across(self) -> alt.Scale:
        """The horizontal scale: a step is as long as a vertical one."""
        return _around(self.x, f"{self.shown} * width / height")

    @property
    def upwards(self) -> alt.Scale:
        """The vertical scale."""
        return _around(self.y, self.shown)


def _around(middle: float, half: str) -> alt.Scale:
    ends = (alt.ExprRef(f"{middle} {sign} {half}") for sign in "-+")
    return alt.Scale(domainMin=next(ends), domainMax=next(ends), nice=False, zero=False)


def _map_names(rows: pd.DataFrame, x: alt.X, y: alt.Y, chosen: str) -> list[alt.Chart]:
    """The names at the inner side of their cohorts, where there is room; that of the chosen one is bold."""
    middle = (rows["x"].max() + rows["x"].min()) / 2
    layers = []
    for right in (True, False):
        for bold in (True, False):
            part = rows[((rows["x"] <= middle) == right) & ((rows["cohort"] == chosen) == bold)]
            text = alt.Chart(part).mark_text(
                align="left" if right else "right",
                dx=11 if right else -11,
                fontSize=LABEL,
                fontWeight="bold" if bold else "normal",
                color=colours.shown().text,
                limit=0,
            )
            layers.append(text.encode(x=x, y=y, text="cohort:N"))
    return layers


def _scale_bar(reach: _Reach) -> list[alt.Chart]:
    """A line of a round length in the lower left corner, with the length in words."""
    widest = max(reach.sideways, reach.up)
    length = next((step for step in (1.0, 0.5, 0.2, 0.1, 0.05) if step <= widest / 2), 0.02)
    bar = pd.DataFrame({"told": [words.SD_LONG(n=plain(length))]})
    low, end = (
        alt.value(alt.ExprRef(f"height - {MARGIN}")),
        f"{MARGIN} + {length} * height / (2 * {reach.shown})",
    )
    look = colours.shown()
    line = alt.Chart(bar).mark_rule(color=look.text, strokeWidth=2)
    text = alt.Chart(bar).mark_text(align="left", dy=-9, fontSize=LABEL, color=look.text)
    return [
        line.encode(x=alt.value(MARGIN), x2=alt.value(alt.ExprRef(end)), y=low),
        text.encode(x=alt.value(MARGIN), y=low, text="told:N"),
    ]


def _dots(frame: pd.DataFrame, field: str, x: alt.X, title: str, *, share: bool = False) -> alt.Chart:
    tips = [
        alt.Tooltip("name:N", title=cohort_words.TO()),
        alt.Tooltip(f"{field}:Q", title=title, format=",.0%" if share else ",.3~r"),
        alt.Tooltip("n_patients:Q", title=words.PATIENTS(), format=","),
    ]
    dots = alt.Chart(frame.dropna(subset=[field])).mark_point(filled=True, size=110, opacity=1)
    return dots.encode(x=x, y=by_row.place(), color=_colour(), shape=_shape(), tooltip=tips)


def _colour() -> Any:
    """The chosen cohort in the colour of adapted predictions, the others in that of un-adapted ones."""
    look = colours.shown()
    return _either(look.adapted, look.unadapted)


def _shape() -> Any:
    return _either("diamond", "circle")


def _either(value: str, other: str) -> Any:
    """One value for the chosen cohort, another one for the others."""
    return alt.condition(alt.datum.chosen, alt.value(value), alt.value(other))
