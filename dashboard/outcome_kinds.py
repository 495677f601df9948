"""How pages show each kind of outcome: its metrics, texts, columns and chart.

A new kind is a class and an entry of `KINDS`; no page compares a kind's name.
"""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from dashboard.charts.probability import probability
from dashboard.charts.replay import replayed
from dashboard.charts.trajectory import trajectory
from dashboard.page_parts import Row
from dashboard.shown_kind import ShownKind
from dashboard.wording import outcomes as words
from dashboard.wording import worklist
from dashboard.wording.explanations import replay as replay_words
from dashboard.wording.explanations import why as why_words
from dashboard.wording.numbers import (
    DASH,
    NOT_AVAILABLE,
    decimal,
    frequency,
    interval,
    is_finite,
    number,
    percent,
    quantity,
    reference,
    signed_percent,
    widest_interval,
)

LEVELS = (50, 80, 90)


class ShownContinuous(ShownKind):
    """A number in its unit, with intervals."""

    measures = ("mae", "rmse", "crps")
    has_legend = True
    rise, fall = worklist.RISE, worklist.FALL

    def columns(self, rows: pd.DataFrame, outcome: Row) -> dict[str, pd.Series]:
        """Last value, mean, interval and change."""
        unit = f" ({outcome['unit']})" if outcome["unit"] else ""
        decimals = outcome.get("predicted_decimals")
        ends, pairs = (
            zip(rows[a], rows[b], strict=True) for a, b in (("lower_90", "upper_90"), ("mean", "last_value"))
        )
        return {
            f"{words.LAST_VALUE()}{unit}": rows["last_value"].map(
                lambda v: DASH if pd.isna(v) else self.value(v, outcome)
            ),
            f"{words.PREDICTED()}{unit}": rows["mean"].map(
                lambda v: DASH if pd.isna(v) else number(v, decimals)
            ),
            words.INTERVAL(level=90): pd.Series(
                [interval(low, high, "", decimals) if is_finite(low) else DASH for low, high in ends]
            ),
            words.CHANGE(): pd.Series([change(new, old) for new, old in pairs]),
        }

    def headline(self, outcome: Row, prediction: Row) -> tuple[str, str, str]:
        """The mean, its position relative to the reference range, and the widest interval."""
        mean, unit, decimals = prediction["mean"], str(outcome["unit"]), outcome.get("predicted_decimals")
        if not is_finite(mean):
            return words.NO_PREDICTION(), "", ""
        return (
            quantity(mean, unit, decimals),
            _expected(outcome, mean),
            widest_interval(prediction, unit, decimals),
        )

    def chart(
        self,
        own: pd.DataFrame,
        prediction: Row,
        outcome: Row,
        caption: Sequence[str],
        newest: int | None,
        ahead: pd.DataFrame,
    ) -> alt.Chart | None:
        """Own values over time, then the prediction."""
        if len(own) or is_finite(prediction["mean"]):
            return trajectory(own, prediction, outcome, caption, newest, ahead)
        return None

    def replayed(
        self, own: pd.DataFrame, step: Row, outcome: Row, steps: pd.DataFrame, caption: Sequence[str]
    ) -> alt.Chart | None:
        """Values before, the prediction, what came, and values after it."""
        return replayed(own, step, outcome, steps, caption)

    def hindsight(self, steps: pd.DataFrame, outcome: Row) -> list[str]:
        """How many values fell into the 90 % interval, and the mean absolute error beside the last value's."""
        judged = steps.dropna(subset=["lower_90", "upper_90"])
        inside = int(judged["value"].between(judged["lower_90"], judged["upper_90"]).sum())
        compared = steps.dropna(subset=["mean", "last_value"])
        error, last = (
            quantity((compared[name] - compared["value"]).abs().mean(), str(outcome["unit"]))
            for name in ("mean", "last_value")
        )
        return [
            *([replay_words.INSIDE_90(len(judged), inside=inside)] if len(judged) else []),
            *([replay_words.ERRORS(len(compared), error=error, last=last)] if len(compared) else []),
        ]

    def difference(self, moved: float, outcome: Row) -> str:
        """In the outcome's unit, with about three digits: a part of a value needs more decimals than it."""
        told = quantity(moved, str(outcome["unit"]))
        return f"+{told}" if moved > 0 else told

    def otherwise(self, row: Row, outcome: Row) -> dict[str, str]:
        """The mean and the 90 % interval."""
        unit, decimals = str(outcome["unit"]), outcome.get("predicted_decimals")
        return {
            words.PREDICTED(): quantity(row["mean"], unit, decimals),
            words.INTERVAL(level=90): interval(row["lower_90"], row["upper_90"], "", decimals),
        }

    def measured(self, values: pd.Series, outcome: Row) -> str:
        """The first and the last value."""
        if not len(values):
            return ""
        unit, decimals = str(outcome["unit"]), outcome.get("decimals")
        first, last = (quantity(values.iloc[i], unit, decimals) for i in (0, -1))
        return words.FROM_TO(first=first, last=last)

    def value(self, measured: float | None, outcome: Row) -> str:
        """The value with the decimals that it was measured with."""
        return number(measured, outcome.get("decimals"))

    def unadapted(self, outcome: Row, prediction: Row) -> str:
        """The un-adapted mean with its unit."""
        if not is_finite(prediction["mean"]):
            return ""
        return quantity(prediction["unadapted_mean"], str(outcome["unit"]), outcome.get("predicted_decimals"))

    def numbers(self, outcome: Row, prediction: Row, last: float | None) -> dict[str, str]:
        """Numbers in the outcome's unit."""
        decimals = outcome.get("predicted_decimals")
        return {
            words.UNIT(): str(outcome["unit"]),
            words.LAST_VALUE(): self.value(last, outcome),
            words.PREDICTED(): number(prediction["mean"], decimals),
            **{
                words.INTERVAL(level=p): interval(
                    prediction[f"lower_{p}"], prediction[f"upper_{p}"], "", decimals
                )
                for p in LEVELS
            },
            words.UNADAPTED(): number(prediction["unadapted_mean"], decimals),
        }


class ShownBinary(ShownKind):
    """A probability, also as a frequency in words."""

    measures = ("brier", "log_loss", "auroc", "calibration_slope")
    told_as_share = True
    higher_is_better = ("auroc",)
    rise, fall = worklist.LIKELIEST, worklist.UNLIKELIEST

    def columns(self, rows: pd.DataFrame, outcome: Row) -> dict[str, pd.Series]:
        """Yes or no at the last record, and the probability."""
        del outcome
        chance = rows["probability"]
        return {
            words.AT_LAST_RECORD(): rows["last_value"].map(lambda v: DASH if pd.isna(v) else _yes_or_no(v)),
            words.PROBABILITY(): chance.map(lambda p: DASH if pd.isna(p) else percent(p)),
            words.IN_PLAIN_WORDS(): chance.map(lambda p: DASH if pd.isna(p) else frequency(p)),
        }

    def headline(self, outcome: Row, prediction: Row) -> tuple[str, str, str]:
        """The probability, also as a frequency, and the un-adapted probability."""
        del outcome
        chance, unadapted = prediction["probability"], prediction["unadapted_probability"]
        if not is_finite(chance):
            return words.NO_PREDICTION(), "", ""
        beside = words.UNADAPTED_CHANCE(share=percent(unadapted)) if is_finite(unadapted) else ""
        return percent(chance), words.CHANCE(frequency=frequency(chance)), beside

    def chart(
        self,
        own: pd.DataFrame,
        prediction: Row,
        outcome: Row,
        caption: Sequence[str],
        newest: int | None,
        ahead: pd.DataFrame,
    ) -> alt.Chart | None:
        """A bar of the probability."""
        del own, outcome, newest, ahead
        return probability(prediction, caption) if is_finite(prediction["probability"]) else None

    def replayed(
        self, own: pd.DataFrame, step: Row, outcome: Row, steps: pd.DataFrame, caption: Sequence[str]
    ) -> alt.Chart | None:
        """A bar of the probability."""
        del own, outcome, steps
        return probability(step, caption) if is_finite(step["probability"]) else None

    def hindsight(self, steps: pd.DataFrame, outcome: Row) -> list[str]:
        """The Brier score beside that of the last value."""
        del outcome
        compared = steps.dropna(subset=["probability", "last_value"])
        if compared.empty:
            return []
        error, last = (
            number(((compared[name] - compared["value"]) ** 2).mean(), 2)
            for name in ("probability", "last_value")
        )
        return [replay_words.BRIER(len(compared), error=error, last=last)]

    def difference(self, moved: float, outcome: Row) -> str:
        """In percentage points."""
        del outcome
        points = decimal(100 * moved, 1)
        return why_words.PERCENTAGE_POINTS(n=f"+{points}" if moved > 0 else points)

    def otherwise(self, row: Row, outcome: Row) -> dict[str, str]:
        """The probability, also in plain words."""
        del outcome
        chance = row["probability"]
        return {words.PROBABILITY(): percent(chance), words.IN_PLAIN_WORDS(): frequency(chance)}

    def past(self, own: pd.DataFrame) -> str:
        """How often the outcome was present."""
        values = own.sort_values("time_days")["value"].dropna()
        if values.empty:
            return ""
        present, newest = int((values > 0.5).sum()), _yes_or_no(values.iloc[-1])
        return words.PRESENT(n=present, records=len(values), newest=newest)

    def value(self, measured: float | None, outcome: Row) -> str:
        """Yes or no."""
        del outcome
        return NOT_AVAILABLE() if measured is None or not is_finite(measured) else _yes_or_no(measured)

    def numbers(self, outcome: Row, prediction: Row, last: float | None) -> dict[str, str]:
        """Percentages, without intervals."""
        return {
            words.UNIT(): words.PROBABILITY_UNIT(),
            words.LAST_VALUE(): self.value(last, outcome),
            words.PREDICTED(): percent(prediction["probability"]),
            **{words.INTERVAL(level=p): DASH for p in LEVELS},
            words.UNADAPTED(): percent(prediction["unadapted_probability"]),
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
    return signed_percent((new - old) / abs(old))


def _expected(outcome: Row, mean: float) -> str:
    low, high = outcome["reference_low"], outcome["reference_high"]
    shown = reference(low, high, outcome.get("reference_digits"))
    if not shown:
        return words.EXPECTED()
    if is_finite(high) and mean > high:
        return words.EXPECTED_ABOVE(range=shown)
    below = is_finite(low) and mean < low
    return words.EXPECTED_BELOW(range=shown) if below else words.EXPECTED_WITHIN(range=shown)


def _yes_or_no(value: float) -> str:
    return words.YES() if value > 0.5 else words.NO()
