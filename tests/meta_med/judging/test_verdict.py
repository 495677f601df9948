"""The claims, held against made-up studies that meet them and that do not."""

import json

import pytest

from meta_med.judging.study_record import StudyRecord
from meta_med.judging.study_result import StudyResult, setting_result
from meta_med.judging.verdict import claims, minutes, peak_gigabytes
from tests.meta_med.scored_example import FACTOR, SPEC, scored

FACTS = {"seconds": 120.0, "peak_memory_mb": 2048.0}


def record(factor=FACTOR, facts=FACTS, settings=("next",), **changes) -> StudyRecord:
    found = {name: setting_result(SPEC, name, scored(factor, n=240, **changes)) for name in settings}
    return StudyRecord.of(StudyResult(SPEC, found, facts))


def met(records: list[StudyRecord]) -> dict[str, bool | None]:
    return {claim.name: claim.met for claim in claims(records)}


@pytest.fixture(scope="module")
def good() -> StudyRecord:
    return record()


def test_a_champion_that_is_a_fifth_better_everywhere_meets_every_claim(good: StudyRecord) -> None:
    assert set(met([good]).values()) == {True}


def test_a_champion_that_is_a_tenth_worse_is_told_so() -> None:
    found = met([record({**FACTOR, "champion": 1.1})])
    assert not any(
        found[name] for name in ("not_worse", "better", "lower_error", "distribution", "width", "cohort_cost")
    )


def test_an_equal_champion_is_not_worse_and_not_better() -> None:
    found = met([record({**FACTOR, "champion": 1.0})])
    assert (found["not_worse"], found["better"], found["lower_error"]) == (True, False, False)


@pytest.mark.parametrize("covered", [0.7, 0.99])
def test_intervals_that_hold_too_few_or_too_many_do_not_pass(covered: float) -> None:
    found = met([record(covered=covered)])
    assert found["coverage"] is False
    assert found["cohort_coverage"] is (covered > 0.82)


def test_one_bad_study_among_good_ones_is_named(good: StudyRecord) -> None:
    bad = record(covered=0.7)
    line = next(c for c in claims([good, bad]) if c.name == "coverage")
    assert line.met is False
    assert line.note.startswith("outside: made_up ")


def test_only_cells_with_own_records_count(good: StudyRecord) -> None:
    assert set(good.headline["support_size"]) == {1, 2, 3}


def test_where_nobody_has_own_records_known_patients_of_new_cohorts_count() -> None:
    found = record(settings=("next", "new_cohort_0", "new_cohort_5"), sizes=1)
    assert set(found.headline["setting"]) == {"new_cohort_5"}


def test_a_record_survives_json(good: StudyRecord) -> None:
    again = StudyRecord.from_json(json.loads(json.dumps(good.to_json())))
    assert met([again]) == met([good])
    assert minutes(again.facts) == 2.0
    assert peak_gigabytes(again.facts) == 2.0


def test_nothing_to_judge_is_no_success() -> None:
    assert claims([]) == []
    assert met([record(facts={})])["time"] is None
