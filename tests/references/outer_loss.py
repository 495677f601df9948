"""The outer loss and a table scale, plainly: a Student t or normal density, a log-softmax, one number at a time."""

from collections.abc import Sequence

import torch
from torch import Tensor

from meta_med.outcomes import OutcomeLayout
from tests.references.rows import Row


def scale_by_count(learner: torch.nn.Module, own: Sequence[Row]) -> Tensor:
    """(Dc,) scale of a subject with this many records, from the learned table."""
    raw = learner.scales.raw
    return torch.log1p(torch.exp(raw[min(len(own), len(raw) - 1)])) + 1e-3


def freedom(raw: Tensor | None) -> Tensor | None:
    """(Dc,) degrees of freedom."""
    return None if raw is None else 2.1 + torch.log1p(torch.exp(raw))


def negative_log_likelihoods(
    layout: OutcomeLayout, location: Tensor, scale: Tensor, df: Tensor | None, row: Row
) -> list[Tensor]:
    """One term for each observed outcome of one query record."""
    terms, start, c = [], 0, 0
    for d, outcome in enumerate(layout.outcomes):
        columns = location[start : start + outcome.width]
        start += outcome.width
        if outcome.kind == "continuous":
            law = (
                torch.distributions.Normal(columns[0], scale[c])
                if df is None
                else torch.distributions.StudentT(df[c], columns[0], scale[c])
            )
            c += 1
            if row.y_seen[d]:
                terms.append(-law.log_prob(row.y[d]))
        elif row.y_seen[d]:
            terms.append(-(columns[int(row.y[d])] - torch.logsumexp(columns, 0)))
    return terms
