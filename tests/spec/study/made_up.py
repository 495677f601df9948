"""Made-up deliveries: a table that keeps a contract's promises and says nothing about anybody."""

import numpy as np
import pandas as pd

from data_contracts.contract.model import Column, Table

SUBJECTS, RECORDS = 60, 4
MOST_LEVELS = 3
PATTERNS = {
    "site[0-9]{2}": ["site01", "site02"],
    "site[0-9]{3}": ["site701", "site702"],
    "h[0-9]+": ["h1", "h22"],
    r"[FM]_(?:<60|60-69|70\+)": ["F_<60", "M_70+"],
    r"\*[0-9]+/\*[0-9]+": ["*1/*1", "*1/*3"],
}
DIAGNOSES = ["250.01", "428", "V45", "8"]


def made_up(table: Table, rng: np.random.Generator) -> pd.DataFrame:
    """A small table of the contract's columns: what never changes is constant within a subject."""
    one_each = table.time is None
    who = np.repeat(np.arange(SUBJECTS), 1 if one_each else RECORDS)
    frame = pd.DataFrame({c.name: _values(c, table, len(who), rng) for c in table.columns})
    for column in _constant(table):
        frame[column] = _values(table.column(column), table, SUBJECTS, rng)[who]
    for column in (c.name for c in table.columns if c.role in ("subject", "identifier")):
        frame[column] = [f"P{w}" for w in who]
    if table.time is not None:
        whole = table.column(table.time).kind == "integer"
        step = 7 if whole else 0.75
        frame[table.time] = 1 + step * np.tile(np.arange(RECORDS), SUBJECTS)
    return frame


def _constant(table: Table) -> set[str]:
    stated = {
        c for rule in table.rules if rule.rule == "constant_per_subject" for c in rule.arguments["columns"]
    }
    return stated | {c.name for c in table.columns if c.role == "cohort"}


def _values(column: Column, table: Table, n: int, rng: np.random.Generator) -> np.ndarray:
    rules = {r.rule: r.arguments for r in table.rules if r.column == column.name}
    if "allowed" in rules:
        levels = rules["allowed"]["values"][:MOST_LEVELS]
        return np.asarray(levels, dtype=object)[rng.integers(0, len(levels), n)]
    if "pattern" in rules and column.role != "subject":
        return rng.choice(PATTERNS.get(rules["pattern"]["regex"], DIAGNOSES), n).astype(object)
    if column.kind == "string":
        return rng.choice(["one", "two"], n).astype(object)
    bounds = next((rules[r] for r in ("typical_median", "soft_range", "hard_range") if r in rules), {})
    low = bounds.get("min", 0)
    drawn = rng.uniform(low, bounds.get("max", low + 10), n)
    return np.ceil(drawn) if column.kind == "integer" else drawn
