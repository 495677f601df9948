"""Exports: nothing in them is a formula of a spreadsheet program, numbers stay numbers, and nothing is lost."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.audit.entry import Entry, linked
from dashboard.audit.export import COLUMNS, inert, lines, rows_of
from tests.examples import examples

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)


@pytest.mark.access_case("S09")
@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_text_that_a_spreadsheet_would_compute_gets_an_apostrophe(cell: str) -> None:
    assert inert(cell) == f"'{cell}"


@pytest.mark.access_case("S09")
@pytest.mark.parametrize("cell", [-1, -1.5, 0, "", "a=1", "1-2", "'=1"])
def test_numbers_and_plain_text_stay_as_they_are(cell: object) -> None:
    assert inert(cell) == cell


@examples(50)
@given(texts, texts)
def test_both_forms_hold_every_entry(who: str, detail: str) -> None:
    entry = Entry("t", who, "r", "s", "a", "p", "st", "re", "", "shown", detail)
    row = linked(1, entry, "0" * 64, b"key")
    (stored,) = rows_of([row])
    (told,) = lines([stored], COLUMNS, "jsonl")
    assert json.loads(told) == stored
    text = "".join(lines([stored], COLUMNS, "csv"))
    (read,) = csv.DictReader(io.StringIO(text, newline=""))
    assert read == {name: str(inert(value)) for name, value in stored.items()}
    assert not read["who"].startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
