"""Model-based: a memory-augmented neural network.

Santoro et al. 2016: records are presented in the order of their time, each with the outcome of the one before it
(x_t, y_{t-1}); a controller binds the two in an external memory (`memory`) and finds, by content, what is like
x_t. A closing step brings the last outcome. The cohort's context is written first, once per cohort; each of its
subjects goes on from there with their own records. Queries are read-only: each starts from the subject's final
state and writes nothing, so their order and number change nothing.

Where this departs from the paper, so that it learns in hundreds of episodes and not in 100,000:
* A row is [key, outcome, mask, content]. Key: the embedding of x of the record the outcome belongs to, the same map
  for writing and for reading (the paper's controller must learn to make both alike). Content: from the controller.
* Cosines are sharpened by a learned strength, slots never written are not read, and one row is written a step,
  whatever the number of read heads.
* What was read reaches the head as an average outcome behind a learned gate too, not only through the network.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import torch
from torch import Tensor, nn

from meta_med.episodes import Records
from meta_med.learners.attention import MOST
from meta_med.learners.controller import Controller
from meta_med.learners.elapsed import TIME_WIDTH, elapsed
from meta_med.learners.features import RecordFeatures
from meta_med.learners.gated_head import GatedHead
from meta_med.learners.labels import Labels, check_labels
from meta_med.learners.learner import Adapted, Learner
from meta_med.learners.matching import Averages, Matched
from meta_med.learners.memory import Memory
from meta_med.learners.option_ranges import check_ranges
from meta_med.learners.placing import Placing
from meta_med.outcomes import Outcome
from meta_med.prediction import Prediction


class MANN(Learner):
    """Memory-augmented neural network.

    At step t, with record t's embedding e_t and time, and the outcome of record t - 1:

        h_t = controller([e_t, y_{t-1}, observed_{t-1}, time_t, own], r_{t-1}),
        write [key(e_{t-1}), y_{t-1}, observed_{t-1}, content(h_t)],   read r_t at key(e_t) + steer(h_t).

    A query makes one such step without an outcome and without writing; a hidden layer on its embedding, h, r and
    the average outcome that it read leads to a `GatedHead`.

    Args:
        width: of the embedding and the controller; layers: hidden layers of the embedding (None: one on
            covariates, none on an encoder's embedding); controller: "lstm" or "feedforward";
        slots: rows of the memory; keys: width of the addressed part of a row; content: of what the controller
            adds to it; heads: read heads; decay: of usage, in (0, 1);
        student_t: heavy-tailed likelihood; fresh_labels: class labels are drawn anew for each task and mean
            nothing beyond it, so permuting them permutes the prediction. Not with history.

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
        controller: str = "lstm",
        slots: int = 32,
        keys: int = 16,
        content: int = 16,
        heads: int = 1,
        decay: float = 0.95,
        student_t: bool = True,
        fresh_labels: bool = False,
        history: bool = False,
    ) -> None:
        super().__init__(outcomes)
        check_ranges(at_least_1={"slots": slots, "keys": keys, "content": content, "heads": heads})
        if not 0.0 < decay < 1.0:
            raise ValueError(f"decay: must lie in (0, 1), got {decay}")
        check_labels(fresh_labels, history)
        self.slots, self.heads, self.decay = slots, heads, decay
        self.labels = Labels(self.layout, fresh_labels)
        self.features = RecordFeatures(self.layout, n_covariates, encoder, history)
        self.place = Placing(self.features, width, layers)
        outcome = self.layout.width + len(self.layout.outcomes)
        self.row_width = keys + outcome + content
        self.key = nn.Linear(self.place.width, keys)
        self.controller = Controller(
            controller, self.place.width + outcome + TIME_WIDTH + 1, heads * self.row_width, width
        )
        self.content, self.steer = nn.Linear(width, content), nn.Linear(width, heads * keys)
        self.log_strength = nn.Parameter(torch.full((heads,), 8.0).log())
        self.log_passing = nn.Parameter(torch.zeros(heads))
        self.write_gate = nn.Parameter(torch.tensor(-2.0))
        self.averages = Averages(self.layout)
        self.enter = nn.Linear(self.place.width, width)
        self.found = nn.Linear(width + heads * content + outcome + TIME_WIDTH, width, bias=False)
        self.head = GatedHead(
            self.layout, width, student_t=student_t, fresh_labels=fresh_labels, history=history
        )

    def _adapt(self, context: Records, cohort: Tensor, support: Records) -> "AdaptedMANN":
        memory = Memory.blank(len(context), self.slots, self.row_width, self.write_gate)
        of_cohort = self._presented(context, memory, own=0.0).memory
        return AdaptedMANN(self, self._presented(support, of_cohort.handed_on(cohort), own=1.0), support)

    def _presented(self, records: Records, memory: Memory, own: float) -> "State":
        """The state after the records (T, N), in the order of their time, and the closing step."""
        state = State.first(memory, self.controller.width, self.heads)
        steps = records.present.shape[1]
        if steps == 0:
            return state
        shown = self._steps(records, own)
        for t in range(steps):
            state = self._step(state, shown, t)
        return self._closed(state, shown, own)

    def _steps(self, records: Records, own: float) -> "Steps":
        """What each step is shown; records in the order of their time, those that are absent last."""
        inputs, _ = self.features(records, records)
        values, _ = self.layout.targets(records.y, records.y_observed)
        late = torch.where(records.present, records.time, torch.full_like(records.time, torch.inf))
        order = late.argsort(dim=1, stable=True)
        placed, times, values, seen = (
            t.take_along_dim(order.unsqueeze(-1), 1)
            for t in (self.place(inputs), elapsed(records), values, records.y_observed.to(values.dtype))
        )
        outcome = torch.cat([self.labels.named(values), seen], -1)
        before = torch.cat([torch.zeros_like(outcome[:, :1]), outcome[:, :-1]], 1)
        entered = self.controller.enter(torch.cat([placed, before, times, _flag(times, own)], -1))
        keys = self.key(placed)
        rows = torch.cat([keys, values, seen], -1)
        return Steps(entered, keys, rows, outcome, records.present.gather(1, order))

    def _step(self, state: "State", shown: "Steps", t: int) -> "State":
        """The state after record t, where there is one: bind record t - 1, then look for what is like record t."""
        here = shown.here[:, t : t + 1]
        hidden, cell = self.controller(shown.entered[:, t], state.read, state.hidden, state.cell)
        memory = state.memory
        if t > 0:
            memory = self._bound(state, shown.rows[:, t - 1], hidden, here)
        weights = self._read_weights(memory, shown.keys[:, t : t + 1], hidden.unsqueeze(1))
        read, mean = (weights @ memory.rows).flatten(1), weights.mean(1)
        return state.then(State(memory.refreshed(mean, here), hidden, cell, read, mean), here)

    def _closed(self, state: "State", shown: "Steps", own: float) -> "State":
        """The state after the last record's outcome has come, with nothing further to look at."""
        count = shown.here.sum(1, keepdim=True)
        last = (count - 1).clamp(min=0).unsqueeze(-1)
        outcome = shown.outcome.take_along_dim(last, 1)[:, 0]
        blank = [outcome.new_zeros(len(outcome), w) for w in (self.place.width, TIME_WIDTH)]
        entered = self.controller.enter(torch.cat([blank[0], outcome, blank[1], _flag(blank[1], own)], -1))
        hidden, cell = self.controller(entered, state.read, state.hidden, state.cell)
        here = count > 0
        memory = self._bound(state, shown.rows.take_along_dim(last, 1)[:, 0], hidden, here)
        return state.then(State(memory, hidden, cell, state.read, state.weights), here)

    def _bound(self, state: "State", row: Tensor, hidden: Tensor, due: Tensor) -> Memory:
        row = torch.cat([row, self.content(hidden)], -1)
        return state.memory.written(row, state.weights, self.write_gate.sigmoid(), self.decay, due)

    def _read_weights(self, memory: Memory, keys: Tensor, hidden: Tensor) -> Tensor:
        """w^r (T, Q * heads, N) of queries with keys (T, Q, E) and controller states (T, Q, W)."""
        steered = keys.unsqueeze(2) + self.steer(hidden).reshape(
            *hidden.shape[:2], self.heads, keys.shape[-1]
        )
        queries = keys.shape[1]
        strength = self.log_strength.exp().clamp(max=MOST).repeat(queries)
        return memory.read_weights(steered.flatten(1, 2), strength, self.log_passing.exp().repeat(queries))

    def read(self, adapted: "AdaptedMANN", query: Records) -> Prediction:
        """Each query makes a step of its own from the final state, and writes nothing."""
        inputs, past = self.features(query, adapted.support)
        placed, time, state = self.place(inputs), elapsed(query), adapted.state
        nothing = placed.new_zeros(*placed.shape[:2], self.layout.width + len(self.layout.outcomes))
        entered = self.controller.enter(torch.cat([placed, nothing, time, _flag(time, 1.0)], -1))
        held = (t.unsqueeze(1) for t in (state.read, state.hidden, state.cell))
        hidden, _ = self.controller(entered, *held)
        read = self._read_weights(state.memory, self.key(placed), hidden) @ state.memory.rows
        read = read.reshape(*placed.shape[:2], self.heads, self.row_width)
        matched, content = self._averaged(read)
        found = torch.cat(
            [hidden, content.flatten(2), self.labels.named(matched.average), matched.mass, time], -1
        )
        prediction: Prediction = self.head(torch.relu(self.enter(placed) + self.found(found)), matched, past)
        return prediction

    def _averaged(self, read: Tensor) -> tuple[Matched, Tensor]:
        """What was read (B, Q, heads, R), as average outcomes (of all heads) and content (B, Q, heads, ·)."""
        keys, m, d = self.key.out_features, self.layout.width, len(self.layout.outcomes)
        _, sums, totals, content = torch.split(read, [keys, m, d, self.content.out_features], -1)
        sums = sums.mean(2)
        matched: Matched = self.averages([sums[..., c] for c in self.layout.columns], totals.mean(2))
        return matched, content


@dataclass(frozen=True)
class Steps:
    """What T tasks are shown: `entered` what the controller makes of the input, keys, rows, outcomes, here (T, N)."""

    entered: Tensor
    keys: Tensor
    rows: Tensor
    outcome: Tensor
    here: Tensor


@dataclass(frozen=True)
class State:
    """Where T tasks stand: memory; controller hidden, cell (T, W); last read (T, heads R) and its weights (T, N)."""

    memory: Memory
    hidden: Tensor
    cell: Tensor
    read: Tensor
    weights: Tensor

    @classmethod
    def first(cls, memory: Memory, width: int, heads: int) -> "State":
        """Before anything was shown."""
        tasks, _, row = memory.rows.shape
        blank = memory.rows.new_zeros(tasks, width)
        return cls(
            memory, blank, blank, memory.rows.new_zeros(tasks, heads * row), torch.zeros_like(memory.usage)
        )

    def then(self, after: "State", here: Tensor) -> "State":
        """`after` where here (T, 1) is True, this state where it is not; memories take care of themselves."""
        names = [f.name for f in fields(self) if f.name != "memory"]
        kept = {n: torch.where(here, getattr(after, n), getattr(self, n)) for n in names}
        return State(memory=after.memory, **kept)


@dataclass(frozen=True)
class AdaptedMANN(Adapted):
    """The final state of B subjects."""

    learner: MANN
    state: State
    support: Records

    def _predict(self, query: Records) -> Prediction:
        return self.learner.read(self, query)


def _flag(like: Tensor, own: float) -> Tensor:
    return torch.full_like(like[..., :1], own)
