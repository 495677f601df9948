"""Model-based: an in-context neural process, a small transformer over a subject's records.

Garnelo et al. 2018 (Conditional Neural Processes), Nguyen & Grover 2022 (Transformer Neural Processes):
no latent variable, adaptation is one forward pass. Cohort context tokens are pooled by attention into a few
cohort tokens once per cohort; the subject's support tokens attend to these and to each other; query tokens
only read. Permutation-invariant but for the records' times.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from meta_med.episodes import Records
from meta_med.learners.features import RecordFeatures, mlp
from meta_med.learners.history import History
from meta_med.learners.learner import Adapted, Learner, degrees_of_freedom
from meta_med.outcomes import Outcome
from meta_med.prediction import Prediction, positive_scale

TIME_SCALES = (0.1, 0.5, 1.0, 2.0, 5.0)


class NeuralProcess(Learner):
    """In-context neural process.

    With tokens e_i of the support, cohort tokens c and a query token q (which carries the last own value, its
    age and the mean so far), h = CrossAttention(q, [c, e]) and for each target column
    location = sigmoid(gate(h)) * last + delta(h), scale = softplus(s(h)), Student t likelihood.

    Args:
        width: token width; heads: attention heads; layers: blocks on each side;
        cohort_tokens: tokens a cohort is pooled into; dropout: inside the blocks.

    """

    def __init__(
        self,
        outcomes: Sequence[Outcome],
        n_covariates: int,
        encoder: nn.Module | None = None,
        *,
        width: int = 64,
        heads: int = 4,
        layers: int = 2,
        cohort_tokens: int = 2,
        dropout: float = 0.0,
        history: bool = False,
    ) -> None:
        super().__init__(outcomes)
        m, dc = self.layout.width, len(self.layout.continuous)
        self.features = RecordFeatures(self.layout, n_covariates, encoder, history)
        time_width = len(TIME_SCALES) + 1
        self.record_token = mlp([self.features.width + 2 * m + time_width, width, width], "gelu")
        self.query_token = mlp([self.features.width + time_width, width, width], "gelu")
        self.pool_queries = nn.Parameter(torch.randn(cohort_tokens, width) / width**0.5)
        self.pool = Block(width, heads, dropout)
        self.encode = nn.ModuleList(Block(width, heads, dropout) for _ in range(layers))
        self.decode = nn.ModuleList(Block(width, heads, dropout) for _ in range(layers))
        self.head = nn.Sequential(nn.LayerNorm(width), nn.Linear(width, 2 * m + dc))
        self.raw_df = nn.Parameter(torch.full((dc,), 3.0))

    def _adapt(self, context: Records, cohort: Tensor, support: Records) -> "AdaptedNeuralProcess":
        cohort_tokens, cohort_seen = self._cohort_tokens(context, cohort)
        own = self._record_tokens(support)
        seen = torch.cat([cohort_seen, support.present], 1)
        tokens = torch.cat([cohort_tokens, own], 1)
        for block in self.encode:
            tokens = block(tokens, tokens, seen)
        return AdaptedNeuralProcess(self, tokens, seen, support)

    def _cohort_tokens(self, context: Records, cohort: Tensor) -> tuple[Tensor, Tensor]:
        k = len(context)
        queries = self.pool_queries.expand(k, -1, -1)
        pooled = self.pool(queries, self._record_tokens(context), context.present)
        seen = torch.ones(pooled.shape[:2], dtype=torch.bool, device=pooled.device)
        return pooled[cohort], seen[cohort]

    def _record_tokens(self, records: Records) -> Tensor:
        inputs, _ = self.features(records, records)
        values, seen = self.layout.targets(records.y, records.y_observed)
        parts = [inputs, values, seen.to(values.dtype), elapsed(records)]
        token: Tensor = self.record_token(torch.cat(parts, -1))
        return token

    def read(self, tokens: Tensor, seen: Tensor, query: Records, support: Records) -> Prediction:
        """Query tokens read the subject's tokens; the head turns them into a distribution."""
        inputs, past = self.features(query, support)
        h = self.query_token(torch.cat([inputs, elapsed(query)], -1))
        for block in self.decode:
            h = block(h, tokens, seen)
        return self._prediction(self.head(h), past)

    def _prediction(self, raw: Tensor, past: History | None) -> Prediction:
        m = self.layout.width
        gate, delta, scale = raw[..., :m], raw[..., m : 2 * m], raw[..., 2 * m :]
        location = delta if past is None else delta + torch.sigmoid(gate) * past.known * past.last
        return Prediction(self.layout, location, positive_scale(scale), degrees_of_freedom(self.raw_df))


@dataclass(frozen=True)
class AdaptedNeuralProcess(Adapted):
    """A subject's and its cohort's tokens, ready to be read."""

    learner: NeuralProcess
    tokens: Tensor
    seen: Tensor
    support: Records

    def _predict(self, query: Records) -> Prediction:
        return self.learner.read(self.tokens, self.seen, query, self.support)


class Block(nn.Module):
    """Pre-norm attention from `queries` to `keys`, then a feed-forward layer. With no key seen it adds zero."""

    def __init__(self, width: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.norm_q, self.norm_k, self.norm_f = (nn.LayerNorm(width) for _ in range(3))
        self.to_q, self.to_kv = nn.Linear(width, width), nn.Linear(width, 2 * width)
        self.out, self.drop = nn.Linear(width, width), nn.Dropout(dropout)
        self.feed = mlp([width, 2 * width, width], "gelu")

    def forward(self, queries: Tensor, keys: Tensor, seen: Tensor) -> Tensor:
        """queries (B, Q, W), keys (B, N, W), seen (B, N) bool -> (B, Q, W)."""
        attended = self._attend(self.norm_q(queries), self.norm_k(keys), seen)
        queries = queries + self.drop(self.out(attended))
        fed: Tensor = queries + self.drop(self.feed(self.norm_f(queries)))
        return fed

    def _attend(self, queries: Tensor, keys: Tensor, seen: Tensor) -> Tensor:
        if keys.shape[1] == 0:
            return torch.zeros_like(queries)
        q = self._split(self.to_q(queries))
        k, v = (self._split(t) for t in self.to_kv(keys).chunk(2, -1))
        # A row with no key seen attends everywhere (a softmax needs something) and is zeroed below.
        mask = seen | ~seen.any(1, keepdim=True)
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=mask[:, None, None, :])
        return mixed.transpose(1, 2).flatten(2) * seen.any(1)[:, None, None].to(q.dtype)

    def _split(self, t: Tensor) -> Tensor:
        return t.reshape(*t.shape[:-1], self.heads, -1).transpose(1, 2)


def elapsed(records: Records) -> Tensor:
    """(B, N, 6) smooth encodings of a record's time: exponentials of several scales and a signed log."""
    scales = torch.tensor(TIME_SCALES, dtype=records.time.dtype, device=records.time.device)
    distance = records.time.abs().unsqueeze(-1)
    signed = torch.sign(records.time).unsqueeze(-1) * torch.log1p(distance)
    return torch.cat([torch.exp(-distance / scales), signed], -1)
