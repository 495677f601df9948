"""What a column becomes, by what is known of it."""

from typing import Any

import pytest

from orchestration.errors import StudyError
from orchestration.study_draft.columns import StudyColumn
from orchestration.study_draft.proposals import Proposals, propose


def number(name: str = "x", **known: Any) -> StudyColumn:
    usual = {"kind": "number", "patients": 50, "constant": False, "changing": 0.9, "levels": 40}
    return StudyColumn(name=name, **(usual | known))


def of(*columns: StudyColumn) -> Proposals:
    return propose([number("always"), *columns], one_record=False, dated=True)


def outcomes(found: Proposals) -> list[str]:
    return [entry.content["name"] for entry in found.outcomes]


@pytest.mark.parametrize(
    "column",
    [
        number(patients=19),
        number(changing=0.0, constant=True),
        number(changing=0.2),
        number("age"),
        number(counts_time=True),
        number(levels=1),
        number(copy_of="always"),
        number(allowed=(1, 2, 3)),
        number(allowed=(0, 1), with_event=4, without_event=50),
        number(allowed=(0, 1), with_event=50, without_event=4),
        number(allowed=(0, 1), with_event=20, without_event=40, stays=True),
        number("sex"),
        StudyColumn(name="word", kind="string", allowed=("a", "b")),
    ],
)
def test_what_is_no_outcome(column: StudyColumn) -> None:
    assert outcomes(of(column)) == ["always"]


def test_a_yes_or_no_with_enough_of_either_is_an_outcome() -> None:
    found = of(number(allowed=(0, 1), with_event=20, without_event=40))
    assert [entry.content.get("kind", "") for entry in found.outcomes] == ["", "binary"]


def test_the_outcome_that_the_contract_or_a_name_states_is_the_only_one() -> None:
    assert outcomes(of(number("stated", role="outcome", changing=0.1))) == ["stated"]
    assert outcomes(of(number("target"))) == ["target"]


def test_at_most_six_outcomes_the_measured_and_best_known_first() -> None:
    known = [number(f"m{k}", patients=100 + k) for k in range(6)]
    yes_no = number("yes", allowed=(0, 1), with_event=50, without_event=50, patients=500)
    found = of(yes_no, *known)
    assert outcomes(found) == [column.name for column in known]
    assert "could be outcomes too, and are covariates here: always, yes" in found.remarks


@pytest.mark.parametrize("name", ["status", "futime", "death", "time_to_death", "last_contact"])
def test_what_is_known_at_the_end_of_follow_up_is_left_out(name: str) -> None:
    found = of(number(name, constant=True))
    assert name not in {entry.content["name"] for entry in found.covariates}
    assert any(name in remark for remark in found.remarks)


def test_a_skewed_measurement_is_asked_about_on_a_log_scale() -> None:
    entry = of(number("crp", skewed=True)).outcomes[1]
    assert entry.content["scale"] == "log"
    assert "skewed" in entry.asked[0]


def test_an_age_grows_where_it_never_changes_and_is_hidden_where_it_does() -> None:
    assert of(number("age", constant=True, changing=0.0)).covariates[0].content["advances"]
    assert of(number("age")).covariates[0].content["known"] == "at_record"


def test_names_are_free_of_what_is_reserved_and_of_each_other() -> None:
    found = of(number("all"), number("a=b"), number("a b"))
    assert outcomes(found) == ["always", "all_2", "a_b", "a_b_2"]
    assert [entry.content.get("column") for entry in found.outcomes] == [None, "all", "a=b", "a b"]


def site(*patients: int) -> StudyColumn:
    return StudyColumn(
        name="where", kind="string", role="cohort", levels=len(patients), level_patients=patients
    )


def test_cohorts_need_two_groups_of_ten_patients() -> None:
    assert [e.content for e in of(site(40, 10, 2)).factors] == [{"column": "where"}]
    refused = of(site(40, 9))
    assert refused.factors == []
    assert any("no two cohorts of 10 patients" in remark for remark in refused.remarks)
    arm = StudyColumn(name="arm", kind="string", constant=True, levels=2, level_patients=(20, 20))
    assert of(arm).factors[0].asked


def text(levels: int | None) -> StudyColumn:
    return StudyColumn(name="word", kind="string", levels=levels)


def test_text_is_a_category_where_its_values_are_few() -> None:
    assert of(text(3)).covariates[0].content["kind"] == "category"
    assert of(text(15)).covariates[0].content["most"] == 10
    assert of(text(26)).covariates == of(text(None)).covariates == []


def test_without_anything_to_predict_it_is_said_what_to_do() -> None:
    with pytest.raises(StudyError, match='the role "outcome" in the contract'):
        propose([number(changing=0.0, constant=True)], one_record=False, dated=True)
