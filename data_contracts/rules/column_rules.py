"""Rules about a whole column: its median, missing values, heaping, constant and copied values, leakage."""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import pandas as pd

from data_contracts.columns.coded import distinct_and_mode_count, distinct_up_to_three, varies_within
from data_contracts.contract.check_specs import CheckSpec
from data_contracts.contract.codes import Code
from data_contracts.contract.model import Column, Rule, Table
from data_contracts.contract.rule_word import NUMERIC, Argument, RuleWord, Words
from data_contracts.findings import Note
from data_contracts.rules.leakage_rules import correlation_exceeds
from data_contracts.rules.slices import View, column_note

WORDS = Words()
_ENOUGH_ROWS = 30


def _possible_swaps(table: Table, rule: Rule) -> Iterable[str]:
    """The columns that this one could have been swapped with."""
    return (r.column for r in table.rules if r.rule == rule.rule)


@WORDS.add(RuleWord(
    scope="column", level="whole", code="E_SCALE_SHIFT", outcome="reject",
    takes={
        "min": Argument("number", required=True, looser="down", unbounded=True),
        "max": Argument("number", required=True, looser="up", unbounded=True),
        "min_rows": Argument("number", looser="up"),
    },
    promise="has its median in the declared range", kinds=NUMERIC, includes_held_rows=True, reads=_possible_swaps,
    codes=(
        Code("SCALE_SHIFT", "plausibility", "A whole column is on another scale",
             "A whole column changed its unit: ask what changed in the export."),
        Code("DISTRIBUTION_SHIFT", "plausibility", "Columns look swapped"),
    ),
))  # fmt: skip
def typical_median(view: View, spec: CheckSpec) -> Iterator[Note]:
    """The median lies in the declared range. A change of scale and two swapped columns get different codes."""
    median = _median(view, spec)
    if median is None or spec.arguments["min"] <= median <= spec.arguments["max"]:
        return
    other = _swapped_with(view, spec, median)
    if other:
        message = f"Columns {spec.column!r} and {other!r} have each other's median: they look swapped."
        yield column_note(spec, message, len(view.frame), code="E_DISTRIBUTION_SHIFT")
        return
    centre = float(np.sqrt(spec.arguments["min"] * spec.arguments["max"])) or 1.0
    hint = _unit_hint(view.table.column(spec.column), median / centre)
    message = f"The median of {spec.column!r} is about {median / centre:.2g} times what is usual{hint}."
    yield column_note(spec, message, len(view.frame))


def _median(view: View, spec: CheckSpec) -> float | None:
    """Median of all rows, including held ones, since a wrong unit makes rows fail the range rule; None if too few."""
    values = view.frame[spec.column].dropna()
    return float(values.median()) if len(values) >= spec.arguments.get("min_rows", _ENOUGH_ROWS) else None


def _swapped_with(view: View, spec: CheckSpec, median: float) -> str:
    for rule in view.table.rules:
        if rule.rule != "typical_median" or rule.column == spec.column:
            continue
        other = view.frame[rule.column].median()
        theirs = rule.arguments["min"] <= median <= rule.arguments["max"]
        off = not rule.arguments["min"] <= other <= rule.arguments["max"]
        if theirs and off and spec.arguments["min"] <= other <= spec.arguments["max"]:
            return rule.column
    return ""


def _unit_hint(column: Column, ratio: float) -> str:
    """The unit whose factor is closest to the ratio, if it is within a factor of two."""
    known = {**column.alternative_units, "tens of the unit": 0.1, "tenths of the unit": 10.0, "months": 12.0}
    unit, factor = min(known.items(), key=lambda item: abs(np.log(max(ratio, 1e-12) / item[1])))
    return f"; it may be in {unit}" if 0.5 < ratio / factor < 2 else ""


@WORDS.add(RuleWord(
    scope="column", level="whole", code="W_COMPLETENESS", outcome="warn",
    takes={"share": Argument("share", required=True, looser="up")},
    promise="is missing no more often than declared",
    codes=(Code("COMPLETENESS", "completeness", "More is missing than allowed"),),
))  # fmt: skip
def missing_at_most(view: View, spec: CheckSpec) -> Iterator[Note]:
    """The share of missing values is not above the declared limit."""
    missing = view.values(spec.column).isna()
    if missing.mean() > spec.arguments["share"]:
        limit = spec.arguments["share"]
        message = (
            f"{spec.column!r} is missing in {missing.mean():.0%} of rows; the contract allows {limit:.0%}."
        )
        yield column_note(spec, message, int(missing.sum()))


@WORDS.add(RuleWord(
    scope="column", level="whole", code="W_CONSTANT", outcome="warn", promise="has more than one value",
    codes=(Code("CONSTANT", "plausibility", "A column never varies"),),
))  # fmt: skip
def varies(view: View, spec: CheckSpec) -> Iterator[Note]:
    """The column has more than one value."""
    values = view.values(spec.column).dropna()
    if len(values) >= _ENOUGH_ROWS and is_constant(values):
        yield column_note(spec, f"{spec.column!r} has the same value in every row.", len(values))


def is_constant(values: "pd.Series[Any]") -> bool:
    """Whether all values are equal."""
    return bool((values == values.iloc[0]).all())


@WORDS.add(RuleWord(
    scope="column", level="whole", code="W_HEAPING", outcome="warn",
    takes={"max_share": Argument("share", required=True, looser="up")}, promise="does not heap on one value",
    kinds=NUMERIC, codes=(Code("HEAPING", "plausibility", "Heaping on one value"),),
))  # fmt: skip
def no_heaping(view: View, spec: CheckSpec) -> Iterator[Note]:
    """No single value has an implausible share of a continuous column."""
    values = view.values(spec.column).dropna()
    if len(values) < _ENOUGH_ROWS:
        return
    distinct, most = distinct_and_mode_count(values.to_numpy(dtype=np.float64))
    if distinct >= 3 and most > spec.arguments["max_share"] * len(values):
        message = (
            f"{most / len(values):.0%} of the values of {spec.column!r} are the same; "
            "the value may mean 'missing'."
        )
        yield column_note(spec, message, most)


@WORDS.add(RuleWord(
    scope="column", level="whole", code="W_COPY_FORWARD", outcome="warn",
    takes={"max_share": Argument("share", required=True, looser="up")}, promise="is measured anew at each record",
    roles=("subject",), codes=(Code("COPY_FORWARD", "plausibility", "Values look copied forward"),),
))  # fmt: skip
def no_copy_forward(view: View, spec: CheckSpec) -> Iterator[Note]:
    """Values change within subjects with at least three records."""
    values, subjects = view.values(spec.column), view.subjects()
    several = subjects.counts(values.notna().to_numpy()) >= 3
    frozen = several & ~varies_within(subjects, values)
    if several.sum() >= 10 and frozen.sum() > spec.arguments["max_share"] * several.sum():
        message = (
            f"{spec.column!r} never changes in {frozen.sum()} of {several.sum()} patients: copied forward?"
        )
        yield column_note(spec, message, int(frozen.sum()))


@WORDS.add(RuleWord(
    scope="column", level="whole", code="E_LEAKAGE_SUSPECT", outcome="reject",
    takes={
        "outcome_column": Argument("column", required=True), "max_correlation": Argument("share", looser="up"),
    },
    promise="is not a copy of the outcome", kinds=NUMERIC,
    codes=(Code("LEAKAGE_SUSPECT", "plausibility", "A column gives the outcome away"),),
))  # fmt: skip
def not_leaked(view: View, spec: CheckSpec) -> Iterator[Note]:
    """The column is not a function of the outcome (Pearson or Spearman correlation near 1)."""
    values, outcomes = (view.values(c).to_numpy() for c in (spec.column, spec.arguments["outcome_column"]))
    both = ~(np.isnan(values) | np.isnan(outcomes))
    values, outcomes = values[both], outcomes[both]
    if len(values) < _ENOUGH_ROWS or min(map(distinct_up_to_three, (values, outcomes))) < 3:
        return
    if correlation_exceeds(values, outcomes, spec.arguments.get("max_correlation", 0.995)):
        message = f"{spec.column!r} follows {spec.arguments['outcome_column']!r} exactly: the outcome leaked."
        yield column_note(spec, message, len(values))
