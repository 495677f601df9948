"""The claims, held against made-up studies that meet them and that do not."""

import json
from dataclasses import replace

import numpy as np
import pytest

from meta_med.evaluate.comparison.claim import Claim
from meta_med.evaluate.comparison.study_record import OlderRecord, StudyRecord, minutes, peak_gigabytes
from meta_med.evaluate.comparison.study_result import StudyResult, setting_result
from meta_med.evaluate.comparison.verdict import claims, unseen_claims
from tests.meta_med.scored_example import FACTOR, SPEC, scored

FACTS = {"seconds": 120.0, "peak_memory_mb": 2048.0}
COHORTS = ("next", "new_cohort_5")


def record(factor=FACTOR, facts=FACTS, settings=("next",), spec=SPEC, **changes) -> StudyRecord:
    found = {name: setting_result(spec, name, scored(factor, n=240, **changes)) for name in settings}
    return StudyRecord.of(StudyResult(spec, found, facts))


def found(records: list[StudyRecord]) -> dict[str, Claim]:
    return {claim.name: claim for claim in claims(records)}


def met(records: list[StudyRecord]) -> dict[str, bool | None]:
    return {name: claim.met for name, claim in found(records).items()}


@pytest.fixture(scope="module")
def good() -> StudyRecord:
    return record(settings=COHORTS)


@pytest.fixture(scope="module")
def equal() -> StudyRecord:
    return record({**FACTOR, "champion": 1.0}, settings=COHORTS, seed=1)


@pytest.fixture(scope="module")
def bad() -> StudyRecord:
    return record({**FACTOR, "champion": 1.1}, settings=COHORTS)


def test_a_champion_that_is_a_fifth_better_everywhere_meets_every_claim(good: StudyRecord) -> None:
    in_new_cohorts = replace(good, study="biomarkers")
    assert set(met([good, in_new_cohorts]).values()) == {True}


def test_a_champion_that_is_a_tenth_worse_meets_no_claim_about_error(bad: StudyRecord) -> None:
    names = {"lower_error", "better_studies", "loss_excluded", "cell_loss", "better_cells", "distribution"}
    told = met([bad])
    assert {told[name] for name in (*names, "new_cohorts_not_lost", "width", "cohort_cost")} == {False}


def test_an_equal_champion_excludes_a_loss_and_is_not_better(equal: StudyRecord) -> None:
    told = met([equal])
    assert (told["loss_excluded"], told["cell_loss"], told["new_cohorts_not_lost"]) == (True, True, True)
    assert (told["lower_error"], told["better_studies"], told["better_cells"]) == (False, False, False)


def test_the_verdict_is_told_in_plain_words(bad: StudyRecord, good: StudyRecord) -> None:
    words = " ".join(claim.words for claim in claims([good, replace(bad, study="other")]))
    for said in (
        "Over 2 studies, each weighing the same, the champion's error is",
        "It is shown to be better in 1 of 2 studies (made_up), and worse in other; 2 better ones are required.",
        "excluded in the 2 of 2 studies whose interval is narrow enough, and is excluded in all but other.",
        "Of 12 cells 12 have an interval with a half-width of 2 % or less",
        "the worst is other at m = 5 +9.3 %",
    ):
        assert said in words


def test_every_study_weighs_the_same_however_many_cells_it_has(bad: StudyRecord, good: StudyRecord) -> None:
    value = float(found([good, replace(bad, study="other")])["lower_error"].found.split(" %")[0])
    assert value == pytest.approx(50 * (good.difference["value"] + bad.difference["value"]), abs=0.051)


def test_a_study_is_tested_once_and_corrected_for_their_number(good: StudyRecord) -> None:
    """Eleven studies at p = 0.01 each: none would stay, were they tested one by one at 2.5 % without a correction."""
    likely = [
        replace(good, study=f"study {i}", difference={**good.difference, "p_better": 0.01}) for i in range(11)
    ]
    assert found(likely)["better_studies"].found == "0 of 11 studies (0 %)"
    sure = [replace(one, difference={**one.difference, "p_better": 1e-4}) for one in likely[:7]]
    claim = found([*sure, *likely[7:]])["better_studies"]
    assert (claim.wanted, claim.met) == ("at least 7 of 11 studies", True)


def test_a_wide_interval_counts_in_no_claim_that_something_is_excluded(equal: StudyRecord) -> None:
    cells = equal.cells.assign(cross_relative_low=-0.5, cross_relative_high=0.5)
    wide = replace(equal, cells=cells, difference={**equal.difference, "low": -0.5, "high": 0.5})
    told = found([wide])
    assert {told[name].met for name in ("loss_excluded", "cell_loss", "better_cells")} == {None}
    assert "No study's interval is narrow enough" in told["loss_excluded"].words


@pytest.mark.parametrize("covered", [0.7, 0.99])
def test_intervals_that_hold_too_few_or_too_many_do_not_pass(covered: float) -> None:
    told = met([record(covered=covered)])
    assert told["coverage"] is False
    assert told["cohort_coverage"] is (covered > 0.82)


def test_a_cohort_below_82_percent_by_chance_passes_and_is_counted(good: StudyRecord) -> None:
    """Three of twenty cohorts at 80 % of 40 values: chance alone gives one or two, and none is beyond it."""
    table = good.cohort_coverage.iloc[:1]
    many = table.loc[table.index.repeat(20)].assign(
        value=[0.8] * 3 + [0.9] * 17, effective=40.0, n_patients=40
    )
    claim = found([replace(good, cohort_coverage=many)])["cohort_coverage"]
    assert claim.met is True
    assert claim.note == "3 of 20 are below, where chance alone would give about 1"
    few = many.assign(value=[0.6] * 3 + [0.9] * 17)
    assert (
        found([replace(good, cohort_coverage=few)])["cohort_coverage"].found
        == "3 of 20 (cohort, question) pairs"
    )


def test_the_cohorts_that_were_never_seen_are_claimed_of_one_study_and_guarded_in_the_others(
    bad: StudyRecord, good: StudyRecord
) -> None:
    told = found([replace(good, study="biomarkers"), replace(bad, study="other")])
    assert told["new_cohorts_won"].found.startswith("biomarkers at m = 5 -20.")
    assert told["new_cohorts_not_lost"].note.startswith("worse: other at m = 5 +9.3 %")
    assert found([good])["new_cohorts_won"].met is None
    assert "new_cohorts_won" not in found([record()])


def test_one_bad_study_among_good_ones_is_named(good: StudyRecord) -> None:
    line = found([good, record(covered=0.7)])["coverage"]
    assert line.met is False
    assert line.note.startswith("outside: made_up ")


def test_only_cells_with_own_records_count(good: StudyRecord) -> None:
    assert set(good.headline["support_size"]) == {1, 2, 3}
    assert set(good.headline["setting"]) == {"next"}


def test_where_nobody_has_own_records_known_patients_of_new_cohorts_count() -> None:
    one = record(settings=("next", "new_cohort_0", "new_cohort_5"), sizes=1)
    assert set(one.headline["setting"]) == {"new_cohort_5"}


def test_a_record_survives_json(good: StudyRecord) -> None:
    again = StudyRecord.from_json(json.loads(json.dumps(good.to_json())))
    assert met([again]) == met([good])
    assert minutes(again.facts) == 2.0
    assert peak_gigabytes(again.facts) == 2.0


def test_a_record_of_an_older_version_is_told_from_an_empty_one(good: StudyRecord) -> None:
    older = {name: value for name, value in good.to_json().items() if name != "difference"}
    with pytest.raises(OlderRecord, match="made_up"):
        StudyRecord.from_json(older)


def test_nothing_to_judge_is_no_success() -> None:
    assert claims([]) == []
    assert met([record(facts={})])["time"] is None


def test_a_study_that_proves_nothing_counts_in_no_claim_but_time(good: StudyRecord) -> None:
    spec = replace(SPEC, note="interpolated", evaluation=replace(SPEC.evaluation, claims=False))
    aside = record({**FACTOR, "champion": 1.5}, spec=spec, covered=0.5)
    assert (aside.note, aside.counts) == ("interpolated", False)
    with_it, without = claims([good, aside]), claims([good])
    assert [c for c in with_it if c.name != "time"] == [c for c in without if c.name != "time"]
    assert with_it[-1].found.startswith("4.0 minutes, 2 of 2 studies")


def test_a_study_used_in_development_is_left_out_once_more(good: StudyRecord, bad: StudyRecord) -> None:
    seen = replace(bad, study="other", used_in_development=True)
    assert unseen_claims([good, seen]) == unseen_claims([good])
    assert unseen_claims([seen]) == []


def test_a_study_without_a_cell_of_enough_patients_has_no_difference() -> None:
    few = StudyRecord.of(StudyResult(SPEC, {"next": setting_result(SPEC, "next", scored(n=6))}, FACTS))
    assert few.difference == {}
    assert claims([few]) == []
    assert not np.isnan(few.n_patients)
