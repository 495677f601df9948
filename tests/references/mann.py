"""A memory-augmented network told one record at a time, one slot at a time; the memory is a list of rows or None."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from meta_med.learners.model_based.mann import MANN
from meta_med.learners.model_based.memory import TINY
from meta_med.learners.networks.attention import MOST
from meta_med.learners.networks.history import GOLDEN, MIXED
from tests.references.gated_head import answered
from tests.references.neural_process import elapsed, placed
from tests.references.rows import Context, Row, column_values, lent

VARIANTS: tuple[dict[str, object], ...] = (
    {"width": 6, "slots": 8, "keys": 4, "content": 3},
    {"width": 5, "slots": 3, "keys": 3, "content": 2, "heads": 2, "decay": 0.8},
    {"width": 5, "layers": 2, "slots": 1, "keys": 3, "content": 2, "student_t": False},
    {"width": 5, "layers": 0, "controller": "feedforward", "slots": 2, "keys": 3, "content": 2},
)


@dataclass
class Slot:
    """One slot: what is written, how much it was used, whether the cohort wrote it."""

    row: Tensor
    usage: float = 0.0
    inherited: bool = False


@dataclass
class Reader:
    """Where a subject (or a cohort) stands."""

    slots: list[Slot]
    hidden: Tensor
    cell: Tensor
    read: Tensor
    weights: list[Tensor]


def predict(
    learner: MANN, context: Context, own: Sequence[Row], query: Sequence[Row]
) -> list[tuple[Tensor, Tensor, Tensor | None]]:
    """(location, scale, df) of each query record of one subject."""
    reader = told(learner, own, cohort_slots(learner, context))
    return [reading(learner, reader, q, own) for q in query]


def cohort_slots(learner: MANN, context: Context) -> list[Slot]:
    """A slot for each of the newest records of the context, shown with its outcome to a fresh controller."""
    zero = learner.write_gate.new_zeros
    slots = []
    every = lent(context)
    for row in one_after_the_other([row for row, _ in every]):
        at = placed(learner, row, next(series for r, series in every if r is row))
        fresh = started(learner, [])
        hidden, _ = controlled(learner, fresh, [at, outcome_of(learner, row), elapsed(row), zero(1)])
        newer = sum(other.time > row.time for other, _ in every)
        new = torch.cat([learner.key(at), outcome_of(learner, row), learner.content(hidden)])
        slots.append(Slot(new, learner.decay ** int(newer), inherited=True))
    slots = slots[-learner.slots :]
    empty = zero(learner.key.out_features + learner.value_width)
    return [*[Slot(empty) for _ in range(learner.slots - len(slots))], *slots]


def one_after_the_other(rows: Sequence[Row]) -> list[Row]:
    """By time; those of one time by a number that their content alone decides."""

    def content(row: Row) -> float:
        held = [*row.x, *row.x_seen, *torch.where(row.y_seen, row.y, 0.0), *row.y_seen]
        return sum(float(v) * ((i + 1) * GOLDEN % 1.0) for i, v in enumerate(held)) * MIXED % 1.0

    return sorted(rows, key=lambda r: (float(r.time), content(r)))


def started(learner: MANN, slots: list[Slot]) -> Reader:
    zero, width = learner.write_gate.new_zeros, learner.controller.width
    read = zero(learner.heads * learner.value_width)
    return Reader(slots, zero(width), zero(width), read, [zero(())] * learner.slots)


def told(learner: MANN, rows: Sequence[Row], slots: list[Slot]) -> Reader:
    """After all records in the order of their time, and the outcome of the last."""
    zero, reader, before = learner.write_gate.new_zeros, started(learner, slots), None
    for row in one_after_the_other(rows):
        at = placed(learner, row, rows)
        inputs = [at, outcome_of(learner, before), elapsed(row), at.new_ones(1)]
        reader.hidden, reader.cell = controlled(learner, reader, inputs)
        if before is not None:
            write(learner, reader, before, rows)
        weights = look(learner, reader.slots, learner.key(at))
        reader.read = torch.cat([mixed(reader.slots, w)[learner.key.out_features :] for w in weights])
        reader.weights = [sum(w[i] for w in weights) / learner.heads for i in range(learner.slots)]
        for slot, weight in zip(reader.slots, reader.weights, strict=True):
            slot.usage += float(weight.detach())
        before = row
    if before is not None:
        nothing = [zero(learner.place.width), outcome_of(learner, before), zero(6), zero(1) + 1.0]
        reader.hidden, reader.cell = controlled(learner, reader, nothing)
        write(learner, reader, before, rows)
    return reader


def outcome_of(learner: MANN, row: Row | None) -> Tensor:
    """Target columns and masks of the outcome that a step is shown."""
    if row is None:
        return learner.write_gate.new_zeros(learner.layout.width + len(learner.layout.outcomes))
    values, _ = column_values(learner.layout, row)
    return torch.cat([row.x.new_tensor(values), row.y_seen.to(row.x.dtype)])


def controlled(learner: MANN, reader: Reader, inputs: list[Tensor]) -> tuple[Tensor, Tensor]:
    controller = learner.controller
    entered = controller.enter(torch.cat(inputs))
    if not controller.recurrent:
        return torch.tanh(entered + controller.recur(reader.read)), reader.cell
    gates = entered + controller.recur(torch.cat([reader.read, reader.hidden]))
    into, keep, out, new = (gates[i * controller.width : (i + 1) * controller.width] for i in range(4))
    cell = torch.sigmoid(keep) * reader.cell + torch.sigmoid(into) * torch.tanh(new)
    return torch.sigmoid(out) * torch.tanh(cell), cell


def write(learner: MANN, reader: Reader, row: Row, rows: Sequence[Row]) -> None:
    """The least used slot is emptied; the row goes there and, a little, to what was read last."""
    key = learner.key(placed(learner, row, rows))
    new = torch.cat([key, outcome_of(learner, row), learner.content(reader.hidden)])
    usages = [slot.usage for slot in reader.slots]
    least = usages.index(min(usages))
    share = torch.sigmoid(learner.write_gate)
    after = []
    for i, slot in enumerate(reader.slots):
        weight = share * reader.weights[i] + (1.0 - share) * float(i == least)
        kept = torch.zeros_like(slot.row) if i == least else slot.row
        usage = learner.decay * slot.usage + float(weight.detach())
        after.append(Slot(kept + weight * new, usage, slot.inherited and i != least))
    reader.slots = after


def look(learner: MANN, slots: Sequence[Slot], key: Tensor) -> list[list[Tensor]]:
    """Read weights of each head over the slots."""
    out = []
    for j in range(learner.heads):
        raw = []
        strength = torch.clamp(learner.log_strength[j].exp(), max=MOST)
        for slot in slots:
            stored = slot.row[: len(key)]
            cosine = key @ stored / torch.sqrt(((key**2).sum() + TINY) * ((stored**2).sum() + TINY))
            score = strength * cosine - learner.log_passing[j].exp() * float(slot.inherited)
            raw.append(torch.exp(score) if slot.usage > 0 else torch.zeros_like(score))
        out.append([w / (1.0 + sum(raw)) for w in raw])
    return out


def mixed(slots: Sequence[Slot], weights: Sequence[Tensor]) -> Tensor:
    return sum(w * slot.row for w, slot in zip(weights, slots, strict=True))


def reading(
    learner: MANN, reader: Reader, query: Row, own: Sequence[Row]
) -> tuple[Tensor, Tensor, Tensor | None]:
    at = placed(learner, query, own)
    inputs = [at, outcome_of(learner, None), elapsed(query), at.new_ones(1)]
    hidden, _ = controlled(learner, reader, inputs)
    key = learner.key(at)
    found = [mixed(reader.slots, w) for w in look(learner, reader.slots, key)]
    m, d = learner.layout.width, len(learner.layout.outcomes)
    sums = sum(f[len(key) : len(key) + m] for f in found) / learner.heads
    totals = sum(f[len(key) + m : len(key) + m + d] for f in found) / learner.heads
    average, evidence = averaged(learner, sums, totals)
    content = [f[len(key) + m + d :] for f in found]
    parts = torch.cat([hidden, *content, average, totals / (1.0 + totals), elapsed(query)])
    return answered(learner.head, torch.relu(learner.enter(at) + learner.found(parts)), evidence, query, own)


def averaged(learner: MANN, sums: Tensor, totals: Tensor) -> tuple[Tensor, list[Tensor]]:
    averages, evidence, start = [], [], 0
    for d, outcome in enumerate(learner.layout.outcomes):
        floor = learner.averages.log_floor[d].exp()
        prior = 0.0 if outcome.kind == "continuous" else floor / outcome.width
        averages.append((sums[start : start + outcome.width] + prior) / (totals[d] + floor))
        evidence.append(averages[-1] if outcome.kind == "continuous" else torch.log(averages[-1]))
        start += outcome.width
    return torch.cat(averages), evidence
