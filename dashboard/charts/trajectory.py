"""Charts of one outcome of one patient, and their legend.

Continuous: own records over time, then the prediction with its intervals. Binary: the adapted probability as a bar and
the un-adapted one as a mark on the same scale.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from dashboard.charts.axes import (
    ADAPTED,
    ADAPTED_DARK,
    IN_ORDER,
    INK,
    OWN,
    REFERENCE,
    UNADAPTED,
    TimeAxis,
    corner_title,
    domain,
    styled,
    time_axis,
    value_axis,
)

# level and opacity; wider intervals are fainter, because the three overlap
INTERVALS = ((90, 0.28), (80, 0.38), (50, 0.62))
NUMBERS = ("mean", "lower_50", "upper_50", "lower_80", "upper_80", "lower_90", "upper_90")
UNADAPTED_NUMBERS = ("unadapted_mean", "unadapted_lower_90", "unadapted_upper_90")
BAR = 16
HEIGHT = 230


@dataclass(frozen=True)
class _Place:
    """Positions: unit and ends of the x axis, the predicted time, the y axis."""

    axis: TimeAxis
    start: float
    end: float
    predicted: float
    beside: float
    low: float
    high: float
    y: alt.Y


def trajectory(
    records: pd.DataFrame, prediction: Mapping[str, Any], outcome: Mapping[str, Any], caption: str = ""
) -> alt.Chart:
    """The chart of a continuous outcome.

    Args:
        records: the patient's own records: time_days, value.
        prediction: a row of the published predictions.
        outcome: a row of the published outcomes.
        caption: names the patient inside the image, so that a copied image still names them.

    """
    records = records.dropna(subset=["value"])
    if outcome["scale"] == "log":
        records = records[records["value"] > 0]
    place = _place(records, prediction, outcome)
    layers = [_reference(outcome, place), _measured(records, place)]
    if pd.notna(prediction["mean"]):
        layers += [_bridge(records, prediction, place), *_adapted(prediction, place)]
    if pd.notna(prediction["unadapted_mean"]) and pd.notna(prediction["mean"]):
        layers += _unadapted(prediction, place)
    chart = alt.layer(*[layer for layer in layers if layer is not None])
    return styled(chart.properties(height=HEIGHT, title=corner_title(caption)))


def _place(records: pd.DataFrame, prediction: Mapping[str, Any], outcome: Mapping[str, Any]) -> _Place:
    dated = pd.notna(prediction["predicted_time_days"])
    predicted = float(prediction["predicted_time_days"]) if dated else 0.0
    first = float(records["time_days"].min()) if len(records) else predicted
    last = float(records["time_days"].max()) if len(records) else predicted
    # without dates, the prediction is for the next record in order
    predicted = max(predicted, last) if dated else last + 1
    axis = time_axis(predicted - first) if dated else IN_ORDER
    span = (predicted - first) / axis.days or 1.0
    log = outcome["scale"] == "log"
    seen = [*records["value"], *(prediction[name] for name in (*NUMBERS, *UNADAPTED_NUMBERS))]
    low, high = domain(seen, log=log)
    at = span if len(records) else 0.5 * span
    return _Place(
        axis=axis,
        start=-0.03 * span,
        end=at + 0.14 * span,
        predicted=at,
        beside=at + 0.06 * span,
        low=low,
        high=high,
        y=value_axis(str(outcome["unit"]), low, high, log=log),
    )


def _x(place: _Place, *, dated: bool) -> alt.X:
    axis = alt.Axis(tickCount=6, grid=False) if dated else alt.Axis(labels=False, ticks=False, grid=False)
    title = place.axis.title if dated else "No own record yet"
    scale = alt.Scale(domain=[place.start, place.end], nice=False, zero=False)
    return alt.X("time:Q", title=title, scale=scale, axis=axis)


def _measured(records: pd.DataFrame, place: _Place) -> alt.Chart:
    first = records["time_days"].min() if len(records) else 0.0
    frame = pd.DataFrame(
        {
            "time": (records["time_days"] - first) / place.axis.days,
            "value": records["value"],
            "what": "Measured",
        }
    )
    base = alt.Chart(frame).encode(x=_x(place, dated=len(records) > 0), y=place.y)
    tooltip = [
        alt.Tooltip("what", title=" "),
        alt.Tooltip("value", format=".4~g"),
        alt.Tooltip("time", format=".1f"),
    ]
    line = base.mark_line(color=OWN, strokeWidth=2)
    return line + base.mark_circle(color=OWN, size=55, opacity=1).encode(tooltip=tooltip)


def _reference(outcome: Mapping[str, Any], place: _Place) -> alt.Chart | None:
    low, high = outcome["reference_low"], outcome["reference_high"]
    bottom = max(float(low), place.low) if pd.notna(low) else place.low
    top = min(float(high), place.high) if pd.notna(high) else place.high
    if (pd.isna(low) and pd.isna(high)) or bottom >= top:
        return None
    frame = pd.DataFrame({"time": [place.start], "end": [place.end], "value": [bottom], "top": [top]})
    return (
        alt.Chart(frame)
        .mark_rect(color=REFERENCE, opacity=0.13)
        .encode(x=alt.X("time:Q"), x2="end:Q", y=place.y, y2="top:Q")
    )


def _bridge(records: pd.DataFrame, prediction: Mapping[str, Any], place: _Place) -> alt.Chart | None:
    """A faint line from the newest value to the prediction."""
    if records.empty:
        return None
    newest = records.sort_values("time_days").iloc[-1]
    first = records["time_days"].min()
    frame = pd.DataFrame(
        {
            "time": [(newest["time_days"] - first) / place.axis.days, place.predicted],
            "value": [newest["value"], prediction["mean"]],
        }
    )
    dashed = alt.Chart(frame).mark_line(color=ADAPTED, strokeDash=[3, 4], strokeWidth=1.5)
    return dashed.encode(x=alt.X("time:Q"), y=place.y)


def _adapted(prediction: Mapping[str, Any], place: _Place) -> list[alt.Chart]:
    layers = []
    for level, opacity in INTERVALS:
        if pd.isna(prediction[f"lower_{level}"]):
            continue  # too few calibration patients for this level
        ends = {"value": [prediction[f"lower_{level}"]], "top": [prediction[f"upper_{level}"]]}
        frame = pd.DataFrame({"time": [place.predicted], **ends, "what": [f"{level} % prediction interval"]})
        bar = alt.Chart(frame).mark_rule(color=ADAPTED, strokeWidth=BAR, opacity=opacity)
        layers.append(bar.encode(x=alt.X("time:Q"), y=place.y, y2="top:Q", tooltip=_ends()))
    centre = {"time": [place.predicted], "value": [prediction["mean"]], "what": ["Prediction, adapted"]}
    mark = alt.Chart(pd.DataFrame(centre)).mark_point(
        shape="diamond", filled=True, color=ADAPTED_DARK, stroke="white", strokeWidth=1, size=130, opacity=1
    )
    return [*layers, mark.encode(x=alt.X("time:Q"), y=place.y, tooltip=_point())]


def _unadapted(prediction: Mapping[str, Any], place: _Place) -> list[alt.Chart]:
    ends = {"value": [prediction["unadapted_lower_90"]], "top": [prediction["unadapted_upper_90"]]}
    frame = pd.DataFrame({"time": [place.beside], **ends, "what": ["90 % interval, un-adapted"]})
    bar = alt.Chart(frame.dropna()).mark_rule(color=UNADAPTED, strokeWidth=1.6)
    centre = {
        "time": [place.beside],
        "value": [prediction["unadapted_mean"]],
        "what": ["Prediction, un-adapted"],
    }
    mark = alt.Chart(pd.DataFrame(centre)).mark_point(
        shape="square", filled=True, fill="white", stroke=UNADAPTED, strokeWidth=2, size=75, opacity=1
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


WIDTH = 1150
ENTRIES = (
    (10, "Measured"),
    (140, "Reference range"),
    (310, "Prediction"),
    (445, "its 50 / 80 / 90 % intervals"),
    (685, "Un-adapted prediction with its 90 % interval"),
)


def legend() -> alt.Chart:
    """The legend of the patient page's charts, drawn with the same marks."""
    own, band, mean, grades, plain = (x for x, _ in ENTRIES)
    layers = [
        _at([own], [own + 26]).mark_rule(color=OWN, strokeWidth=2).encode(x2="end:Q"),
        _at([own + 13]).mark_circle(color=OWN, size=60, opacity=1),
        _at([band], [band + 26]).mark_rule(color=REFERENCE, strokeWidth=16, opacity=0.2).encode(x2="end:Q"),
        _at([mean + 13]).mark_point(shape="diamond", filled=True, color=ADAPTED_DARK, size=130, opacity=1),
        *(
            _at([grades + inset], [grades + 36 - inset])
            .mark_rule(color=ADAPTED, strokeWidth=14, opacity=opacity)
            .encode(x2="end:Q")
            for inset, (_, opacity) in zip((0, 6, 12), INTERVALS, strict=True)
        ),
        _at([plain], [plain + 28]).mark_rule(color=UNADAPTED, strokeWidth=1.6).encode(x2="end:Q"),
        _at([plain + 14]).mark_point(
            shape="square", filled=True, fill="white", stroke=UNADAPTED, strokeWidth=2, size=75, opacity=1
        ),
        _names(),
    ]
    return styled(alt.layer(*layers).properties(height=26, width=WIDTH))


def _at(start: list[int], end: list[int] | None = None) -> alt.Chart:
    frame = pd.DataFrame({"x": start, "end": end or start})
    return alt.Chart(frame).encode(x=_scale())


def _names() -> alt.Chart:
    frame = pd.DataFrame(
        [(x + 36 + 6 * (name[:3] == "its"), name) for x, name in ENTRIES], columns=["x", "name"]
    )
    text = alt.Chart(frame).mark_text(align="left", baseline="middle", fontSize=13, color=INK)
    return text.encode(x=_scale(), text="name:N")


def _scale() -> alt.X:
    return alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, WIDTH], nice=False))


def probability(prediction: Mapping[str, Any], caption: str = "") -> alt.Chart:
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
    return styled(alt.layer(*layers).properties(height=76, title=corner_title(caption)))
