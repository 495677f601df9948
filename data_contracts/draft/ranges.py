"""Ranges proposed for a first contract, for its author to check.

They have margins for the next delivery and are rounded, so that no single value can be read off. For common clinical
measurements the usual and the possible range are built in; the possible range excludes only what no instrument prints.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd


@dataclass(frozen=True, kw_only=True)
class Measurement:
    """A clinical measurement in one unit, with its possible and its usual range in that unit."""

    unit: str
    possible: tuple[float, float]
    usual: tuple[float, float]
    factors: dict[str, float] = field(default_factory=dict)
    """Other unit -> factor from `unit` to it."""

    def in_unit(self, unit: str) -> "Measurement":
        """The same measurement in one of its other units."""
        factor = self.factors[unit]
        others = {u: f / factor for u, f in self.factors.items() if u != unit} | {self.unit: 1 / factor}
        return replace(
            self,
            unit=unit,
            possible=(self.possible[0] * factor, self.possible[1] * factor),
            usual=(self.usual[0] * factor, self.usual[1] * factor),
            factors={u: float(f"{f:.4g}") for u, f in others.items()},
        )


def _of(
    unit: str, possible: tuple[float, float], usual: tuple[float, float], **factors: float
) -> Measurement:
    named = {u.replace("_per_", "/"): f for u, f in factors.items()}
    return Measurement(unit=unit, possible=possible, usual=usual, factors=named)


_CHOLESTEROL = {"mmol_per_L": 0.02586}
_KNOWN: dict[str, Measurement] = {
    r"age": _of("years", (0, 120), (0, 105)),
    r"(body_?)?weight|wt": _of("kg", (0.3, 400), (2, 200), lb=2.2046, g=1000),
    r"(body_?)?height|ht|length": _of("cm", (20, 260), (40, 215), m=0.01, **{"in": 0.3937}),
    r"bmi": _of("kg/m2", (5, 120), (10, 65)),
    r"temp(erature)?|body_temp(erature)?": _of("°C", (20, 46), (33, 42)),
    r"s(ys(tolic)?_?)?(bp|blood_?pressure|pressure)|systolic": _of("mmHg", (20, 320), (60, 240), kPa=0.1333),
    r"d(ia(stolic)?_?)?(bp|blood_?pressure|pressure)|diastolic": _of("mmHg", (10, 220), (30, 140), kPa=0.1333),
    r"heart_?rate|hr|pulse": _of("/min", (10, 350), (30, 220)),
    r"resp(iratory)?_?rate|rr": _of("/min", (1, 120), (5, 60)),
    r"(spo2|sao2|o2_?sat(uration)?)": _of("%", (20, 100), (70, 100)),
    r"glucose|glc|gluc": _of("mg/dL", (5, 2000), (40, 600), mmol_per_L=0.0555),
    r"creatinine|creat?|scr": _of("mg/dL", (0.05, 40), (0.2, 12), umol_per_L=88.42),
    r"hba1c|a1c": _of("%", (2, 25), (3.5, 16)),
    r"(total_?)?chol(esterol)?|tc": _of("mg/dL", (20, 1500), (60, 500), **_CHOLESTEROL),
    r"hdl(_?c)?": _of("mg/dL", (1, 300), (10, 150), **_CHOLESTEROL),
    r"ldl(_?c)?": _of("mg/dL", (1, 1000), (20, 400), **_CHOLESTEROL),
    r"trig(lycerides?)?|tg": _of("mg/dL", (5, 10000), (20, 2000), mmol_per_L=0.01129),
    r"(total_?)?bili(rubin)?": _of("mg/dL", (0.02, 100), (0.1, 40), umol_per_L=17.1),
    r"albumin|alb": _of("g/dL", (0.3, 10), (1.2, 6), g_per_L=10),
    r"ha?emoglobin|hgb|hb": _of("g/dL", (1, 28), (4, 21), g_per_L=10, mmol_per_L=0.6206),
    r"platelets?|plt": _of("10^9/L", (1, 5000), (5, 1500)),
    r"(wbc|leu[ck]ocytes)": _of("10^9/L", (0.01, 1000), (0.3, 100)),
    r"sodium|na": _of("mmol/L", (80, 220), (110, 175)),
    r"potassium": _of("mmol/L", (0.5, 15), (1.8, 9)),
    r"urea|bun": _of("mg/dL", (1, 500), (2, 200), mmol_per_L=0.357),
    r"crp": _of("mg/L", (0, 1000), (0, 500), mg_per_dL=0.1),
    r"(ast|sgot|alt|sgpt)": _of("U/L", (1, 30000), (3, 5000)),
    r"(alk(aline)?_?phos(phatase)?|alp)": _of("U/L", (1, 30000), (10, 15000)),
    r"inr": _of("", (0.3, 30), (0.7, 12)),
    r"egfr|gfr": _of("mL/min", (0, 300), (2, 200)),
}  # fmt: skip

_UNITS = (
    "mg/dL", "mmol/L", "umol/L", "nmol/L", "pmol/L", "g/dL", "g/L", "mg/L", "ug/L", "ug/dL", "ng/mL", "ng/dL", "pg/mL",
    "ug/mL", "U/L", "IU/L", "mU/L", "U/mL", "mEq/L", "10^9/L", "10^12/L", "mL/min", "L/min", "kg/m2", "mg/kg",
    "mmol/mol", "kg", "lb", "g", "mg", "ug", "cm", "mm", "in", "m", "mL", "L", "mmHg", "kPa", "bpm", "%", "°C", "°F",
    "ms", "years", "months", "weeks", "days", "hours", "minutes", "s",
)  # fmt: skip
_UNIT_SPELLINGS = {
    "pct": "%", "percent": "%", "celsius": "°C", "degc": "°C", "c": "°C", "yrs": "years", "yr": "years",
    "year": "years", "month": "months", "week": "weeks", "day": "days", "d": "days", "hour": "hours",
    "hrs": "hours", "h": "hours", "sec": "s", "lbs": "lb", "inch": "in", "inches": "in",
    "min": "minutes", "fahrenheit": "°F", "degf": "°F", "f": "°F", "10e9_l": "10^9/L",
    "per_min": "/min", "mcg_dl": "ug/dL", "mcg_l": "ug/L", "mcmol_l": "umol/L", "kg_m_2": "kg/m2",
}  # fmt: skip
_TIME_UNITS = {"years", "months", "weeks", "days", "hours", "minutes", "day", "year", "month", "week", "hour"}
"""Names of time columns that consist of a unit only."""
_SAME_UNIT = {"bpm": "/min", "mEq/L": "mmol/L", "mL/min": "mL/min"}


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9%°]+", "_", text.casefold().replace("µ", "u").replace("μ", "u")).strip("_")


_BY_SLUG = {_slug(u): u for u in _UNITS} | {_slug(u).replace("_", ""): u for u in _UNITS} | _UNIT_SPELLINGS


_OF_TIME = r"(.*_)?(time|duration|age|los|stay|length|delay|gap|follow_?up|fu|survival|os|pfs|since|t)(_.*)?"
_OF_TEMPERATURE = r"(.*_)?temp(erature)?(_.*)?"
_ONLY_OF = {
    **dict.fromkeys(("d", "h", "s", "min"), _OF_TIME), **dict.fromkeys(("c", "f"), _OF_TEMPERATURE),
    "g": r"(.*_)?(dose|amount|intake|weight|mass)(_.*)?", "l": r"(.*_)?(volume|intake|output)(_.*)?",
    "m": r"(.*_)?(distance|walk(ed)?|height|length)(_.*)?", "in": r"(?!)",
}  # fmt: skip
"""Endings that are often no unit (`hdl_c`, `vitamin_d`, `hr_min`) -> names of which they are one.

They are one, too, of a known measurement that has this unit.
"""
_UNIT_FIRST = r"(years|months|weeks|days|hours)_(since|to|until|till|of|on|in|from|after|before)_.*"
_RATIO = (
    r"(10\^\d+|[kmuµμnpcd]?(g|mol|L|l|U|IU|Eq|m|J|cal))/"
    r"([dmuµμ]?[Ll]|min|h|hr|hour|d|day|s|k?g|mol|m2|m\^2)(/\S+)?"
)
"""What reads as a unit in brackets, whether listed above or not."""


def measure_and_unit(name: str) -> tuple[str, str]:
    """(measurement, unit) parsed from a column's name, such as `glucose_mg_dl` or `Weight (kg)`; "" for no unit."""
    bracket = re.search(r"[(\[]([^)\]]+)[)\]]\s*$", name)
    if bracket and _slug(bracket[1]) in _BY_SLUG:
        return _slug(name[: bracket.start()]), _BY_SLUG[_slug(bracket[1])]
    if bracket and re.fullmatch(_RATIO, bracket[1].strip()):
        return _slug(name[: bracket.start()]), bracket[1].strip()
    slug = re.sub(r"_per_(?!min$)", "_", _slug(name))
    if slug in _TIME_UNITS:
        return slug, _BY_SLUG[slug]
    if first := re.fullmatch(_UNIT_FIRST, slug):
        return slug, first[1]
    parts = slug.split("_")
    for length in (3, 2, 1):
        what, ending = "_".join(parts[:-length]), "_".join(parts[-length:])
        if what and ending in _BY_SLUG and _is_unit_of(ending, what):
            return what, _BY_SLUG[ending]
    return slug, ""


def _is_unit_of(ending: str, what: str) -> bool:
    """Whether the ending of a name is a unit there."""
    if ending not in _ONLY_OF or re.fullmatch(_ONLY_OF[ending], what):
        return True
    found = _named_measurement(what)
    return found is not None and _BY_SLUG[ending] in {found.unit, *found.factors}


def _named_measurement(what: str) -> Measurement | None:
    return next((m for pattern, m in _KNOWN.items() if re.fullmatch(pattern, what)), None)


def known_measurement(name: str, middle: float) -> tuple[Measurement | None, bool]:
    """The measurement that a column's name means, and whether its unit was inferred from the values.

    The unit in the name decides, if there is one; an unknown unit gives None. Otherwise it is the only unit in which
    the median lies in the usual range, if there is exactly one.
    """
    what, unit = measure_and_unit(name)
    found = _named_measurement(what)
    if found is None:
        return None, False
    every = list(_in_every_unit(found))
    if unit:
        wanted = _SAME_UNIT.get(unit, unit)
        return next((m for m in every if m.unit == wanted), None), False
    fitting = [m for m in every if m.usual[0] <= middle <= m.usual[1]]
    return (fitting[0], len(every) > 1) if len(fitting) == 1 else (None, False)


def _in_every_unit(found: Measurement) -> Iterator[Any]:
    yield found
    yield from (found.in_unit(unit) for unit in found.factors)


_MIN_VALUES_FOR_MEDIAN = 30
_SIGNIFICANT_DIGITS = 2


@dataclass(frozen=True, kw_only=True)
class Spread:
    """Summary of a column's values, from which the margins are computed."""

    low: float
    high: float
    middle: float
    middle_90: float
    """Width between the 5th and the 95th percentile."""
    count: int
    whole: bool

    @classmethod
    def of(cls, values: "pd.Series[Any]", *, whole: bool) -> "Spread":
        """From the values that are not missing; at least one is required."""
        filled = values.dropna().to_numpy(dtype=np.float64)
        low, five, middle, ninety_five, high = np.quantile(filled, [0, 0.05, 0.5, 0.95, 1])
        return cls(
            low=float(low),
            high=float(high),
            middle=float(middle),
            middle_90=float(ninety_five - five),
            count=len(filled),
            whole=whole,
        )

    @property
    def width(self) -> float:
        """Maximum minus minimum; for a constant, its absolute value."""
        return (self.high - self.low) or abs(self.high) or 1.0


def possible_range(spread: Spread, measurement: Measurement | None) -> Mapping[str, float]:
    """Bounds of a hard range: those of the known measurement, else one full width beyond the data.

    Without a known measurement the lower bound is never above zero: the smallest value of a sample is not the smallest
    possible one.
    """
    if measurement and measurement.possible[0] <= spread.low and spread.high <= measurement.possible[1]:
        return _bounds(measurement.possible, whole=False)
    low = 0.0 if spread.low >= 0 else spread.low - spread.width
    return _bounds((low, spread.high + spread.width), whole=spread.whole)


def usual_range(spread: Spread, measurement: Measurement | None) -> Mapping[str, float]:
    """Bounds of a soft range, inside the hard one: those of the known measurement, else a tenth of the width beyond."""
    if measurement and measurement.usual[0] <= spread.low and spread.high <= measurement.usual[1]:
        return _bounds(measurement.usual, whole=False)
    bounds = _bounds((spread.low - 0.1 * spread.width, spread.high + 0.1 * spread.width), whole=spread.whole)
    possible = possible_range(spread, measurement)
    return {"min": max(bounds["min"], possible["min"]), "max": min(bounds["max"], possible["max"])}


def median_range(spread: Spread) -> Mapping[str, float] | None:
    """Bounds of the median, narrow enough to notice another unit; None where values are too few."""
    if spread.count < _MIN_VALUES_FOR_MEDIAN or spread.middle <= 0 or spread.low < 0 or not spread.middle_90:
        return None
    low = max(spread.middle / 1.7, spread.middle - spread.middle_90)
    return _bounds((low, min(spread.middle * 1.7, spread.middle + spread.middle_90)), whole=False)


def missing_limit(share: float) -> float | None:
    """The observed share plus 5 points, rounded up to a multiple of 0.05; None if that reaches 1."""
    limit = float(np.ceil(round((share + 0.05) * 20, 6)) / 20)
    return round(limit, 2) if limit < 1 else None


def _bounds(pair: tuple[float, float], *, whole: bool) -> dict[str, float]:
    low, high = (_round_outward(v, up) for v, up in zip(pair, (False, True), strict=True))
    if whole or max(abs(low), abs(high)) >= 1e15:
        return {"min": int(np.floor(low)), "max": int(np.ceil(high))}
    return {"min": _six_digits(low), "max": _six_digits(high)}


def _round_outward(value: float, up: bool) -> float:
    """Rounds to two significant digits, away from the data."""
    if value == 0:
        return 0.0
    unit = 10.0 ** (np.floor(np.log10(abs(value))) - (_SIGNIFICANT_DIGITS - 1))
    steps = round(value / unit, 6)
    return float(np.ceil(steps) * unit if up else np.floor(steps) * unit)


def _six_digits(value: float) -> float:
    """To six significant digits; whole numbers as int."""
    clean = float(f"{value:.6g}")
    return int(clean) if clean.is_integer() and abs(clean) < 1e15 else clean
