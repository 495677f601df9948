"""Glyphs as classes: drawn from real fonts, no two alike, split by character, labelled anew in each task."""

from pathlib import Path

import matplotlib
import numpy as np
import pytest
import torch

from meta_med.bench.papers import glyphs
from meta_med.bench.papers.classification import convolutional, perceptron
from meta_med.bench.papers.fonts import FontsMissing, coverage, draw, font_files
from meta_med.bench.papers.glyphs import GlyphTasks
from meta_med.bench.papers.results import seeded

FONTS = Path(matplotlib.get_data_path()) / "fonts" / "ttf"  # fonts that come with an installed package
SANS = FONTS / "DejaVuSans.ttf"


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dozen letters, three drawings each."""
    monkeypatch.setattr(glyphs, "EXAMPLES", 3)
    monkeypatch.setattr(glyphs, "candidates", lambda: tuple("ABCEGKRSWgkrs27" + "ΑΒ" + "жщ"))


def images(kinds: int = 12, examples: int = 6) -> np.ndarray:
    """Images whose every pixel names the character and the drawing."""
    named = 10 * np.arange(kinds)[:, None] + np.arange(examples)
    return np.broadcast_to(named[:, :, None, None], (kinds, examples, 28, 28)).astype(np.uint8)


def test_a_font_has_what_its_map_lists_and_nothing_else() -> None:
    assert coverage(SANS, "Aж一") == {"A", "ж"}


def test_ink_fills_its_box_and_a_blank_is_no_drawing() -> None:
    capital, blank = draw(SANS, "A ")
    assert blank is None
    assert capital.shape == (28, 28)
    rows, columns = np.nonzero(capital)
    assert max(np.ptp(rows), np.ptp(columns)) + 1 in {21, 22}
    assert abs(columns.mean() - 13.5) < 1.5


def test_no_fonts_say_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(FontsMissing, match="apt-get install"):
        font_files(tmp_path)


def test_characters_that_look_alike_become_one_class(small: None) -> None:
    made = glyphs.drawn(font_files(FONTS), least=5)
    assert set("AB") <= set(made.characters)
    assert not set("ΑΒ") & set(made.characters)  # Greek capitals that look like Latin ones
    assert made.images.shape == (len(made.characters), 3, 28, 28)
    for example in made.images:
        unit = example.reshape(3, -1) / np.linalg.norm(example.reshape(3, -1), axis=1, keepdims=True)
        assert (unit @ unit.T)[~np.eye(3, dtype=bool)].max() < 0.97


def test_too_few_fonts_are_refused(small: None) -> None:
    with pytest.raises(FontsMissing, match="Install more fonts"):
        glyphs.drawn([SANS])


def test_glyphs_are_drawn_once_and_anew_when_the_fonts_change(
    small: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "fonts"
    folder.mkdir()
    for path in sorted(FONTS.glob("DejaVu*.ttf")):
        (folder / path.name).write_bytes(path.read_bytes())
    real = glyphs.drawn
    monkeypatch.setattr(glyphs, "drawn", lambda files, mark: real(files, mark, 5))
    said: list[str] = []
    first = glyphs.glyphs(tmp_path / "cache", said.append, folder)
    assert [line.split()[0] for line in said] == ["drawing", str(len(first.characters))]
    again = glyphs.glyphs(tmp_path / "cache", said.append, folder)
    assert len(said) == 2
    assert (again.characters, again.mark, again.fonts) == (first.characters, first.mark, first.fonts)
    np.testing.assert_array_equal(again.images, first.images)
    (folder / "DejaVuSans.ttf").unlink()
    assert glyphs.glyphs(tmp_path / "cache", said.append, folder).mark != first.mark


def test_every_character_stands_in_one_split() -> None:
    made = glyphs.Glyphs(tuple(map(chr, range(200, 300))), images(100, 1), 1, "")
    order = np.random.default_rng(3).permutation(100)
    parts = [made.places(name, order) for name in glyphs.SHARES]
    assert sorted(np.concatenate(parts).tolist()) == list(range(100))
    assert [len(part) for part in parts] == [60, 10, 30]
    assert made.part("test", 3).shape == (30, 1, 28, 28)


def test_labels_are_drawn_anew_for_each_task() -> None:
    batch = GlyphTasks.of(images(), ways=5, n_support=2, n_query=1).sample(400, seeded(0))
    pixels = (batch.support.x[..., 0, 0, 0] * 255).round().long()
    label = batch.support.y[..., 0].long()
    for kind in range(12):
        found = label[pixels // 10 == kind]
        assert set(found.tolist()) == set(range(5))  # one character has every label somewhere
    assert batch.context.present.shape[1] == 0


def test_a_task_is_balanced_its_query_asks_the_same_classes_with_other_drawings() -> None:
    batch = GlyphTasks.of(images(), ways=4, n_support=3, n_query=2).sample(50, seeded(1))
    kinds = {}
    for name, records, each in (("own", batch.support, 3), ("asked", batch.query, 2)):
        label, pixels = records.y[..., 0].long(), (records.x[..., 0, 0, 0] * 255).round().long()
        assert torch.equal(torch.nn.functional.one_hot(label).sum(1), torch.full((50, 4), each))
        kinds[name] = [
            dict(zip(a.tolist(), (b // 10).tolist(), strict=False))
            for a, b in zip(label, pixels, strict=False)
        ]
    assert kinds["own"] == kinds["asked"]
    drawn = torch.cat([batch.support.x, batch.query.x], 1)[..., 0, 0, 0]
    assert all(len(set(row.tolist())) == 20 for row in drawn)


def test_the_order_of_records_tells_nothing_of_the_label() -> None:
    batch = GlyphTasks.of(images(), ways=5, n_support=1, n_query=1).sample(2000, seeded(2))
    for records in (batch.support, batch.query):
        first = torch.bincount(records.y[:, 0, 0].long(), minlength=5)
        assert first.min() > 300  # 400 expected
        assert records.time.unique().numel() == 1


def test_a_turned_class_turns_all_its_drawings_alike() -> None:
    corner = np.zeros((5, 4, 28, 28), np.uint8)
    corner[:, :, 0, 0] = 255
    batch = GlyphTasks.of(corner, 5, 2, 2, rotations=True).sample(40, seeded(3))
    corners = [(0, 0), (27, 0), (27, 27), (0, 27)]
    lit = {}
    for name, records in (("own", batch.support), ("asked", batch.query)):
        at = torch.stack([records.x[..., 0, r, c] for r, c in corners], -1).argmax(-1)
        label = records.y[..., 0].long()
        lit[name] = [set(zip(a.tolist(), b.tolist(), strict=False)) for a, b in zip(label, at, strict=False)]
    assert lit["own"] == lit["asked"]
    assert all(len(pairs) == 5 for pairs in lit["own"])  # one orientation a class
    assert len({turn for pairs in lit["own"] for _, turn in pairs}) == 4


@pytest.mark.parametrize(("encoder", "width"), [(convolutional(8), 8), (perceptron(), 64)])
def test_encoders_embed_28_by_28_images(encoder: torch.nn.Module, width: int) -> None:
    assert encoder(torch.rand(3, 1, 28, 28)).shape == (3, width)
