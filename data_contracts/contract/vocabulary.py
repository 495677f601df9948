"""The rule vocabulary: every word a contract may use under `implementation.rule`, with its arguments."""

from data_contracts.contract.row_words import ROW_WORDS
from data_contracts.contract.rule_word import Argument, Judge, RuleWord, Scope
from data_contracts.contract.table_words import BETWEEN_WORDS, TABLE_WORDS

__all__ = ["VOCABULARY", "Argument", "Judge", "RuleWord", "Scope"]

VOCABULARY: dict[str, RuleWord] = {**ROW_WORDS, **TABLE_WORDS, **BETWEEN_WORDS}
