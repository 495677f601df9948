"""Charts of one outcome of one patient.

Continuous: own records over time, then the prediction with its intervals. Binary: the adapted probability as a bar and
the un-adapted one as a mark on the same scale. A chart of many records opens on the newest ones; dragging moves it
through time, and pinching or Ctrl with the wheel zooms, so that the wheel alone still scrolls the page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from dashboard.charts.axes import (
    ADAPTED,
    ADAPTED_DARK,
    IN_ORDER,
    OWN,
    REFERENCE,
    UNADAPTED,
    TimeAxis,
    domain,
    styled,
    time_axis,
    titled,
    value_axis,
)
from meta_med.published.durations import in_words

# level and opacity; wider intervals are fainter, because the three overlap
INTERVALS = ((90, 0.28), (80, 0.38), (50, 0.62))
NUMBERS = ("mean", "lower_50", "upper_50", "lower_80", "upper_80", "lower_90", "upper_90")
UNADAPTED_NUMBERS = ("unadapted_mean", "unadapted_lower_90", "unadapted_upper_90")
BAR = 16
HEIGHT, BAR_HEIGHT = 230, 62
FEW, MANY = 60, 200
"""Up to so many records in view, points are large, or of middle size; more are small."""
POINT_SIZES = (55, 24, 9)
ZOOM = "wheel![event.ctrlKey || event.metaKey]"


@dataclass(frozen=True)
class _Place:
    """Positions: unit, origin and ends of the x axis, the predicted time, the y axis; the number of records in view."""

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

    def times(self, days: pd.Series) -> pd.Series:
        """Positions on the x axis."""
        return (days - self.first) / self.axis.days


def trajectory(
    records: pd.DataFrame,
    prediction: Mapping[str, Any],
    outcome: Mapping[str, Any],
    caption: Sequence[str] = (),
    newest: int | None = None,
) -> alt.Chart:
    """The chart of a continuous outcome.

    Args:
        records: the patient's own records: time_days, value.
        prediction: a row of the published predictions.
        outcome: a row of the published outcomes.
        caption: lines that name the patient inside the image, so that a copied image still names them.
        newest: the chart opens on so many newest records; None for all.

    """
    records = records.dropna(subset=["value"])
    if outcome["scale"] == "log":
        records = records[records["value"] > 0]
    place = _place(records.sort_values("time_days"), prediction, outcome, newest)
    layers = [_reference(outcome, place), _measured(records, place)]
    if pd.notna(prediction["mean"]):
        layers += [_bridge(records, prediction, place), *_adapted(prediction, place)]
    if pd.notna(prediction["unadapted_mean"]) and pd.notna(prediction["mean"]):
        layers += _unadapted(prediction, place)
    chart = alt.layer(*[layer for layer in layers if layer is not None])
    return styled(titled(chart, HEIGHT, caption))


def _place(
    records: pd.DataFrame, prediction: Mapping[str, Any], outcome: Mapping[str, Any], newest: int | None
) -> _Place:
    dated = pd.notna(prediction["predicted_time_days"])
    predicted = float(prediction["predicted_time_days"]) if dated else 0.0
    times = records["time_days"].tolist() or [predicted]
    # without dates, the prediction is for the next record in order
    predicted = max(predicted, times[-1]) if dated else times[-1] + 1
    axis = time_axis(predicted - times[0]) if dated else IN_ORDER
    shown = times[-newest:] if newest else times
    begin = (shown[0] - times[0]) / axis.days
    span = (predicted - shown[0]) / axis.days or 1.0
    log = outcome["scale"] == "log"
    seen = [*records["value"], *(prediction[name] for name in (*NUMBERS, *UNADAPTED_NUMBERS))]
    low, high = domain(seen, log=log)
    at = begin + (span if len(records) else 0.5 * span)
    return _Place(
        axis=axis,
        first=times[0],
        start=begin - 0.03 * span,
        end=at + 0.14 * span,
        predicted=at,
        beside=at + 0.06 * span,
        low=low,
        high=high,
        y=value_axis(str(outcome["unit"]), low, high, log=log, whole=outcome.get("whole") == 1),
        in_view=len(shown),
    )


def _x(place: _Place, *, dated: bool) -> alt.X:
    axis = alt.Axis(tickCount=6, grid=False) if dated else alt.Axis(labels=False, ticks=False, grid=False)
    title = place.axis.title if dated else "No own record yet"
    scale = alt.Scale(domain=[place.start, place.end], nice=False, zero=False)
    return alt.X("time:Q", title=title, scale=scale, axis=axis)


def _measured(records: pd.DataFrame, place: _Place) -> alt.Chart:
    frame = pd.DataFrame(
        {
            "time": place.times(records["time_days"]),
            "value": records["value"],
            "what": "Measured",
            "when": [_since(place, days) for days in records["time_days"]],
        }
    )
    base = alt.Chart(frame).encode(x=_x(place, dated=len(records) > 0), y=place.y)
    tooltip = [
        alt.Tooltip("what:N", title=" "),
        alt.Tooltip("value:Q", format=".4~g"),
        alt.Tooltip("when:N", title=" "),
    ]
    crowd = (place.in_view > FEW) + (place.in_view > MANY)
    line = base.mark_line(color=OWN, strokeWidth=(2, 1.4, 1)[crowd], clip=True)
    points = base.mark_circle(color=OWN, size=POINT_SIZES[crowd], opacity=1, clip=True).encode(
        tooltip=tooltip
    )
    if len(records) <= FEW:
        return line + points
    return line + points.add_params(alt.selection_interval(bind="scales", encodings=["x"], zoom=ZOOM))


def _since(place: _Place, days: float) -> str:
    if place.axis == IN_ORDER:
        return f"record {days - place.first + 1:.0f}"
    return f"{in_words(days - place.first)} after the first record" if days > place.first else "first record"


def _reference(outcome: Mapping[str, Any], place: _Place) -> alt.Chart | None:
    low, high = outcome["reference_low"], outcome["reference_high"]
    bottom = max(float(low), place.low) if pd.notna(low) else place.low
    top = min(float(high), place.high) if pd.notna(high) else place.high
    if (pd.isna(low) and pd.isna(high)) or bottom >= top:
        return None
    # the band reaches back to the first record, for when the chart is moved through time
    frame = pd.DataFrame(
        {"time": [min(place.start, 0.0)], "end": [place.end], "value": [bottom], "top": [top]}
    )
    return (
        alt.Chart(frame)
        .mark_rect(color=REFERENCE, opacity=0.13, clip=True)
        .encode(x=alt.X("time:Q"), x2="end:Q", y=place.y, y2="top:Q")
    )


def _bridge(records: pd.DataFrame, prediction: Mapping[str, Any], place: _Place) -> alt.Chart | None:
    """A faint line from the newest value to the prediction."""
    if records.empty:
        return None
    newest = records.sort_values("time_days").iloc[-1]
    at = (newest["time_days"] - place.first) / place.axis.days
    frame = pd.DataFrame({"time": [at, place.predicted], "value": [newest["value"], prediction["mean"]]})
    dashed = alt.Chart(frame).mark_line(color=ADAPTED, strokeDash=[3, 4], strokeWidth=1.5, clip=True)
    return dashed.encode(x=alt.X("time:Q"), y=place.y)


def _adapted(prediction: Mapping[str, Any], place: _Place) -> list[alt.Chart]:
    layers = []
    for level, opacity in INTERVALS:
        if pd.isna(prediction[f"lower_{level}"]):
            continue  # too few calibration patients for this level
        ends = {"value": [prediction[f"lower_{level}"]], "top": [prediction[f"upper_{level}"]]}
        frame = pd.DataFrame({"time": [place.predicted], **ends, "what": [f"{level} % prediction interval"]})
        bar = alt.Chart(frame).mark_rule(color=ADAPTED, strokeWidth=BAR, opacity=opacity, clip=True)
        layers.append(bar.encode(x=alt.X("time:Q"), y=place.y, y2="top:Q", tooltip=_ends()))
    centre = {"time": [place.predicted], "value": [prediction["mean"]], "what": ["Prediction, adapted"]}
    mark = alt.Chart(pd.DataFrame(centre)).mark_point(
        shape="diamond",
        filled=True,
        color=ADAPTED_DARK,
        stroke="white",
        strokeWidth=1,
        size=130,
        opacity=1,
        clip=True,
    )
    return [*layers, mark.encode(x=alt.X("time:Q"), y=place.y, tooltip=_point())]


def _unadapted(prediction: Mapping[str, Any], place: _Place) -> list[alt.Chart]:
    ends = {"value": [prediction["unadapted_lower_90"]], "top": [prediction["unadapted_upper_90"]]}
    frame = pd.DataFrame({"time": [place.beside], **ends, "what": ["90 % interval, un-adapted"]})
    bar = alt.Chart(frame.dropna()).mark_rule(color=UNADAPTED, strokeWidth=1.6, clip=True)
    centre = {
        "time": [place.beside],
        "value": [prediction["unadapted_mean"]],
        "what": ["Prediction, un-adapted"],
    }
    mark = alt.Chart(pd.DataFrame(centre)).mark_point(
        shape="square",
        filled=True,
        fill="white",
        stroke=UNADAPTED,
        strokeWidth=2,
        size=75,
        opacity=1,
        clip=True,
    )
    return [
        bar.encode(x=alt.X("time:Q"), y=place.y, y2="top:Q", tooltip=_ends()),
        mark.encode(x=alt.X("time:Q"), y=place.y, tooltip=_point()),
    ]


def _ends() -> list[alt.Tooltip]:
    ends = (("value", "from"), ("top", "to"))
    return [alt.Tooltip("what", title=" "), *(alt.Tooltip(n, title=t, format=".4~g") for n, t in ends)]


def _point() -> list[alt.Tooltip]:
    return [alt.Tooltip("what", title=" "), alt.Tooltip("value", title="value", format=".4~g")]


def probability(prediction: Mapping[str, Any], caption: Sequence[str] = ()) -> alt.Chart:
    """A bar from 0 to 100 % for a row of the published predictions; `caption` as in `trajectory`."""
    scale = alt.Scale(domain=[0, 1], nice=False)
    x = alt.X("share:Q", title="Probability", scale=scale, axis=alt.Axis(format="%", tickCount=6))
    track = alt.Chart(pd.DataFrame({"share": [1.0]})).mark_bar(color="#eef2f4", size=24)
    bar = alt.Chart(pd.DataFrame({"share": [prediction["probability"]], "what": ["Adapted"]}))
    mark = alt.Chart(pd.DataFrame({"share": [prediction["unadapted_probability"]], "what": ["Un-adapted"]}))
    tooltip = [alt.Tooltip("what", title=" "), alt.Tooltip("share", title="probability", format=".0%")]
    layers = [
        track.encode(x=x),
        bar.mark_bar(color=ADAPTED, size=24, opacity=0.85).encode(x=x, tooltip=tooltip),
        mark.mark_point(
            shape="square", filled=True, fill="white", stroke=UNADAPTED, strokeWidth=2, size=90, opacity=1
        ).encode(x=x, tooltip=tooltip),
    ]
    return styled(titled(alt.layer(*layers), BAR_HEIGHT, caption))
