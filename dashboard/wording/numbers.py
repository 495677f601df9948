"""Numbers, units, intervals, shares and frequencies as the reader's language writes them; never "nan"."""

import math
import re
from collections.abc import Mapping
from typing import Any

from babel.numbers import format_decimal

from dashboard.wording import language
from dashboard.wording.message import Message

NOT_AVAILABLE = Message("not available")
DASH = "–"
SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
INTERVAL = Message("{low} to {high}")
LEVEL_INTERVAL = Message("{level} % interval {interval}")
UP_TO, FROM = Message("up to {high}"), Message("from {low}")
PERCENT = Message("{number} %")
UNDER, OVER = Message("under 1 %"), Message("over 99 %")
FEWER, MORE = Message("fewer than 1 in 100"), Message("more than 99 in 100")
IN_TEN, IN_HUNDRED = Message("about {n} in 10"), Message("about {n} in 100")
STANDARD_DEVIATIONS, SD = Message("training standard deviations"), Message("SD")


def is_finite(value: float | None) -> bool:
    """Whether the value is a finite number."""
    return value is not None and math.isfinite(value)


def decimal(value: float, decimals: int) -> str:
    """A number with so many decimals."""
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return str(format_decimal(value, format=pattern, locale=language.current()))


def number(value: float | None, decimals: float | None = None) -> str:
    """The number; without known `decimals`, with about three significant digits."""
    if value is None or not math.isfinite(value):
        return NOT_AVAILABLE()
    size = abs(value)
    if decimals is not None and math.isfinite(decimals) and size < 1e15:
        return decimal(value, int(decimals))
    if size >= 1e6 or 0 < size < 1e-3:
        return _power_of_ten(value)
    return decimal(value, 0 if size >= 100 else 1 if size >= 10 else 2 if size >= 0.1 or size == 0 else 4)


def _power_of_ten(value: float) -> str:
    mantissa, exponent = f"{value:.2e}".split("e")
    return f"{decimal(float(mantissa), 2)} × 10{str(int(exponent)).translate(SUPERSCRIPTS)}"


def quantity(value: float | None, unit: str, decimals: float | None = None) -> str:
    """A number with its unit."""
    return f"{number(value, decimals)} {unit}" if unit and is_finite(value) else number(value, decimals)


def written_unit(unit: str) -> str:
    """A unit as laboratories print it: 10^9/L and 10*9/L as ×10⁹/L, umol/L as µmol/L."""
    powers = re.sub(r"^[×x]?\s*10[\^*](-?\d+)", lambda found: "×10" + found[1].translate(SUPERSCRIPTS), unit)
    return re.sub(r"\bu(?=(mol|g|L|l|U|kat)\b)", "µ", powers)


def unit_of(unit: str) -> str:
    """A metric's unit in words; empty where the number has none."""
    return STANDARD_DEVIATIONS() if unit == "sd" else {"1": "", "share": ""}.get(unit, written_unit(unit))


def short_unit(unit: str) -> str:
    """A metric's unit, short enough for an axis."""
    return SD() if unit == "sd" else unit_of(unit)


def interval(low: float | None, high: float | None, unit: str = "", decimals: float | None = None) -> str:
    """The interval with its unit; not available unless both ends are."""
    if not is_finite(low) or not is_finite(high):
        return NOT_AVAILABLE()
    return f"{INTERVAL(low=number(low, decimals), high=number(high, decimals))} {unit}".strip()


def widest_interval(prediction: Mapping[str, Any], unit: str = "", decimals: float | None = None) -> str:
    """The interval of the highest available level: 90 %, or less where calibration patients were too few."""
    for level in (90, 80, 50):
        low, high = prediction.get(f"lower_{level}"), prediction.get(f"upper_{level}")
        if is_finite(low) and is_finite(high):
            return LEVEL_INTERVAL(level=level, interval=interval(low, high, unit, decimals))
    return LEVEL_INTERVAL(level=90, interval=NOT_AVAILABLE())


def reference(low: float | None, high: float | None, digits: int | None = None) -> str:
    """A reference range as a laboratory prints it; "" for none. `digits`: significant ones; all by default."""
    if low is not None and high is not None and is_finite(low) and is_finite(high):
        return INTERVAL(low=plain(low, digits), high=plain(high, digits))
    if high is not None and is_finite(high):
        return UP_TO(high=plain(high, digits))
    return FROM(low=plain(low, digits)) if low is not None and is_finite(low) else ""


def plain(value: float, digits: int | None = None) -> str:
    """A number as somebody wrote it, without added decimals; with so many significant `digits` where they are given."""
    if digits is not None:
        value = float(f"{value:.{digits}g}")
    return str(format_decimal(value, format="#,##0.######", locale=language.current()))


def percent(share: float | None, decimals: int = 0) -> str:
    """A share as a percentage; only exact values are shown as 0 % or 100 %."""
    if share is None or not math.isfinite(share):
        return NOT_AVAILABLE()
    if 0 < share < 0.01:
        return UNDER()
    if 0.99 < share < 1:
        return OVER()
    return PERCENT(number=decimal(100 * share, decimals))


def signed_percent(share: float) -> str:
    """A relative change: "+12 %", "-3 %" or "0 %"."""
    percents = round(100 * share)
    return PERCENT(number=("+" if percents > 0 else "") + decimal(percents, 0))


def frequency(probability: float | None) -> str:
    """A probability in plain words: "about 3 in 10"."""
    if probability is None or not math.isfinite(probability):
        return NOT_AVAILABLE()
    if probability < 0.01:
        return FEWER()
    if probability > 0.99:
        return MORE()
    if probability < 0.075 or probability > 0.925:
        return IN_HUNDRED(n=round(probability * 100))
    return IN_TEN(n=min(max(round(probability * 10), 1), 9))
