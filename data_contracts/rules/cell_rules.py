"""Rules about single cells of a column: missing values, ranges, categories, patterns, lengths and steps.

Each function takes a frame and arguments and returns a mask of the rows that keep the rule, computed on whole columns.
Rows with a missing value keep every rule except `not_null`.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd

from data_contracts.columns.coded import factorize
from data_contracts.contract.check_specs import CheckSpec, resolve_bound
from data_contracts.contract.codes import Code
from data_contracts.contract.model import Rule, Table
from data_contracts.contract.rule_word import (
    HIGH,
    LEAST,
    LOW,
    MOST,
    NUMERIC,
    TEMPORAL,
    TEXT,
    Argument,
    RuleWord,
    Words,
)
from data_contracts.reading.arrow_cells import Mask

WORDS = Words()
_READ_ALIKE = re.compile(r"(?:[^\\(\[]|\(\?:|\((?!\?)|\\[.\-d]|\[(?!:))*")
"""Regular expressions whose matches with RE2 are also matches with Python; other escapes differ outside ASCII."""


@WORDS.add(RuleWord(
    scope="column", level="rows", code="Q_NULL", outcome="quarantine_rows", promise="has a value in every row",
    violation="has no value",
    codes=(
        Code("NULL", "completeness", "A required value is missing",
             "Fill the required value at the source, or agree on a contract that lets it be missing."),
        Code("KEY_NULL", "completeness", "The key of a row is missing"),
    ),
))  # fmt: skip
def not_null(frame: pd.DataFrame, arguments: Mapping[str, Any]) -> Mask:
    """The column has a value."""
    return _mask(frame[arguments["column"]].notna())


def _out_of_range(rule: Rule) -> str:
    word, bounds = WORDS[rule.rule], rule.arguments
    low = f"above {bounds['above']}" if "above" in bounds else bounds.get("min", "any")
    high = f"below {bounds['below']}" if "below" in bounds else bounds.get("max", "any")
    return f"{rule.column} {word.violation} ({low} to {high})"


SpecificCodes = Iterator[tuple[str, str, Mask]]


def _specific_codes(spec: CheckSpec, values: "pd.Series[Any]", table: Table, now: datetime) -> SpecificCodes:
    """More specific codes than 'out of range': another unit, the future, the distant past."""
    if pd.api.types.is_datetime64_any_dtype(values):
        yield from _too_early_or_late(spec, values, now)
        return
    low, high = _usual_range(spec, table)
    for unit, factor in table.column(spec.column).alternative_units.items():
        mask = (values / factor).between(low, high).to_numpy(dtype=bool)
        yield "Q_UNIT_SUSPECT", f"{spec.column} would be usual in {unit}: its unit is doubtful", mask


def _too_early_or_late(spec: CheckSpec, values: "pd.Series[Any]", now: datetime) -> SpecificCodes:
    low, above = (spec.arguments.get(bound) for bound in ("min", "above"))
    early = values < pd.Timestamp(resolve_bound(low, now)) if low else values.isna()
    early |= values <= pd.Timestamp(resolve_bound(above, now)) if above else False
    before = f"{spec.column} is before the earliest date of the contract"
    yield "Q_TIME_RANGE", before, early.to_numpy(dtype=bool)
    yield "Q_TIME_FUTURE", f"{spec.column} is in the future", (~early).to_numpy(dtype=bool)


def _usual_range(spec: CheckSpec, table: Table) -> tuple[float, float]:
    """The column's soft range, else its hard range, else (if both have a condition `where`) the rule's own bounds."""
    ranges = {
        r.rule: r.arguments
        for r in reversed(table.rules)
        if r.column == spec.column and r.rule in _RANGES and not r.where
    }
    bounds = ranges.get("soft_range") or ranges.get("hard_range") or spec.arguments
    low, high = bounds.get("min", bounds.get("above")), bounds.get("max", bounds.get("below"))
    return (-np.inf if low is None else float(low)), (np.inf if high is None else float(high))


_RANGES = ("soft_range", "hard_range")


@WORDS.add(RuleWord(
    name="hard_range", scope="column", level="rows", code="Q_HARD_RANGE", outcome="quarantine_rows",
    takes={"min": LOW, "max": HIGH, "above": LOW, "below": HIGH}, promise="lies within what is possible",
    violation="is outside what is possible", kinds=NUMERIC | TEMPORAL, releasable=True, violation_of=_out_of_range,
    refine=_specific_codes,
    codes=(
        Code("HARD_RANGE", "plausibility", "Impossible values",
             "Check these lines at the source for typing errors, mixed-up units and codes that mean 'missing'."),
        Code("UNIT_SUSPECT", "plausibility", "Probably another unit",
             "Ask the laboratory which unit these rows are in, and convert them before delivery."),
        Code("TIME_RANGE", "plausibility", "Times too long ago"),
        Code("TIME_FUTURE", "plausibility", "Times in the future",
             "Check the clock or the date field of the exporting system."),
    ),
))  # fmt: skip
@WORDS.add(RuleWord(
    name="soft_range", scope="column", level="rows", code="W_OOD", outcome="warn",
    takes={"min": LOW, "max": HIGH}, promise="lies within what is usual", violation="is outside what is usual",
    kinds=NUMERIC | TEMPORAL, releasable=True, violation_of=_out_of_range,
    codes=(Code("OOD", "plausibility", "Unusual values"),),
))  # fmt: skip
def between(frame: pd.DataFrame, arguments: Mapping[str, Any]) -> Mask:
    """The number or moment lies within the bounds."""
    column = frame[arguments["column"]]
    keeps = np.ones(len(frame), dtype=bool)
    if arguments.get("min") is not None:
        keeps &= ~_mask(column < _bound(column, arguments["min"]))
    if arguments.get("max") is not None:
        keeps &= ~_mask(column > _bound(column, arguments["max"]))
    if arguments.get("above") is not None:
        keeps &= ~_mask(column <= _bound(column, arguments["above"]))
    if arguments.get("below") is not None:
        keeps &= ~_mask(column >= _bound(column, arguments["below"]))
    return keeps


def _bound(column: "pd.Series[Any]", bound: Any) -> Any:
    return pd.Timestamp(bound) if column.dtype.kind == "M" else bound


@WORDS.add(RuleWord(
    scope="column", level="rows", code="Q_CATEGORY", outcome="quarantine_rows",
    takes={"values": Argument("values", required=True)}, promise="is one of the declared categories",
    violation="is not one of the declared categories", kinds=NUMERIC | TEXT,
    majority=("E_CATEGORY_DOMAIN", "has other categories than the contract in more than half of the rows"),
    codes=(
        Code("CATEGORY", "conformance", "Unknown category",
             "Agree on the new category, and add it to the contract if it is meant.",
             title_if_normalised="Declared spellings of a category"),
        Code("CATEGORY_DOMAIN", "conformance", "Other categories than agreed"),
    ),
))  # fmt: skip
def allowed(frame: pd.DataFrame, arguments: Mapping[str, Any]) -> Mask:
    """The value is one of the declared values."""
    column, values = frame[arguments["column"]], list(arguments["values"])
    if column.dtype.kind == "f":
        keeps = np.array(column.isna(), dtype=bool)
        for value in values:
            keeps |= _mask(column == value)
        return keeps
    found = factorize(column)
    return ~found.to_rows(~found.values.isin(values))


@WORDS.add(RuleWord(
    scope="column", level="rows", code="Q_ID_FORMAT", outcome="quarantine_rows",
    takes={"regex": Argument("text", required=True)}, promise="is written as declared",
    violation="is not written as declared", kinds=TEXT,
    majority=(
        "E_ID_FORMAT",
        "is not written as declared in more than half of the rows; identifiers may have merged",
    ),
    codes=(Code("ID_FORMAT", "conformance", "Identifiers written otherwise"),),
))  # fmt: skip
def pattern(frame: pd.DataFrame, arguments: Mapping[str, Any]) -> Mask:
    """The whole text matches the regular expression."""
    found = factorize(frame[arguments["column"]])
    texts = pd.Series(found.values, dtype="str").to_numpy(dtype=object)
    matches = _re2_matches(texts, arguments["regex"])
    whole = re.compile(arguments["regex"])
    doubtful = np.flatnonzero(~matches)
    matches[doubtful] = [whole.fullmatch(text) is not None for text in texts[doubtful]]
    return ~found.to_rows(~matches)


def _re2_matches(texts: Any, regex: str) -> Mask:
    """Texts that RE2 matches, which is faster than Python; texts that it does not match are still undecided."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if len(texts) and _READ_ALIKE.fullmatch(regex):
        try:
            found = pc.match_substring_regex(pa.array(texts, type=pa.string()), rf"\A(?:{regex})\z")
            return np.array(found.to_numpy(zero_copy_only=False), dtype=bool)
        except pa.ArrowInvalid:
            pass  # an expression that only Python supports
    return np.zeros(len(texts), dtype=bool)


@WORDS.add(RuleWord(
    scope="column", level="rows", code="Q_LENGTH", outcome="quarantine_rows",
    takes={"min": LEAST, "max": MOST}, promise="has the declared length",
    violation="is shorter or longer than declared", kinds=TEXT,
    codes=(Code("LENGTH", "conformance", "Texts of another length"),),
))  # fmt: skip
def length(frame: pd.DataFrame, arguments: Mapping[str, Any]) -> Mask:
    """The number of characters of the text lies within the bounds."""
    found = factorize(frame[arguments["column"]])
    lengths = pd.Series(found.values, dtype="str").str.len().to_numpy()
    low, high = arguments.get("min", 0), arguments.get("max", np.inf)
    return ~found.to_rows(~((lengths >= low) & (lengths <= high)))


@WORDS.add(RuleWord(
    scope="column", level="rows", code="Q_MULTIPLE", outcome="quarantine_rows",
    takes={"of": Argument("number", required=True)}, promise="is a multiple of the declared step",
    violation="is not a multiple of the declared step", kinds=NUMERIC,
    codes=(Code("MULTIPLE", "conformance", "Numbers between the declared steps"),),
))  # fmt: skip
def multiple_of(frame: pd.DataFrame, arguments: Mapping[str, Any]) -> Mask:
    """The number is a multiple of the step, within floating-point precision (relative 1e-9)."""
    steps = frame[arguments["column"]].to_numpy(dtype=np.float64) / float(arguments["of"])
    away = np.abs(steps - np.round(steps))
    keeps: Mask = np.isnan(steps) | (away <= 1e-9 * np.maximum(1.0, np.abs(steps)))
    return keeps


def _mask(flags: "pd.Series[bool]") -> Mask:
    return flags.to_numpy(dtype=bool)
