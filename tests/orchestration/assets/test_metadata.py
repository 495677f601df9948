"""Plots in Dagster's UI: few names, however many predictors there are."""

import pandas as pd

from orchestration.assets.metadata import NAMED, line_figure


def test_a_plot_names_what_is_compared_and_leaves_the_rest_grey() -> None:
    names = [*(f"learner_{number}" for number in range(18)), *NAMED]
    wide = pd.DataFrame({"predictor": names, "0": 1.0, "1": 0.5, "1-5": 0.6})
    figure = line_figure(wide, "mae_in_sd")
    (axes,), (legend,) = figure.axes, figure.legends
    assert [text.get_text() for text in legend.get_texts()] == [
        "18 others, in the table",
        "champion",
        "chosen baseline",
        "un adapted",
    ]
    assert len(axes.lines) == 21
    assert len({line.get_color() for line in axes.lines}) == 1 + len(NAMED)
    assert [label.get_text() for label in axes.get_xticklabels()] == ["0", "1"]


def test_what_is_not_there_is_not_named() -> None:
    figure = line_figure(pd.DataFrame({"predictor": ["champion"], "0": [1.0]}), "coverage_90")
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["champion"]
