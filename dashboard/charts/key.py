"""The key to the patient page's charts, drawn with the very marks it explains."""

import altair as alt
import pandas as pd

from dashboard.charts.axes import styled
from dashboard.charts.palette import ADAPTED, ADAPTED_DARK, INK, OWN, REFERENCE, UNADAPTED
from dashboard.charts.trajectory import GRADES

WIDTH = 1150
ENTRIES = (
    (10, "Measured"),
    (140, "Reference range"),
    (310, "Prediction"),
    (445, "its 50 / 80 / 90 % intervals"),
    (685, "Un-adapted prediction with its 90 % interval"),
)


def key() -> alt.Chart:
    """One row of marks with their names."""
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
            for inset, (_, opacity) in zip((0, 6, 12), GRADES, strict=True)
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
