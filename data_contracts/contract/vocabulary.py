"""The rule vocabulary: all words allowed under `implementation.rule` of a contract, and all codes of findings."""

from collections.abc import Iterator
from functools import cache

from data_contracts.contract.codes import GATE_CODES, LETTERS, Code
from data_contracts.contract.rule_word import RuleWord


@cache
def vocabulary() -> dict[str, RuleWord]:
    """All words by name. Rule modules import the model of this package, so they are imported inside the function."""
    from data_contracts.rules import (
        cell_rules,
        column_rules,
        delivery_rules,
        identity_rules,
        leakage_rules,
        membership_rules,
        person_numbers,
        record_rules,
        row_rules,
        table_rules,
    )

    of_rows = (cell_rules, row_rules)
    of_tables = (column_rules, table_rules, identity_rules, person_numbers, leakage_rules)
    of_deliveries = (membership_rules, delivery_rules, record_rules)
    modules = (*of_rows, *of_tables, *of_deliveries)
    return {name: word for module in modules for name, word in module.WORDS.items()}


def _codes() -> Iterator[Code]:
    yield from GATE_CODES
    for word in vocabulary().values():
        yield from word.codes


def codes() -> list[str]:
    """All codes of findings, with each letter of an outcome."""
    return sorted(f"{letter}_{code.stem}" for code in _codes() for letter in LETTERS)


def code_entry(code: str) -> Code | None:
    """The entry of a code, whatever its letter; None if there is no such code."""
    return next((entry for entry in _codes() if entry.stem == code[2:] and code[:1] in LETTERS), None)


def known_code(code: str) -> Code:
    """The entry of a code. Raises `KeyError` if there is no such code."""
    entry = code_entry(code)
    if entry is None:
        raise KeyError(code)
    return entry


def withholds(code: str) -> bool:
    """Whether rows held with this code withhold the predictions of the whole subject."""
    entry = code_entry(code)
    return code[:1] == "Q" and entry is not None and entry.withholds


def word_of_rows(name: str) -> RuleWord:
    """The word of a check of rows, including companions of other words."""
    return vocabulary().get(name) or next(
        w.companion for w in vocabulary().values() if w.companion and w.companion.name == name
    )
