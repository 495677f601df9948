"""Every code has a name that a steward can read, and something to do."""

from data_contracts.contract.vocabulary import codes, vocabulary
from data_contracts.report.words import advice, title


def test_no_code_is_shown_as_a_code() -> None:
    assert {c for c in codes() if "_" in title(c) or not title(c)[0].isupper()} == set()
    assert {c for c in codes() if not advice(c).endswith(".")} == set()


def test_every_word_of_a_contract_has_a_name_of_its_own() -> None:
    codes = {word.code for word in vocabulary().values()}
    assert {c for c in codes if title(c) == c[2:].replace("_", " ").capitalize()} == set()
