"""The editor's schema accepts what the program accepts, and refuses the commonest mistakes while one types."""

from typing import Any

import jsonschema
import pytest
import yaml

from orchestration.study.bundled import bundled_studies
from orchestration.study_reference.json_schema import editor_schema
from tests.orchestration.small_study import EXAMPLE

FILES = {**bundled_studies(), "asthma": EXAMPLE / "asthma_study.yaml"}
CHECKER = jsonschema.Draft7Validator(editor_schema())


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft7Validator.check_schema(editor_schema())


@pytest.mark.parametrize("name", sorted(FILES))
def test_every_bundled_study_conforms(name: str) -> None:
    assert [error.message for error in CHECKER.iter_errors(yaml.safe_load(FILES[name].read_text()))] == []


def changed(**keys: Any) -> dict[str, Any]:
    tree: dict[str, Any] = yaml.safe_load(FILES["asthma"].read_text())
    return tree | keys


@pytest.mark.parametrize(
    "tree",
    [
        changed(outcome=[]),
        changed(splits={"folds": 1}),
        changed(splits={"tuning": 1.0}),
        changed(splits={"leave_cohorts_out": 1.5}),
        changed(splits={"leave_cohorts_out": "Hill"}),
        changed(outcomes=[{"name": "peak_flow", "kind": "number"}]),
        changed(outcomes=[{"label": "Peak flow"}]),
        changed(learners=[{"name": "mamll"}]),
        changed(learners=[{"name": "maml", "options": {"inner_step": 2}}]),
        changed(learners=[{"name": "maml", "options": {"inner_steps": -1}}]),
        changed(baselines=["last"]),
        changed(serve={"horizon_days": 0}),
        changed(serve={"where": {"clinic": "Hill"}}),
    ],
)
def test_a_mistake_is_found_while_it_is_typed(tree: dict[str, Any]) -> None:
    assert list(CHECKER.iter_errors(tree))


@pytest.mark.parametrize("value", [0, 2, ["Hill"], ["Hill", "Harbour"]])
def test_cohorts_left_out_are_a_number_or_names(value: Any) -> None:
    assert not list(CHECKER.iter_errors(changed(splits={"leave_cohorts_out": value})))


def test_ranges_and_meanings_stand_at_the_keys() -> None:
    splits = editor_schema()["properties"]["splits"]["properties"]
    assert (splits["folds"]["minimum"], splits["tuning"]["exclusiveMaximum"]) == (2, 1)
