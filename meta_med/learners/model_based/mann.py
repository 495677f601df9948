"""Model-based: a memory-augmented neural network.

Santoro et al. 2016: records are presented in the order of their time, each with the outcome of the one before it
(x_t, y_{t-1}); a controller writes the pair to an external memory (`memory`) and reads, by content, rows similar to
x_t. A closing step presents the last outcome. The cohort's context is written first, once per cohort; each of its
subjects continues from that memory with the own records. Queries are read-only: each starts from the subject's
final state and writes nothing, so that predictions do not depend on their order and number.

Differences from the paper, so that it learns in hundreds of episodes instead of 100,000:
* A row is [key, outcome, mask, content]. Key: the embedding of x of the record the outcome belongs to, the same map
  for writing and for reading (the paper's controller must learn equal ones); read heads differ in their sharpness
  and in the weight of the cohort's rows. Content: from the controller.
* The memory has a slot for each record of the context and each own record, unless a number of slots is chosen: the
  paper's fixed number forgets the earlier records of a larger support set.
* Context records are of other subjects and have no order: each is presented with its own outcome to an initial
  controller and written to a slot, all at once (the newest, where a chosen number of slots is smaller; of one time, a
  selection by a hash of their content).
* Records of one time are a set: own records of one time are presented in the order of a hash of their content.
* Cosines are sharpened by a learned strength, unwritten slots are not read, and one row is written per step,
  for any number of read heads.
* The average outcome that was read also reaches the head directly, behind a learned gate.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import torch
from torch import Tensor, nn

from meta_med.episodes.batch import Records
from meta_med.learners.built_in_options import MANNOptions
from meta_med.learners.learner import Adapted, Learner
from meta_med.learners.model_based.memory import Controller, Memory, sharpened
from meta_med.learners.networks.attention import MOST, Averages, MatchedOutcomes
from meta_med.learners.networks.features import TIME_WIDTH, SharedEmbedding, elapsed
from meta_med.learners.networks.heads import GatedHead, Labels
from meta_med.learners.networks.history import OutcomeHistory, in_time
from meta_med.learners.networks.lenders import Lenders
from meta_med.outcomes import Outcome
from meta_med.prediction import Prediction


class MANN(Learner):
    """Memory-augmented neural network.

    At step t, with record t's embedding e_t and time, and the outcome of record t - 1:

        h_t = controller([e_t, y_{t-1}, observed_{t-1}, time_t, own], r_{t-1}),
        write [key(e_{t-1}), y_{t-1}, observed_{t-1}, content(h_t)],   read r_t at key(e_t).

    A query makes one such step without an outcome and without writing; a hidden layer on its embedding, h, r and
    the average outcome that it read leads to a `GatedHead`.

    Options: `MANNOptions`.
    """

    Options = MANNOptions

    def __init__(
        self,
        outcomes: Sequence[Outcome],
        n_covariates: int | Sequence[int],
        encoder: nn.Module | None,
        options: MANNOptions,
    ) -> None:
        super().__init__(outcomes, n_covariates, encoder, options)
        heads, keys, width = options.heads, options.keys, options.width
        self.slots, self.heads, self.decay = options.slots, heads, options.decay
        self.labels = Labels(self.layout, options.fresh_labels)
        self.place = SharedEmbedding(self.features, width, options.layers)
        outcome = self.layout.width + len(self.layout.outcomes)
        self.value_width = outcome + options.content
        self.key = nn.Linear(self.place.width, keys)
        self.controller = Controller(
            options.controller, self.place.width + outcome + TIME_WIDTH + 1, heads * self.value_width, width
        )
        self.content = nn.Linear(width, options.content)
        self.log_strength = nn.Parameter(torch.linspace(8.0, 4.0, heads).log())
        self.log_passing = nn.Parameter(torch.zeros(heads))
        self.write_gate = nn.Parameter(torch.tensor(-2.0))
        self.averages = Averages(self.layout)
        self.enter = nn.Linear(self.place.width, width)
        self.found = nn.Linear(width + heads * options.content + outcome + TIME_WIDTH, width, bias=False)
        self.head = GatedHead(
            self.layout,
            width,
            student_t=options.student_t,
            fresh_labels=options.fresh_labels,
            history=options.history,
        )

    def _adapt(self, context: Lenders, cohort: Tensor, support: Records) -> "AdaptedMANN":
        slots = self.slots or context.records.present.shape[1] + support.present.shape[1]
        inherited = self._cohort_memory(context, slots).inherited_by(cohort)
        state = State.first(inherited, self.controller.width, self.heads)
        shown, share, passing = self._steps(support), self.write_gate.sigmoid(), self._passing()
        for t, now in enumerate(shown):
            state = self._step(state, shown[t - 1] if t else None, now, share, passing)
        return AdaptedMANN(self, self._closing_step(state, shown, share) if shown else state, support)

    def _strength(self) -> Tensor:
        return self.log_strength.exp().clamp(max=MOST)

    def _passing(self) -> Tensor:
        return self.log_passing.exp().unsqueeze(-1)

    def _cohort_memory(self, context: Lenders, slots: int) -> Memory:
        """The cohorts' memories: one slot per record, the newest last, as if they had been written in turn."""
        past = context.past(self.features)
        placed, times, values, seen, here, when = self._in_time(context.records, past, absent_first=True)
        outcome = torch.cat([self.labels.masked(values), seen], -1)
        shown = torch.cat([placed, outcome, times, torch.zeros_like(here)], -1)
        blank = shown.new_zeros(self.controller.recur.in_features), shown.new_zeros(self.controller.width)
        hidden, _ = self.controller(self.controller.enter(shown), *blank)
        value = torch.cat([values, seen, self.content(hidden)], -1)
        return Memory.filled(slots, self.key(placed) * here, value * here, here, when, self.decay)

    def _in_time(
        self, records: Records, past: OutcomeHistory | None, absent_first: bool = False
    ) -> tuple[Tensor, ...]:
        """Embedding, encoded time, target columns, mask, presence and time (T, N, ·), in the order of the times."""
        inputs = self.features.inputs(records, past)
        values, _ = self.layout.targets(records.y, records.y_observed)
        order = in_time(records, absent_first)
        seen, here = (m.to(values.dtype) for m in (records.y_observed, records.present.unsqueeze(-1)))
        parts = (self.place(inputs), elapsed(records), values, seen, here, records.time.unsqueeze(-1))
        return tuple(t.take_along_dim(order.unsqueeze(-1), 1) for t in parts)

    def _steps(self, support: Records) -> "list[MemoryStep]":
        """The input of each step: record t, and the outcome of record t - 1."""
        placed, times, values, seen, here, _ = self._in_time(support, self.features.past(support, support))
        outcome = torch.cat([self.labels.masked(values), seen], -1)
        before = torch.cat([torch.zeros_like(outcome[:, :1]), outcome[:, :-1]], 1)
        entered = self.controller.enter(torch.cat([placed, before, times, torch.ones_like(here)], -1))
        key = self.key(placed)
        queried = sharpened(key, self._strength())
        columns = (entered, queried, key, torch.cat([values, seen], -1), outcome, here)
        return [MemoryStep(*parts) for parts in zip(*(c.unbind(1) for c in columns), strict=True)]

    def _step(
        self, state: "State", before: "MemoryStep | None", now: "MemoryStep", share: Tensor, passing: Tensor
    ) -> "State":
        """The state after a record: write the previous one, then read rows similar to this one."""
        hidden, cell = self.controller(now.entered, state.held, state.cell)
        memory = state.memory if before is None else self._write(state, before, hidden, share, now.here)
        weights = memory.read_weights(now.queried, passing)
        read, mean = self._flat_read(torch.bmm(weights, memory.values)), weights.mean(1)
        after = torch.cat([read, hidden, cell, mean], -1)
        return state.then(memory.refreshed(mean, now.here), after, now.here)

    def _flat_read(self, read: Tensor) -> Tensor:
        """The rows read (T, heads, V), concatenated for the controller's next step."""
        if self.labels.fresh:
            m = self.layout.width
            read = torch.cat([self.labels.masked(read[..., :m]), read[..., m:]], -1)
        return read.flatten(1)

    def _closing_step(self, state: "State", shown: "list[MemoryStep]", share: Tensor) -> "State":
        """The state after a closing step that presents the last record's outcome."""
        last = _last(shown)
        nothing = last.outcome.new_zeros(len(last.here), self.place.width)
        time, own = last.outcome.new_zeros(len(last.here), TIME_WIDTH), torch.ones_like(last.here)
        entered = self.controller.enter(torch.cat([nothing, last.outcome, time, own], -1))
        hidden, cell = self.controller(entered, state.held, state.cell)
        memory = self._write(state, last, hidden, share, last.here)
        read = state.held[..., : -self.controller.width]
        return state.then(memory, torch.cat([read, hidden, cell, state.weights], -1), last.here)

    def _write(
        self, state: "State", record: "MemoryStep", hidden: Tensor, share: Tensor, due: Tensor
    ) -> Memory:
        value = torch.cat([record.value, self.content(hidden)], -1)
        return state.memory.written(record.key, value, state.weights, share, self.decay, due)

    def read(self, adapted: "AdaptedMANN", query: Records) -> Prediction:
        """Predict: each query makes a step of its own from the final state, and writes nothing."""
        inputs, past = self.features(query, adapted.support)
        placed, time, state = self.place(inputs), elapsed(query), adapted.state
        nothing = placed.new_zeros(*placed.shape[:2], self.layout.width + len(self.layout.outcomes))
        own = torch.ones_like(placed[..., :1])
        entered = self.controller.enter(torch.cat([placed, nothing, time, own], -1))
        hidden, _ = self.controller(entered, state.held.unsqueeze(1), state.cell.unsqueeze(1))
        queried = sharpened(self.key(placed), self._strength()).flatten(1, 2)
        weights = state.memory.read_weights(queried, self._passing().repeat(placed.shape[1], 1))
        read = weights @ state.memory.values
        read = read.reshape(*placed.shape[:2], self.heads, self.value_width)
        matched, content = self._averaged(read)
        found = torch.cat(
            [hidden, content.flatten(2), self.labels.masked(matched.average), matched.mass, time], -1
        )
        prediction: Prediction = self.head(torch.relu(self.enter(placed) + self.found(found)), matched, past)
        return prediction

    def _averaged(self, read: Tensor) -> tuple[MatchedOutcomes, Tensor]:
        """The rows read (B, Q, heads, R) as average outcomes (over heads) and content (B, Q, heads, ·)."""
        m, d = self.layout.width, len(self.layout.outcomes)
        sums, totals, content = torch.split(read, [m, d, self.content.out_features], -1)
        sums = sums.mean(2)
        matched: MatchedOutcomes = self.averages([sums[..., c] for c in self.layout.columns], totals.mean(2))
        return matched, content


@dataclass(frozen=True)
class MemoryStep:
    """Inputs of T tasks at one step: `entered`, the controller's map of the input (with the outcome of the record
    before); the record's key for reading, `queried` (T, heads, E), and for writing, `key` (T, E); value [y, mask] and
    outcome; here (T, 1), 1 where there is a record.
    """  # fmt: skip

    entered: Tensor
    queried: Tensor
    key: Tensor
    value: Tensor
    outcome: Tensor
    here: Tensor


@dataclass(frozen=True)
class State:
    """State of T tasks: memory; held = [last row read, controller's h]; cell c (T, W); weights w^r (T, N)."""

    memory: Memory
    held: Tensor
    cell: Tensor
    weights: Tensor

    @classmethod
    def first(cls, memory: Memory, width: int, heads: int) -> "State":
        """The state before the first step."""
        tasks, _, value = memory.values.shape
        zeros = memory.values.new_zeros
        held, cell = zeros(tasks, heads * value + width), zeros(tasks, width)
        return cls(memory, held, cell, torch.zeros_like(memory.usage))

    def then(self, memory: Memory, after: Tensor, here: Tensor) -> "State":
        """The state with `memory`, and with after = [held, cell, weights] where here (T, 1) is 1."""
        parts = [self.held, self.cell, self.weights]
        kept = torch.where(here > 0, after, torch.cat(parts, -1))
        return State(memory, *torch.split(kept, [p.shape[-1] for p in parts], -1))


@dataclass(frozen=True)
class AdaptedMANN(Adapted):
    """The final state of B subjects."""

    learner: MANN
    state: State
    support: Records

    def _predict(self, query: Records) -> Prediction:
        return self.learner.read(self, query)


def _last(shown: list[MemoryStep]) -> MemoryStep:
    """Each task's last present record (the first one where there is none)."""
    count = torch.stack([step.here for step in shown], 1).sum((1, 2))
    index, task = (count - 1.0).clamp(min=0.0).long(), torch.arange(len(count), device=count.device)
    columns = (torch.stack([getattr(step, f.name) for step in shown], 1) for f in fields(MemoryStep))
    return MemoryStep(*(c[task, index] for c in columns))
