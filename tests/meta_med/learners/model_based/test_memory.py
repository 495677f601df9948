"""The external memory: found by content, written to the least recently used slot."""

import torch

from meta_med.learners.model_based.memory import Memory, sharpened

SHARE, DECAY = torch.tensor(0.0), 0.5
ONE, NONE = torch.ones(1, 1), torch.zeros(1, 1)
EAST, NORTH, WEST = (torch.tensor([[x, y]]) for x, y in ((1.0, 0.0), (0.0, 1.0), (-1.0, 0.0)))
STRENGTH, PASSING = torch.tensor([8.0]), torch.tensor([[1.0]])


def empty(slots: int = 2) -> Memory:
    nothing = torch.zeros(1, 0, 1)
    return Memory.filled(slots, torch.zeros(1, 0, 2), nothing, nothing, nothing, DECAY)


def write(memory: Memory, key: torch.Tensor, value: float, due: torch.Tensor = ONE) -> Memory:
    previous = torch.zeros_like(memory.usage)
    return memory.written(key, torch.tensor([[value]]), previous, SHARE, DECAY, due)


def found(memory: Memory, key: torch.Tensor) -> float:
    """The value read at a key."""
    weights = memory.read_weights(sharpened(key, STRENGTH), PASSING)
    return float((weights @ memory.values).squeeze())


def test_what_was_written_is_found_at_its_key_whatever_the_length_of_the_key() -> None:
    memory = write(write(empty(), EAST, 3.0), 0.1 * NORTH, 7.0)
    assert abs(found(memory, 5.0 * EAST) - 3.0) < 0.02
    assert abs(found(memory, NORTH) - 7.0) < 0.02


def test_nothing_is_found_in_an_empty_memory_and_little_where_nothing_is_alike() -> None:
    assert found(empty(), EAST) == 0.0
    assert abs(found(write(empty(), EAST, 3.0), WEST)) < 0.01


def test_the_least_used_slot_gives_way() -> None:
    memory = write(write(write(empty(), EAST, 3.0), NORTH, 7.0), WEST, 9.0)
    assert memory.values.flatten().tolist() == [9.0, 7.0]


def test_reading_keeps_a_slot_from_being_overwritten() -> None:
    memory = write(write(empty(), EAST, 3.0), NORTH, 7.0)
    weights = memory.read_weights(sharpened(EAST, STRENGTH), PASSING)[:, 0]
    memory = write(memory.refreshed(weights, ONE), WEST, 9.0)
    assert memory.values.flatten().tolist() == [3.0, 9.0]


def test_a_write_goes_in_part_to_what_was_read_last() -> None:
    memory = write(empty(), EAST, 4.0)
    previous = torch.tensor([[1.0, 0.0]])
    half = torch.tensor(0.5)
    memory = memory.written(NORTH, torch.tensor([[8.0]]), previous, half, DECAY, ONE)
    assert memory.values.flatten().tolist() == [8.0, 4.0]


def test_where_nothing_is_due_all_stays_bit_by_bit() -> None:
    memory = write(empty(), EAST, 3.3)
    same = write(memory, NORTH, 7.7, due=NONE).refreshed(torch.rand(1, 2), NONE)
    assert all(torch.equal(v, getattr(same, k)) for k, v in vars(memory).items())


def test_the_newest_records_of_a_cohort_fill_the_slots_from_the_end() -> None:
    values = torch.tensor([[[0.0], [1.0], [2.0], [3.0]]])
    here = torch.tensor([[[0.0], [1.0], [1.0], [1.0]]])
    keys = torch.cat([values, values], -1)
    memory = Memory.filled(2, keys, values, here, values, DECAY)
    assert memory.values.flatten().tolist() == [2.0, 3.0]
    assert memory.usage.flatten().tolist() == [0.5, 1.0]
    wide = Memory.filled(5, keys, values, here, values, DECAY)
    assert wide.values.flatten().tolist() == [0.0, 0.0, 1.0, 2.0, 3.0]


def test_records_of_one_time_are_written_at_once_and_fade_alike() -> None:
    values = torch.tensor([[[0.0], [1.0], [2.0], [3.0]]])
    here = torch.ones_like(values)
    when = torch.tensor([[[-2.0], [-1.0], [-1.0], [-1.0]]])
    memory = Memory.filled(4, torch.cat([values, values], -1), values, here, when, DECAY)
    assert memory.usage.flatten().tolist() == [DECAY**3, 1.0, 1.0, 1.0]


def test_a_cohort_s_slot_counts_less_than_the_subject_s_own() -> None:
    one = torch.ones(1, 1, 1)
    cohort = Memory.filled(2, EAST.unsqueeze(1), 2.0 * one, one, -one, DECAY).inherited_by(torch.tensor([0]))
    memory = write(cohort, EAST, 6.0)
    weights = memory.read_weights(sharpened(EAST, STRENGTH), PASSING).flatten()
    mine = memory.inherited.flatten() == 0
    own, of_cohort = float(weights[mine]), float(weights[~mine])
    assert abs(own / of_cohort - float(PASSING.exp())) < 1e-3


def test_what_was_written_is_found_after_any_number_of_records() -> None:
    """A usage that faded to exactly 0 would read as never written: 0.5 ** 200 is 0 in single precision."""
    values = torch.arange(200.0).reshape(1, -1, 1)
    memory = Memory.filled(
        201, torch.cat([values, values], -1), values, torch.ones_like(values), values, DECAY
    )
    assert int((memory.usage > 0).sum()) == 200
    memory = write(empty(slots=200), EAST, 3.0)
    for _ in range(199):
        memory = write(memory, NORTH, 7.0)
    assert bool((memory.usage > 0).all())
    assert abs(found(memory, EAST) - 3.0) < 0.3
