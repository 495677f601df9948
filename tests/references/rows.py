"""One subject's records as a plain list: no padding, no batch. What the references are written over."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from meta_med.episodes.batch import Records
from meta_med.learners.learner import Learner
from meta_med.outcomes import OutcomeLayout


@dataclass(frozen=True)
class Row:
    """One record: x (F,) and its mask, time, y (D,) and its mask; masked entries are None-like zeros."""

    x: Tensor
    x_seen: Tensor
    time: Tensor
    y: Tensor
    y_seen: Tensor


def rows_of(records: Records, subject: int) -> list[Row]:
    """The records of one subject that are really there."""
    out = []
    for i in range(records.present.shape[1]):
        if not records.present[subject, i]:
            continue
        x_seen, y_seen = records.x_observed[subject, i], records.y_observed[subject, i]
        out.append(
            Row(
                x=torch.where(x_seen, records.x[subject, i], torch.zeros_like(records.x[subject, i])),
                x_seen=x_seen,
                time=records.time[subject, i],
                y=records.y[subject, i],
                y_seen=y_seen,
            )
        )
    return out


Series = Sequence[Row]  # all records of one subject
Context = Sequence[Series]  # a cohort's lenders


def lenders_of(context: Records, cohort: int) -> list[list[Row]]:
    """The series of each lender of a cohort; records (K, C) are of as many lenders."""
    by_lender = context.by_lender()
    own = by_lender.select(torch.tensor(cohort))
    return [rows_of(own, lender) for lender in range(len(own))]


def lent(context: Context) -> list[tuple[Row, Series]]:
    """Every record of a context, with the series that it is of."""
    return [(row, series) for series in context for row in series]


def share(series: Series, d: int) -> float:
    """Weight of a record in which outcome d is known: a lender's records weigh one together."""
    return 1.0 / sum(bool(row.y_seen[d]) for row in series)


def column_values(layout: OutcomeLayout, row: Row) -> tuple[list[float], list[bool]]:
    """Target columns of one record (a class as one-hot) and whether each is known."""
    values: list[float] = []
    seen: list[bool] = []
    for d, outcome in enumerate(layout.outcomes):
        known = bool(row.y_seen[d])
        if outcome.kind == "continuous":
            values.append(float(row.y[d]) if known else 0.0)
        else:
            values += [1.0 if known and c == int(row.y[d]) else 0.0 for c in range(outcome.width)]
        seen += [known] * outcome.width
    return values, seen


@dataclass(frozen=True)
class Past:
    """What one row knows of the subject's earlier outcomes, by target column."""

    last: Tensor
    known: Tensor
    age: Tensor
    mean: Tensor
    count: Tensor


def past_of(layout: OutcomeLayout, row: Row, support: Sequence[Row]) -> Past:
    """Last value, its age, mean and number of the values in strictly earlier records."""
    columns: dict[str, list[float]] = {name: [] for name in ("last", "known", "age", "mean", "count")}
    earlier = sorted((r for r in support if r.time < row.time), key=lambda r: float(r.time))
    for m in range(layout.width):
        own = [(float(r.time), column_values(layout, r)) for r in earlier]
        known = [(t, values[m]) for t, (values, seen) in own if seen[m]]
        newest = [value for t, value in known if t == known[-1][0]]
        columns["last"].append(sum(newest) / len(newest) if known else 0.0)
        columns["known"].append(1.0 if known else 0.0)
        columns["age"].append(float(row.time) - known[-1][0] if known else 0.0)
        columns["mean"].append(sum(v for _, v in known) / len(known) if known else 0.0)
        columns["count"].append(float(len(known)))
    return Past(**{k: row.x.new_tensor(v) for k, v in columns.items()})


def inputs_of(learner: Learner, row: Row, support: Sequence[Row]) -> Tensor:
    """A network's input for one record."""
    parts = [row.x, row.x_seen.to(row.x.dtype)]
    if learner.features.own_history:
        past = past_of(learner.layout, row, support)
        share = past.count / (past.count + 2.0)
        parts += [past.last, past.known, torch.log(1.0 + past.age), past.mean, share]
    return torch.cat(parts)


def link_of(learner: Learner, row: Row, support: Sequence[Row]) -> Tensor:
    """The gated last own value that is added to a prediction, by target column."""
    if not learner.features.own_history:
        return row.x.new_zeros(learner.layout.width)
    past = past_of(learner.layout, row, support)
    gate = 1.0 / (1.0 + torch.exp(-(learner.link.level + learner.link.decay * torch.log(1.0 + past.age))))
    return gate * past.known * past.last


def perceptron(weights: Sequence[tuple[Tensor, Tensor]], activation: str, h: Tensor) -> Tensor:
    """A plain multi-layer perceptron on one vector."""
    act = {"relu": torch.relu, "tanh": torch.tanh, "gelu": torch.nn.functional.gelu}[activation]
    for i, (weight, bias) in enumerate(weights):
        h = weight @ h + bias
        h = act(h) if i < len(weights) - 1 else h
    return h


def weights_of(network: torch.nn.Module) -> list[tuple[Tensor, Tensor]]:
    """The linear layers of a network, in order."""
    return [(m.weight, m.bias) for m in network.modules() if isinstance(m, torch.nn.Linear)]


def activation_of(network: torch.nn.Module) -> str:
    """The name of the activation between a network's layers."""
    names = {torch.nn.ReLU: "relu", torch.nn.Tanh: "tanh", torch.nn.GELU: "gelu"}
    return next((names[type(m)] for m in network.modules() if type(m) in names), "relu")
