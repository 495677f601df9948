"""The chart of a binary outcome: the adapted probability as a bar, the un-adapted one as a mark on the same scale."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from dashboard import colours
from dashboard.charts.axes import SHARE, styled, titled
from dashboard.wording import charts as words

BAR_HEIGHT = 62


def probability(prediction: Mapping[str, Any], caption: Sequence[str] = ()) -> alt.Chart:
    """A bar from 0 to 100 % for a row of the published predictions; `caption` as in `trajectory`.

    A row without an un-adapted probability, such as a step of the replay, has no mark of it.
    """
    look, scale = colours.shown(), alt.Scale(domain=[0, 1], nice=False)
    x = alt.X("share:Q", title=words.PROBABILITY(), scale=scale, axis=alt.Axis(format=SHARE, tickCount=6))
    adapted, unadapted = (
        alt.Chart(pd.DataFrame([{"share": prediction.get(name), "what": what}])).encode(
            x=x,
            tooltip=[
                alt.Tooltip("what:N", title=" "),
                alt.Tooltip("share:Q", title=words.PROBABILITY(), format=".0%"),
            ],
        )
        for name, what in (
            ("probability", words.ADAPTED_CHANCE()),
            ("unadapted_probability", words.UNADAPTED_CHANCE()),
        )
    )
    layers = [
        alt.Chart(pd.DataFrame({"share": [1.0]})).mark_bar(color=look.grid, size=24).encode(x=x),
        adapted.mark_bar(color=look.adapted, size=24),
    ]
    if pd.notna(prediction.get("unadapted_probability")):
        square = {"shape": "square", "filled": True, "fill": look.background, "opacity": 1, "size": 90}
        layers.append(unadapted.mark_point(stroke=look.unadapted, strokeWidth=2, **square))
    return styled(titled(alt.layer(*layers), BAR_HEIGHT, caption))
