"""The chart of one step of a replay: what was measured before, what would have been predicted, and what came.

Its axes are those of all records and all earlier predictions, so that nothing jumps from step to step.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import altair as alt
import pandas as pd

from dashboard import colours
from dashboard.charts.axes import styled, titled
from dashboard.charts.trajectory import (
    HEIGHT,
    Place,
    own_line,
    place_of,
    point,
    prediction_marks,
    reference_band,
)
from dashboard.wording.explanations import replay as words

NO_UNADAPTED = dict.fromkeys(("unadapted_mean", "unadapted_lower_90", "unadapted_upper_90"), float("nan"))


def replayed(
    records: pd.DataFrame,
    step: Mapping[str, Any],
    outcome: Mapping[str, Any],
    steps: pd.DataFrame,
    caption: Sequence[str] = (),
) -> alt.Chart:
    """The chart of one step.

    Args:
        records: the patient's own records: time_days, value.
        step: a row of the published replay, or today's prediction with no `value`; where times are only an order its
            `predicted_time_days` is missing.
        outcome: a row of the published outcomes.
        steps: all rows of the replay of this outcome.
        caption: lines that name the patient inside the image.

    """
    records = records.dropna(subset=["value"])
    if outcome["scale"] == "log":
        records = records[records["value"] > 0]
    records = records.sort_values("time_days")
    place = _place(records, step, outcome, steps)
    before, later = (
        records[cut]
        for cut in (records["time_days"] < step["time_days"], records["time_days"] > step["time_days"])
    )
    layers = [*reference_band(outcome, place), _later(later, place), own_line(before, place, dated=True)]
    if pd.notna(step["mean"]):
        layers += prediction_marks(step, place)
    if pd.notna(step["value"]):
        layers.append(_came(float(step["value"]), place))
    return styled(titled(alt.layer(*layers), HEIGHT, caption))


def _place(
    records: pd.DataFrame, step: Mapping[str, Any], outcome: Mapping[str, Any], steps: pd.DataFrame
) -> Place:
    ahead = steps.assign(predicted_time_days=steps["time_days"])
    place = place_of(records, {**step, **NO_UNADAPTED}, outcome, None, ahead)
    at = (step["time_days"] - place.first) / place.axis.days
    return replace(place, predicted=at, beside=at)


def _came(value: float, place: Place) -> alt.Chart:
    look = colours.shown()
    # hollow, so that the prediction is seen inside it where both are the same
    mark = {
        "shape": "triangle-up",
        "fill": "transparent",
        "stroke": look.own,
        "strokeWidth": 2.5,
        "size": 320,
    }
    return point(place, place.predicted, words.CAME_MARK(), value, **mark)


def _later(records: pd.DataFrame, place: Place) -> alt.Chart:
    look = colours.shown()
    frame = pd.DataFrame(
        {"time": place.times(records["time_days"]), "value": records["value"], "what": words.LATER_MARK()}
    )
    rings = alt.Chart(frame).mark_point(
        shape="circle", filled=True, fill=look.background, stroke=look.own, strokeWidth=1.5, size=40, opacity=1,
        clip=True,
    )  # fmt: skip
    return rings.encode(x=alt.X("time:Q"), y=place.y, tooltip=[alt.Tooltip("what:N", title=" ")])
