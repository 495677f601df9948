"""Every number of a study has a range: what lies outside it, NaN and infinity are refused with key and range.

The keys are those of the dataclasses, so that a new one is tested without being listed here.
"""

import copy
import math
import types
import typing
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meta_med.learners.options import LARGEST
from meta_med.study import StudySpec
from orchestration.errors import StudyError
from orchestration.study.limits import ANY, RANGES, range_of
from orchestration.study.load import parse, spec_of
from tests.examples import examples
from tests.spec.study.mutations import EXAMPLE, tree_of

TABLES: dict[str, Any] = {
    "other_units": [{"unit": "mL/s", "factor": 16.7}],
    "events": {"source": "visits", "subject": "patient", "event": "event", "time": {"column": "visit_date"}},
}
IN_PLACE: dict[str, Any] = {
    "cohorts.factors.bands": lambda x: [x],
    "covariates.values": lambda x: {"a text": x},
    "records.time.unit_days": lambda x: {"weeks": x},
    "records.events.time.unit_days": lambda x: {"weeks": x},
    "records.between": lambda x: {"age": [x, x]},
    "outcomes.reference_range": lambda x: [x, x],
    "outcomes.hard_range": lambda x: [None, x],
    "evaluation.bands": lambda x: {"age": [x]},
    "evaluation.support_sizes": lambda x: [x],
    "evaluation.cohort_sizes": lambda x: [x],
    "serve.horizons_days": lambda x: [x],
}
"""How a number stands at keys that hold more than a number."""
EXACT = 2**53
TEXT = EXAMPLE.read_text()


def numeric_keys(kind: Any, key: str = "") -> Iterator[tuple[str, type]]:
    """Each key of a dataclass that holds numbers, without positions and free keys, with the type of these."""
    if is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        for field in fields(kind):
            yield from numeric_keys(hints[field.name], f"{key}.{field.name}".lstrip("."))
    elif kind in (int, float):
        yield key, kind
    elif typing.get_origin(kind) in (typing.Union, types.UnionType, tuple, dict):
        for inner in typing.get_args(kind):
            yield from numeric_keys(inner, key)


# learners' options have ranges of their own, which tests/meta_med/learners holds them to
KEYS = {key: kind for key, kind in numeric_keys(StudySpec) if key != "learners.options"}


def written(key: str, value: float) -> dict[str, Any]:
    """The example study with this number at this key."""
    tree = copy.deepcopy(tree_of("asthma"))
    *path, last = key.split(".")
    place = tree
    for name in path:
        place = place.setdefault(name, copy.deepcopy(TABLES.get(name, {})))
        place = place[0] if isinstance(place, list) else place
    place[last] = IN_PLACE.get(key, lambda x: x)(value)
    return tree


def outside(key: str) -> st.SearchStrategy[float]:
    """Numbers of the key's type that are not in its range, and for floats those that are none."""
    allowed, whole = range_of(key), KEYS[key] is int
    if whole:
        return st.integers(max_value=int(allowed.least) - 1) | st.integers(min_value=int(allowed.most) + 1)
    ends = [end for end, out in ((allowed.least, allowed.above), (allowed.most, allowed.below)) if out]
    return st.one_of(
        st.sampled_from([math.nan, math.inf, -math.inf, *ends]),
        st.floats(max_value=allowed.least, exclude_max=True, allow_infinity=False),
        st.floats(min_value=allowed.most, exclude_min=True, allow_infinity=False),
    )


@examples(200)
@given(st.data())
def test_a_number_outside_its_range_is_refused_with_its_key_and_the_range(data: st.DataObject) -> None:
    key = data.draw(st.sampled_from(sorted(KEYS)))
    value = data.draw(outside(key))
    with pytest.raises(StudyError) as refused:
        spec_of(written(key, value), "mine.yaml")
    told = [line for line in str(refused.value).splitlines() if key.rpartition(".")[2] in line]
    assert any(wanted(key, value) in line for line in told), str(refused.value)


def wanted(key: str, value: float) -> str:
    """What the message says is right."""
    if not math.isfinite(value):
        return "must be a finite number"
    if isinstance(value, int) and abs(value) >= EXACT:
        return "too large a number"
    return str(range_of(key))


def test_every_number_has_a_range_of_its_own_unless_it_is_in_the_units_of_the_data() -> None:
    in_units_of_data = {
        "cohorts.factors.bands", "covariates.floor", "covariates.next_value", "covariates.values", "evaluation.bands",
        "outcomes.floor", "outcomes.hard_range", "outcomes.other_units.offset", "outcomes.reference_range",
        "records.between",
    }  # fmt: skip
    assert {key for key in KEYS if range_of(key) == ANY} == in_units_of_data
    assert all(any(key == k or k.startswith(f"{key}.") for k in KEYS) for key in RANGES)
    assert ANY.most == LARGEST


@pytest.mark.parametrize(
    ("was", "now", "says"),
    [
        ("horizon_days: 120", "horizon_days: -366", '"serve.horizon_days" is -366: it must be above 0'),
        ("max_age_days: 730", "max_age_days: -5", '"serve.max_age_days" is -5: it must be above 0'),
        (
            "max_age_days: 730",
            "max_age_days: .nan",
            '"serve.max_age_days" is nan: it must be a finite number',
        ),
        ("horizon_days: 120", "horizon_days: 010", '"serve.horizon_days" (line 35): YAML reads 010 as 8'),
        ("\nseed: 0", "\nseed: -1", '"seed" is -1: it must be 0 or more'),
        ("0.2, seed: 0", "0.2, seed: -7", '"splits.seed" is -7: it must be 0 or more'),
    ],
)
def test_numbers_as_they_stand_in_a_file(was: str, now: str, says: str) -> None:
    text = TEXT.replace(was, now)
    assert text != TEXT
    with pytest.raises(StudyError) as refused:
        parse(text, "mine.yaml")
    assert says in str(refused.value)
