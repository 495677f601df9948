"""Rules that compare this delivery with the last accepted one: row counts, distributions, categories, units."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from data_contracts.contract.check_specs import CheckSpec
from data_contracts.contract.codes import Code
from data_contracts.contract.model import Column
from data_contracts.contract.rule_word import NUMERIC, TEXT, Argument, RuleWord, Words
from data_contracts.findings import Note
from data_contracts.rules.delivery_pair import Pair, without_categories
from data_contracts.rules.slices import column_note
from data_contracts.stability import bin_counts, drift_edges, stability_index

WORDS = Words()
_ENOUGH_FOR_A_MEDIAN = 30
_EXPECTED = 10
"""Expected number of rows from which the absence of a category is not chance."""
_SLIPS = {"a tenth of the unit": 10.0, "ten times the unit": 0.1, "a hundredth of the unit": 100.0,
          "a hundred times the unit": 0.01, "a thousandth of the unit": 1000.0,
          "a thousand times the unit": 0.001}  # fmt: skip
"""Scale errors without a second unit: a moved decimal point, milli instead of micro."""


@WORDS.add(RuleWord(
    scope="table", level="batch", code="E_ROWCOUNT_DROP", outcome="reject",
    takes={"min_ratio": Argument("number", looser="down"), "max_ratio": Argument("number", looser="up")},
    promise="has about as many rows as the previous delivery",
    codes=(
        Code("ROWCOUNT_DROP", "completeness", "Far fewer rows than before",
             "The export is probably incomplete: deliver all rows."),
        Code("ROWCOUNT_JUMP", "plausibility", "Far more rows than before"),
    ),
))  # fmt: skip
def batch_size(pair: Pair, spec: CheckSpec) -> Iterator[Note]:
    """The number of rows is near that of the previous delivery: far fewer reject it, far more are a warning."""
    if not len(pair.old):
        return
    ratio = len(pair.new) / len(pair.old)
    message = f"The delivery has {ratio:.1%} of the rows of the previous one."
    if ratio < spec.arguments.get("min_ratio", 0.5):
        yield Note(code=spec.code, message=message, rule=spec.name, count=len(pair.new))
    elif ratio > spec.arguments.get("max_ratio", 3.0):
        yield Note(code="W_ROWCOUNT_JUMP", message=message, rule=spec.name, count=len(pair.new))


@WORDS.add(RuleWord(
    scope="table", level="batch", code="W_REPEATED_DELIVERY", outcome="warn",
    promise="is not the previous delivery again", across_cohorts=True,
    codes=(Code("REPEATED_DELIVERY", "plausibility", "The previous delivery again"),),
))  # fmt: skip
def new_content(pair: Pair, spec: CheckSpec) -> Iterator[Note]:
    """The delivery is not the previous one again, under a new name or with its rows in another order."""
    if pair.same_bytes:
        message = "The file is identical to the previous delivery: it contains nothing new."
    elif len(pair.new) == len(pair.old) and _content_hash(pair.new) == _content_hash(pair.old):
        message = "The file has exactly the rows of the previous delivery: it contains nothing new."
    else:
        return
    yield Note(code=spec.code, message=message, rule=spec.name, count=len(pair.new))


def _content_hash(frame: pd.DataFrame) -> int:
    """Sum of the row hashes, independent of the order of rows."""
    return int(pd.util.hash_pandas_object(frame, index=False).to_numpy().sum())


@WORDS.add(RuleWord(
    scope="column", level="batch", code="W_DRIFT_PSI", outcome="warn",
    takes={"max_index": Argument("number", looser="up")}, promise="is distributed as in the previous delivery",
    kinds=NUMERIC, codes=(Code("DRIFT_PSI", "plausibility", "Values are distributed differently than before"),),
))  # fmt: skip
def no_drift(pair: Pair, spec: CheckSpec) -> Iterator[Note]:
    """The population stability index is below the limit (0.25 by default)."""
    new, old = (f[spec.column].dropna().to_numpy(dtype=np.float64) for f in (pair.new, pair.old))
    if not len(old):
        return
    edges = drift_edges(pair.table, spec.column, dict(spec.where), old)
    index = stability_index(bin_counts(new, edges), bin_counts(old, edges), ordered=True)
    if index is not None and index > spec.arguments.get("max_index", 0.25):
        message = f"{spec.column!r} is distributed differently than before (population stability index {index:.2f})."
        yield column_note(spec, message, len(new))


@WORDS.add(RuleWord(
    scope="column", level="batch", code="W_CATEGORY_DRIFT", outcome="warn",
    takes={"max_index": Argument("number", looser="up")},
    promise="has the categories of the previous delivery, in about the same shares", kinds=NUMERIC | TEXT,
    codes=(Code("CATEGORY_DRIFT", "plausibility", "Categories differ from before"),),
))  # fmt: skip
def categories_stay(pair: Pair, spec: CheckSpec) -> Iterator[Note]:
    """No category appears or disappears, and the shares stay about the same."""
    new, old = (without_categories(f[spec.column]).value_counts() for f in (pair.new, pair.old))
    come, gone = _absent(new, old), _absent(old, new)
    both = pd.concat([new, old], axis=1, keys=["new", "old"]).fillna(0)
    counts = (both[which].to_numpy(dtype=np.int64) for which in ("new", "old"))
    index = stability_index(*counts, ordered=False)
    if index is None:
        return
    if len(come) or len(gone) or index > spec.arguments.get("max_index", 0.25):
        message = (
            f"{spec.column!r} has {len(come)} new categories, {len(gone)} are missing, and the shares differ by a "
            f"population stability index of {index:.2f}: was a code list changed?"
        )
        yield column_note(spec, message, int(come.sum()) or int(new.sum()))


def _absent(seen: "pd.Series[Any]", among: "pd.Series[Any]") -> "pd.Series[Any]":
    """Categories of one delivery that are absent in the other although at least 10 rows are expected there."""
    expected = seen / seen.sum() * among.sum()
    return seen[~seen.index.isin(among.index) & (expected >= _EXPECTED)]


@WORDS.add(RuleWord(
    scope="column", level="batch", code="W_MISSING_JUMP", outcome="warn",
    takes={"max_rise": Argument("number", looser="up")},
    promise="is missing about as often as in the previous delivery",
    codes=(Code("MISSING_JUMP", "completeness", "More is missing than before"),),
))  # fmt: skip
def missing_stays(pair: Pair, spec: CheckSpec) -> Iterator[Note]:
    """The share of missing values did not rise by more than the limit and three standard errors."""
    if not len(pair.new) or not len(pair.old):
        return
    missing, before = (f[spec.column].isna() for f in (pair.new, pair.old))
    rise = float(missing.mean() - before.mean())
    share = (missing.sum() + before.sum()) / (len(missing) + len(before))
    chance = 3 * np.sqrt(share * (1 - share) * (1 / len(missing) + 1 / len(before)))
    if rise > max(spec.arguments.get("max_rise", 0.1), chance):
        message = (
            f"{spec.column!r} is missing in {missing.mean():.0%} of rows; in the previous delivery it was "
            f"{before.mean():.0%}."
        )
        yield column_note(spec, message, int(missing.sum()))


@WORDS.add(RuleWord(
    scope="column", level="batch", code="E_SCALE_SHIFT", outcome="reject",
    takes={"tolerance": Argument("number", looser="down"), "min_rows": Argument("number", looser="up")},
    promise="is written in the unit of the previous delivery", kinds=NUMERIC,
))  # fmt: skip
def same_scale(pair: Pair, spec: CheckSpec) -> Iterator[Note]:
    """The median did not change by a factor between two known units.

    In deliveries that accumulate, a change of unit shows in the added rows long before it moves the median of all
    rows, so both are compared.
    """
    for rows, which in ((pair.new, "The"), (pair.added(), "In the added rows, the")):
        ratio = _ratio_of_medians(rows[spec.column], pair.old[spec.column], spec)
        unit = _unit_of(ratio, pair.table.column(spec.column), spec) if ratio else ""
        if ratio and unit:
            message = f"{which} median of {spec.column!r} is {ratio:.2g} times that of before: {unit}."
            yield column_note(spec, f"{message} Values are not converted by guess.", len(rows))
            return


def _ratio_of_medians(new: "pd.Series[Any]", old: "pd.Series[Any]", spec: CheckSpec) -> float | None:
    enough = spec.arguments.get("min_rows", _ENOUGH_FOR_A_MEDIAN)
    if min(new.count(), old.count()) < enough:
        return None
    middle = float(new.median()), float(old.median())
    return middle[0] / middle[1] if min(middle) > 0 else None


def _unit_of(ratio: float, column: Column, spec: CheckSpec) -> str:
    """The change of unit that explains the ratio; "" if no known factor is near."""
    tolerance = float(np.log1p(spec.arguments.get("tolerance", 0.15)))
    if abs(np.log(ratio)) <= tolerance:
        return ""
    known = {f"it seems to be in {u}": f for u, f in column.alternative_units.items()}
    known |= {f"it seems to be in {column.unit or 'the unit'}, and was in {u} before": 1 / f
              for u, f in column.alternative_units.items()}  # fmt: skip
    known |= {f"it seems to be in {unit_text}": factor for unit_text, factor in _SLIPS.items()}
    # a population median never changes threefold between deliveries, so there the tolerance can be larger
    slack = {unit_text: tolerance * (1 if 1 / 3 < f < 3 else 2) for unit_text, f in known.items()}
    away = {unit_text: abs(np.log(ratio / f)) / slack[unit_text] for unit_text, f in known.items()}
    nearest = min(away, key=lambda unit_text: away[unit_text])
    return nearest if away[nearest] <= 1 else ""
