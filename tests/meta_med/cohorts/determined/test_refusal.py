"""A study whose outcome is known before its record is refused, unless it says that this is meant."""

from dataclasses import replace

import pytest

from meta_med.study import CovariateSpec, OutcomeSpec, StudyMismatch
from tests.meta_med.cohorts.determined.drawn import records, study, visits


def test_a_constant_outcome_is_refused_with_its_counts_and_what_to_do() -> None:
    with pytest.raises(StudyMismatch) as error:
        records(visits(), study(OutcomeSpec(name="sex", kind="binary")))
    assert "outcomes.sex" in str(error.value)
    assert "60 of 60 patients with two or more" in str(error.value)
    assert "determined: allow" in str(error.value)


def test_a_constant_number_is_refused() -> None:
    with pytest.raises(StudyMismatch, match=r"outcomes\.height: it is the same in all records"):
        records(visits(), study(OutcomeSpec(name="height")))


def test_an_outcome_of_several_columns_that_patients_keep_is_refused() -> None:
    frame = visits().assign(tall=lambda f: (f["height"] > 180).astype(float))
    outcome = OutcomeSpec(name="either", kind="binary", any_positive=("sex", "tall"))
    with pytest.raises(StudyMismatch, match=r"outcomes\.either: it is the same in all records"):
        records(frame, study(outcome))


def test_a_copy_that_is_known_ahead_is_refused_by_name() -> None:
    frame = visits().assign(copy=lambda f: 2 * f["score"])
    with pytest.raises(StudyMismatch, match=r"outcomes\.score: covariate copy \(known ahead\) determines it"):
        records(frame, study(OutcomeSpec(name="score"), CovariateSpec(name="copy", known="ahead")))


def test_the_next_outcome_in_a_covariate_is_refused_by_name() -> None:
    frame = visits()
    frame["plan"] = frame.groupby("id")["score"].shift(-1)
    with pytest.raises(
        StudyMismatch, match=r"outcomes\.score: covariate plan of the record before determines"
    ):
        records(frame, study(OutcomeSpec(name="score"), CovariateSpec(name="plan")))


def test_every_such_outcome_is_named_at_once() -> None:
    both = (OutcomeSpec(name="sex", kind="binary"), OutcomeSpec(name="height"))
    with pytest.raises(StudyMismatch, match=r"outcomes\.sex.*outcomes\.height"):
        records(visits(), study(both[0], outcomes=both))


def test_a_study_may_say_that_it_is_meant() -> None:
    meant = OutcomeSpec(name="sex", kind="binary", determined="allow")
    assert records(visits(), study(meant)).n_records == 240


def test_one_record_per_patient_is_a_question() -> None:
    spec = study(OutcomeSpec(name="sex", kind="binary"), CovariateSpec(name="height", known="ahead"))
    first = replace(spec, records=replace(spec.records, first=1))
    assert records(visits(), first).n_records == 60


def test_an_outcome_that_changes_beside_ordinary_covariates_is_a_question() -> None:
    ahead = [CovariateSpec(name=n, known="ahead") for n in ("sex", "height")]
    group = CovariateSpec(name="group", kind="category", known="ahead")
    assert records(visits(), study(OutcomeSpec(name="score"), *ahead, group)).n_records == 240


def test_a_covariate_that_copies_a_covariate_is_no_matter() -> None:
    frame = visits().assign(copy=lambda f: f["height"] / 100)
    ahead = [CovariateSpec(name=n, known="ahead") for n in ("height", "copy")]
    assert records(frame, study(OutcomeSpec(name="score"), *ahead)).n_records == 240
