"""The papers' encoders of 28 x 28 images."""

import itertools

from torch import nn

from meta_med.bench.papers.fonts import SIZE


def convolutional(filters: int) -> nn.Module:
    """Four blocks of 3 x 3 convolution, batch normalisation, ReLU and 2 x 2 max-pool (Vinyals 2016): (n, filters)."""
    blocks: list[nn.Module] = []
    for entering in (1, filters, filters, filters):
        blocks += [
            nn.Conv2d(entering, filters, 3, padding=1),
            nn.BatchNorm2d(filters),
            nn.ReLU(),
            nn.MaxPool2d(2),
        ]
    return nn.Sequential(*blocks, nn.Flatten())


def perceptron() -> nn.Module:
    """Layers of 256, 128, 64 and 64, each with batch normalisation and ReLU (Finn 2017): (n, 64)."""
    blocks: list[nn.Module] = [nn.Flatten()]
    for entering, leaving in itertools.pairwise((SIZE * SIZE, 256, 128, 64, 64)):
        blocks += [nn.Linear(entering, leaving), nn.BatchNorm1d(leaving), nn.ReLU()]
    return nn.Sequential(*blocks)
