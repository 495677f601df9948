"""Model-based: an in-context neural process, attention over a subject's records and its cohort.

Garnelo et al. 2018 (Conditional Neural Processes), Kim et al. 2019 (Attentive Neural Processes), Nguyen & Grover
2022 (Transformer Neural Processes): no latent variable, adaptation is one forward pass. The cohort's context is
pooled by attention into a few tokens, once per cohort; a query reads these and the subject's own records, and
is matched with the outcomes of similar support records. Predictions are invariant to the records' order. For tables of
patients the network corrects a core that is pretrained on simulated patients (`pretraining.pretrain`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from meta_med.episodes.batch import EpisodeBatch, Records
from meta_med.learners.built_in_options import NeuralProcessOptions
from meta_med.learners.learner import Adapted, Learner
from meta_med.learners.model_based.series_path import Clock, SeriesPath
from meta_med.learners.networks.attention import (
    CrossAttentionBlock,
    MatchedOutcomes,
    Matching,
    Observed,
    attend,
)
from meta_med.learners.networks.features import TIME_WIDTH, SharedEmbedding, elapsed
from meta_med.learners.networks.heads import CorrectedHead, GatedHead, Labels
from meta_med.learners.networks.history import OutcomeHistory
from meta_med.learners.networks.lenders import Lenders
from meta_med.outcomes import Outcome
from meta_med.prediction import Prediction

# With a pretrained core. Shares of the learning rate from 0.35 to 1 for correction and core were tried on tuning
# patients of pbc, dosing and opioid; the correction has few patients to learn from.
CORRECTION_RATE_SHARE, CORRECTION_DROPOUT = 0.4, 0.2


class NeuralProcess(Learner):
    """In-context neural process with an attentive path.

    h is one embedding of x for records and queries (an encoder's, or x itself, and `layers` of relu(W h)). Record
    token: r = relu(W_r [h, y, observed, time]), refined by `blocks` of self-attention; the cohort's tokens c are
    pooled from those of its context. A query with embedding h has a = attention(h; [c, r]) and, by `Matching`, the
    average outcome v and the mass m of similar support records:

        z = relu(W_1 h + W_2 [a, v, m, time]),

    from which a `GatedHead` computes location, scale and Student t likelihood, with gates on v (log v for a class) and
    on the last own value. With `pretrained` a `CorrectedHead` adds a function of z, initially zero, to the forecast of
    the pretrained core; the core matches own values, so v and m are left out, and times are in the study's own unit.

    Options: `NeuralProcessOptions`.

    Raises:
        WeightsDoNotFit: the pretrained weights are missing, damaged or of another version.

    """

    Options = NeuralProcessOptions

    def __init__(
        self,
        outcomes: Sequence[Outcome],
        n_covariates: int | Sequence[int],
        encoder: nn.Module | None,
        options: NeuralProcessOptions,
    ) -> None:
        super().__init__(outcomes, n_covariates, encoder, options)
        width, attention, heads = options.width, options.attention, options.heads
        pretrained = options.pretrained and options.history
        dropout = options.dropout
        if dropout is None:
            dropout = CORRECTION_DROPOUT if pretrained else 0.0
        self.heads = heads
        self.labels = Labels(self.layout, options.fresh_labels)
        self.place = SharedEmbedding(self.features, width, options.layers)
        placed = self.place.width
        beside = self.layout.width + len(self.layout.outcomes) + TIME_WIDTH
        self.record_token = nn.Linear(placed + beside, width)
        self.pool_queries = nn.Parameter(torch.randn(options.cohort_tokens, attention))
        self.pool_memory, self.pool = nn.Linear(width, 2 * attention), nn.Linear(attention, width)
        self.blocks = nn.ModuleList(
            CrossAttentionBlock(width, attention, heads, dropout) for _ in range(options.blocks)
        )
        self.to_memory = nn.Linear(width, 2 * attention)
        self.matching = None if pretrained else Matching(self.layout, placed, options.keys)
        self.ask, self.enter = nn.Linear(placed, attention), nn.Linear(placed, width)
        self.found = nn.Linear(attention + (TIME_WIDTH if pretrained else beside), width, bias=False)
        self.drop = nn.Dropout(dropout)
        self.path = SeriesPath(self.layout) if pretrained else None
        self.clock = Clock() if pretrained else None
        self.head: nn.Module = (
            GatedHead(
                self.layout,
                width,
                student_t=options.student_t,
                fresh_labels=options.fresh_labels,
                history=options.history,
            )
            if self.path is None
            else CorrectedHead(self.path, width, student_t=options.student_t)
        )

    def parameter_groups(self) -> list[tuple[float, list[nn.Parameter]]]:
        """The correction has a smaller share of the learning rate than the pretrained core."""
        if self.path is None:
            return super().parameter_groups()
        core = list(self.path.parameters())
        known = {id(parameter) for parameter in core}
        return [(1.0, core), (CORRECTION_RATE_SHARE, [p for p in self.parameters() if id(p) not in known])]

    def _loss(self, batch: EpisodeBatch) -> Tensor:
        """The loss of every learner; the first training episodes set the clock."""
        if self.clock is not None and self.training:
            self.clock.set_unit(batch)
        return super()._loss(batch)

    def _of_cohorts(self, context: Lenders) -> "CohortTokens":
        others = None if self.path is None else self.path.others(context)
        return CohortTokens(self._cohort_tokens(context), others)

    def _adapt(self, of_cohorts: "CohortTokens", cohort: Tensor, support: Records) -> "AdaptedNeuralProcess":
        of_cohort = of_cohorts.tokens
        rescaled = self._rescaled(support)
        placed, values, own = self._record_tokens(rescaled, self.features.past(rescaled, rescaled))
        seen = own.new_ones(len(cohort), of_cohort.shape[1])
        seen = torch.cat([seen, support.present.to(own.dtype)], 1)
        for block in self.blocks:
            if isinstance(block, CrossAttentionBlock):
                read = torch.cat([block.memory(of_cohort).index_select(0, cohort), block.memory(own)], 1)
                own = block(own, read, seen)
        memory = torch.cat([self.to_memory(of_cohort).index_select(0, cohort), self.to_memory(own)], 1)
        others = None if of_cohorts.others is None else of_cohorts.others.index_select(0, cohort)
        observed = None if self.matching is None else self.matching.observed(placed, values, rescaled)
        return AdaptedNeuralProcess(self, memory, seen, observed, support, others)

    def _rescaled(self, records: Records) -> Records:
        return records if self.clock is None else self.clock.rescaled(records)

    def _record_tokens(self, records: Records, past: OutcomeHistory | None) -> tuple[Tensor, Tensor, Tensor]:
        """Embedding (B, N, ·), target columns (B, N, M) and token (B, N, W) of records."""
        placed = self.place(self.features.inputs(records, past))
        values, _ = self.layout.targets(records.y, records.y_observed)
        parts = [placed, self.labels.masked(values), records.y_observed.to(values.dtype), elapsed(records)]
        return placed, values, self.record_token(torch.cat(parts, -1)).relu_()

    def _cohort_tokens(self, context: Lenders) -> Tensor:
        """(K, tokens, W) of the cohorts, each pooled from its context."""
        context = Lenders(self._rescaled(context.series))
        tokens = self._record_tokens(context.records, context.past(self.features))[-1]
        queries = self.pool_queries.expand(len(tokens), -1, -1)
        seen = context.even(context.records.present.to(tokens.dtype).unsqueeze(-1)).squeeze(-1)
        pooled: Tensor = self.pool(attend(queries, self.pool_memory(tokens), seen, self.heads))
        return pooled

    def read(self, adapted: "AdaptedNeuralProcess", query: Records) -> Prediction:
        """Predict by attention to the subject's and the cohort's tokens, and by matched outcomes."""
        support = adapted.support
        query, support = self._rescaled(query), self._rescaled(support)
        inputs, past = self.features(query, support)
        placed = self.place(inputs)
        read = attend(self.ask(placed), adapted.memory, adapted.seen, self.heads)
        if self.matching is None or adapted.observed is None:
            return self._corrected(adapted, support, query, self._hidden(placed, [read, elapsed(query)]))
        matched: MatchedOutcomes = self.matching(placed, query.time, adapted.observed)
        found = [read, self.labels.masked(matched.average), matched.mass, elapsed(query)]
        prediction: Prediction = self.head(self._hidden(placed, found), matched, past)
        return prediction

    def _corrected(
        self, adapted: "AdaptedNeuralProcess", support: Records, query: Records, hidden: Tensor
    ) -> Prediction:
        """The pretrained core's forecast, corrected by the hidden state; times are in the study's unit."""
        core = self.path(query, support, adapted.others) if self.path is not None else None
        corrected: Prediction = self.head(hidden, self.path, core)
        return corrected

    def _hidden(self, placed: Tensor, found: Sequence[Tensor]) -> Tensor:
        hidden: Tensor = self.drop(self.enter(placed).add_(self.found(torch.cat(list(found), -1))).relu_())
        return hidden


@dataclass(frozen=True)
class CohortTokens:
    """What K cohorts lend: tokens (K, N, W), and the series summarised for the pretrained core, where there is one."""

    tokens: Tensor
    others: Tensor | None


@dataclass(frozen=True)
class AdaptedNeuralProcess(Adapted):
    """Tokens of B subjects and their cohorts as keys and values (B, N, 2 attention), and the records for matching.

    `others` (B, series, 3) summarises the cohorts for the pretrained core.
    """

    learner: NeuralProcess
    memory: Tensor
    seen: Tensor
    observed: Observed | None
    support: Records
    others: Tensor | None = None

    def _predict(self, query: Records) -> Prediction:
        return self.learner.read(self, query)
