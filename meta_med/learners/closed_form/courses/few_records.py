"""Cholesky factors of a few records' covariance for very many subjects and models at once.

A factor of LAPACK costs about a microsecond however small it is. Here the subjects are the last dimension, and one step
for each pair of records works on all of them: five times as fast for five records of 10,000 subjects under 24 models.
Many records are left to LAPACK.
"""

from collections.abc import Callable, Sequence

import torch
from torch import Tensor

from meta_med.learners.closed_form.conditioning import stable_cholesky

FEW = 12  # records whose factor is computed here

Columns = Sequence[Tensor]
"""A lower factor of N records: column j as (..., N - j, B), from the diagonal downwards."""

Block = Callable[[slice, slice], Tensor]
"""The covariance (..., n, m, B) of some records with others."""


def factor(covariance: Block, n: int) -> Columns:
    """The factor of n records' covariance; NaN where there is none."""
    if n > FEW:
        every = slice(0, n)
        lower = stable_cholesky(covariance(every, every).movedim(-1, 0)).movedim(0, -1)
        return [lower[..., j:, j, :] for j in range(n)]
    columns: list[Tensor] = []
    for j in range(n):
        column = covariance(slice(j, n), slice(j, j + 1)).squeeze(-2)
        for i, earlier in enumerate(columns):
            column = torch.addcmul(
                column, earlier[..., j - i :, :], earlier[..., j - i : j - i + 1, :], value=-1
            )
        columns.append(column * column[..., :1, :].rsqrt())
    return columns


def whiten(columns: Columns, right: Tensor) -> Tensor:
    """L^-1 right, for right (..., N, q, B)."""
    solved: list[Tensor] = []
    for column in columns:
        top = right[..., :1, :, :] / column[..., :1, None, :]
        solved.append(top)
        right = torch.addcmul(right[..., 1:, :, :], column[..., 1:, None, :], top, value=-1)
    return torch.cat(solved, -3) if solved else right


def log_determinant(columns: Columns, like: Tensor) -> Tensor:
    """(..., B) logarithm of the determinant of L L^T; zeros shaped as `like` without records."""
    return torch.stack([column[..., 0, :] for column in columns]).log().sum(0) * 2.0 if columns else like
