"""Records are found alike whether the bytes are looked at in one go or block by block."""

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_contracts.findings import RejectedError
from data_contracts.reading import csv_layout, csv_text
from data_contracts.reading.csv_layout import layout


def told(content: bytes, block: int) -> list[object]:
    """Everything that the layout says, or why the bytes are refused."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_layout, "_BLOCK", block)
        try:
            found = layout(content, ",")
        except RejectedError as refused:
            return [refused.note]
    values = (getattr(found, f.name) for f in fields(found))
    return [v.tolist() if isinstance(v, np.ndarray) else v for v in values]


def test_lines_and_fields_of_a_drawn_file() -> None:
    found = layout(b'a,b\n\n"1,\n1",2\n3\n', ",")
    assert [found.record(i) for i in range(len(found.starts))] == ["a,b", '"1,\n1",2', "3"]
    assert (found.lines.tolist(), found.fields.tolist()) == ([1, 3, 5], [2, 2, 1])
    assert found.quoted_newlines


@given(
    st.lists(st.sampled_from(["a", ",", "\n", '"', '""', '"x,\n"', "1,2\n"]), max_size=30), st.integers(1, 9)
)
def test_blocks_of_any_size_say_what_the_whole_says(pieces: list[str], block: int) -> None:
    content = "".join(pieces).encode()
    assert told(content, block) == told(content, 10**6)


@given(st.text("aé€😀\n", max_size=20), st.integers(1, 7), st.booleans())
def test_a_character_may_stand_across_two_blocks(text: str, block: int, cut: bool) -> None:
    content = text.encode()[: -1 if cut else None] or b"a"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_text, "_BLOCK", block)
        if cut and text[-1:] not in {"", "a", "\n"}:
            with pytest.raises(RejectedError) as refused:
                csv_text.plain_text(content)
            assert refused.value.note.lines == (text.count("\n") + 1,)
        else:
            assert csv_text.plain_text(content) == (content, [])
