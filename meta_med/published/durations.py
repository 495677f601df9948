"""Durations in words, in the unit that fits: 90 seconds, 20 minutes, 36 hours, 45 days, 12 months, 2.7 years."""

import math
from dataclasses import dataclass

DAYS_PER_YEAR = 365.25


@dataclass(frozen=True)
class Unit:
    """A unit of time.

    Attributes:
        name: of one.
        days: its length.
        least: the shortest duration, in units, that is said in it.
        one: whether a duration of about one unit is said in it too ("1 day", not "24 hours").

    """

    name: str
    days: float
    least: float = 2.0
    one: bool = True


DAYS_PER_MONTH = DAYS_PER_YEAR / 12
SECOND = Unit("second", 1 / 86_400, least=0.0)
UNITS = (
    Unit("year", DAYS_PER_YEAR, one=False),
    Unit("month", DAYS_PER_MONTH, least=60 / DAYS_PER_MONTH, one=False),
    Unit("day", 1.0),
    Unit("hour", 1 / 24),
    Unit("minute", 1 / 1440),
    SECOND,
)
"""The longest first."""
NEARLY = 0.02  # 0.083 days are two hours


def unit_of(days: float) -> Unit:
    """The longest unit of which the duration has enough."""
    return next((u for u in UNITS if abs(days) >= (1 - NEARLY) * u.least * u.days), SECOND)


def fitting(days: float) -> tuple[Unit, float]:
    """The unit that fits a finite duration, and how many of it: a whole number, years to a tenth."""
    unit = next((u for u in UNITS if u.one and abs(days / u.days - 1) < NEARLY), unit_of(days))
    count = days / unit.days
    # one half is rounded up, as readers expect, not to the even number
    return unit, round(count, 1) if unit.name == "year" else float(math.floor(count + 0.5))


def in_words(days: float) -> str:
    """A finite duration in words."""
    unit, count = fitting(days)
    text = f"{count:,.1f}".removesuffix(".0")
    return f"{text} {unit.name}{'' if text == '1' else 's'}"


def stated(days: float) -> str:
    """A duration that somebody wrote in days, as it was written from two days on: 1,100 days, 36.5 days, 12 hours."""
    return f"{days:,.10g} days" if days >= 2.0 else in_words(days)
