"""The unit of work: a batch of episodes, and the protocol of sources that draw one.

K cohorts, L lenders of N context records each, B subjects, S support records, Q query records, F covariates,
D outcomes.
"""

from dataclasses import dataclass, fields, replace
from typing import Protocol, runtime_checkable

import torch
from torch import Tensor


@dataclass(frozen=True)
class Records:
    """Records of some subjects, padded to a common length N.

    Attributes:
        x: (..., N, F) float; covariates. An encoder may take further event dimensions instead of F.
        x_observed: (..., N, F) bool; False where a covariate is missing or not known yet.
        time: (..., N) float; years relative to prediction time, < 0 for context and support (any negative number where
            a problem has no time). Context records are of other subjects: only the time between records of one lender
            has a meaning. Records of one time are a set: their order has no meaning.
        y: (..., N, D) float; outcomes, a class index for binary and categorical ones.
        y_observed: (..., N, D) bool.
        present: (..., N) bool; False for padding.

    Values where a mask is False are ignored, NaN too.

    """

    x: Tensor
    x_observed: Tensor
    time: Tensor
    y: Tensor
    y_observed: Tensor
    present: Tensor

    def __len__(self) -> int:
        """Number of rows along the first dimension."""
        return int(self.present.shape[0])

    def clean(self) -> "Records":
        """The same records with zeros where a mask is False, so that no NaN reaches a gradient."""
        seen_x = self.x_observed & _like(self.present, self.x_observed)
        seen_y = self.y_observed & self.present.unsqueeze(-1)
        return Records(
            x=torch.where(seen_x, self.x, torch.zeros_like(self.x)),
            x_observed=seen_x,
            time=torch.where(self.present, self.time, torch.zeros_like(self.time)),
            y=torch.where(seen_y, self.y, torch.zeros_like(self.y)),
            y_observed=seen_y,
            present=self.present,
        )

    def to(self, device: torch.device | str | None = None, dtype: torch.dtype | None = None) -> "Records":
        """The same records on another device or in another floating dtype."""
        moved = {}
        for field in fields(self):
            tensor: Tensor = getattr(self, field.name)
            moved[field.name] = tensor.to(device=device, dtype=dtype if tensor.is_floating_point() else None)
        return Records(**moved)

    def select(self, index: Tensor | slice) -> "Records":
        """Rows of the first dimension."""
        return Records(**{f.name: getattr(self, f.name)[index] for f in fields(self)})

    def by_lender(self) -> "Records":
        """Context records as (K, L, N): records (K, C) are of C lenders with one record each."""
        if self.present.ndim == 3:
            return self
        return Records(**{f.name: getattr(self, f.name).unsqueeze(2) for f in fields(self)})

    def merged(self, first: int) -> "Records":
        """The dimensions `first` and `first + 1` as one: of (K, L, N), 0 gives (K L, N) and 1 gives (K, L N)."""
        return Records(**{f.name: getattr(self, f.name).flatten(first, first + 1) for f in fields(self)})

    def grouped(self, groups: int) -> "Records":
        """Records (K L, N) as (K, L, N) for K `groups`; the inverse of `merged(0)`."""
        parts = {f.name: getattr(self, f.name) for f in fields(self)}
        return Records(
            **{n: t.reshape(groups, len(t) // max(groups, 1), *t.shape[1:]) for n, t in parts.items()}
        )

    def followed_by(self, other: "Records") -> "Records":
        """Records of the same subjects, one after the other along the second dimension."""
        return Records(
            **{f.name: torch.cat([getattr(self, f.name), getattr(other, f.name)], 1) for f in fields(self)}
        )

    def without_records(self) -> "Records":
        """The same subjects with no record present (k = 0)."""
        return replace(self, present=torch.zeros_like(self.present))

    @classmethod
    def empty(cls, rows: int, like: "Records") -> "Records":
        """`rows` subjects with zero records each, shaped and placed like `like`."""
        take = {f.name: getattr(like, f.name) for f in fields(like)}
        return cls(**{n: t.new_zeros((rows, 0, *t.shape[2:])) for n, t in take.items()})


def _like(present: Tensor, values: Tensor) -> Tensor:
    return present.reshape(present.shape + (1,) * (values.ndim - present.ndim))


@dataclass(frozen=True)
class EpisodeBatch:
    """One draw of (context, support, query).

    Attributes:
        context: Records (K, L, N); the series of L other subjects of each cohort, up to N records each, padded. Records
            (K, C) are of C subjects with one record each.
        cohort: LongTensor (B,); which of the K cohorts each subject belongs to.
        support: Records (B, S); the subject's own few records, each strictly before prediction time and each query.
        query: Records (B, Q); what is predicted.
        cohort_names: names of the K cohorts, for messages of meta-training; empty if they have none.

    """

    context: Records
    cohort: Tensor
    support: Records
    query: Records
    cohort_names: tuple[str, ...] = ()

    def to(
        self, device: torch.device | str | None = None, dtype: torch.dtype | None = None
    ) -> "EpisodeBatch":
        """The same batch on another device or in another floating dtype."""
        return EpisodeBatch(
            self.context.to(device, dtype),
            self.cohort.to(device),
            self.support.to(device, dtype),
            self.query.to(device, dtype),
            self.cohort_names,
        )


@runtime_checkable
class EpisodeSource(Protocol):
    """A source of episodes: patient cohorts, sinusoids, images."""

    def sample(self, n_cohorts: int, generator: torch.Generator) -> EpisodeBatch:
        """Draw a batch of any number of subjects of `n_cohorts` cohorts."""
        ...
