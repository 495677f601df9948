"""The rule vocabulary: every word a contract may use under `implementation.rule`, and every code of a finding."""

from collections.abc import Iterator

from data_contracts.contract.codes import GATE_CODES, LETTERS, Code
from data_contracts.contract.rule_word import RuleWord
from data_contracts.rules import (
    cell_rules,
    column_rules,
    delivery_rules,
    foretelling,
    identity_rules,
    membership_rules,
    person_numbers,
    record_rules,
    row_rules,
    table_rules,
)

_MODULES = (
    cell_rules,
    row_rules,
    column_rules,
    table_rules,
    identity_rules,
    person_numbers,
    foretelling,
    membership_rules,
    delivery_rules,
    record_rules,
)
VOCABULARY: dict[str, RuleWord] = {name: word for module in _MODULES for name, word in module.WORDS.items()}


def _codes() -> Iterator[Code]:
    yield from GATE_CODES
    for word in VOCABULARY.values():
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
    return VOCABULARY.get(name) or next(
        w.companion for w in VOCABULARY.values() if w.companion and w.companion.name == name
    )
