"""The neural process read one subject at a time: attention written out head by head, no padding, no mask."""

from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor

from meta_med.learners.neural_process import TIME_SCALES, Block, NeuralProcess
from tests.references.outer_loss import freedom
from tests.references.rows import Row, column_values, inputs_of, past_of, perceptron, weights_of

VARIANTS: tuple[dict[str, object], ...] = (
    {"width": 8, "heads": 2, "layers": 2},
    {"width": 6, "heads": 3, "layers": 1, "cohort_tokens": 3},
)


def predict(
    learner: NeuralProcess, context: Sequence[Row], own: Sequence[Row], query: Sequence[Row]
) -> list[tuple[Tensor, Tensor, Tensor | None]]:
    """(location, scale, df) of each query record of one subject."""
    tokens = cohort_tokens(learner, context) + [record_token(learner, r, own) for r in own]
    for layer in learner.encode:
        tokens = block(layer, tokens, tokens)
    return [reading(learner, tokens, q, own) for q in query]


def cohort_tokens(learner: NeuralProcess, context: Sequence[Row]) -> list[Tensor]:
    return block(
        learner.pool, list(learner.pool_queries), [record_token(learner, r, context) for r in context]
    )


def record_token(learner: NeuralProcess, row: Row, rows: Sequence[Row]) -> Tensor:
    values, seen = column_values(learner.layout, row)
    parts = [inputs_of(learner, row, rows), row.x.new_tensor(values), row.x.new_tensor(seen), elapsed(row)]
    return perceptron(weights_of(learner.record_token), "gelu", torch.cat(parts))


def elapsed(row: Row) -> Tensor:
    distance = abs(float(row.time))
    sign = (float(row.time) > 0) - (float(row.time) < 0)
    encodings = [torch.exp(torch.tensor(-distance / s, dtype=torch.float64)) for s in TIME_SCALES]
    signed = sign * torch.log1p(torch.tensor(distance, dtype=torch.float64))
    return torch.stack([*encodings, signed]).to(row.x.dtype)


def block(layer: Block, queries: Sequence[Tensor], keys: Sequence[Tensor]) -> list[Tensor]:
    """Each query looks at every key, then passes the feed-forward layer."""
    out = []
    for query in queries:
        h = query + layer.out(attention(layer, query, keys))
        out.append(h + perceptron(weights_of(layer.feed), "gelu", normed(layer.norm_f, h)))
    return out


def normed(norm: torch.nn.LayerNorm, h: Tensor) -> Tensor:
    centred = h - h.mean()
    return centred / torch.sqrt((centred**2).mean() + norm.eps) * norm.weight + norm.bias


def attention(layer: Block, query: Tensor, keys: Sequence[Tensor]) -> Tensor:
    if not keys:
        return torch.zeros_like(query)
    width = len(query) // layer.heads
    q = layer.to_q(normed(layer.norm_q, query))
    both = [layer.to_kv(normed(layer.norm_k, key)) for key in keys]
    mixed = []
    for head in range(layer.heads):
        own = slice(head * width, (head + 1) * width)
        k = [b[: len(query)][own] for b in both]
        v = [b[len(query) :][own] for b in both]
        share = torch.softmax(torch.stack([q[own] @ one / width**0.5 for one in k]), 0)
        mixed.append(sum(s * one for s, one in zip(share, v, strict=True)))
    return torch.cat(mixed)


def reading(
    learner: NeuralProcess, tokens: Sequence[Tensor], query: Row, own: Sequence[Row]
) -> tuple[Tensor, Tensor, Tensor | None]:
    start = torch.cat([inputs_of(learner, query, own), elapsed(query)])
    h = perceptron(weights_of(learner.query_token), "gelu", start)
    for layer in learner.decode:
        (h,) = block(layer, [h], tokens)
    norm, linear = learner.head
    raw, m = linear(normed(norm, h)), learner.layout.width
    location = raw[m : 2 * m]
    if learner.features.own_history:
        past = past_of(learner.layout, query, own)
        location = location + torch.sigmoid(raw[:m]) * past.known * past.last
    return location, F.softplus(raw[2 * m :]) + 1e-3, freedom(learner.raw_df)
