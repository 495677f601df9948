"""Mistakes of type are told once for each key, by its place in the file."""

import json
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from orchestration.study.value_types import adapter, typed_mistakes
from tests.orchestration.small_study import EXAMPLE


def mistakes(**changes: Any) -> list[str]:
    tree = yaml.safe_load((EXAMPLE / "asthma_study.yaml").read_text()) | changes
    with pytest.raises(ValidationError) as caught:
        adapter().validate_json(json.dumps(tree), strict=True)
    return typed_mistakes(caught.value, tree)


def test_what_each_type_of_a_union_wants_is_one_message() -> None:
    assert mistakes(splits={"leave_cohorts_out": "Hill"}) == [
        '"splits.leave_cohorts_out": input should be a valid integer, or input should be a list.'
    ]
    assert len(mistakes(learners=[{"name": "maml", "options": {"width": [1]}}])) == 1


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"outcomes": [{"label": "x"}]}, '"outcomes[0].name": is required and missing; add it.'),
        ({"outcomes": [{"name": "x", "reference_range": [1]}]}, '"outcomes[0].reference_range[1]"'),
        ({"serve": {"where": {"clinic": [1]}}}, '"serve.where.clinic[0]": must be text'),
    ],
)
def test_a_mistake_has_its_place(changes: dict[str, Any], place: str) -> None:
    assert any(told.startswith(place) for told in mistakes(**changes))
