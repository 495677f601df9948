"""What charts write on their axes, as the browser's own chart library renders it: digits as a reader writes them."""

import json
import math
import re
from collections.abc import Callable, Iterator
from functools import partial
from xml.etree import ElementTree

import altair as alt
import pandas as pd
import pytest
import vl_convert
from babel import Locale

from dashboard.charts import evaluation, quality
from dashboard.charts.probability import probability
from dashboard.charts.trajectory import trajectory
from dashboard.quality import Distribution
from dashboard.wording import language
from tests.dashboard.synthetic_release import made_release

EXPONENT = re.compile(r"\d[eE][+\-−]?\d|10\^")
OUTCOME = {"label": "X", "unit": "g/L", "reference_low": math.nan, "reference_high": math.nan}
MAGNITUDES = (1e-4, 0.03, 1.0, 250.0, 4e3, 6e5, 3e7)


@pytest.fixture(params=["en-GB", "de-DE"])
def locale(request: pytest.FixtureRequest) -> Iterator[Locale]:
    language.use(Locale.parse(request.param, sep="-"))
    yield language.current()
    language.use(language.DEFAULT)


def written(chart: alt.Chart) -> list[str]:
    """Every text of the rendered chart."""
    picture = ElementTree.fromstring(vl_convert.vegalite_to_svg(json.dumps(chart.to_dict())))
    return [element.text for element in picture.iter() if element.tag.endswith("text") and element.text]


def course(size: float, scale: str, whole: int = 0) -> alt.Chart:
    values = [size * factor for factor in (0.4, 1.0, 2.6)]
    records = pd.DataFrame({"time_days": [0.0, 4_000.0, 9_000.0], "value": values})
    ends = {
        f"{end}_{level}": size * f for end, f in (("lower", 0.3), ("upper", 3.0)) for level in (50, 80, 90)
    }
    beside = {"unadapted_mean": size, "unadapted_lower_90": size * 0.2, "unadapted_upper_90": size * 5}
    predicted = {"mean": size, **ends, **beside, "predicted_time_days": 10_000.0}
    return trajectory(records, predicted, {**OUTCOME, "scale": scale, "whole": whole})


def shape(low: float, high: float, axis: str) -> alt.Chart:
    labels = (str(low), str(high))
    return quality.distribution(Distribution("t", "x", "", "", axis, labels, tuple(range(20, 52))), None)


def evaluated(metric: str, scale: float = 1.0) -> pd.DataFrame:
    rows = made_release().frames["evaluation"]
    kept = rows[(rows["outcome"] == "bili") & (rows["metric"] == metric) & (rows["predictor"] == "champion")]
    return kept.assign(**{name: kept[name] * scale for name in ("value", "ci_low", "ci_high")})


def errors(factor: float) -> alt.Chart:
    return evaluation.by_support_size(evaluated("mae", factor), "Error")


def widths(factor: float) -> alt.Chart:
    return evaluation.width(evaluated("width_90", factor), "g/L")


def releases() -> pd.DataFrame:
    at = pd.to_datetime(["2026-01-02", "2026-02-03"], utc=True)
    return pd.DataFrame({"rows_in": [123_456, 234_567], "rows_quarantined": [7, 9_000], "published_at": at})


LOG_RANGES = ((0.1, 40.0), (5.0, 1500.0), (200.0, 50_000.0), (100.0, 150.0), (1e-4, 1e7))
TOPS = (0.004, 1.0, 12_000.0, 3e7)
FACTORS = (1e-4, 1.0, 1e5)
CHARTS: dict[str, Callable[[], alt.Chart]] = {
    **{f"course of {size:g}, {s}": partial(course, size, s) for size in MAGNITUDES for s in ("log", "identity")},
    "course of a score": lambda: course(12.0, "identity", whole=1),
    "probability": lambda: probability({"probability": 0.3, "unadapted_probability": 0.2}),
    **{f"distribution to {high:g}": partial(shape, low, high, "log") for low, high in LOG_RANGES},
    **{f"distribution to {high:g}, linear": partial(shape, 0.0, high, "linear") for high in TOPS},
    **{f"error of {factor:g}": partial(errors, factor) for factor in FACTORS},
    **{f"width of {factor:g}": partial(widths, factor) for factor in FACTORS},
    "coverage": lambda: evaluation.coverage(evaluated("coverage_90")),
    "rows held back": lambda: quality.deliveries(releases()),
}  # fmt: skip


@pytest.mark.parametrize("name", CHARTS)
def test_no_axis_has_a_power_of_ten(name: str, locale: Locale) -> None:
    texts = written(CHARTS[name]())
    assert sum(any(sign.isdigit() for sign in text) for text in texts) >= 3, texts
    assert [text for text in texts if EXPONENT.search(text)] == []


def test_thousands_and_decimals_are_those_of_the_language() -> None:
    def on_axes() -> set[str]:
        texts = written(shape(0.1, 50_000.0, "log")) + written(quality.deliveries(releases()))
        return {text.replace("\u00a0", " ") for text in texts}

    assert {"0.1", "1,000", "10,000", "3.8 %"} <= on_axes()
    language.use(Locale("de"))
    try:
        assert {"0,1", "1.000", "10.000", "3,8 %"} <= on_axes()
    finally:
        language.use(language.DEFAULT)


def test_steps_have_the_same_decimals() -> None:
    texts = written(evaluation.by_support_size(evaluated("mae"), "Error"))
    decimals = {len(text.partition(".")[2]) for text in texts if re.fullmatch(r"\d+\.\d+", text)}
    assert len(decimals) == 1, texts
