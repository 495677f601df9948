"""A study as context: other patients' series, own records, and what is asked.

Z studies of equal shape are computed together; L lenders with up to N records, R predictions with up to S own records,
D outcomes, F covariates. Padding is NaN: a record without a time is none, a value that is NaN is not observed.
"""

from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True)
class Series:
    """Records of P patients of Z studies.

    Attributes:
        time (Z, P, N): on any scale, NaN for no record; y (Z, P, N, D): outcomes; x (Z, P, N, F): covariates.

    """

    time: Tensor
    y: Tensor
    x: Tensor

    def to(self, device: torch.device) -> "Series":
        """The same on a device."""
        return Series(self.time.to(device), self.y.to(device), self.x.to(device))

    def chunks(self, size: int) -> list["Series"]:
        """The same in parts of `size` patients; one part where there are none."""
        parts = zip(*(torch.split(t, size, 1) for t in (self.time, self.y, self.x)), strict=True)
        return [Series(*part) for part in parts]

    def in_order(self) -> "Series":
        """The same with records sorted by time, padding first."""
        order = self.time.nan_to_num(nan=-torch.inf).sort(dim=-1, stable=True).indices
        wide = order.unsqueeze(-1)
        return Series(
            self.time.gather(2, order),
            self.y.gather(2, wide.expand(self.y.shape)),
            self.x.gather(2, wide.expand(self.x.shape)),
        )


@dataclass(frozen=True)
class StudyInContext:
    """Lenders' series, own records, and time (Z, R) and covariates (Z, R, F) of each predicted record.

    Raises:
        ValueError: the shapes do not go together.

    """

    lenders: Series
    own: Series
    query_time: Tensor
    query_x: Tensor

    def __post_init__(self) -> None:
        """Refuse shapes that do not go together."""
        for name, part in (("lenders", self.lenders), ("own", self.own)):
            if part.y.shape[:3] != part.time.shape or part.x.shape[:3] != part.time.shape:
                raise ValueError(
                    f"{name}: time is {tuple(part.time.shape)}, y {tuple(part.y.shape)}, x {tuple(part.x.shape)}; "
                    "their first three sizes must be the same"
                )
        _same("outcomes", self.lenders.y.shape[3], self.own.y.shape[3])
        _same("covariates", self.lenders.x.shape[3], self.own.x.shape[3], self.query_x.shape[2])
        _same("studies", *(len(t) for t in (self.lenders.time, self.own.time, self.query_time, self.query_x)))
        _same("predictions", *(t.shape[1] for t in (self.own.time, self.query_time, self.query_x)))


def _same(what: str, *numbers: int) -> None:
    if len(set(numbers)) > 1:
        raise ValueError(f"a study in context: its tensors have different numbers of {what}: {numbers}")
