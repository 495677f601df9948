"""Durations, ages and dates as the reader's language writes them."""

import math
from datetime import UTC, date, datetime, timedelta
from typing import Literal, cast

from babel.dates import format_date, format_time, format_timedelta
from babel.units import format_unit

from dashboard.wording import language
from dashboard.wording.message import Message
from dashboard.wording.numbers import NOT_AVAILABLE
from meta_med.published.durations import fitting

Granularity = Literal["second", "minute", "hour", "day", "month", "year"]
SECONDS: dict[Granularity, int] = {
    "second": 1, "minute": 60, "hour": 3600, "day": 86_400, "month": 30 * 86_400, "year": 365 * 86_400,
}  # fmt: skip
"""Of each unit as Babel counts it."""
FUTURE = Message("in the future")
JUST_NOW = Message("just now")
MINUTE = Message("{day}, {time}")
SINCE_FIRST = {
    "second": Message("Seconds since the first record"),
    "minute": Message("Minutes since the first record"),
    "hour": Message("Hours since the first record"),
    "day": Message("Days since the first record"),
    "month": Message("Months since the first record"),
    "year": Message("Years since the first record"),
}


def duration(days: float | None) -> str:
    """A duration in the unit that fits, from seconds to years."""
    if days is None or not math.isfinite(days):
        return NOT_AVAILABLE()
    unit, count = fitting(days)
    return str(format_unit(count, f"duration-{unit.name}", "long", locale=language.current()))


def ago(then: datetime, now: datetime) -> str:
    """The time since `then`, in words."""
    passed = now - then
    if passed < timedelta(0):
        return FUTURE()
    if passed < timedelta(minutes=2):
        return JUST_NOW()
    unit, count = fitting(passed / timedelta(days=1))
    name = cast(Granularity, unit.name)
    back = timedelta(seconds=-round(count) * SECONDS[name])
    # a threshold that nothing reaches keeps the unit
    return format_timedelta(
        back, granularity=name, threshold=1e9, add_direction=True, locale=language.current()
    )


def day(of: date) -> str:
    """A date with the month's name."""
    return format_date(of, "long", locale=language.current())


def short_day(of: date) -> str:
    """A date, short enough for an axis."""
    return format_date(of, "medium", locale=language.current())


def minute(at: datetime) -> str:
    """A time to the minute, in UTC."""
    there = at.astimezone(UTC)
    return MINUTE(day=short_day(there), time=format_time(there, "HH:mm", locale=language.current()))
