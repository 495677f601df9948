"""Digests: equal for equal things, in every process; another for whatever is not the very same."""

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import torch
from torch import nn

from meta_med.learners import create
from meta_med.meta_train.signature import digest
from meta_med.outcomes import Outcome


class Ward:
    """A source as anybody may write one: a table, arrays, a function, a lock."""

    def __init__(self) -> None:
        self.visits = pd.DataFrame({"value": [1.0, 2.5], "unit": ["mg", None]})
        self.weights = np.arange(4.0)
        self.codes = np.array(["a", None], dtype=object)
        self.drawn = torch.arange(3)
        self.rule: Callable[[float], float] = lambda value: value + 1.0
        self.wards = {"north", "south", "east"}
        self.path = Path("visits.csv")
        self.lock = threading.Lock()
        self.itself = self


def rescaled(ward: Ward) -> None:
    ward.rule = lambda value: value + 2.0


def corrected(ward: Ward) -> None:
    ward.visits.loc[1, "value"] = 2.6


def named(ward: Ward) -> None:
    ward.visits.loc[1, "unit"] = "g"


def reweighted(ward: Ward) -> None:
    ward.weights = ward.weights.astype(np.float32)


def recoded(ward: Ward) -> None:
    ward.codes[1] = "b"


def redrawn(ward: Ward) -> None:
    ward.drawn[2] = 7


def moved(ward: Ward) -> None:
    ward.wards.add("west")


def test_equal_things_have_equal_digests() -> None:
    assert digest(Ward()) == digest(Ward())


@pytest.mark.parametrize("change", [rescaled, corrected, named, reweighted, recoded, redrawn, moved])
def test_whatever_changes_gives_another_digest(change: Callable[[Ward], None]) -> None:
    other = Ward()
    change(other)
    assert digest(other) != digest(Ward())


def test_digests_are_the_same_in_another_process() -> None:
    """Sets and strings are hashed anew in each process; a digest is not."""
    code = "import tests.meta_med.meta_train.test_signature as t; print(t.digest(t.Ward()))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == digest(Ward())


def test_a_learner_that_was_used_has_the_digest_of_a_fresh_one() -> None:
    def fresh(activation: type[nn.Module] = nn.ReLU) -> nn.Module:
        torch.manual_seed(0)
        encoder = nn.Sequential(nn.Linear(3, 4), activation())
        return create("protonet", [Outcome("y")], 3, encoder)

    used = fresh()
    assert used.layout.width == 1
    assert digest(used) == digest(fresh())
    assert digest(fresh(nn.Tanh)) != digest(fresh())  # the same weights, another function
