"""A text contains a part as in Python, where capitals of A to Z are small letters, on SQLite and PostgreSQL alike."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import literal, select

from meta_med.published import engine
from meta_med.published.contains import Contains, without_letters
from tests.examples import examples

SMALL = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
TEXTS = st.text("aAbZ09%_\\/ \u00e4\u00c4\u1e9e'", max_size=5)


@pytest.fixture
def store(url: str) -> str:
    with engine.writing(url):
        return url


@examples(30)
@given(pairs=st.lists(st.tuples(TEXTS, TEXTS.filter(bool)), min_size=1, max_size=20))
def test_every_database_says_what_python_says(store: str, pairs: list[tuple[str, str]]) -> None:
    asked = select(*(Contains(literal(own), part).label(f"c{i}") for i, (own, part) in enumerate(pairs)))
    with engine.writing(store) as connection:
        found = [bool(value) for value in connection.execute(asked).one()]
    assert found == [part.translate(SMALL) in own.translate(SMALL) for own, part in pairs]


@pytest.mark.parametrize(
    ("part", "looked_for_first"),
    [("S00543210", "00543210"), ("ab12-34c5", "12-34"), ("abc", ""), ("007", "007"), ("\u00c4a1", "\u00c4")],
)
def test_what_is_looked_for_first_has_no_letter_that_may_be_a_capital(
    part: str, looked_for_first: str
) -> None:
    assert without_letters(part) == looked_for_first
