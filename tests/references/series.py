"""The pretrained core on one query of one subject: series by series, record by record."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from meta_med.learners.model_based.series_core import FARTHEST, RIDGE, SCALES
from meta_med.learners.model_based.series_path import STRIDE, SeriesPath
from tests.references.rows import Context, Row, column_values


@dataclass(frozen=True)
class Known:
    """One series before a query: (age, value) of each earlier own value, (weight, value) of others, the kind."""

    own: list[tuple[float, float]]
    others: list[tuple[float, float]]
    is_class: bool


def core_forecast(
    path: SeriesPath, context: Context, own: Sequence[Row], query: Row
) -> tuple[Tensor, Tensor, Tensor]:
    """(location, unconstrained scale, unconstrained degrees of freedom) by series."""
    known = [series_of(path, column, context, own, query) for column in path.columns]
    descriptors = list(path.start + STRIDE * path.moved)
    net, hidden = path.core, []
    for k, e in zip(known, descriptors, strict=True):
        entered = net.enter.weight @ e.new_tensor(inputs(k)) + net.enter.bias
        hidden.append(torch.relu(entered + net.enter_described.weight @ e))
    told = [
        (net.tell.weight @ h + net.tell.bias) * float(bool(k.own)) for h, k in zip(hidden, known, strict=True)
    ]
    total = 1.0 + sum((loading @ loading for loading in path.loadings), hidden[0].new_zeros(()))
    locations, scales, dfs = [], [], []
    for d, (k, e, h) in enumerate(zip(known, descriptors, hidden, strict=True)):
        heard = torch.zeros_like(told[d])
        for other, message in enumerate(told):
            if other != d:
                heard = heard + (path.loadings[d] @ path.loadings[other]) / total * message
        inner = torch.relu(net.refine.weight @ h + net.refine.bias + net.hear.weight @ heard)
        last = torch.relu(h + net.leave.weight @ inner + net.leave.bias)
        out = net.answer.weight @ last + net.answer.bias + net.answer_described.weight @ e
        leaning = e.new_tensor(anchors(k))
        locations.append(out[: len(leaning)] @ leaning + out[-2])
        scales.append(out[-1])
        dfs.append((net.freedom.weight @ e + net.freedom.bias)[0])
    return torch.stack(locations), torch.stack(scales), torch.stack(dfs)


def series_of(path: SeriesPath, column: int, context: Context, own: Sequence[Row], query: Row) -> Known:
    earlier = []
    for row in own:
        values, seen = column_values(path.layout, row)
        age = float(query.time - row.time)
        if seen[column] and age > 0:
            earlier.append((age, values[column]))
    of_others = []
    for rows in context:
        told = [column_values(path.layout, row) for row in rows]
        known = [values[column] for values, seen in told if seen[column]]
        of_others += [(1.0 / len(known), value) for value in known]
    return Known(earlier, of_others, column not in path.layout.scaled_columns)


def newest(known: Known) -> tuple[float, float]:
    """Age and value of the newest own value (the mean of those of the same time), zeros if there is none."""
    if not known.own:
        return 0.0, 0.0
    since = min(age for age, _ in known.own)
    at = [value for age, value in known.own if age == since]
    return since, sum(at) / len(at)


def memories(known: Known) -> list[tuple[float, float, float]]:
    """By time scale: mean and spread of what the values were beyond the newest, and how much is remembered."""
    since, last = newest(known)
    out = []
    for scale in (*SCALES, math.inf):
        weights = [math.exp(-min((age - since) / scale, FARTHEST)) for age, _ in known.own]
        total = sum(weights)
        away = [value - last for _, value in known.own]
        mean = sum(w * a for w, a in zip(weights, away, strict=True)) / total if total else 0.0
        square = sum(w * a * a for w, a in zip(weights, away, strict=True)) / total if total else 0.0
        out.append((mean, math.sqrt(max(square - mean**2, 0.0) + 0.01) - 0.1, total))
    return out


def slope(known: Known) -> float:
    if not known.own:
        return 0.0
    since, last = newest(known)
    ages = [age - since for age, _ in known.own]
    centre = sum(ages) / len(ages)
    up = sum((a - centre) * (value - last) for a, (_, value) in zip(ages, known.own, strict=True))
    return -up / (sum((a - centre) ** 2 for a in ages) + RIDGE)


def anchors(known: Known) -> list[float]:
    since, last = newest(known)
    reached = max(-4.0, min(4.0, slope(known) * since))
    means = [last + mean for mean, _, _ in memories(known)]
    return [last, *means, last + reached, shrunk_mean(known)]


def shrunk_mean(known: Known) -> float:
    return sum(w * value for w, value in known.others) / (sum(w for w, _ in known.others) + 1.0)


def inputs(known: Known) -> list[float]:
    since, last = newest(known)
    there, found = float(bool(known.own)), memories(known)
    count = sum(w for w, _ in known.others)
    away = sum(w * (value - shrunk_mean(known)) ** 2 for w, value in known.others)
    reached = max(-4.0, min(4.0, slope(known) * since))
    oldest = max((age - since for age, _ in known.own), default=0.0)
    return [
        *(math.asinh(mean) for mean, _, _ in found),
        *(spread for _, spread, _ in found),
        *(total / (total + 2.0) for _, _, total in found),
        *(math.exp(-since / scale) * there for scale in SCALES),
        *(there, math.asinh(last), math.log1p(since), math.log(since + 0.05) * there),
        *(math.asinh(slope(known)), math.asinh(reached), math.log1p(oldest)),
        *(shrunk_mean(known), count / (count + 2.0), math.sqrt((away + 1.0) / (count + 1.0))),
        *(float(known.is_class), float(not known.is_class)),
    ]
