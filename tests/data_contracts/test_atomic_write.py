"""A file appears under its name whole or not at all."""

import os
from pathlib import Path

import pytest

from data_contracts.atomic_write import atomic_write, write_text


def test_an_error_leaves_the_old_content_and_nothing_beside_it(tmp_path: Path) -> None:
    place = tmp_path / "page.html"
    write_text(place, "old")
    with pytest.raises(ValueError, match="half-way"), atomic_write(place) as draft:  # noqa: PT012
        draft.write_text("ne")
        raise ValueError("half-way")
    assert place.read_text() == "old"
    assert list(tmp_path.iterdir()) == [place]


def test_the_name_is_taken_only_on_leaving(tmp_path: Path) -> None:
    place = tmp_path / "table.csv"
    with atomic_write(place) as draft:
        draft.write_text("a,b\n")
        assert not place.exists()
    assert place.read_text() == "a,b\n"


def test_a_folder_comes_whole_too_and_what_a_killed_process_left_is_removed(tmp_path: Path) -> None:
    place = tmp_path / "records"
    left = place.with_name(f".records.{os.getpid()}.partial")
    left.mkdir()
    (left / "stale").write_text("x")
    with atomic_write(place) as draft:
        assert draft == left
        draft.mkdir()
        (draft / "part").write_text("1")
    assert [path.name for path in place.iterdir()] == ["part"]
    assert list(tmp_path.iterdir()) == [place]
