"""How pages show each kind of outcome: its metrics, texts, columns and chart.

A new kind is a class and an entry of `KINDS`; no page compares a kind's name.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import ClassVar

import altair as alt
import pandas as pd

from dashboard import wording
from dashboard.charts.trajectory import probability, trajectory
from dashboard.page_parts import Row
from dashboard.wording import interval, is_finite, quantity
from meta_med.published.search import Sort

DASH = "–"
LEVELS = (50, 80, 90)


class ShownKind(ABC):
    """How one kind of outcome is shown; `outcome` and `prediction` are rows of the published tables.

    Attributes:
        measures: metrics of the model page, the default first.
        higher_is_better: metrics where a higher value is better.
        rise, fall: labels of the worklist's sort orders.
        has_legend: whether its chart has the marks of the patient page's legend.

    """

    measures: ClassVar[tuple[str, ...]]
    has_legend: ClassVar[bool] = False
    higher_is_better: ClassVar[tuple[str, ...]] = ()
    rise: ClassVar[str]
    fall: ClassVar[str]

    @property
    def sorts(self) -> dict[Sort, str]:
        """Sort orders of the worklist -> label."""
        return {
            "subject_id": "Patient id",
            "outside": "Most predictions outside the reference range",
            "rise": self.rise,
            "fall": self.fall,
            "flagged": "Most predictions to look closer at",
        }

    @abstractmethod
    def columns(self, rows: pd.DataFrame, outcome: Row) -> dict[str, pd.Series]:
        """Columns of the worklist: last value, prediction and derived texts."""

    @abstractmethod
    def headline(self, outcome: Row, prediction: Row) -> tuple[str, str, str]:
        """The value, its meaning, and its uncertainty as texts."""

    @abstractmethod
    def chart(
        self, own: pd.DataFrame, prediction: Row, outcome: Row, caption: Sequence[str], newest: int | None
    ) -> alt.Chart | None:
        """The chart of the patient's own records (time_days, value) and the prediction; None if both are missing.

        `caption`: lines that name the patient; `newest`: it opens on so many newest records, None for all.
        """

    def past(self, own: pd.DataFrame) -> str:
        """A sentence about the patient's earlier records; "" for none."""
        del own
        return ""

    def measured(self, values: pd.Series, unit: str) -> str:
        """A text alternative for the earlier values."""
        del values, unit
        return ""

    @abstractmethod
    def numbers(self, outcome: Row, prediction: Row, last: float | None) -> dict[str, str]:
        """Unit, last value, prediction, intervals and un-adapted prediction for the patient's table."""


class ShownContinuous(ShownKind):
    """A number in its unit, with intervals."""

    measures = ("mae", "rmse", "crps")
    has_legend = True
    rise = "Largest predicted rise"
    fall = "Largest predicted fall"

    def columns(self, rows: pd.DataFrame, outcome: Row) -> dict[str, pd.Series]:
        """Last value, mean, interval and change."""
        unit, whole = f" ({outcome['unit']})" if outcome["unit"] else "", _is_whole(outcome)
        ends, pairs = (
            zip(rows[a], rows[b], strict=True) for a, b in (("lower_90", "upper_90"), ("mean", "last_value"))
        )
        return {
            f"Last value{unit}": rows["last_value"].map(
                lambda v: DASH if pd.isna(v) else wording.measured(v, whole=whole)
            ),
            f"Predicted{unit}": rows["mean"].map(_number),
            "90 % interval": pd.Series([_interval(low, high) for low, high in ends]),
            "Change": pd.Series([change(new, old) for new, old in pairs]),
        }

    def headline(self, outcome: Row, prediction: Row) -> tuple[str, str, str]:
        """The mean, its position relative to the reference range, and the widest interval."""
        mean, unit = prediction["mean"], str(outcome["unit"])
        if not is_finite(mean):
            return "No prediction", "", ""
        return (
            quantity(mean, unit),
            f"expected{_range_word(outcome, mean)}",
            wording.widest_interval(prediction, unit),
        )

    def chart(
        self, own: pd.DataFrame, prediction: Row, outcome: Row, caption: Sequence[str], newest: int | None
    ) -> alt.Chart | None:
        """Own values over time, then the prediction."""
        if len(own) or is_finite(prediction["mean"]):
            return trajectory(own, prediction, outcome, caption, newest)
        return None

    def measured(self, values: pd.Series, unit: str) -> str:
        """The first and the last value."""
        if not len(values):
            return ""
        return f", from {quantity(values.iloc[0], unit)} to {quantity(values.iloc[-1], unit)}"

    def numbers(self, outcome: Row, prediction: Row, last: float | None) -> dict[str, str]:
        """Numbers in the outcome's unit."""
        return {
            "Unit": str(outcome["unit"]),
            "Last value": wording.measured(last, whole=_is_whole(outcome)),
            "Predicted": wording.number(prediction["mean"]),
            **{
                f"{p} % interval": interval(prediction[f"lower_{p}"], prediction[f"upper_{p}"])
                for p in LEVELS
            },
            "Un-adapted": wording.number(prediction["unadapted_mean"]),
        }


class ShownBinary(ShownKind):
    """A probability, also as a frequency in words."""

    measures = ("brier", "log_loss", "auroc", "calibration_slope")
    higher_is_better = ("auroc",)
    rise = "Highest probability"
    fall = "Lowest probability"

    def columns(self, rows: pd.DataFrame, outcome: Row) -> dict[str, pd.Series]:
        """Yes or no at the last record, and the probability."""
        del outcome
        chance = rows["probability"]
        return {
            "At last record": rows["last_value"].map(lambda v: DASH if pd.isna(v) else _yes_or_no(v)),
            "Probability": chance.map(lambda p: DASH if pd.isna(p) else wording.percent(p)),
            "In plain words": chance.map(lambda p: DASH if pd.isna(p) else wording.frequency(p)),
        }

    def headline(self, outcome: Row, prediction: Row) -> tuple[str, str, str]:
        """The probability, also as a frequency, and the un-adapted probability."""
        del outcome
        chance, unadapted = prediction["probability"], prediction["unadapted_probability"]
        if not is_finite(chance):
            return "No prediction", "", ""
        beside = f"Un-adapted {wording.percent(unadapted)}" if is_finite(unadapted) else ""
        about = f"probability: {wording.frequency(chance)} patients like this one"
        return wording.percent(chance), about, beside

    def chart(
        self, own: pd.DataFrame, prediction: Row, outcome: Row, caption: Sequence[str], newest: int | None
    ) -> alt.Chart | None:
        """A bar of the probability."""
        del own, outcome, newest
        return probability(prediction, caption) if is_finite(prediction["probability"]) else None

    def past(self, own: pd.DataFrame) -> str:
        """How often the outcome was present."""
        values = own.sort_values("time_days")["value"].dropna()
        if values.empty:
            return ""
        present, newest = int((values > 0.5).sum()), _yes_or_no(values.iloc[-1])
        return f"Present at {present} of {len(values)} earlier records; at the last one: {newest}. "

    def numbers(self, outcome: Row, prediction: Row, last: float | None) -> dict[str, str]:
        """Percentages, without intervals."""
        del outcome
        return {
            "Unit": "probability",
            "Last value": wording.NOT_AVAILABLE if last is None else _yes_or_no(last),
            "Predicted": wording.percent(prediction["probability"]),
            **{f"{p} % interval": DASH for p in LEVELS},
            "Un-adapted": wording.percent(prediction["unadapted_probability"]),
        }


KINDS: dict[str, ShownKind] = {"continuous": ShownContinuous(), "binary": ShownBinary()}
HIGHER_IS_BETTER = tuple(metric for kind in KINDS.values() for metric in kind.higher_is_better)


def kind_of(outcome: Row) -> ShownKind:
    """The display of this outcome's kind."""
    return KINDS[str(outcome["kind"])]


def change(new: float, old: float) -> str:
    """The change from the last value to the predicted one, in percent."""
    if pd.isna(new) or pd.isna(old) or old == 0:
        return DASH
    percents = round(100 * (new - old) / abs(old))
    return f"{percents:+d} %" if percents else "0 %"


def _range_word(outcome: Row, mean: float) -> str:
    low, high = outcome["reference_low"], outcome["reference_high"]
    words = wording.reference(low, high)
    if not words:
        return ""
    if is_finite(high) and mean > high:
        return f", above the reference range {words}"
    return f", {'below' if is_finite(low) and mean < low else 'within'} the reference range {words}"


def _is_whole(outcome: Row) -> bool:
    """Whether every value of the outcome is a whole number, like a score or a count."""
    return bool(outcome.get("whole") == 1)


def _yes_or_no(value: float) -> str:
    return "yes" if value > 0.5 else "no"


def _number(value: float) -> str:
    return DASH if pd.isna(value) else wording.number(value)


def _interval(low: float, high: float) -> str:
    return DASH if pd.isna(low) or pd.isna(high) else wording.interval(low, high)
