"""The claims, held against made-up studies that meet them and that do not."""

import json
from collections.abc import Mapping
from dataclasses import replace

import pandas as pd
import pytest

from meta_med.evaluate.comparison.study_record import StudyRecord, minutes, peak_gigabytes
from meta_med.evaluate.comparison.study_result import StudyResult, setting_result
from meta_med.evaluate.comparison.verdict import Claim, claims, error_claims, unseen_claims
from tests.meta_med.scored_example import FACTOR, SPEC, scored

FACTS = {"seconds": 120.0, "peak_memory_mb": 2048.0}


def record(factor=FACTOR, facts=FACTS, settings=("next",), spec=SPEC, **changes) -> StudyRecord:
    found = {name: setting_result(spec, name, scored(factor, n=240, **changes)) for name in settings}
    return StudyRecord.of(StudyResult(spec, found, facts))


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


def test_one_study_of_many_cells_does_not_decide_for_the_others(good: StudyRecord) -> None:
    """Nine studies' worth of good cells in one study, and one study that is a tenth worse."""
    large = replace(good, cells=pd.concat([good.cells] * 9, ignore_index=True))
    found = {c.name: c for c in claims([large, named("other", {**FACTOR, "champion": 1.1})])}
    line = found["not_worse"]
    assert line.found.startswith("54 of 60 cells (90 %)")
    assert line.found.endswith("each study weighing the same: 50 %")
    assert line.met is False
    assert met([large])["not_worse"] is True


def test_a_wide_interval_is_not_worse_and_rules_nothing_out() -> None:
    one = record({**FACTOR, "champion": 1.0})
    wide = replace(one, cells=one.cells.assign(relative_high=0.5))
    line = next(c for c in claims([wide]) if c.name == "not_worse")
    assert line.met is True
    assert "not shown to be worse" in line.text
    assert line.note.startswith("a loss of more than 2 % is ruled out in 0 of 6 cells (0 %)")


def test_a_study_that_proves_nothing_counts_in_no_claim_but_time(good: StudyRecord) -> None:
    spec = replace(SPEC, note="interpolated", evaluation=replace(SPEC.evaluation, claims=False))
    aside = record({**FACTOR, "champion": 1.5}, spec=spec, covered=0.5)
    assert (aside.note, aside.counts) == ("interpolated", False)
    with_it, without = claims([good, aside]), claims([good])
    assert [c for c in with_it if c.name != "time"] == [c for c in without if c.name != "time"]
    assert with_it[-1].found.startswith("4.0 minutes, 2 of 2 studies")


def test_a_study_used_in_development_is_left_out_once_more(good: StudyRecord) -> None:
    spec = replace(SPEC, study="other", evaluation=replace(SPEC.evaluation, used_in_development=True))
    seen = record({**FACTOR, "champion": 1.1}, spec=spec)
    assert [c.met for c in unseen_claims([good, seen])] == [c.met for c in about_error_of(good)]
    assert unseen_claims([seen]) == []


def named(study: str, factor: Mapping[str, float]) -> StudyRecord:
    return replace(record(factor), study=study)


def about_error_of(one: StudyRecord) -> list[Claim]:
    return error_claims(one.headline.assign(study=one.study))
