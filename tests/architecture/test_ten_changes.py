"""docs/architecture.md says where ten kinds of change go: the files are there, and they are few."""

import re
from dataclasses import dataclass

import pytest

from tests.architecture.source_trees import ROOT

MOST = 3
MORE = {"an outcome kind": 8, "what a release stores": 4}  # the latter: stores that are there change too
NEW = re.compile(r"\*`([^`]+\.py)`\*")
PATH = re.compile(r"`([^`]+(?:\.py|/))`")


@dataclass(frozen=True)
class Change:
    """A row of the table: how many files it says, and which."""

    name: str
    said: int
    files: tuple[str, ...]
    new: tuple[str, ...]


def changes() -> list[Change]:
    page = (ROOT / "docs" / "architecture.md").read_text()
    section = page.split("## Ten changes and where they go")[1].split("\n## ")[0]
    rows = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("| ")][1:]
    return [
        Change(name.strip(), int(said), tuple(PATH.findall(which)), tuple(NEW.findall(which)))
        for name, said, which in rows
    ]


def test_there_are_ten() -> None:
    assert len(changes()) == 10


@pytest.mark.parametrize("change", changes(), ids=lambda change: change.name)
def test_a_change_touches_few_files_and_they_are_where_the_page_says(change: Change) -> None:
    assert change.said == len(change.files)
    assert change.said <= (MORE.get(change.name, MOST))
    for file in change.files:
        place = ROOT / file
        assert not place.exists() if file in change.new else place.exists(), file
        assert next(p for p in place.parents if "<" not in str(p)).is_dir(), file
