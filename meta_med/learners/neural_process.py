"""Model-based: an in-context neural process, attention over a subject's records and its cohort.

Garnelo et al. 2018 (Conditional Neural Processes), Kim et al. 2019 (Attentive Neural Processes), Nguyen & Grover
2022 (Transformer Neural Processes): no latent variable, adaptation is one forward pass. The cohort's context is
pooled by attention into a few tokens, once per cohort; a query reads these and the subject's own records, and
finds the outcomes of the support records most like it. Permutation-invariant but for the records' times.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from meta_med.episodes import Records
from meta_med.learners.attention import Refine, attend
from meta_med.learners.elapsed import TIME_WIDTH, elapsed
from meta_med.learners.features import RecordFeatures
from meta_med.learners.history import History
from meta_med.learners.learner import Adapted, Learner, degrees_of_freedom
from meta_med.learners.matching import Matched, Matching, Observed
from meta_med.learners.option_ranges import check_ranges
from meta_med.outcomes import Outcome
from meta_med.prediction import Prediction, positive_scale

# Where the gate of the attentive path starts: at 1/2, lower where the last own value is linked beside it.
MATCH_START, MATCH_START_BESIDE_LAST = -0.4328, -2.0


class NeuralProcess(Learner):
    """In-context neural process with an attentive path.

    h = relu(W x) is one embedding of x for records and queries (the encoder's own, where there is one). Record
    token: r = relu(W_r [h, y, observed, time]), refined by `blocks` of self-attention; the cohort's tokens c are
    pooled from its context's. A query with embedding h finds a = attention(h; [c, r]) and, by `Matching`, the
    average outcome v and the mass m of support records like it:

        z = relu(W_1 h + W_2 [a, v, m, time]),   (gate, match, delta, s) = W_3 z,
        location = delta + sigmoid(gate) * last own value + softplus(match + start) * v   (log v for a class),
        scale = softplus(s), Student t likelihood.

    Args:
        width: of embeddings and tokens; layers: hidden layers of the embedding (None: one on covariates, none on
            an encoder's embedding; a further one always stands after the attention);
        attention: width of all heads together, divisible by heads (one by default: matching adds one an outcome,
            and more changed nothing on pbc but the time); keys: width of the keys that are matched;
        blocks: self-attention among the records before they are read; cohort_tokens: tokens of a cohort;
        dropout: inside the blocks and before the head; student_t: heavy-tailed likelihood;
        fresh_labels: class labels are drawn anew for each task and mean nothing beyond it: only the attentive
            path sees them, so that permuting them permutes the prediction. Not with history.

    Raises:
        ValueError: an option outside its range.

    """

    def __init__(
        self,
        outcomes: Sequence[Outcome],
        n_covariates: int | Sequence[int],
        encoder: nn.Module | None = None,
        *,
        width: int = 64,
        layers: int | None = None,
        attention: int = 32,
        heads: int = 1,
        keys: int = 16,
        blocks: int = 0,
        cohort_tokens: int = 2,
        dropout: float = 0.0,
        student_t: bool = True,
        fresh_labels: bool = False,
        history: bool = False,
    ) -> None:
        super().__init__(outcomes)
        depth = (1 if encoder is None else 0) if layers is None else layers
        check_ranges(
            at_least_0={"layers": depth, "blocks": blocks, "cohort_tokens": cohort_tokens},
            at_least_1={"width": width, "attention": attention, "heads": heads, "keys": keys},
        )
        _check(attention, heads, dropout, fresh_labels and history)
        m, d, dc = self.layout.width, len(self.layout.outcomes), len(self.layout.continuous)
        self.heads, self.parts = heads, [attention, width]
        self.features = RecordFeatures(self.layout, n_covariates, encoder, history)
        self.place = _hidden(self.features.width, width, depth)
        placed, beside = width if depth else self.features.width, m + d + TIME_WIDTH
        self.record_token = nn.Linear(placed + beside, width)
        self.pool_queries = nn.Parameter(torch.randn(cohort_tokens, attention))
        self.pool_memory, self.pool = nn.Linear(width, 2 * attention), nn.Linear(attention, width)
        self.blocks = nn.ModuleList(Refine(width, attention, heads, dropout) for _ in range(blocks))
        self.to_memory = nn.Linear(width, 2 * attention)
        self.matching = Matching(self.layout, placed, keys)
        self.enter = nn.Linear(placed, attention + width)
        self.found = nn.Linear(attention + beside, width, bias=False)
        self.drop = nn.Dropout(dropout)
        self.head = nn.Linear(width, 2 * m + d + dc)
        self.match_start = MATCH_START_BESIDE_LAST if history else MATCH_START
        self.raw_df = nn.Parameter(torch.full((dc,), 3.0)) if student_t else None
        self.named_columns = self._named_columns() if fresh_labels else None

    def _named_columns(self) -> tuple[float, ...]:
        """1 for target columns whose place means something, 0 for those of classes."""
        widths = ((o.kind == "continuous", o.width) for o in self.layout.outcomes)
        return tuple(float(named) for named, width in widths for _ in range(width))

    def _named(self, columns: Tensor) -> Tensor:
        """The columns (..., M) with zeros for classes, if their labels are fresh."""
        return columns if self.named_columns is None else columns * columns.new_tensor(self.named_columns)

    def _adapt(self, context: Records, cohort: Tensor, support: Records) -> "AdaptedNeuralProcess":
        of_cohort = self._cohort_tokens(context)
        placed, values, own = self._record_tokens(support)
        seen = own.new_ones(len(cohort), of_cohort.shape[1])
        seen = torch.cat([seen, support.present.to(own.dtype)], 1)
        for block in self.blocks:
            if isinstance(block, Refine):
                read = torch.cat([block.memory(of_cohort)[cohort], block.memory(own)], 1)
                own = block(own, read, seen)
        memory = torch.cat([self.to_memory(of_cohort)[cohort], self.to_memory(own)], 1)
        return AdaptedNeuralProcess(
            self, memory, seen, self.matching.observed(placed, values, support), support
        )

    def _record_tokens(self, records: Records) -> tuple[Tensor, Tensor, Tensor]:
        """Embedding (B, N, ·), target columns (B, N, M) and token (B, N, W) of records."""
        inputs, _ = self.features(records, records)
        placed = self.place(inputs)
        values, _ = self.layout.targets(records.y, records.y_observed)
        parts = [placed, self._named(values), records.y_observed.to(values.dtype), elapsed(records)]
        return placed, values, torch.relu(self.record_token(torch.cat(parts, -1)))

    def _cohort_tokens(self, context: Records) -> Tensor:
        """(K, tokens, W) of the cohorts, each pooled from its context (K, C)."""
        tokens = self._record_tokens(context)[-1]
        queries = self.pool_queries.expand(len(context), -1, -1)
        seen = context.present.to(tokens.dtype)
        pooled: Tensor = self.pool(attend(queries, self.pool_memory(tokens), seen, self.heads))
        return pooled

    def read(self, adapted: "AdaptedNeuralProcess", query: Records) -> Prediction:
        """Queries read the subject's and the cohort's tokens, and what the records like them held."""
        inputs, past = self.features(query, adapted.support)
        placed = self.place(inputs)
        matched: Matched = self.matching(placed, query.time, adapted.observed)
        asked, hidden = torch.split(self.enter(placed), self.parts, -1)
        read = attend(asked, adapted.memory, adapted.seen, self.heads)
        found = torch.cat([read, self._named(matched.average), matched.mass, elapsed(query)], -1)
        return self._prediction(self.head(self.drop(torch.relu(hidden + self.found(found)))), matched, past)

    def _prediction(self, raw: Tensor, matched: Matched, past: History | None) -> Prediction:
        m, d, dc = self.layout.width, len(self.layout.outcomes), len(self.layout.continuous)
        gate, match, delta, scale = torch.split(raw, [m, d, m, dc], -1)
        trust = F.softplus(match + self.match_start)
        taken = [trust[..., i : i + 1] * evidence for i, evidence in enumerate(matched.evidence)]
        location = self._named(delta) + torch.cat(taken, -1)
        if past is not None:
            location = location + torch.sigmoid(gate) * past.known * past.last
        df = None if self.raw_df is None else degrees_of_freedom(self.raw_df)
        return Prediction(self.layout, location, positive_scale(scale), df)


@dataclass(frozen=True)
class AdaptedNeuralProcess(Adapted):
    """Tokens of B subjects and their cohorts as keys and values (B, N, 2 attention), and what can be matched."""

    learner: NeuralProcess
    memory: Tensor
    seen: Tensor
    observed: Observed
    support: Records

    def _predict(self, query: Records) -> Prediction:
        return self.learner.read(self, query)


def _hidden(inputs: int, width: int, depth: int) -> nn.Sequential:
    layers: list[nn.Module] = []
    for i in range(depth):
        layers += [nn.Linear(width if i else inputs, width), nn.ReLU()]
    return nn.Sequential(*layers)


def _check(attention: int, heads: int, dropout: float, fresh_with_history: bool) -> None:
    if attention % heads:
        raise ValueError(f"heads: must divide attention = {attention}, got {heads}")
    if not 0.0 <= dropout < 1.0:
        raise ValueError(f"dropout: must lie in [0, 1), got {dropout}")
    if fresh_with_history:
        raise ValueError("fresh_labels: not with history, which names the classes; got both True")
