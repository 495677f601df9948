"""JSON for machines: every reader can read it, whatever numbers stand in it."""

import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.command.output.terminal import Terminal, machine_json
from tests.examples import examples

numbers = st.floats() | st.integers() | st.none() | st.floats(width=32).map(np.float32)
rows = st.lists(numbers, max_size=4)
contents = st.dictionaries(
    st.text(max_size=4), numbers | rows | st.tuples(rows) | rows.map(np.array), max_size=4
)


def refuse(word: str) -> float:
    raise AssertionError(f"{word} is no JSON")


@examples(60)
@given(contents)
def test_any_content_is_json_for_any_reader(content: object) -> None:
    json.loads(machine_json(content), parse_constant=refuse)


def test_what_is_not_finite_is_null_and_the_rest_stays() -> None:
    content = {
        "wide": math.inf,
        "rows": [-math.inf, math.nan, 2.5],
        "n": np.int64(3),
        "of": (np.float64("nan"), True),
    }
    assert json.loads(machine_json(content)) == {
        "wide": None,
        "rows": [None, None, 2.5],
        "n": 3,
        "of": [None, True],
    }


def test_arrays_and_their_scalars_are_written_as_numbers() -> None:
    content = {np.int64(1): np.array([[1.0, np.inf]]), "yes": np.bool_(True), "x": np.float32(0.5)}
    assert json.loads(machine_json(content)) == {"1": [[1.0, None]], "yes": True, "x": 0.5}


def test_a_command_writes_null_for_an_infinite_number(capsys: pytest.CaptureFixture[str]) -> None:
    Terminal(as_json=True).result({"evaluation": [{"metric": "width_90", "value": math.inf}]})
    found = json.loads(capsys.readouterr().out, parse_constant=refuse)
    assert found == {"evaluation": [{"metric": "width_90", "value": None}]}
