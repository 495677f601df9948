"""The chart of a continuous outcome of one patient: own records over time, then the prediction with its intervals.

Where there is a forecast over time, its fan opens at the newest value (`fan`). A chart of many records opens on the
newest ones; dragging moves it through time, and pinching or Ctrl with the wheel zooms, so that the wheel alone still
scrolls the page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from dashboard import colours
from dashboard.charts.axes import (
    EVEN,
    TimeAxis,
    decimal_format,
    domain,
    order_axis,
    styled,
    time_axis,
    titled,
    value_axis,
)
from dashboard.charts.fan import BANDS, drawn_horizons, fan
from dashboard.wording import charts as words
from dashboard.wording import times

INTERVALS = ((90, 3), (80, 8), (50, 15))
"""Level and width in pixels: the likelier the values, the thicker the bar, which black and white shows too."""
NUMBERS = ("mean", "lower_50", "upper_50", "lower_80", "upper_80", "lower_90", "upper_90")
UNADAPTED_NUMBERS = ("unadapted_mean", "unadapted_lower_90", "unadapted_upper_90")
HEIGHT = 230
FEW, MANY = 60, 200
"""Up to so many records in view, points are large, or of middle size; more are small."""
POINT_SIZES = (55, 24, 9)
ZOOM = "wheel![event.ctrlKey || event.metaKey]"


@dataclass(frozen=True)
class Place:
    """Positions in a chart: unit, origin and ends of the x axis, the predicted time, the y axis; the number of records
    in view; the decimals of a value."""

    axis: TimeAxis
    first: float
    start: float
    end: float
    predicted: float
    beside: float
    low: float
    high: float
    y: alt.Y
    in_view: int
    decimals: float | None

    def times(self, days: pd.Series) -> pd.Series:
        """Positions on the x axis."""
        return (days - self.first) / self.axis.days


def trajectory(
    records: pd.DataFrame,
    prediction: Mapping[str, Any],
    outcome: Mapping[str, Any],
    caption: Sequence[str] = (),
    newest: int | None = None,
    ahead: pd.DataFrame | None = None,
) -> alt.Chart:
    """The chart of a continuous outcome.

    Args:
        records: the patient's own records: time_days, value.
        prediction: a row of the published predictions.
        outcome: a row of the published outcomes.
        caption: lines that name the patient inside the image, so that a copied image still names them.
        newest: the chart opens on so many newest records; None for all.
        ahead: the patient's rows of the published horizons of this outcome; None for no forecast over time.

    """
    records = records.dropna(subset=["value"])
    if outcome["scale"] == "log":
        records = records[records["value"] > 0]
    records = records.sort_values("time_days")
    shown = drawn_horizons(ahead if len(records) else None)
    place = place_of(records, prediction, outcome, newest, shown)
    layers = [*reference_band(outcome, place), *_fan(records, shown, place), own_line(records, place)]
    if pd.notna(prediction["mean"]):
        bridge = None if len(shown) else _bridge(records, prediction, place)
        layers += [bridge, *prediction_marks(prediction, place)]
    if pd.notna(prediction["unadapted_mean"]) and pd.notna(prediction["mean"]):
        layers += _unadapted(prediction, place)
    chart = alt.layer(*[layer for layer in layers if layer is not None])
    return styled(titled(chart, HEIGHT, caption))


def _fan(records: pd.DataFrame, shown: pd.DataFrame, place: Place) -> list[alt.Chart]:
    if shown.empty:
        return []
    at = place.times(records["time_days"].tail(1)).iloc[0], records["value"].iloc[-1]
    return fan(shown, place.times(shown["predicted_time_days"]).tolist(), at, place.y, place.decimals)


def place_of(
    records: pd.DataFrame,
    prediction: Mapping[str, Any],
    outcome: Mapping[str, Any],
    newest: int | None,
    ahead: pd.DataFrame,
) -> Place:
    """The place of these records, of a prediction, and of what is drawn ahead, with predicted times and bounds."""
    dated = pd.notna(prediction["predicted_time_days"])
    predicted = float(prediction["predicted_time_days"]) if dated else 0.0
    days = records["time_days"].tolist() or [predicted]
    # without dates, the prediction is for the next record in order
    predicted = max(predicted, days[-1]) if dated else days[-1] + 1
    last = max(predicted, *ahead["predicted_time_days"]) if len(ahead) else predicted
    axis = time_axis(last - days[0]) if dated else order_axis()
    shown = days[-newest:] if newest else days
    begin = (shown[0] - days[0]) / axis.days
    span = (last - shown[0]) / axis.days or 1.0
    log = outcome["scale"] == "log"
    seen = [*records["value"], *(prediction[name] for name in (*NUMBERS, *UNADAPTED_NUMBERS))]
    widest = [f"{side}_{BANDS[0]}" for side in ("lower", "upper")] if len(ahead) else []
    low, high = domain([*seen, *ahead[widest].to_numpy().ravel()], log=log)
    at = (predicted - days[0]) / axis.days if len(records) else begin + 0.5 * span
    return Place(
        axis=axis,
        first=days[0],
        start=begin - 0.03 * span,
        end=max(at, begin + span if len(ahead) else at) + 0.14 * span,
        predicted=at,
        beside=at + 0.06 * span,
        low=low,
        high=high,
        y=value_axis(str(outcome["unit"]), low, high, log=log, whole=outcome.get("whole") == 1),
        in_view=len(shown),
        decimals=outcome.get("predicted_decimals"),
    )


def _x(place: Place, *, dated: bool) -> alt.X:
    axis = alt.Axis(tickCount=6, grid=False, format=EVEN)
    if not dated:
        axis = alt.Axis(labels=False, ticks=False, grid=False)
    title = place.axis.title if dated else words.NO_RECORD()
    scale = alt.Scale(domain=[place.start, place.end], nice=False, zero=False)
    return alt.X("time:Q", title=title, scale=scale, axis=axis)


def own_line(records: pd.DataFrame, place: Place, *, dated: bool | None = None) -> alt.Chart:
    """The measured values, as points on a line; `dated`: whether times are on the axis, by default if there are any."""
    frame = pd.DataFrame(
        {
            "time": place.times(records["time_days"]),
            "value": records["value"],
            "what": words.MEASURED(),
            "when": [_since(place, days) for days in records["time_days"]],
        }
    )
    base = alt.Chart(frame).encode(x=_x(place, dated=len(records) > 0 if dated is None else dated), y=place.y)
    tooltip = [
        alt.Tooltip("what:N", title=" "),
        alt.Tooltip("value:Q", title=words.VALUE(), format=decimal_format(place.decimals)),
        alt.Tooltip("when:N", title=" "),
    ]
    crowd = (place.in_view > FEW) + (place.in_view > MANY)
    own = colours.shown().own
    line = base.mark_line(color=own, strokeWidth=(2, 1.4, 1)[crowd], clip=True)
    points = base.mark_circle(color=own, size=POINT_SIZES[crowd], opacity=1, clip=True).encode(
        tooltip=tooltip
    )
    if len(records) <= FEW:
        return line + points
    return line + points.add_params(alt.selection_interval(bind="scales", encodings=["x"], zoom=ZOOM))


def _since(place: Place, days: float) -> str:
    if not place.axis.dated:
        return words.RECORD(n=round(days - place.first + 1))
    if days <= place.first:
        return words.FIRST_RECORD()
    return words.AFTER_FIRST(duration=times.duration(days - place.first))


def reference_band(outcome: Mapping[str, Any], place: Place) -> list[alt.Chart]:
    """A pale band, and a dashed line at each of its ends that the chart shows."""
    low, high = outcome["reference_low"], outcome["reference_high"]
    bottom = max(float(low), place.low) if pd.notna(low) else place.low
    top = min(float(high), place.high) if pd.notna(high) else place.high
    if (pd.isna(low) and pd.isna(high)) or bottom >= top:
        return []
    # the band reaches back to the first record, for when the chart is moved through time
    across = {"time": min(place.start, 0.0), "end": place.end}
    colour, x = colours.shown().reference, alt.X("time:Q")
    band = alt.Chart(pd.DataFrame([{**across, "value": bottom, "top": top}]))
    ends = [{**across, "value": end} for end in (low, high) if pd.notna(end) and place.low < end < place.high]
    lines = alt.Chart(pd.DataFrame(ends, columns=["time", "end", "value"]))
    return [
        band.mark_rect(color=colour, opacity=0.12, clip=True).encode(x=x, x2="end:Q", y=place.y, y2="top:Q"),
        lines.mark_rule(color=colour, strokeDash=[6, 3], clip=True).encode(x=x, x2="end:Q", y=place.y),
    ]


def _bridge(records: pd.DataFrame, prediction: Mapping[str, Any], place: Place) -> alt.Chart | None:
    """A faint line from the newest value to the prediction."""
    if records.empty:
        return None
    newest = records.sort_values("time_days").iloc[-1]
    at = (newest["time_days"] - place.first) / place.axis.days
    frame = pd.DataFrame({"time": [at, place.predicted], "value": [newest["value"], prediction["mean"]]})
    dashed = alt.Chart(frame).mark_line(
        color=colours.shown().adapted, strokeDash=[3, 4], strokeWidth=1.5, clip=True
    )
    return dashed.encode(x=alt.X("time:Q"), y=place.y)


def prediction_marks(prediction: Mapping[str, Any], place: Place) -> list[alt.Chart]:
    """The intervals of the adapted prediction as bars, and its centre."""
    layers, look = [], colours.shown()
    for level, width in INTERVALS:
        if pd.isna(prediction[f"lower_{level}"]):
            continue  # too few calibration patients for this level
        ends = {"value": prediction[f"lower_{level}"], "top": prediction[f"upper_{level}"]}
        layers.append(
            _bar(
                place,
                place.predicted,
                words.INTERVAL(level=level),
                ends,
                color=look.adapted,
                strokeWidth=width,
            )
        )
    mark = {
        "shape": "diamond",
        "color": look.centre,
        "stroke": look.background,
        "strokeWidth": 1,
        "size": 130,
    }
    return [*layers, point(place, place.predicted, words.ADAPTED(), prediction["mean"], **mark)]


def _unadapted(prediction: Mapping[str, Any], place: Place) -> list[alt.Chart]:
    look = colours.shown()
    ends = {"value": prediction["unadapted_lower_90"], "top": prediction["unadapted_upper_90"]}
    mark = {
        "shape": "square",
        "fill": look.background,
        "stroke": look.unadapted,
        "strokeWidth": 2,
        "size": 75,
    }
    value = prediction["unadapted_mean"]
    return [
        _bar(place, place.beside, words.UNADAPTED_INTERVAL(), ends, color=look.unadapted, strokeWidth=1.6),
        point(place, place.beside, words.UNADAPTED(), value, **mark),
    ]


def _bar(place: Place, at: float, what: str, ends: Mapping[str, float], **mark: object) -> alt.Chart:
    """A vertical bar between two values."""
    frame = pd.DataFrame([{"time": at, **ends, "what": what}]).dropna()
    bar = alt.Chart(frame).mark_rule(clip=True, **mark)
    tips = [alt.Tooltip("what:N", title=" ")]
    for name, title in (("value", words.LOW()), ("top", words.HIGH())):
        tips.append(alt.Tooltip(f"{name}:Q", title=title, format=decimal_format(place.decimals)))
    return bar.encode(x=alt.X("time:Q"), y=place.y, y2="top:Q", tooltip=tips)


def point(place: Place, at: float, what: str, value: float, **mark: object) -> alt.Chart:
    """A mark at one value."""
    frame = pd.DataFrame([{"time": at, "value": value, "what": what}])
    tips = [
        alt.Tooltip("what:N", title=" "),
        alt.Tooltip("value:Q", title=words.VALUE(), format=decimal_format(place.decimals)),
    ]
    point = alt.Chart(frame).mark_point(filled=True, opacity=1, clip=True, **mark)
    return point.encode(x=alt.X("time:Q"), y=place.y, tooltip=tips)
