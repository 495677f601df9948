"""N-way classification of glyphs; labels 0..N-1 are drawn anew, so that only the support says which is which."""

from dataclasses import dataclass

import torch
from torch import Tensor

from meta_med.bench.papers.episodes_of import SUPPORT_TIME, episodes, records
from meta_med.bench.papers.fonts import Image
from meta_med.episodes import EpisodeBatch, Records


@dataclass(frozen=True)
class GlyphTasks:
    """Draws tasks of `ways` characters.

    Attributes:
        images: (n, E, 28, 28) float in 0..1, E drawings of each character.
        ways: N; own: support records of each class; asked: query records of each class.
        rotations: turn a class by 0, 90, 180 or 270 degrees, each a class of its own (Santoro 2016).

    """

    images: Tensor
    ways: int
    own: int
    asked: int
    rotations: bool = False

    @classmethod
    def of(cls, images: Image, ways: int, own: int, asked: int, rotations: bool = False) -> "GlyphTasks":
        """From 8-bit images."""
        return cls(torch.as_tensor(images).float() / 255.0, ways, own, asked, rotations)

    def sample(self, n_cohorts: int, generator: torch.Generator) -> EpisodeBatch:
        """`n_cohorts` tasks: support (B, N own), query (B, N asked), each in an order of chance."""
        kinds, examples = self.images.shape[:2]
        which = _choice(n_cohorts, 1, kinds, self.ways, generator)[:, 0]
        drawing = _choice(n_cohorts, self.ways, examples, self.own + self.asked, generator)
        image = self.images[which.unsqueeze(-1), drawing]
        if self.rotations:
            turns = torch.randint(0, 4, (n_cohorts, self.ways), generator=generator)
            image = _turned(image, turns)
        label = torch.arange(self.ways, dtype=image.dtype).reshape(1, -1, 1).expand(drawing.shape)
        own, asked = slice(self.own), slice(self.own, None)
        return episodes(
            _records(image[:, :, own], label[:, :, own], SUPPORT_TIME, generator),
            _records(image[:, :, asked], label[:, :, asked], 0.0, generator),
        )


def _choice(rows: int, columns: int, among: int, count: int, generator: torch.Generator) -> Tensor:
    """(rows, columns, count) different numbers below `among`."""
    return torch.rand(rows, columns, among, generator=generator).argsort(-1)[..., :count]


def _turned(image: Tensor, turns: Tensor) -> Tensor:
    """Each class (B, N, ...) turned by so many right angles."""
    every = torch.stack([torch.rot90(image, k, (-2, -1)) for k in range(4)])
    rows, columns = torch.meshgrid(*(torch.arange(n) for n in turns.shape), indexing="ij")
    return every[turns, rows, columns]


def _records(image: Tensor, label: Tensor, time: float, generator: torch.Generator) -> Records:
    """Records (B, N E) of one channel, shuffled within each task: their order must not tell the label."""
    image, label = image.flatten(1, 2).unsqueeze(2), label.flatten(1, 2)
    order = torch.rand(label.shape, generator=generator).argsort(1)
    rows = torch.arange(len(label)).unsqueeze(1)
    return records(image[rows, order], label[rows, order], time)
