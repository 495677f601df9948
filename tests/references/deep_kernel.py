"""A Gaussian process of one subject, number by number: the covariance of any two (record, column) pairs is a formula.

Every observed outcome of the own records is one entry of one covariance matrix, whatever its column; that matrix is
inverted. Between columns it is zero unless they are coupled.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import torch
from torch import Tensor

from meta_med.learners.closed_form.deep_kernel import DeepKernel
from tests.references.bayesian_head import (
    as_predicted,
    cohort_effect,
    features,
    mean,
    noise,
    softplus,
)
from tests.references.rows import (
    Context,
    Row,
    Series,
    activation_of,
    column_values,
    inputs_of,
    perceptron,
    weights_of,
)

VARIANTS: tuple[dict[str, object], ...] = (
    {"width": 7, "features": 5, "embedding": 2},
    {"width": 6, "layers": 1, "features": 3, "embedding": 3, "time_scales": 2, "coupling": 2},
    {"width": 6, "features": 4, "embedding": 0, "coupling": 1, "student_t": False},
    {"width": 6, "features": 4, "embedding": 2, "time_scales": 0, "activation": "relu"},
)


@dataclass(frozen=True)
class Place:
    """One record as the kernels see it."""

    phi: Tensor
    embedded: Tensor | None
    time: Tensor


def predict(
    learner: DeepKernel, context: Context, own: Sequence[Row], query: Sequence[Row]
) -> list[tuple[Tensor, Tensor, Tensor | None]]:
    """(location, scale, df) of each query record of one subject."""
    columns = range(learner.layout.width)
    effects = [cohort_effect(learner, m, context, partial(between, learner, m)) for m in columns]
    return [reading(learner, effects, own, q) for q in query]


def between(learner: DeepKernel, m: int, one: Row, other: Row, series: Series) -> Tensor:
    """`beside` of two records of a lender."""
    return beside(learner, m, place(learner, one, series), place(learner, other, series))


def beside(learner: DeepKernel, m: int, one: Place, other: Place) -> Tensor:
    """Prior covariance of column m at two places that is not its own random effects'."""
    found = one.phi.new_zeros(())
    if learner.radial is not None:
        apart = ((one.embedded - other.embedded) ** 2).sum()
        decay = torch.exp(-apart / (2 * len(one.embedded)))
        found = found + softplus(learner.radial.raw_variance[m]) * decay
    if learner.serial is not None:
        for raw, log_length in zip(learner.serial.raw_variance, learner.serial.log_length, strict=True):
            decay = torch.exp(-torch.abs(one.time - other.time) / torch.exp(log_length[m]))
            found = found + softplus(raw[m]) * decay
    return found + coupled(learner, m, m, one, other)


def coupled(learner: DeepKernel, m: int, n: int, one: Place, other: Place) -> Tensor:
    """What two columns share."""
    if learner.coupled is None:
        return one.phi.new_zeros(())
    weights = torch.diag(softplus(learner.coupled.raw_shared))
    return shared(learner, m, n) * (one.phi @ weights @ other.phi)


def shared(learner: DeepKernel, m: int, n: int) -> Tensor:
    return learner.coupled.weights[m] @ learner.coupled.weights[n]


def place(learner: DeepKernel, row: Row, own: Sequence[Row]) -> Place:
    embedded = None
    if learner.embedder is not None:
        network = learner.embedder
        embedded = perceptron(weights_of(network), activation_of(network), inputs_of(learner, row, own))
    return Place(features(learner, row, own), embedded, row.time)


def covariance(learner: DeepKernel, effects: Sequence[tuple[Tensor, Tensor]], a, b) -> Tensor:
    """Of the function values at two (column, place) pairs."""
    (m, one), (n, other) = a, b
    if m != n:
        return coupled(learner, m, n, one, other)
    total = effects[m][1] + torch.diag(softplus(learner.raw_own[m]))
    return one.phi @ total @ other.phi + beside(learner, m, one, other)


def reading(
    learner: DeepKernel, effects: Sequence[tuple[Tensor, Tensor]], own: Sequence[Row], query: Row
) -> tuple[Tensor, Tensor, Tensor | None]:
    known, residual, variance = [], [], []
    for row in own:
        values, seen = column_values(learner.layout, row)
        centre, spread, at = mean(learner, row, own), noise(learner, row, own), place(learner, row, own)
        for m in range(learner.layout.width):
            if seen[m]:
                known.append((m, at))
                residual.append(values[m] - centre[m] - at.phi @ effects[m][0])
                variance.append(spread[m])
    at, centre = place(learner, query, own), mean(learner, query, own)
    shifts, spreads = [], []
    for m in range(learner.layout.width):
        shift = at.phi @ effects[m][0]
        spread = covariance(learner, effects, (m, at), (m, at))
        if known:
            matrix = torch.stack(
                [torch.stack([covariance(learner, effects, a, b) for b in known]) for a in known]
            )
            cross = torch.stack([covariance(learner, effects, (m, at), b) for b in known])
            gain = cross @ torch.linalg.inv(matrix + torch.diag(torch.stack(variance)))
            shift, spread = shift + gain @ torch.stack(residual), spread - gain @ cross
        shifts.append(shift)
        spreads.append(spread)
    location = centre + torch.stack(shifts)
    return as_predicted(learner, location, torch.stack(spreads), noise(learner, query, own))
