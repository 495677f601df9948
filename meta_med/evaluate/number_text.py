"""Numbers as text on pages, in tables and on terminals.

What could not be estimated is left blank, an interval that could not be estimated is left out, and zero has no sign.
"""

import math
import re
from collections.abc import Callable

ROUNDING = 1e-12  # nearer to zero is rounding of floats: a difference of equal errors


def decimal(value: float | None, form: str = ".3g") -> str:
    """The number in this format; "" for NaN, infinite numbers and None.

    Numbers with more digits than a format such as ".3g" shows are written in full, never with an exponent.
    """
    if value is None or not math.isfinite(value):
        return ""
    if form.endswith("g") and abs(value) >= 10 ** int(form.strip("+.g")):
        form = f"{'+' if form.startswith('+') else ''},.0f"
    text = format(0.0 if abs(value) < ROUNDING else float(value), form)
    return text if re.search(r"[1-9]", text) else text.lstrip("+-")


def percent(share: float | None, digits: int = 1, *, signed: bool = False) -> str:
    """A share in per cent, with a space before the sign: "12.5 %"."""
    text = decimal(None if share is None else 100 * share, f"{'+' if signed else ''}.{digits}f")
    return f"{text} %" if text else ""


def change(share: float | None) -> str:
    """A relative difference in per cent with its sign: "-3.1 %"."""
    return percent(share, signed=True)


def points(share: float | None) -> str:
    """A difference of two shares in percentage points with its sign, without a unit."""
    return decimal(None if share is None else 100 * share, "+.1f")


def estimate(value: float, low: float, high: float, written: Callable[[float], str] = decimal) -> str:
    """A number with its interval in brackets; without brackets where there is no interval."""
    text, ends = written(value), (written(low), written(high))
    return f"{text} [{', '.join(ends)}]" if text and all(ends) else text
