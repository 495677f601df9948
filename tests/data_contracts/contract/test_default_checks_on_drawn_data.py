"""Rules that nobody had to write, on drawn data: what chance makes is not told, and what is wrong is."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from data_contracts.contract.check_specs import table_specs
from data_contracts.contract.vocabulary import vocabulary
from data_contracts.findings import Note
from data_contracts.rules.delivery_pair import Pair
from data_contracts.rules.slices import View
from tests.data_contracts.contract.bare_contract import NOW, bare_contract
from tests.examples import examples


def said(rule: str, frame: pd.DataFrame, previous: pd.DataFrame | None = None) -> list[Note]:
    """What one rule says of frames as the gate holds them."""
    table = bare_contract(list(frame.columns)).tables["t"]
    spec = next(s for s in table_specs(table) if s.rule == rule)
    if previous is not None:
        return list(vocabulary()[rule].check(Pair(new=frame, old=previous, table=table), spec))
    kept = np.ones(len(frame), dtype=bool)
    return list(vocabulary()[rule].check(View(frame=frame, kept=kept, table=table, now=NOW), spec))


@examples(30)
@given(st.integers(0, 2**32), st.integers(5, 12), st.booleans())
def test_numbers_that_only_count_are_no_peoples_numbers(seed: int, width: int, in_a_row: bool) -> None:
    rng = np.random.default_rng(seed)
    start = int(rng.integers(10 ** (width - 1), 10**width - 200))
    numbers = start + np.arange(100) if in_a_row else rng.integers(10 ** (width - 1), 10**width, 100)
    frame = pd.DataFrame({"patient_id": pd.Categorical([str(n) for n in numbers]), "age": range(100)})
    assert said("no_person_numbers", frame) == []


@examples(30)
@given(st.integers(0, 2**32), st.integers(30, 120), st.floats(0.05, 0.95))
def test_another_sample_of_the_same_population_is_not_turned_round(
    seed: int, patients: int, share: float
) -> None:
    """No patient of before is there; each delivery is drawn from the same shares."""
    rng = np.random.default_rng(seed)

    def drawn(letter: str) -> pd.DataFrame:
        names = pd.Categorical([f"{letter}{i}" for i in range(patients)])
        return pd.DataFrame({"patient_id": names, "outcome": (rng.random(patients) < share).astype(float)})

    assert said("labels_stay", drawn("B"), drawn("A")) == []


def records(rng: np.random.Generator, patients: int, binary: bool) -> pd.DataFrame:
    """Patients with a level of their own, three to six records each, and two covariates that know nothing of later."""
    who = np.repeat(np.arange(patients), rng.integers(3, 7, patients))
    y = rng.normal(0, 1, patients)[who] + rng.normal(0, 1, len(who))
    names = pd.Categorical([f"P{i}" for i in who])
    frame = pd.DataFrame(
        {"patient_id": names, "time": np.arange(len(who)).astype("datetime64[D]").astype("datetime64[us]")}
    )
    return frame.assign(
        outcome=(y > 0).astype(float) if binary else y, age=rng.normal(60, 9, len(who)), weight_kg=-y
    )


@examples(30)
@given(st.integers(0, 2**32), st.integers(25, 60), st.booleans())
def test_only_the_covariate_that_knows_the_next_record_is_told(
    seed: int, patients: int, binary: bool
) -> None:
    rng = np.random.default_rng(seed)
    frame = records(rng, patients, binary).drop(columns="weight_kg")
    assert said("no_foretelling", frame) == []
    leaked = frame.assign(age=frame.groupby("patient_id", observed=True)["outcome"].shift(-1) * 3 + 1)
    shuffled = leaked.sample(frac=1, random_state=seed % 1000).reset_index(drop=True)
    assert [n.column for n in said("no_foretelling", shuffled)] == ["age"]


@examples(30)
@given(st.integers(0, 2**32), st.integers(25, 60), st.booleans())
def test_what_came_twice_is_not_turned_and_what_is_turned_is_told(
    seed: int, patients: int, binary: bool
) -> None:
    rng = np.random.default_rng(seed)
    frame = records(rng, patients, binary).drop(columns="weight_kg")
    turned = frame.assign(outcome=1 - frame["outcome"] if binary else -frame["outcome"])
    again = frame.sample(frac=0.8, random_state=seed % 1000).reset_index(drop=True)
    assert said("labels_stay", again, frame) == []
    assert [n.column for n in said("labels_stay", turned, frame)] == ["outcome"]
