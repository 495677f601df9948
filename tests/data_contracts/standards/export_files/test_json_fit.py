"""The line-by-line parser equals the fast parser, and accepts other lines only if their meaning is unambiguous."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_contracts.standards.export_files import ndjson
from data_contracts.standards.export_files.json_documents import UnfitError, fit_to_schema
from data_contracts.standards.fhir.shapes import schema
from tests.examples import examples

SHAPE = schema("Observation")
texts = st.text(max_size=8) | st.sampled_from(["loinc", "2160-0", "\x00", "é😀", "\u2028"])
numbers = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(10**25), 10**25)
codings = st.lists(
    st.fixed_dictionaries({}, optional={"system": texts, "code": texts, "more": numbers}) | st.none(),
    max_size=3,
)
concepts = st.fixed_dictionaries({}, optional={"coding": codings | st.none(), "text": texts})
values = {
    "valueQuantity": st.fixed_dictionaries(
        {}, optional={"value": numbers | st.none(), "unit": texts, "code": texts}
    )
}
observations = st.fixed_dictionaries(
    {"resourceType": st.just("Observation")},
    optional={
        "id": texts, "status": texts | st.none(), "code": concepts | st.none(),
        "subject": st.just({"reference": "Patient/1"}),
        "component": st.lists(st.none() | st.fixed_dictionaries({"code": concepts}, optional=values), max_size=3),
        "note": st.lists(st.dictionaries(texts, numbers | texts, max_size=2), max_size=2), **values,
    },
)  # fmt: skip


@examples(30)
@given(st.lists(observations, min_size=1, max_size=4), st.booleans())
def test_one_by_one_is_as_all_at_once(found: list[dict[str, Any]], ascii_only: bool) -> None:
    lines = [json.dumps(r, ensure_ascii=ascii_only).encode() for r in found]
    chunk = ndjson.parse_lines(b"\n".join(lines) + b"\n", SHAPE)
    assert not chunk.unreadable
    assert chunk.table.to_pylist() == [fit_to_schema(line, SHAPE) for line in lines]


@pytest.mark.parametrize(
    ("line", "path", "value"),
    [
        ('{"id": 007}', "id", UnfitError),
        ('{"id": 12345678901234567890}', "id", "12345678901234567890"),
        ('{"id": 1e17}', "id", "1e17"),
        ('{"id": true}', "id", UnfitError),
        ('{"id": ["a"]}', "id", "a"),
        ('{"id": ["a", "b"]}', "id", UnfitError),
        ('{"id": "a", "id": "a"}', "id", "a"),
        ('{"id": "a", "id": "b"}', "id", UnfitError),
        ('{"note": 1, "note": 2, "id": "a"}', "id", "a"),
        ('{"id": "\\ud83d"}', "id", UnfitError),
        ('{"valueInteger": "12"}', "valueInteger", 12.0),
        ('{"valueInteger": "12 mg"}', "valueInteger", UnfitError),
        ('{"valueInteger": NaN}', "valueInteger", UnfitError),
        ('{"valueInteger": 1e400}', "valueInteger", float("inf")),
        ('\ufeff {"id": "a"} ', "id", "a"),
        ('{"id": "a"} x', "id", UnfitError),
        ("[" * 100_000, "id", UnfitError),
        ("null", "id", UnfitError),
    ],
)
def test_only_what_has_one_meaning_is_taken(line: str, path: str, value: Any) -> None:
    if value is UnfitError:
        with pytest.raises(UnfitError):
            fit_to_schema(line.encode(), SHAPE)
    else:
        row = fit_to_schema(line.encode(), SHAPE)
        assert row is not None
        assert row[path] == value


def test_blank_lines_are_none() -> None:
    chunk = ndjson.parse_lines(b'\n  \n{"id": "a"}\n\t\n', SHAPE)
    assert (chunk.table.num_rows, chunk.numbers.tolist(), chunk.unreadable) == (1, [3], ())
