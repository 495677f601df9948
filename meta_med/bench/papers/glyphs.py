"""Glyphs as classes: a character is a class, its examples are drawn by fonts. Like Omniglot, made on this machine.

Images have 28 x 28 pixels; each character has 20 different examples, and no two characters look alike (Latin A, Greek
Alpha and Cyrillic A are one class). Characters, not images, are split. A task is N-way; its labels 0..N-1 are random,
so that only the support set identifies them.
"""

import hashlib
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from meta_med.bench.papers.budget import SUPPORT_TIME, Say, episodes, records
from meta_med.bench.papers.fonts import (
    FOLDER,
    SIZE,
    FontsMissing,
    Image,
    candidates,
    coverage,
    draw,
    font_files,
)
from meta_med.episodes.batch import EpisodeBatch, Records

Floats = NDArray[np.float64]
EXAMPLES = 20
TRIED = 60  # fonts tried for each character, in random order
SAME_DRAWING = 0.95  # similarity from which two drawings of a character count as the same
SAME_CHARACTER = 0.90  # similarity from which two characters count as the same
SHARES = {"train": 0.6, "tuning": 0.1, "test": 0.3}


@dataclass(frozen=True)
class Glyphs:
    """Images (n, 20, 28, 28) uint8 of n characters; `fonts` that drew them; `mark`, a hash of the fonts found."""

    characters: tuple[str, ...]
    images: Image
    fonts: int
    mark: str

    def part(self, name: str, seed: int) -> Image:
        """Images of the characters of one split; every character is in exactly one."""
        order = np.random.default_rng(seed).permutation(len(self.characters))
        return self.images[self.places(name, order)]

    def places(self, name: str, order: NDArray[np.int64]) -> NDArray[np.int64]:
        """Indices of the shuffled characters of a split."""
        edges = np.round(np.cumsum([0.0, *SHARES.values()]) * len(order)).astype(int)
        ends = dict(zip(SHARES, itertools.pairwise(edges), strict=True))
        return np.sort(order[slice(*ends[name])])

    def save(self, path: Path) -> None:
        """Write arrays only, without pickle."""
        path.parent.mkdir(parents=True, exist_ok=True)
        codes = np.array([ord(c) for c in self.characters])
        np.savez_compressed(path, codes=codes, images=self.images, fonts=self.fonts, mark=self.mark)

    @classmethod
    def load(cls, path: Path) -> "Glyphs":
        """Read what `save` wrote."""
        with np.load(path, allow_pickle=False) as kept:
            characters = tuple(chr(c) for c in kept["codes"])
            return cls(characters, kept["images"], int(kept["fonts"]), str(kept["mark"]))


def glyphs(cache: Path, say: Say, folder: Path = FOLDER) -> Glyphs:
    """The glyphs of this machine's fonts, cached in `cache`; drawn again when the fonts change.

    Raises:
        FontsMissing: too few fonts for a single task; the message names what to install.

    """
    files = font_files(folder)
    mark = _mark(files)
    path = cache / "glyphs.npz"
    if path.exists():
        kept = Glyphs.load(path)
        if kept.mark == mark:
            return kept
    say(f"drawing glyphs from {len(files)} font files")
    made = drawn(files, mark)
    made.save(path)
    say(f"{len(made.characters)} characters, {EXAMPLES} drawings each, by {made.fonts} fonts; kept in {path}")
    return made


def _mark(files: Sequence[Path]) -> str:
    settings = (EXAMPLES, TRIED, SAME_DRAWING, SAME_CHARACTER, SIZE, "".join(candidates()))
    listed = [(path.name, path.stat().st_size) for path in files]
    return hashlib.sha256(repr((settings, listed)).encode()).hexdigest()[:16]


def drawn(files: Sequence[Path], mark: str = "", least: int = 70) -> Glyphs:
    """Draw the glyphs, drop similar drawings and characters, keep characters with enough different examples.

    Raises:
        FontsMissing: fewer than `least` characters remain.

    """
    by_font = _drawings(files)
    chosen = {c: kept for c, images in by_font.items() if (kept := _different(images)) is not None}
    distinct = _distinct(chosen, by_font)
    if len(distinct) < least:
        raise FontsMissing(
            f"the {len(files)} font files give {len(distinct)} characters with {EXAMPLES} different drawings; "
            f"{least} are needed. Install more fonts: see the list on the page of results"
        )
    images = np.stack([np.stack([by_font[c][f] for f in chosen[c]]) for c in distinct])
    return Glyphs(tuple(distinct), images, len({f for c in distinct for f in chosen[c]}), mark)


def _drawings(files: Sequence[Path]) -> dict[str, dict[int, Image]]:
    """Character -> font -> image, for a random choice of the fonts that have the character."""
    characters = candidates()
    fonts_of: dict[str, list[int]] = {c: [] for c in characters}
    for i in np.random.default_rng(0).permutation(len(files)).tolist():
        for c in coverage(files[i], characters):
            if len(fonts_of[c]) < TRIED:
                fonts_of[c].append(i)
    by_font: dict[int, list[str]] = {}
    for c, fonts in fonts_of.items():
        for i in fonts:
            by_font.setdefault(i, []).append(c)
    found: dict[str, dict[int, Image]] = {c: {} for c in characters}
    for i, wanted in sorted(by_font.items()):
        for c, image in zip(wanted, draw(files[i], wanted), strict=True):
            if image is not None:
                found[c][i] = image
    return found


def _unit(images: NDArray[np.generic]) -> Floats:
    """Blurred images as unit vectors (n, 196): their products are similarities."""
    blurred = images.astype(np.float64).reshape(-1, SIZE // 2, 2, SIZE // 2, 2).mean((2, 4)).reshape(-1, 196)
    return np.asarray(blurred / np.linalg.norm(blurred, axis=1, keepdims=True))


def _different(images: Mapping[int, Image]) -> list[int] | None:
    """The first fonts whose drawings differ from all chosen before; None where they are too few."""
    if len(images) < EXAMPLES:
        return None
    fonts = list(images)
    similarity = (unit := _unit(np.stack([images[f] for f in fonts]))) @ unit.T
    kept: list[int] = []
    for i in range(len(fonts)):
        if not kept or similarity[i, kept].max() < SAME_DRAWING:
            kept.append(i)
    return [fonts[i] for i in kept[:EXAMPLES]] if len(kept) >= EXAMPLES else None


def _distinct(chosen: Mapping[str, Sequence[int]], by_font: Mapping[str, Mapping[int, Image]]) -> list[str]:
    """The characters without those that look like an earlier one in the fonts that have both."""
    if not chosen:
        return []
    characters = list(chosen)
    average = _unit(np.stack([np.mean([by_font[c][f] for f in chosen[c]], axis=0) for c in characters]))
    similar = average @ average.T
    units = {
        c: dict(zip(by_font[c], _unit(np.stack(list(by_font[c].values()))), strict=True)) for c in characters
    }
    kept: list[int] = []
    for i, c in enumerate(characters):
        near = [j for j in kept if similar[i, j] > SAME_CHARACTER - 0.1]
        if all(_alike(units[characters[j]], units[c], similar[i, j]) < SAME_CHARACTER for j in near):
            kept.append(i)
    return [characters[i] for i in kept]


def _alike(one: Mapping[int, Floats], other: Mapping[int, Floats], on_average: float) -> float:
    """Median similarity of two characters over the fonts that drew both; that of their averages where none did."""
    shared = [font for font in one if font in other]
    return float(np.median([one[font] @ other[font] for font in shared])) if shared else on_average


@dataclass(frozen=True)
class GlyphTasks:
    """Draws tasks of `ways` characters.

    Attributes:
        images: (n, E, 28, 28) float in 0..1, E drawings of each character.
        ways: N.
        n_support, n_query: support and query records of each class.
        rotations: rotate each class by 0, 90, 180 or 270 degrees, each a class of its own (Santoro 2016).

    """

    images: Tensor
    ways: int
    n_support: int
    n_query: int
    rotations: bool = False

    @classmethod
    def of(
        cls, images: Image, ways: int, n_support: int, n_query: int, rotations: bool = False
    ) -> "GlyphTasks":
        """From 8-bit images."""
        return cls(torch.as_tensor(images).float() / 255.0, ways, n_support, n_query, rotations)

    def sample(self, n_cohorts: int, generator: torch.Generator) -> EpisodeBatch:
        """`n_cohorts` tasks: support (B, N n_support), query (B, N n_query), each in random order."""
        kinds, examples = self.images.shape[:2]
        which = _choice(n_cohorts, 1, kinds, self.ways, generator)[:, 0]
        drawing = _choice(n_cohorts, self.ways, examples, self.n_support + self.n_query, generator)
        image = self.images[which.unsqueeze(-1), drawing]
        if self.rotations:
            turns = torch.randint(0, 4, (n_cohorts, self.ways), generator=generator)
            image = _turned(image, turns)
        label = torch.arange(self.ways, dtype=image.dtype).reshape(1, -1, 1).expand(drawing.shape)
        support, query = slice(self.n_support), slice(self.n_support, None)
        return episodes(
            _records(image[:, :, support], label[:, :, support], SUPPORT_TIME, generator),
            _records(image[:, :, query], label[:, :, query], 0.0, generator),
        )


def _choice(rows: int, columns: int, among: int, count: int, generator: torch.Generator) -> Tensor:
    """(rows, columns, count) different numbers below `among`."""
    return torch.rand(rows, columns, among, generator=generator).argsort(-1)[..., :count]


def _turned(image: Tensor, turns: Tensor) -> Tensor:
    """Each class (B, N, ...) rotated by `turns` right angles."""
    every = torch.stack([torch.rot90(image, k, (-2, -1)) for k in range(4)])
    rows, columns = torch.meshgrid(*(torch.arange(n) for n in turns.shape), indexing="ij")
    return every[turns, rows, columns]


def _records(image: Tensor, label: Tensor, time: float, generator: torch.Generator) -> Records:
    """Records (B, N E) of one channel, shuffled within each task: their order must not tell the label."""
    image, label = image.flatten(1, 2).unsqueeze(2), label.flatten(1, 2)
    order = torch.rand(label.shape, generator=generator).argsort(1)
    rows = torch.arange(len(label)).unsqueeze(1)
    return records(image[rows, order], label[rows, order], time)
