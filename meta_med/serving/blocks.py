"""Forecasts that do not depend on who else is served, to the last bit.

A sum in another order has other last digits, and the order depends on the shape of a batch. So subjects are predicted
in blocks of one size and one cohort, filled up by repeating subjects: then each subject's numbers are the same whether
all subjects are served or only this one. Forecasts are rounded far below any meaning, for the baselines that sum over
groups within a block.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import torch

from meta_med.cohorts.record_table import Ints
from meta_med.episodes.prepared import Prepared
from meta_med.episodes.queries import Queries, join_queries
from meta_med.forecast import Forecast, bounded, concatenate, empty_forecast, pool
from meta_med.meta_train.predictors import (
    UN_ADAPTED,
    Answered,
    FittedPredictors,
    LearnersOfCohorts,
    forecasts_of,
)

BLOCK = FittedPredictors.block
"""Subjects of a block, unless the model's cohorts are large."""
LARGE_BLOCK = 1024
"""Four times as many subjects in 2.2 times the time (`bayesian_head` and the default baselines, one thread)."""


def block_for(names: int, cohorts: int) -> int:
    """The size of a model's blocks. It is a part of the result: with another size the last digits differ.

    Args:
        names: of the people that the model was trained with; cohorts: how many of theirs.

    """
    return LARGE_BLOCK if names >= BLOCK * max(cohorts, 1) else BLOCK


DIGITS = 6
"""Decimal places of forecasts on model scale."""


def answers_in_blocks(
    fitted: FittedPredictors,
    prepared: Prepared,
    requests: Sequence[Queries],
    *,
    un_adapted: bool = True,
) -> list[Answered]:
    """As `FittedPredictors.answers`, block by block; a query in several lists is predicted once.

    `un_adapted`: whether the forecasts without own records are wanted too, which cost as much as the others.
    """
    joined = join_queries(requests)
    first, same = _distinct(joined.key)
    once = _forecasts(fitted, prepared, joined.take(first), un_adapted)
    places = np.split(same, np.cumsum([len(queries) for queries in requests])[:-1])
    return [
        Answered(queries, {name: f.take(place) for name, f in once.items()})
        for queries, place in zip(requests, places, strict=True)
    ]


def _distinct(key: Ints) -> tuple[Ints, Ints]:
    """The places of the distinct keys, in order, and (R,) which of them each key is; keys may be in order already."""
    if (np.diff(key) > 0).all():
        return np.arange(len(key)), np.arange(len(key))
    _, first, same = np.unique(key, return_index=True, return_inverse=True)
    return first, same


def _forecasts(
    fitted: FittedPredictors, prepared: Prepared, queries: Queries, un_adapted: bool
) -> dict[str, Forecast]:
    """Every predictor's forecast of each query."""
    names = (*fitted.personalised, *fitted.baselines, *((UN_ADAPTED,) if un_adapted else ()))
    parts: dict[str, list[Forecast]] = {name: [] for name in names}
    order, size = [np.zeros(0, dtype=np.int64)], fitted.block
    for cohort, own in _by_cohort(queries.cohort(prepared.table)):
        learners = fitted.of_cohorts(prepared, torch.tensor([cohort]))
        for rows in (own[start : start + size] for start in range(0, len(own), size)):
            full = queries.take(np.resize(rows, size))
            for name, forecast in _of_block(fitted, learners, full, un_adapted).items():
                parts[name].append(forecast.take(np.arange(len(rows))))
            order.append(rows)
    back = np.argsort(np.concatenate(order))
    return {
        name: concatenate(found).take(back) if found else empty_forecast(prepared.layout)
        for name, found in parts.items()
    }


def _by_cohort(cohort: Ints) -> Iterator[tuple[int, Ints]]:
    """Each cohort with its rows."""
    order = np.argsort(cohort, kind="stable")
    for own in np.split(order, np.flatnonzero(np.diff(cohort[order])) + 1) if len(order) else ():
        yield int(cohort[own[0]]), own


def _of_block(
    fitted: FittedPredictors, learners: LearnersOfCohorts, queries: Queries, un_adapted: bool
) -> dict[str, Forecast]:
    """Every predictor's forecast of queries in the learners' only cohort."""
    prepared, only = learners.prepared, torch.zeros(len(queries), dtype=torch.long)
    out = {name: learners.forecast(name, queries, only) for name in fitted.learners}
    out |= forecasts_of({**fitted.closed_forms, **fitted.baselines}, prepared, queries)
    if un_adapted:
        out[UN_ADAPTED] = _un_adapted(fitted, learners, queries.at_most(0))
    limits = prepared.scaling.limits(queries.cohort(prepared.table))
    return {name: _rounded(bounded(forecast, limits)) for name, forecast in out.items()}


def _un_adapted(fitted: FittedPredictors, learners: LearnersOfCohorts, plain: Queries) -> Forecast:
    """The pool of the learners' forecasts of queries without own records."""
    prepared, only = learners.prepared, torch.zeros(len(plain), dtype=torch.long)
    each = [learners.forecast(name, plain, only) for name in fitted.learners]
    each += forecasts_of(fitted.closed_forms, prepared, plain).values()
    shares = np.full((len(each), len(prepared.layout.outcomes)), 1.0 / len(each))
    return pool(each, shares, prepared.layout) if len(each) > 1 else each[0]


def _rounded(forecast: Forecast) -> Forecast:
    return Forecast(forecast.mean.round(DIGITS), forecast.scale.round(DIGITS), forecast.df)
