"""The page about exports is correct: its mappings load, and its table names every reason."""

import re
from pathlib import Path

import pytest

from data_contracts.standards.export_files.ledger import REASONS
from data_contracts.standards.mapping.parse import parse

PAGE = (Path(__file__).parents[3] / "docs" / "standards_in.md").read_text()
MAPPINGS = [
    block for block in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL) if block.startswith("mapping:")
]


@pytest.mark.parametrize("text", MAPPINGS)
def test_every_mapping_on_the_page_can_be_read(text: str) -> None:
    assert parse(text.encode(), file="page").columns


def test_the_page_shows_all_three_standards_and_all_reasons() -> None:
    assert {parse(text.encode(), file="page").standard for text in MAPPINGS} == {
        "fhir-r4",
        "omop-cdm",
        "meds",
    }
    assert [code for code in REASONS if not re.search(rf"\b{code}\b", PAGE)] == []
