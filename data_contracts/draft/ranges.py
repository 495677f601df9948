"""Ranges with margins: wide enough for the next delivery, and rounded, so that no single value can be read off."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from data_contracts.draft.known_measurements import Measurement

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
