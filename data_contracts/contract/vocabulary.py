"""The rule vocabulary: every word a contract may use under `implementation.rule`, and every code of a finding."""

from collections.abc import Iterator
from functools import cache

from data_contracts.contract.codes import GATE_CODES, LETTERS, Code
from data_contracts.contract.rule_word import RuleWord


@cache
def vocabulary() -> dict[str, RuleWord]:
    """Every word by name. The modules of rules import the model of this package, so they are imported only here."""
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
    """Every code of a finding, under each outcome that a contract may give it."""
    return sorted(f"{letter}_{code.stem}" for code in _codes() for letter in LETTERS)


def code_entry(code: str) -> Code | None:
    """What is known of a code, whatever its letter; None for one that does not exist."""
    return next((entry for entry in _codes() if entry.stem == code[2:] and code[:1] in LETTERS), None)


def known_code(code: str) -> Code:
    """The same for a code that exists. Raises `KeyError` for another."""
    entry = code_entry(code)
    if entry is None:
        raise KeyError(code)
    return entry


def withholds(code: str) -> bool:
    """Whether rows that are held under this code put the whole patient in doubt."""
    entry = code_entry(code)
    return code[:1] == "Q" and entry is not None and entry.withholds


def word_of_rows(name: str) -> RuleWord:
    """The word of a check of rows, also of one that comes with another word."""
    return vocabulary().get(name) or next(
        w.companion for w in vocabulary().values() if w.companion and w.companion.name == name
    )
