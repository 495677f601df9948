"""Classes: a hierarchical Dirichlet-multinomial on counts, population -> cohort -> individual.

    shares of a cohort  p_k ~ Dirichlet(a pi(x)),  those of a subject at x  ~ Dirichlet(b p_k)

pi(x) is a logistic regression of the population on the columns of records (`mean_effects`). A cohort's counts are those
of its lenders; a lender's n records count as n / (1 + (n - 1) / (1 + b)), because they share the lender's own shares
(Kish 1965). An own record counts as exp(-l d) of one, d the mean squared difference of its columns from the query's.
Classes have no course in time.
"""

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from meta_med.episodes.batch import Records
from meta_med.learners.networks.lenders import Lenders
from meta_med.outcomes import OutcomeLayout

COHORT, OWN = 4.0, 2.0  # records that the population, and the cohort, count for at the start
NARROW = 0.1  # l at the start


@dataclass(frozen=True)
class OwnClasses:
    """Own records: their target columns (B, S, M) with 0 where unseen, and columns (B, S, E) of the mean."""

    values: Tensor
    columns: Tensor

    @classmethod
    def of(cls, layout: OutcomeLayout, support: Records, columns: Tensor) -> "OwnClasses":
        """From cleaned records."""
        return cls(layout.targets(support.y, support.y_observed)[0].double(), columns.double())

    def distance(self, query: Tensor) -> Tensor:
        """(B, Q, S) mean squared difference of the columns from those of queries (B, Q, E)."""
        apart = (query.double().unsqueeze(2) - self.columns.unsqueeze(1)).square()
        return apart.sum(-1) / max(apart.shape[-1], 1)


class ClassCounts(nn.Module):
    """Meta-parameters of the class outcomes: weights of pi, and the logarithms of a, b and l."""

    def __init__(self, layout: OutcomeLayout, features: int) -> None:
        super().__init__()
        self.layout = layout
        classes = layout.classes
        self.columns = layout.columns_of(classes)
        self.weight = nn.Parameter(torch.zeros(len(self.columns), features))
        self.bias = nn.Parameter(torch.zeros(len(self.columns)))
        self.log_cohort = nn.Parameter(torch.full((len(classes),), COHORT).log())
        self.log_own = nn.Parameter(torch.full((len(classes),), OWN).log())
        self.log_narrow = nn.Parameter(torch.full((len(classes),), NARROW).log())

    def of_cohorts(self, context: Lenders) -> Tensor:
        """(K, M') effective counts of the class outcomes' target columns."""
        values, seen = self.layout.targets(context.series.y, context.series.y_observed)
        found = []
        for place, d in enumerate(self.layout.classes):
            columns = self.layout.columns[d]
            records = seen[..., columns.start].double().sum(2)
            alike = 1.0 / (1.0 + self.log_own[place].double().exp())
            counts_as = 1.0 / (1.0 + (records - 1.0).clamp(min=0.0) * alike)
            found.append((values[..., columns].double().sum(2) * counts_as.unsqueeze(-1)).sum(1))
        return torch.cat(found, -1) if found else values.new_zeros((len(values), 0), dtype=torch.float64)

    def logits(self, cohort: Tensor, own: OwnClasses, columns: Tensor) -> list[Tensor]:
        """(B, Q, W) log shares of each class outcome, by the cohort's counts (B, M') and queries' columns (B, Q, E)."""
        odds = F.linear(columns.to(self.weight.dtype), self.weight, self.bias).double()
        apart = own.distance(columns)
        found, start = [], 0
        for place, d in enumerate(self.layout.classes):
            width = self.layout.outcomes[d].width
            at = slice(start, start + width)
            alike = torch.exp(-self.log_narrow[place].double().exp() * apart)
            counts = alike @ own.values[..., self.layout.columns[d]]
            share = odds[..., at].softmax(-1)
            share = _updated(share, self.log_cohort[place].double().exp(), cohort[:, None, at])
            found.append(_updated(share, self.log_own[place].double().exp(), counts).log())
            start += width
        return found


def _updated(share: Tensor, strength: Tensor, counts: Tensor) -> Tensor:
    """Posterior mean of shares with a Dirichlet prior."""
    return (strength * share + counts) / (strength + counts.sum(-1, keepdim=True))
