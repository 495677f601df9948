"""Classes: a hierarchical Dirichlet-multinomial on counts, population -> cohort -> individual.

    shares of a cohort    p_k ~ Dirichlet(a pi(x)),  a subject's own ~ Dirichlet(b p_k)

pi(x) is a logistic regression of the population on the records' features. A cohort's counts are those of its lenders; a
lender's n records count as n / (1 + (n - 1) / (1 + b)), because they share the lender's own shares (Kish 1965). Classes
have no course in time, and covariates move the population's shares alone.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from meta_med.episodes.batch import Records
from meta_med.learners.networks.lenders import Lenders
from meta_med.outcomes import OutcomeLayout
from meta_med.prediction import columns_of

COHORT, OWN = 4.0, 2.0  # records that the population, and the cohort, count for at the start


class ClassCounts(nn.Module):
    """Meta-parameters of the class outcomes: weights of pi, and the logarithms of a and b."""

    def __init__(self, layout: OutcomeLayout, features: int) -> None:
        super().__init__()
        self.layout = layout
        classes = layout.classes
        self.columns = layout.columns_of(classes)
        self.weight = nn.Parameter(torch.zeros(len(self.columns), features))
        self.bias = nn.Parameter(torch.zeros(len(self.columns)))
        self.log_cohort = nn.Parameter(torch.full((len(classes),), COHORT).log())
        self.log_own = nn.Parameter(torch.full((len(classes),), OWN).log())

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

    def own(self, support: Records) -> Tensor:
        """(B, M') counts of own records."""
        values, _ = self.layout.targets(support.y, support.y_observed)
        return columns_of(values.double().sum(1), self.columns)

    def logits(self, cohort: Tensor, own: Tensor, features: Tensor) -> list[Tensor]:
        """(B, Q, W) log shares of each class outcome.

        Args:
            cohort, own: (B, M') counts of the cohort and of the subject; features: (B, Q, E) of the query.

        """
        odds = F.linear(features.to(self.weight.dtype), self.weight, self.bias).double()
        found, start = [], 0
        for place, d in enumerate(self.layout.classes):
            width = self.layout.outcomes[d].width
            own_columns = slice(start, start + width)
            share = odds[..., own_columns].softmax(-1)
            for log_strength, counts in ((self.log_cohort, cohort), (self.log_own, own)):
                share = _updated(share, log_strength[place].double().exp(), counts[:, None, own_columns])
            found.append(share.log())
            start += width
        return found


def _updated(share: Tensor, strength: Tensor, counts: Tensor) -> Tensor:
    """Posterior mean of shares with a Dirichlet prior."""
    return (strength * share + counts) / (strength + counts.sum(-1, keepdim=True))
