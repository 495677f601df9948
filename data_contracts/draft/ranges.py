"""Ranges for a first contract, proposals for an author to check.

They have margins for the next delivery and are rounded, so that no single value can be read off. Of common clinical
measurements the usual and the possible range are known; the possible one only leaves out what no instrument prints.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd


@dataclass(frozen=True, kw_only=True)
class Measurement:
    """One measurement in one unit."""

    unit: str
    possible: tuple[float, float]
    usual: tuple[float, float]
    factors: dict[str, float] = field(default_factory=dict)
    """Other unit -> factor by which a value in `unit` grows when written in it."""

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
    "ug/mL", "U/L", "IU/L", "mU/L", "U/mL", "mEq/L", "10^9/L", "10^12/L", "mL/min", "kg/m2", "mg/kg",
    "kg", "lb", "g", "mg", "ug", "cm", "mm", "in", "m", "mL", "L", "mmHg", "kPa", "bpm", "%", "°C",
    "years", "months", "weeks", "days", "hours", "minutes", "s",
)  # fmt: skip
_OTHER_SPELLINGS = {
    "pct": "%", "percent": "%", "celsius": "°C", "degc": "°C", "c": "°C", "yrs": "years", "yr": "years",
    "year": "years", "month": "months", "week": "weeks", "day": "days", "d": "days", "hour": "hours",
    "hrs": "hours", "h": "hours", "min": "minutes", "sec": "s", "lbs": "lb", "inch": "in", "inches": "in",
    "per_min": "/min", "mcg_dl": "ug/dL", "mcg_l": "ug/L", "mcmol_l": "umol/L", "kg_m_2": "kg/m2",
}  # fmt: skip
_CLOCK = {"years", "months", "weeks", "days", "hours", "minutes", "day", "year", "month", "week", "hour"}
"""Columns of time that are named after their unit and nothing else."""
_SAME_UNIT = {"bpm": "/min", "mEq/L": "mmol/L", "mL/min": "mL/min"}


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9%°]+", "_", text.casefold().replace("µ", "u").replace("μ", "u")).strip("_")


_BY_SLUG = {_slug(u): u for u in _UNITS} | {_slug(u).replace("_", ""): u for u in _UNITS} | _OTHER_SPELLINGS


def unit_in(name: str) -> tuple[str, str]:
    """(what is measured, its unit) as far as a column's name tells: `glucose_mg_dl`, `Weight (kg)`."""
    bracket = re.search(r"[(\[]([^)\]]+)[)\]]\s*$", name)
    if bracket and _slug(bracket[1]) in _BY_SLUG:
        return _slug(name[: bracket.start()]), _BY_SLUG[_slug(bracket[1])]
    if _slug(name) in _CLOCK:
        return _slug(name), _BY_SLUG[_slug(name)]
    parts = _slug(name).split("_")
    for length in (3, 2, 1):
        ending = "_".join(parts[-length:])
        if 0 < length < len(parts) and ending in _BY_SLUG:
            return "_".join(parts[:-length]), _BY_SLUG[ending]
    return _slug(name), ""


def known(name: str, middle: float) -> tuple[Measurement | None, bool]:
    """The measurement that a column's name means, and whether its unit was only told by its size.

    With a unit in the name that is it, or nothing is known. Without, the one unit in which the middle value
    is usual, if there is just one.
    """
    what, unit = unit_in(name)
    found = next((m for pattern, m in _KNOWN.items() if re.fullmatch(pattern, what)), None)
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


_ENOUGH_FOR_A_MEDIAN = 30
_DIGITS = 2


@dataclass(frozen=True, kw_only=True)
class Spread:
    """What the margins are made from."""

    low: float
    high: float
    middle: float
    bulk: float
    """Width of the middle nine tenths."""
    count: int
    whole: bool

    @classmethod
    def of(cls, values: "pd.Series[Any]", *, whole: bool) -> "Spread":
        """Of the values that are there; there must be some."""
        filled = values.dropna().to_numpy(dtype=np.float64)
        low, five, middle, ninety_five, high = np.quantile(filled, [0, 0.05, 0.5, 0.95, 1])
        return cls(
            low=float(low),
            high=float(high),
            middle=float(middle),
            bulk=float(ninety_five - five),
            count=len(filled),
            whole=whole,
        )

    @property
    def width(self) -> float:
        """From the lowest to the highest; of a constant, its size."""
        return (self.high - self.low) or abs(self.high) or 1.0


def possible(spread: Spread, meant: Measurement | None) -> Mapping[str, float]:
    """Bounds of what can be, for a hard range: of the known measurement, else a whole width beyond the data."""
    if meant and meant.possible[0] <= spread.low and spread.high <= meant.possible[1]:
        return _bounds(meant.possible, whole=False)
    low, high = spread.low - spread.width, spread.high + spread.width
    if spread.low >= 0:
        low = max(low, spread.low / 3)
    return _bounds((low, high), whole=spread.whole)


def usual(spread: Spread, meant: Measurement | None) -> Mapping[str, float]:
    """Bounds of what is usual, for a soft range: of the known measurement, else a tenth beyond the data."""
    if meant and meant.usual[0] <= spread.low and spread.high <= meant.usual[1]:
        return _bounds(meant.usual, whole=False)
    low, high = spread.low - 0.1 * spread.width, spread.high + 0.1 * spread.width
    return _bounds((max(low, 0.0) if spread.low >= 0 else low, high), whole=spread.whole)


def typical(spread: Spread) -> Mapping[str, float] | None:
    """Bounds of the middle value: near enough to notice another unit. None where there is too little to say."""
    if spread.count < _ENOUGH_FOR_A_MEDIAN or spread.middle <= 0 or spread.low < 0 or not spread.bulk:
        return None
    low = max(spread.middle / 1.7, spread.middle - spread.bulk)
    return _bounds((low, min(spread.middle * 1.7, spread.middle + spread.bulk)), whole=False)


def share_above(share: float) -> float | None:
    """A limit above an observed share, to the next twentieth; None where nearly everything is missing."""
    limit = float(np.ceil(round((share + 0.05) * 20, 6)) / 20)
    return round(limit, 2) if limit < 1 else None


def _bounds(pair: tuple[float, float], *, whole: bool) -> dict[str, float]:
    low, high = (_outward(v, up) for v, up in zip(pair, (False, True), strict=True))
    if whole or max(abs(low), abs(high)) >= 1e15:
        return {"min": int(np.floor(low)), "max": int(np.ceil(high))}
    return {"min": _short(low), "max": _short(high)}


def _outward(value: float, up: bool) -> float:
    """To two significant digits, away from the data."""
    if value == 0:
        return 0.0
    unit = 10.0 ** (np.floor(np.log10(abs(value))) - (_DIGITS - 1))
    steps = round(value / unit, 6)
    return float(np.ceil(steps) * unit if up else np.floor(steps) * unit)


def _short(value: float) -> float:
    """Without the dust of binary fractions; whole numbers as such."""
    clean = float(f"{value:.6g}")
    return int(clean) if clean.is_integer() and abs(clean) < 1e15 else clean
