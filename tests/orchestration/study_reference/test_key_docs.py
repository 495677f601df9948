"""Every key has a meaning, from the docstring of its dataclass, and its type in words."""

from dataclasses import dataclass

import pytest

from meta_med.study import StudySpec
from orchestration.study.limits import RANGES
from orchestration.study_reference.key_docs import UndocumentedKeyError, keys, meanings, type_text


def test_every_key_has_a_meaning_of_more_than_its_name() -> None:
    short = [
        key.path for key in keys(StudySpec) if len(key.meaning.split()) < 3 or not key.meaning.endswith(".")
    ]
    assert short == []


def test_every_range_is_of_a_key() -> None:
    known = {key.path for key in keys()}
    assert sorted(set(RANGES) - known) == []


@dataclass
class Added:
    """A section.

    Attributes:
        known: it is explained
            over two lines.

    """

    known: int = 0
    added: int = 0


@dataclass
class Renamed:
    """A section.

    Attributes:
        known: it is explained.
        former: it is no longer there.

    """

    known: int = 0


@pytest.mark.parametrize(("section", "name"), [(Added, "added"), (Renamed, "former")])
def test_a_key_without_a_meaning_and_a_meaning_without_a_key_are_refused(section: type, name: str) -> None:
    with pytest.raises(UndocumentedKeyError, match=f"these differ: {name}"):
        meanings(section)


def test_types_are_told_in_words() -> None:
    assert type_text(int | None) == "whole number"
    assert type_text(tuple[float, float]) == "list of 2 numbers"
    assert type_text(int | tuple[str, ...]) == "whole number or list of text"
    assert type_text(dict[str, tuple[str, ...]]) == "mapping of text to list of text"
