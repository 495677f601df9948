"""A published name begins with the person, and its patient can be read from it."""

import pytest

from meta_med.published.series_names import escaped, patient_of, plain, published_names, shown_name
from meta_med.study_parts.sources import RecordsSpec

PLAIN = RecordsSpec(source="t", subject="id")
STAYS = RecordsSpec(source="t", subject="id", series=("stay",))
PEOPLE = RecordsSpec(source="t", subject="admission", person={"id": ""})
BOTH = RecordsSpec(source="t", subject="admission", series=("ward",), person={"id": "", "site": ""})


@pytest.mark.parametrize("text", ["", "~", "/", "~1", "a/b~c", "~0/", "P 1"])
def test_an_escaped_part_has_no_mark_and_is_read_back(text: str) -> None:
    assert "/" not in escaped(text)
    assert plain(escaped(text)) == text


def test_without_series_a_name_is_the_identifier_as_delivered() -> None:
    assert published_names(["A/1"], ["A/1"], PLAIN) == ["A/1"]
    assert patient_of("A/1", PLAIN) == "A/1"


def test_a_series_is_named_by_its_patient_and_level() -> None:
    assert published_names(["A~11/2"], ["A/1"], STAYS) == ["A~11/2"]
    assert patient_of("A~11/2", STAYS) == "A/1"


def test_a_series_of_another_identifier_is_named_by_its_person_first() -> None:
    assert published_names(["adm/7"], ["P1"], PEOPLE) == ["P1/adm~17"]
    assert patient_of("P1/adm~17", PEOPLE) == "adm/7"


def test_a_person_of_several_columns_is_one_part() -> None:
    assert published_names(["7/ward"], ["P1/north"], BOTH) == ["P1 north/7/ward"]
    assert patient_of("P1 north/7/ward", BOTH) == "7"


def test_a_name_is_shown_as_its_parts_were_delivered() -> None:
    assert shown_name("A~11/stay 2") == "A/1 · stay 2"
