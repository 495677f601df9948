"""A sealed folder: named by its content, read only as it was written."""

import errno
from pathlib import Path

import pytest

from meta_med.model_version.sealed_folder import ModelDamaged, manifest_of, move, seal, verify


def sealed(place: Path, text: str = "weights", **facts: str) -> Path:
    """A folder with two files, under the name that its content gives it."""
    draft = place / "draft"
    (draft / "models").mkdir(parents=True)
    (draft / "models" / "one.json").write_text(text)
    (draft / "champion.json").write_text("{}")
    folder = place / seal(draft, facts)
    move(draft, folder)
    return folder


def test_the_same_content_has_the_same_name_and_any_other_another(tmp_path: Path) -> None:
    first = sealed(tmp_path / "a", study="s")
    assert sealed(tmp_path / "b", study="s").name == first.name
    assert sealed(tmp_path / "c", study="t").name != first.name
    assert sealed(tmp_path / "d", "other weights", study="s").name != first.name


def test_a_sound_folder_tells_its_facts(tmp_path: Path) -> None:
    assert verify(sealed(tmp_path, study="s"))["study"] == "s"


@pytest.mark.parametrize("name", ["champion.json", "models/one.json", "manifest.json"])
@pytest.mark.parametrize("damage", ["changed", "missing"])
def test_each_damaged_file_is_named_with_what_to_do(tmp_path: Path, name: str, damage: str) -> None:
    folder = sealed(tmp_path, study="s")
    path = folder / name
    path.chmod(0o600)
    if damage == "missing":
        path.unlink()
    else:
        path.write_text(path.read_text() + " ")
    with pytest.raises(ModelDamaged, match=rf"E_MODEL_DAMAGED: {name} .* backup, train again .*--train"):
        verify(folder)


def test_a_manifest_of_another_folder_is_not_taken_for_its_own(tmp_path: Path) -> None:
    one, other = sealed(tmp_path / "a", study="s"), sealed(tmp_path / "b", study="t")
    (one / "manifest.json").unlink()
    (one / "manifest.json").write_text((other / "manifest.json").read_text())
    with pytest.raises(ModelDamaged):
        manifest_of(one)


def test_a_file_too_many_is_told(tmp_path: Path) -> None:
    folder = sealed(tmp_path, study="s")
    (folder / "models" / "two.json").write_text("{}")
    with pytest.raises(ModelDamaged, match=r"models/two.json .* too many"):
        verify(folder)


def test_its_files_are_read_only(tmp_path: Path) -> None:
    folder = sealed(tmp_path, study="s")
    assert {p.stat().st_mode & 0o777 for p in folder.rglob("*") if p.is_file()} == {0o400}


@pytest.mark.fault("M04")
@pytest.mark.parametrize("name", ["champion.json", "manifest.json"])
def test_a_file_that_the_disk_refuses_is_not_called_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    folder, open_file = sealed(tmp_path, study="s"), Path.open

    def refuses(path: Path, *given: object, **named: object):
        if path.name == name:
            raise PermissionError(errno.EACCES, "x")
        return open_file(path, *given, **named)

    monkeypatch.setattr(Path, "open", refuses)
    with pytest.raises(PermissionError):
        verify(folder)
