"""The rule vocabulary: every word a contract may use under `implementation.rule`, with its arguments."""

from data_contracts.rule_word import Argument, Judge, RuleWord, Scope
from data_contracts.rules_between import BETWEEN_WORDS
from data_contracts.rules_of_rows import ROW_WORDS
from data_contracts.rules_of_tables import TABLE_WORDS

__all__ = ["VOCABULARY", "Argument", "Judge", "RuleWord", "Scope"]

VOCABULARY: dict[str, RuleWord] = {**ROW_WORDS, **TABLE_WORDS, **BETWEEN_WORDS}
