"""Charts from frames: what is drawn, where, and for whom."""

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts import key
from dashboard.charts.axes import domain, log_ticks, time_axis
from dashboard.charts.evaluation import by_support_size, coverage, width
from dashboard.charts.probability import probability
from dashboard.charts.trajectory import INTERVALS, trajectory
from dashboard.colours import LIGHT
from tests.dashboard.synthetic_release import made_release

OUTCOME = {"label": "Bilirubin", "unit": "mg/dL", "scale": "log", "reference_low": 0.1, "reference_high": 1.2}
RECORDS = pd.DataFrame({"time_days": [0.0, 400.0, 800.0], "value": [0.8, 1.4, 2.0]})
ADAPTED, OWN, REFERENCE, UNADAPTED = LIGHT.adapted, LIGHT.own, LIGHT.reference, LIGHT.unadapted
NUMBERS = {
    "mean": 2.2, "lower_50": 1.9, "upper_50": 2.6, "lower_80": 1.6, "upper_80": 3.1, "lower_90": 1.4, "upper_90": 3.6,
    "unadapted_mean": 1.6, "unadapted_lower_90": 0.4, "unadapted_upper_90": 6.0, "predicted_time_days": 1165.0,
}  # fmt: skip
WITHHELD = dict.fromkeys(NUMBERS, math.nan) | {"predicted_time_days": 1165.0}


def drawn(chart) -> list[dict]:
    """Every layer's mark with its data and its encoding."""
    spec = chart.to_dict()
    data = spec.get("datasets", {})

    def walk(part: dict, inherited: list) -> list[dict]:
        rows = data.get(part.get("data", {}).get("name"), inherited)
        if "layer" in part:
            return [found for layer in part["layer"] for found in walk(layer, rows)]
        return [{"mark": part["mark"], "rows": rows, "encoding": part["encoding"]}]

    return walk(spec, [])


def marks(chart, **wanted) -> list[dict]:
    return [d for d in drawn(chart) if all(d["mark"].get(k) == v for k, v in wanted.items())]


def test_own_records_are_drawn_in_the_unit_of_the_axis() -> None:
    (points,) = marks(trajectory(RECORDS, NUMBERS, OUTCOME), type="circle", color=OWN)
    assert [row["value"] for row in points["rows"]] == [0.8, 1.4, 2.0]
    assert points["rows"][1]["time"] == pytest.approx(400 / 365.25)
    assert points["encoding"]["x"]["title"] == "Years since the first record"
    assert points["encoding"]["y"]["title"] == "mg/dL"


def test_three_intervals_lie_at_the_predicted_time() -> None:
    bars = marks(trajectory(RECORDS, NUMBERS, OUTCOME), type="rule", color=ADAPTED)
    assert [(b["rows"][0]["value"], b["rows"][0]["top"]) for b in bars] == [
        (1.4, 3.6),
        (1.6, 3.1),
        (1.9, 2.6),
    ]
    assert [bar["mark"]["strokeWidth"] for bar in bars] == [width for _, width in INTERVALS]
    assert bars[0]["mark"]["strokeWidth"] < bars[1]["mark"]["strokeWidth"] < bars[2]["mark"]["strokeWidth"]
    assert {b["rows"][0]["time"] for b in bars} == {1165 / 365.25}


def test_the_unadapted_prediction_stands_beside_in_another_mark() -> None:
    (square,) = marks(trajectory(RECORDS, NUMBERS, OUTCOME), shape="square", stroke=UNADAPTED)
    (diamond,) = marks(trajectory(RECORDS, NUMBERS, OUTCOME), shape="diamond")
    assert (square["rows"][0]["value"], diamond["rows"][0]["value"]) == (1.6, 2.2)
    assert square["rows"][0]["time"] > diamond["rows"][0]["time"]


@pytest.mark.parametrize("scale", ["log", "identity"])
def test_the_axis_has_the_outcomes_scale(scale: str) -> None:
    chart = trajectory(RECORDS, NUMBERS, OUTCOME | {"scale": scale})
    kinds = {d["encoding"]["y"]["scale"]["type"] for d in drawn(chart)}
    assert kinds == {"log" if scale == "log" else "linear"}


def test_the_reference_range_is_a_band_within_the_axis() -> None:
    (band,) = marks(trajectory(RECORDS, NUMBERS, OUTCOME), type="rect", color=REFERENCE)
    assert band["rows"][0]["top"] == 1.2
    (ends,) = marks(trajectory(RECORDS, NUMBERS, OUTCOME), type="rule", color=REFERENCE)
    assert [row["value"] for row in ends["rows"]] == [1.2]  # the lower end is below the axis
    no_range = OUTCOME | {"reference_low": math.nan, "reference_high": math.nan}
    assert not marks(trajectory(RECORDS, NUMBERS, no_range), type="rect")
    far_away = OUTCOME | {"reference_low": 50.0, "reference_high": 60.0}
    assert not marks(trajectory(RECORDS, NUMBERS, far_away), type="rect")


def test_a_withheld_prediction_leaves_only_what_was_measured() -> None:
    chart = trajectory(RECORDS, WITHHELD, OUTCOME)
    assert not marks(chart, color=ADAPTED)
    assert not marks(chart, shape="diamond")
    assert not marks(chart, shape="square")
    assert marks(chart, type="circle")


def test_no_own_record_and_values_a_log_axis_cannot_have() -> None:
    chart = trajectory(RECORDS.head(0), NUMBERS, OUTCOME)
    (points,) = marks(chart, type="circle")
    assert points["encoding"]["x"]["title"] == "No own record yet"
    assert marks(chart, shape="diamond")
    (kept,) = marks(trajectory(RECORDS.assign(value=[0.0, math.nan, 2.0]), NUMBERS, OUTCOME), type="circle")
    assert [row["value"] for row in kept["rows"]] == [2.0]


def test_a_copied_picture_still_says_whose_it_is() -> None:
    caption = ("Patient P1", "Bilirubin")
    assert trajectory(RECORDS, NUMBERS, OUTCOME, caption).to_dict()["title"]["text"] == list(caption)
    chart = probability({"probability": 0.3, "unadapted_probability": 0.2}, ("Patient P1",))
    assert chart.to_dict()["title"]["text"] == ["Patient P1"]
    assert [d["rows"][0]["share"] for d in drawn(chart)] == [1.0, 0.3, 0.2]


def test_the_key_has_the_marks_of_the_chart() -> None:
    pictures = key.pictures()
    assert len(pictures) == 6
    own, _, centre, bars, beside, opening = (drawn(picture) for picture in pictures)
    assert [d["mark"]["type"] for d in opening] == ["area"] * 3
    assert {d["mark"]["color"] for d in own} == {OWN}
    assert [d["mark"]["shape"] for d in centre] == ["diamond"]
    assert [d["mark"]["strokeWidth"] for d in bars] == [width for _, width in INTERVALS]
    assert [d["mark"].get("shape") for d in beside] == [None, "square"]


def test_spans_choose_their_unit() -> None:
    spans = (0.01, 0.2, 30, 300, 3000)
    units = [time_axis(days).title.split()[0] for days in spans]
    assert units == ["Minutes", "Hours", "Days", "Months", "Years"]


@pytest.mark.parametrize(
    ("unit", "days", "last"), [("Hours", 1 / 24, "24 hours"), ("Minutes", 1 / 1440, "24 minutes")]
)
def test_records_within_a_day_are_hours_or_minutes_apart(unit: str, days: float, last: str) -> None:
    records = pd.DataFrame({"time_days": [i * days for i in range(25)], "value": 80.0})
    chart = trajectory(records, NUMBERS | {"predicted_time_days": 25 * days}, OUTCOME)
    (points,) = marks(chart, type="circle", color=OWN)
    assert points["encoding"]["x"]["title"] == f"{unit} since the first record"
    assert [points["rows"][i]["time"] for i in (1, 24)] == pytest.approx([1.0, 24.0])
    assert points["rows"][24]["when"] == f"{last.replace('24 hours', '1 day')} after the first record"


def test_times_that_are_an_order_have_no_unit() -> None:
    records = pd.DataFrame({"time_days": [0.0, 1.0, 2.0], "value": [0.8, 1.4, 2.0]})
    chart = trajectory(records, NUMBERS | {"predicted_time_days": math.nan}, OUTCOME)
    (points,) = marks(chart, type="circle", color=OWN)
    assert points["encoding"]["x"]["title"] == "Records since the first record"
    assert [row["when"] for row in points["rows"]] == ["record 1", "record 2", "record 3"]


LONG_ID = "HOSPITAL-NORTH-WARD-07-INTENSIVE-CARE-0123456789ABCDEFGHIJKL"


def test_a_long_id_in_a_picture_is_broken_and_not_cut_off() -> None:
    short, long = (
        trajectory(RECORDS, NUMBERS, OUTCOME, (f"Patient {name}",)).to_dict() for name in ("P1", LONG_ID)
    )
    lines = long["title"]["text"]
    assert "".join(lines).replace(" ", "") == f"Patient{LONG_ID}"
    assert max(map(len, lines)) <= 44
    assert long["title"]["limit"] == 0
    assert long["height"] > short["height"]


MANY = pd.DataFrame(
    {"time_days": [0.04 * i for i in range(300)], "value": [80.0 + i % 7 for i in range(300)]}
)
LATE = NUMBERS | {"predicted_time_days": 12.0}


def test_many_records_open_on_the_newest_and_can_be_moved_through_time() -> None:
    chart = trajectory(MANY, LATE, OUTCOME, newest=60)
    (points,) = marks(chart, type="circle", color=OWN)
    low, high = points["encoding"]["x"]["scale"]["domain"]
    in_view = [row for row in points["rows"] if low <= row["time"] <= high]
    assert len(points["rows"]) == 300
    assert 60 <= len(in_view) <= 62  # the margin may show one more
    assert low < 12.0 < high
    (zoom,) = chart.to_dict()["params"]
    assert (zoom["bind"], zoom["select"]["encodings"]) == ("scales", ["x"])
    assert "params" not in trajectory(RECORDS, NUMBERS, OUTCOME).to_dict()


def test_the_more_records_are_in_view_the_smaller_their_points() -> None:
    sizes = [
        marks(trajectory(MANY.head(n), LATE, OUTCOME), type="circle", color=OWN)[0]["mark"]["size"]
        for n in (60, 200, 300)
    ]
    assert sizes == sorted(sizes, reverse=True)
    assert len(set(sizes)) == 3


def test_a_score_has_ticks_at_whole_numbers() -> None:
    score = OUTCOME | {"scale": "identity", "whole": 1}
    axes = [d["encoding"]["y"]["axis"] for d in drawn(trajectory(RECORDS, NUMBERS, score))]
    assert {axis["tickMinStep"] for axis in axes} == {1}
    plain = drawn(trajectory(RECORDS, NUMBERS, OUTCOME | {"scale": "identity", "whole": 0}))
    assert not any("tickMinStep" in d["encoding"]["y"]["axis"] for d in plain)


@given(st.lists(st.one_of(st.none(), st.floats(-1e9, 1e9)), max_size=6), st.booleans())
def test_a_domain_holds_its_values_and_has_a_length(values: list[float | None], log: bool) -> None:
    low, high = domain(values, log=log)
    assert low < high
    assert low > 0 or not log
    assert all(low <= v <= high for v in values if v is not None and (v > 1e-12 or not log))


@given(st.floats(1e-4, 1e4), st.floats(1.05, 1e4))
def test_log_ticks_are_few_and_inside(low: float, ratio: float) -> None:
    ticks = log_ticks(low, low * ratio)
    assert len(ticks) <= 15
    assert all(low * (1 - 1e-9) <= tick <= low * ratio * (1 + 1e-9) for tick in ticks)


def test_predictors_have_a_colour_each() -> None:
    assert LIGHT.of(["champion", "unheard_of"])[0] == ADAPTED
    assert len(set(LIGHT.of(["champion", "un_adapted", "maml", "x", "y"]))) == 5


def test_the_champion_comes_first_and_heaviest() -> None:
    rows = made_release().frames["evaluation"]
    rows = rows[(rows["outcome"] == "bili") & (rows["metric"] == "mae")]
    chart = by_support_size(rows, "Error (mg/dL)")
    line = next(d for d in drawn(chart) if d["mark"]["type"] == "line")
    assert line["encoding"]["color"]["scale"]["domain"][0] == "Meta-Med (champion)"
    assert line["encoding"]["strokeWidth"]["condition"]["value"] > line["encoding"]["strokeWidth"]["value"]
    assert line["encoding"]["x"]["sort"] == ["0", "1", "2", "3", "5"]
    assert {row["cohort"] for row in line["rows"]} == {"all"}


def test_coverage_stands_beside_what_was_promised() -> None:
    rows = made_release().frames["evaluation"]
    rows = rows[(rows["outcome"] == "bili") & (rows["predictor"] == "champion")]
    promised, *_ = drawn(coverage(rows[rows["metric"] == "coverage_90"]))
    assert promised["rows"] == [{"value": 0.9}]
    (bars,) = drawn(width(rows[rows["metric"] == "width_90"], "mg/dL"))
    assert bars["encoding"]["y"]["title"] == "Mean width (mg/dL)"
    assert bars["encoding"]["y"]["scale"]["zero"]


AHEAD = pd.DataFrame(
    {
        "horizon_days": [91.3125, 182.625, 365.25, 730.5],
        "predicted_time_days": [891.3125, 982.625, 1165.25, 1530.5],
        "mean": [math.nan, 2.1, 2.2, 2.4],
        "lower_50": [math.nan, 1.9, 1.9, 1.9], "upper_50": [math.nan, 2.3, 2.6, 3.0],
        "lower_80": [math.nan, 1.7, 1.6, 1.5], "upper_80": [math.nan, 2.6, 3.1, 3.9],
        "lower_90": [math.nan, 1.6, 1.4, 1.2], "upper_90": [math.nan, 2.8, 3.6, 4.8],
    }
)  # fmt: skip


def test_the_fan_opens_at_the_newest_value_and_goes_through_the_published_horizons() -> None:
    chart = trajectory(RECORDS, NUMBERS, OUTCOME, ahead=AHEAD)
    bands = marks(chart, type="area", color=ADAPTED)
    times = [days / 365.25 for days in (800.0, 982.625, 1165.25, 1530.5)]
    for band, level in zip(bands, (90, 80, 50), strict=True):
        assert [row["time"] for row in band["rows"]] == pytest.approx(times)
        assert [row["value"] for row in band["rows"]] == [2.0, *AHEAD[f"lower_{level}"].dropna()]
        assert [row["top"] for row in band["rows"]] == [2.0, *AHEAD[f"upper_{level}"].dropna()]
    (rings,) = marks(chart, shape="circle", stroke=LIGHT.centre)
    assert [row["value"] for row in rings["rows"]] == [2.1, 2.2, 2.4]
    assert rings["rows"][-1]["what"] == "Prediction, 2 years after the newest record"
    (line,) = [d for d in marks(chart, type="line", color=ADAPTED) if len(d["rows"]) == 4]
    assert [row["value"] for row in line["rows"]] == [2.0, 2.1, 2.2, 2.4]
    (points,) = marks(chart, type="circle", color=OWN)
    assert points["encoding"]["x"]["scale"]["domain"][1] > times[-1]
    assert points["encoding"]["y"]["scale"]["domain"][1] > 4.8
    assert len(marks(chart, type="rule", color=ADAPTED)) == len(INTERVALS)  # the prediction itself stays


@pytest.mark.parametrize(
    ("records", "ahead"),
    [(RECORDS, AHEAD.iloc[[0, 2]]), (RECORDS, AHEAD.head(0)), (RECORDS, None), (RECORDS.head(0), AHEAD)],
    ids=["only the study's own horizon", "no row", "no forecast over time", "no own value"],
)
def test_without_a_second_horizon_or_an_own_value_there_is_no_fan(records, ahead) -> None:
    chart = trajectory(records, NUMBERS, OUTCOME, ahead=ahead)
    assert chart.to_dict() == trajectory(records, NUMBERS, OUTCOME).to_dict()
    assert not marks(chart, type="area")
