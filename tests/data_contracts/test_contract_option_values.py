"""What may be written as an option or a unit: a value that the contract keeps, or a mistake with its key."""

from typing import Any

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from data_contracts.contract.logical_options import OPTIONS
from data_contracts.contract.parse import parse
from tests.data_contracts.test_contract_options import contract_of, mistakes
from tests.examples import examples


@pytest.mark.parametrize("kind", sorted(OPTIONS))
def test_an_option_without_a_value_is_refused(kind: Any) -> None:
    for option in OPTIONS[kind]:
        said = mistakes(contract_of({"logicalType": kind, "logicalTypeOptions": {option: None}}))
        assert f"schema.t.x.logicalTypeOptions.{option}: is empty" in said


@pytest.mark.parametrize("unit", [None, True, 1, ["mg/dL"], {"mg/dL": 1}])
def test_a_unit_is_text(unit: Any) -> None:
    own = [{"property": "unit", "value": unit}]
    said = mistakes(contract_of({"logicalType": "number", "customProperties": own}))
    assert "schema.t.x.unit: must be text" in said


OPTION_VALUES = st.one_of(
    st.integers(-5, 5), st.floats(-5, 5), st.booleans(), st.none(), st.text("yMdHms%-'a[", max_size=6),
    st.just("2020-01-01"), st.lists(st.integers(), max_size=1),
)  # fmt: skip
OPTION_NAMES = st.sampled_from(
    [
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "multipleOf",
        "minLength",
        "maxLength",
        "pattern",
        "format",
        "timezone",
        "defaultTimezone",
        "minItems",
        "required",
    ]
)
_PROBES = {
    "string": ["", "a", "abcdefgh", "yMd"],
    "number": [-1e9, -0.5, 0.0, 0.25, 3.0, 1e9],
    "integer": [-(10**9), -3, 0, 2, 10**9],
    "date": ["0001-01-01", "2020-01-01", "2025-06-01"],
    "timestamp": ["0001-01-02T00:00:00Z", "2020-01-01T00:00:00Z", "2025-06-01T00:00:00Z"],
}


@examples(30)
@given(st.sampled_from(sorted(_PROBES)), OPTION_NAMES, OPTION_VALUES)
def test_any_option_with_any_value_is_refused_or_asks_something(kind: str, option: str, value: Any) -> None:
    """Whatever stands under `logicalTypeOptions`: a mistake with its key, or a rule, format or zone in the contract."""
    document = contract_of({"logicalType": kind, "logicalTypeOptions": {option: value}})
    said = mistakes(document)
    if said:
        assert f"schema.t.x.logicalTypeOptions{'' if 'as minLength' in said else '.' + option}" in said
        return
    with_it = parse(yaml.safe_dump(document).encode(), file="c.yaml", sha256="").tables["t"]
    without = parse(
        yaml.safe_dump(contract_of({"logicalType": kind})).encode(), file="c.yaml", sha256=""
    ).tables["t"]
    # what the type alone already keeps: no bound that is left out, numbers of 64 bits, ISO dates, offsets in every cell
    assume(
        not (value is False or value in {"f64", "i64", "yyyy-MM-dd"} or (option, value) == ("timezone", True))
    )
    assert with_it.rules != without.rules or with_it.column("x") != without.column("x")
