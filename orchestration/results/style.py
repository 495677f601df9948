"""The style of the figures of results: three colours with one meaning each, small files, reproducible bytes.

Blue is the champion, vermilion the best baseline, grey all others; colour-blind readers can distinguish the two (Okabe
& Ito 2008), and in print the markers do.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from data_contracts.atomic_write import atomic_write

CHAMPION_BLUE, BASELINE_RED, OTHER, LEARNER, INK = "#0072B2", "#D55E00", "#9A9A9A", "#56B4E9", "#222222"
BAND = "#E8F1E4"
LOOK: Mapping[str, Any] = {
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans", "Verdana", "Arial"],
    "font.size": 9,
    "axes.titlesize": 10,
    "axes.titlelocation": "left",
    "axes.titleweight": "bold",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": "#777777",
    "axes.labelcolor": INK,
    "xtick.color": "#555555",
    "ytick.color": "#555555",
    "legend.frameon": False,
    "svg.fonttype": "none",
    "svg.hashsalt": "meta-med",
    "figure.constrained_layout.use": True,
}


@contextmanager
def figure(
    path: Path, width: float, height: float, panels: int = 1, columns: int | None = None, **options: Any
) -> Iterator[list[Any]]:
    """Axes side by side, or in rows of `columns`; the figure is written by rename when the block ends."""
    import matplotlib as mpl
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    with mpl.rc_context(dict(LOOK)):
        drawn = Figure(figsize=(width, height))
        FigureCanvasAgg(drawn)
        side_by_side = columns or panels
        axes = drawn.subplots(panels // side_by_side, side_by_side, squeeze=False, **options)
        yield list(axes.ravel())
        # without a date and with fixed ids the same numbers give the same bytes
        metadata = {"Date": None} if path.suffix == ".svg" else {}
        with atomic_write(path) as draft:
            drawn.savefig(draft, format=path.suffix[1:], metadata=metadata, dpi=110, facecolor="white")


def plain(name: str) -> str:
    """A predictor's name on a page."""
    special = {"un_adapted": "un-adapted", "chosen_baseline": "baseline chosen on tuning patients"}
    return special.get(name, name.replace("_", " "))


def colour_of(name: str, best: str, learners: tuple[str, ...]) -> str:
    """The colour of a predictor, by its role."""
    if name == "champion":
        return CHAMPION_BLUE
    if name == best:
        return BASELINE_RED
    return LEARNER if name in learners else OTHER


def spread_out(places: list[float], least: float) -> list[float]:
    """Positions moved apart until neighbours are at least `least` apart."""
    order = np.argsort(places)
    out = np.asarray(places, dtype=float)[order]
    for _ in range(200):
        gaps = np.diff(out)
        close = gaps < least - 1e-12
        if not close.any():
            break
        push = np.where(close, (least - gaps) / 2, 0.0)
        out[:-1] -= push
        out[1:] += push
    found = np.empty_like(out)
    found[order] = out
    return [float(place) for place in found]


def lines_of(table: pd.DataFrame) -> list[Any]:
    """The rows as tuples with attributes."""
    return list(table.itertuples())
