"""A unit of an outcome: its numbers, precision and reference range in it, and whole tables."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from dashboard.page_parts import Row
from dashboard.wording.numbers import is_finite, written_unit

LEVELS = (50, 80, 90)
PREDICTED = ("mean", *(f"{side}_{level}" for level in LEVELS for side in ("lower", "upper")))
VALUES = (
    "value", "last_value", *PREDICTED, "unadapted_mean", "unadapted_lower_90", "unadapted_upper_90",
)  # fmt: skip
"""Columns of the published tables with values of an outcome."""
DIFFERENCES = ("moved",)
"""Columns with differences of two values of an outcome."""
ERRORS = ("value", "ci_low", "ci_high")
"""Columns of the evaluation, whose figures in an outcome's unit are differences of two values."""
SIGNIFICANT = 3


@dataclass(frozen=True)
class Unit:
    """A unit: a value in it is `factor` times the published value, plus `offset`.

    Attributes:
        name: as it is printed.
        factor: above 0.
        offset: of the zero; no part of a difference of two values.

    """

    name: str
    factor: float = 1.0
    offset: float = 0.0

    @property
    def is_published(self) -> bool:
        """Whether the numbers are the published ones."""
        return (self.factor, self.offset) == (1.0, 0.0)

    def value(self, published: float) -> float:
        """A value in this unit."""
        return published * self.factor + self.offset

    def decimals(self, published: float | None) -> float | None:
        """The decimals of values that are published with so many: the step between values stays nearly the same.

        Of all powers of ten the nearest to the converted step is chosen, which neither exaggerates nor sacrifices
        precision (NIST Special Publication 811, B.7): 1.2 mg/dL of bilirubin is 21 umol/L, 101 mg/dL of glucose 5.6
        mmol/L.
        """
        if published is None or not is_finite(published) or self.factor == 1.0:
            return published
        return float(max(0, round(published - math.log10(self.factor))))

    def of(self, outcome: Row) -> Row:
        """The row of an outcome in this unit."""
        if self.is_published:
            return {**outcome, "unit": self.name}
        low, high = (outcome["reference_low"], outcome["reference_high"])
        return {
            **outcome,
            "unit": self.name,
            "whole": 0,
            "reference_low": self.value(low),
            "reference_high": self.value(high),
            "reference_digits": max(SIGNIFICANT, *(digits_of(end) for end in (low, high))),
            **{name: self.decimals(outcome[name]) for name in ("decimals", "predicted_decimals")},
        }


def digits_of(value: float) -> int:
    """The number of significant digits that a number is written with; 0 where there is none."""
    return len(Decimal(f"{value:.12g}").normalize().as_tuple().digits) if is_finite(value) else 0


def units_of(manifest: Mapping[str, Any], outcome: Row) -> tuple[Unit, ...]:
    """The units of an outcome: that of the published values first, then those that the release can convert to.

    A conversion that is none (of a release that was changed by hand) is left out.
    """
    entries = manifest.get("other_units", {}).get(str(outcome["name"]), ())
    return (Unit(str(outcome["unit"])), *_sound(entries))


def _sound(entries: Sequence[Mapping[str, Any]]) -> Iterator[Unit]:
    for entry in entries:
        factor, offset = float(entry["factor"]), float(entry["offset"])
        if factor > 0 and is_finite(factor) and is_finite(offset):
            yield Unit(written_unit(str(entry["unit"])), factor, offset)


def converted(
    rows: pd.DataFrame,
    units: Mapping[str, Unit],
    columns: Sequence[str] = VALUES,
    *,
    differences: bool = False,
) -> pd.DataFrame:
    """Rows of a published table in other units.

    Args:
        rows: with a column `outcome`.
        units: outcome -> its unit; others stay as they are.
        columns: those that are converted.
        differences: whether they are differences of two values, which have no zero.

    """
    if all(unit.is_published for unit in units.values()) or rows.empty:
        return rows
    factor = rows["outcome"].map({name: unit.factor for name, unit in units.items()}).fillna(1.0)
    offset = rows["outcome"].map({name: unit.offset for name, unit in units.items()}).fillna(0.0)
    added = 0.0 if differences else offset.astype(float)
    own = [name for name in columns if name in rows]
    return rows.assign(**{name: rows[name] * factor.astype(float) + added for name in own})


def converted_errors(rows: pd.DataFrame, published: str, unit: Unit) -> pd.DataFrame:
    """Figures of the evaluation of one outcome: those in its `published` unit are told in another."""
    own = rows["unit"].fillna("").map(written_unit) == published
    if unit.name == published or not published or not own.any():
        return rows
    scaled = {name: rows[name].where(~own, rows[name] * unit.factor) for name in ERRORS}
    return rows.assign(**scaled, unit=rows["unit"].where(~own, unit.name))
