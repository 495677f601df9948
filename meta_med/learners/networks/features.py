"""From records to the inputs of a network, and network parts that learners share."""

import itertools
import math
from collections.abc import Callable, Sequence

import torch
from torch import Tensor, nn

from meta_med.episodes.batch import Records
from meta_med.learners.networks.history import FEATURES_PER_COLUMN, OutcomeHistory, history
from meta_med.learners.networks.masked_norm import embed, frozen_modules
from meta_med.outcomes import OutcomeLayout

ACTIVATIONS: dict[str, Callable[[], nn.Module]] = {"relu": nn.ReLU, "tanh": nn.Tanh, "gelu": nn.GELU}


class RecordFeatures(nn.Module):
    """Inputs of a record: covariates and their masks (or an encoder's embedding), and optionally own history."""

    def __init__(
        self,
        layout: OutcomeLayout,
        n_covariates: int | Sequence[int],
        encoder: nn.Module | None,
        own_history: bool,
    ) -> None:
        super().__init__()
        self.layout, self.encoder, self.own_history = layout, encoder, own_history
        self.frozen = frozenset() if encoder is None else frozen_modules(encoder)
        self.stay_frozen()
        self.event_shape = event_shape_of(encoder, n_covariates)
        self.embedded = (
            2 * self.event_shape[0] if encoder is None else embedding_width(encoder, self.event_shape)
        )
        self.width = self.embedded + (FEATURES_PER_COLUMN * layout.width if own_history else 0)

    def stay_frozen(self) -> None:
        """Set the modules that were frozen at creation to evaluation mode."""
        if self.encoder is not None:
            for name in self.frozen:
                self.encoder.get_submodule(name).training = False

    def embed(self, rows: Records) -> Tensor:
        """(B, N, ·): covariates with their masks, or the encoder's embedding."""
        if self.encoder is None:
            return torch.cat([rows.x, rows.x_observed.to(rows.x.dtype)], -1)
        flat = rows.x.flatten(0, 1)
        if len(flat) == 0:
            return rows.x.new_zeros((*rows.present.shape, self.embedded))
        return embed(self.encoder, flat, rows.present.flatten()).reshape(*rows.present.shape, -1)

    def past(self, rows: Records, support: Records) -> OutcomeHistory | None:
        """The history of `rows` in `support`; None when off."""
        return history(self.layout, rows, support) if self.own_history else None

    def inputs(self, rows: Records, past: OutcomeHistory | None) -> Tensor:
        """(B, N, width) inputs of `rows` with their history."""
        embedded = self.embed(rows)
        return embedded if past is None else torch.cat([embedded, past.features()], -1)

    def forward(self, rows: Records, support: Records) -> tuple[Tensor, OutcomeHistory | None]:
        """(B, N, width) inputs of `rows`, and their history in `support` (None when off)."""
        past = self.past(rows, support)
        return self.inputs(rows, past), past


class LastValueLink(nn.Module):
    """A gated link from the last observed own value to the prediction, decaying with its age.

    gate = sigmoid(a + b log(1 + age)) per target column; 0 where nothing was observed.
    """

    def __init__(self, columns: int) -> None:
        super().__init__()
        self.level = nn.Parameter(torch.zeros(columns))
        self.decay = nn.Parameter(torch.zeros(columns))

    def forward(self, past: OutcomeHistory | None) -> Tensor | float:
        """(B, N, M) to add to a prediction; 0 without history."""
        if past is None:
            return 0.0
        gate = torch.sigmoid(self.level + self.decay * torch.log1p(past.age))
        return gate * past.known * past.last


def mlp(widths: Sequence[int], activation: str = "relu", dropout: float = 0.0) -> nn.Sequential:
    """Linear layers of these widths with an activation (and dropout) between them."""
    layers: list[nn.Module] = []
    for i, (a, b) in enumerate(itertools.pairwise(widths)):
        layers.append(nn.Linear(a, b))
        if i < len(widths) - 2:
            layers.append(ACTIVATIONS[activation]())
            layers.extend([nn.Dropout(dropout)] if dropout else [])
    return nn.Sequential(*layers)


def hidden_widths(features: RecordFeatures, width: int, layers: int | None) -> list[int]:
    """Widths up to the last hidden layer; by default two on covariates, none on an encoder's embedding.

    As in the papers, the head is directly on an encoder's embedding.
    """
    depth = (2 if features.encoder is None else 0) if layers is None else layers
    return [features.width, *[width] * depth]


def event_shape_of(encoder: nn.Module | None, n_covariates: int | Sequence[int]) -> tuple[int, ...]:
    """Shape of one x: as given, or, for an encoder that rejects a flat x of F numbers, the square image of F pixels.

    Raises:
        ValueError: the encoder accepts none of these shapes.

    """
    if not isinstance(n_covariates, int):
        shapes = [tuple(n_covariates)]
    else:
        sides = {channels: math.isqrt(n_covariates // channels) for channels in (1, 3)}
        images = [(c, side, side) for c, side in sides.items() if side > 0 and c * side**2 == n_covariates]
        shapes = [(n_covariates,), *images]
    if encoder is None:
        if len(shapes[0]) > 1:
            raise ValueError(f"n_covariates: expected a number without an encoder, got shape {shapes[0]}")
        return shapes[0]
    for shape in shapes:
        try:
            embedding_width(encoder, shape)
        except (RuntimeError, ValueError, IndexError):
            continue
        return shape
    tried = " or ".join(str(("N", *shape)) for shape in shapes).replace("'", "")
    raise ValueError(f"encoder: takes no x of shape {tried}; give the shape of one x as n_covariates")


def embedding_width(encoder: nn.Module, event_shape: Sequence[int]) -> int:
    """Width of an encoder's embedding, from a run on two blank inputs."""
    parameter = next(encoder.parameters(), torch.zeros(()))
    blank = torch.zeros((2, *event_shape), dtype=parameter.dtype, device=parameter.device)
    modes = [(module, module.training) for module in encoder.modules()]
    encoder.eval()
    try:
        with torch.no_grad():
            return int(encoder(blank).flatten(1).shape[1])
    finally:
        for module, training in modes:
            module.training = training


TIME_SCALES = (0.1, 0.5, 1.0, 2.0, 5.0)
TIME_WIDTH = len(TIME_SCALES) + 1


def elapsed(records: Records) -> Tensor:
    """(B, N, 6) smooth encodings of a record's time: exponentials of several scales (years) and a signed log."""
    distance = records.time.abs().unsqueeze(-1)
    signed = torch.sign(records.time).unsqueeze(-1) * torch.log1p(distance)
    # numbers, not a tensor: copying a tensor to the GPU would wait for the device
    return torch.cat([*(torch.exp(distance * (-1.0 / scale)) for scale in TIME_SCALES), signed], -1)


class SharedEmbedding(nn.Module):
    """h = relu(W x), `layers` times, shared by records and queries; with 0 the inputs themselves.

    With None one hidden layer on covariates (a second one follows after attention), none on an encoder's embedding.
    """

    def __init__(self, features: RecordFeatures, width: int, layers: int | None) -> None:
        super().__init__()
        depth = (1 if features.encoder is None else 0) if layers is None else layers
        widths = [features.width, *[width] * depth]
        self.linears = nn.ModuleList(nn.Linear(widths[i], width) for i in range(depth))
        self.width = widths[-1]

    def forward(self, inputs: Tensor) -> Tensor:
        """(B, N, width) of inputs (B, N, features)."""
        for linear in self.linears:
            inputs = linear(inputs).relu_()
        return inputs
