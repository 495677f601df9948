"""The neural process read one subject at a time: attention written out head by head, no padding, no mask."""

from collections.abc import Sequence
from dataclasses import replace

import torch
from torch import Tensor

from meta_med.learners.model_based.neural_process import NeuralProcess
from meta_med.learners.networks.attention import MOST, CrossAttentionBlock
from meta_med.learners.networks.features import TIME_SCALES
from tests.references.gated_head import answered
from tests.references.outer_loss import freedom
from tests.references.rows import Context, Row, column_values, inputs_of, lent, weights_of
from tests.references.series import core_forecast

VARIANTS: tuple[dict[str, object], ...] = (
    {"width": 8, "layers": 1, "attention": 6, "heads": 2, "keys": 4},
    {"width": 6, "attention": 6, "heads": 3, "keys": 3, "blocks": 2, "cohort_tokens": 3},
    {"width": 7, "layers": 2, "attention": 4, "heads": 1, "student_t": False, "blocks": 1},
    {"width": 5, "attention": 4, "heads": 2, "cohort_tokens": 0},
    {"width": 6, "attention": 4, "pretrained": False},
)


def predict(
    learner: NeuralProcess, context: Context, own: Sequence[Row], query: Sequence[Row]
) -> list[tuple[Tensor, Tensor, Tensor | None]]:
    """(location, scale, df) of each query record of one subject."""
    own, query, *context = (in_its_unit(learner, rows) for rows in (own, query, *context))
    cohort = cohort_tokens(learner, context)
    tokens = [record_token(learner, r, own) for r in own]
    for block in learner.blocks:
        tokens = [refined(block, t, [*cohort, *tokens]) for t in tokens]
    memory = [learner.to_memory(t) for t in [*cohort, *tokens]]
    return [reading(learner, memory, q, own, context) for q in query]


def in_its_unit(learner: NeuralProcess, rows: Sequence[Row]) -> list[Row]:
    unit = 1.0 if learner.clock is None else learner.clock.unit
    return [replace(row, time=row.time / unit) for row in rows]


def cohort_tokens(learner: NeuralProcess, context: Context) -> list[Tensor]:
    memory = [learner.pool_memory(record_token(learner, r, series)) for r, series in lent(context)]
    shares = [1.0 / len(series) for _, series in lent(context)]
    return [learner.pool(attention(q, memory, learner.heads, shares)) for q in learner.pool_queries]


def placed(learner: NeuralProcess, row: Row, rows: Sequence[Row]) -> Tensor:
    h = inputs_of(learner, row, rows)
    for weight, bias in weights_of(learner.place):
        h = torch.relu(weight @ h + bias)
    return h


def record_token(learner: NeuralProcess, row: Row, rows: Sequence[Row]) -> Tensor:
    values, _ = column_values(learner.layout, row)
    parts = [placed(learner, row, rows), row.x.new_tensor(values), row.y_seen.to(row.x.dtype), elapsed(row)]
    return torch.relu(learner.record_token(torch.cat(parts)))


def elapsed(row: Row) -> Tensor:
    distance = abs(float(row.time))
    sign = (float(row.time) > 0) - (float(row.time) < 0)
    encodings = [torch.exp(torch.tensor(-distance / s, dtype=torch.float64)) for s in TIME_SCALES]
    signed = sign * torch.log1p(torch.tensor(distance, dtype=torch.float64))
    return torch.stack([*encodings, signed]).to(row.x.dtype)


def attention(
    query: Tensor, memory: Sequence[Tensor], heads: int, shares: Sequence[float] | None = None
) -> Tensor:
    """Each head apart: exponentials of the scores, times the records' shares, over one plus their sum."""
    width = len(query) // heads
    shares = [1.0] * len(memory) if shares is None else shares
    mixed = []
    for head in range(heads):
        own = slice(head * width, (head + 1) * width)
        weights, total, value = [], query.new_ones(()), query.new_zeros(width)
        for packed, of_record in zip(memory, shares, strict=True):
            score = query[own] @ packed[: len(query)][own] / width**0.5
            weights.append(of_record * torch.exp(torch.clamp(score, max=MOST)))
            total = total + weights[-1]
        for weight, packed in zip(weights, memory, strict=True):
            value = value + weight / total * packed[len(query) :][own]
        mixed.append(value)
    return torch.cat(mixed)


def normed(norm: torch.nn.LayerNorm, h: Tensor) -> Tensor:
    centred = h - h.mean()
    return centred / torch.sqrt((centred**2).mean() + norm.eps) * norm.weight + norm.bias


def refined(block: CrossAttentionBlock, token: Tensor, tokens: Sequence[Tensor]) -> Tensor:
    entered = block.enter(normed(block.norm, token))
    query, hidden = entered[: -len(token)], entered[-len(token) :]
    memory = [block.to_memory(normed(block.norm_memory, t)) for t in tokens]
    found = block.found(attention(query, memory, block.heads))
    return token + block.leave(torch.relu(hidden + found))


def matched(learner: NeuralProcess, query: Row, own: Sequence[Row]) -> tuple[Tensor, list[Tensor], Tensor]:
    """Average outcome by target column, evidence and mass by outcome, of the records like the query."""
    matching, averages, evidence, masses = learner.matching, [], [], []
    at = matching.key(placed(learner, query, own))
    start = 0
    for d, outcome in enumerate(learner.layout.outcomes):
        sharp, recency, floor = (
            p[d].exp() for p in (matching.log_sharp, matching.log_recency, matching.averages.log_floor)
        )
        summed, total = at.new_zeros(outcome.width), at.new_zeros(())
        for r in own:
            if r.y_seen[d]:
                distance = ((at - matching.key(placed(learner, r, own))) ** 2).sum()
                age = abs(query.time - r.time)
                weight = torch.exp(-sharp * distance) * (1.0 + age) ** -recency
                values = at.new_tensor(column_values(learner.layout, r)[0][start : start + outcome.width])
                summed, total = summed + weight * values, total + weight
        start += outcome.width
        prior = 0.0 if outcome.kind == "continuous" else floor / outcome.width
        averages.append((summed + prior) / (total + floor))
        evidence.append(averages[-1] if outcome.kind == "continuous" else torch.log(averages[-1]))
        masses.append(total / (1.0 + total))
    return torch.cat(averages), evidence, torch.stack(masses)


def reading(
    learner: NeuralProcess, memory: Sequence[Tensor], query: Row, own: Sequence[Row], context: Context
) -> tuple[Tensor, Tensor, Tensor | None]:
    at = placed(learner, query, own)
    read = attention(learner.ask(at), memory, learner.heads)
    if learner.path is not None:
        hidden = torch.relu(learner.enter(at) + learner.found(torch.cat([read, elapsed(query)])))
        return corrected(learner, hidden, *core_forecast(learner.path, context, own, query))
    average, evidence, mass = matched(learner, query, own)
    found = torch.cat([read, average, mass, elapsed(query)])
    hidden = torch.relu(learner.enter(at) + learner.found(found))
    return answered(learner.head, hidden, evidence, query, own)


def corrected(
    learner: NeuralProcess, hidden: Tensor, location: Tensor, scale: Tensor, df: Tensor
) -> tuple[Tensor, Tensor, Tensor | None]:
    """What the pretrained core says by series, laid out as target columns, and the head's correction of it."""
    correction = learner.head.linear(hidden)
    columns, scales, dfs, at = [], [], [], 0
    for outcome in learner.layout.outcomes:
        if outcome.kind == "continuous":
            columns.append(location[at])
            scales.append(scale[at])
            dfs.append(df[at])
        elif outcome.width == 2:
            columns += [torch.zeros_like(location[at]), location[at]]
        else:
            columns += list(location[at : at + outcome.width])
        at += 1 if outcome.width == 2 else outcome.width
    m = len(columns)
    wide = torch.log1p(torch.exp(torch.stack(scales) + correction[m:])) + 1e-3 if scales else correction[m:]
    free = freedom(torch.stack(dfs)) if dfs else None
    return torch.stack(columns) + correction[:m], wide, free if learner.head.student_t else None
