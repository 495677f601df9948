"""A binary outcome: the adapted probability as a bar, the un-adapted one as a mark on the same scale."""

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from dashboard.charts.axes import identity, styled
from dashboard.charts.palette import ADAPTED, UNADAPTED


def probability(prediction: Mapping[str, Any], strip: str = "") -> alt.Chart:
    """One bar from 0 to 100 %; `strip` as in `trajectory`."""
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
    return styled(alt.layer(*layers).properties(height=76, title=identity(strip)))
