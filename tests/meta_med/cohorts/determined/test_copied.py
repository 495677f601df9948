"""A covariate that holds the outcome is found, whatever its form; one that only predicts it is not."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from meta_med.cohorts.determined.copied import told_ahead, told_before
from meta_med.study import CovariateSpec, OutcomeSpec
from tests.meta_med.cohorts.determined.drawn import records, study, visits

ALLOWED = OutcomeSpec(name="score", determined="allow")
EVENT = OutcomeSpec(name="sick", kind="binary", determined="allow")
Made = Callable[[pd.DataFrame], pd.Series]

COPIES: dict[str, tuple[OutcomeSpec, str, Made]] = {
    "equal": (ALLOWED, "numeric", lambda f: f["score"]),
    "another unit, rounded": (ALLOWED, "numeric", lambda f: (f["score"] * 88.4).round(1)),
    "turned round": (ALLOWED, "numeric", lambda f: 100 - f["score"]),
    "its square": (ALLOWED, "numeric", lambda f: f["score"] ** 2),
    "the same event": (EVENT, "numeric", lambda f: f["sick"]),
    "the event turned round": (EVENT, "numeric", lambda f: 1 - f["sick"]),
    "other words": (EVENT, "category", lambda f: f["sick"].map({0.0: "home", 1.0: "ward"})),
    "a finer category": (EVENT, "category", lambda f: f["group"] + f["sick"].map({0.0: "-", 1.0: "+"})),
    "filled only with the event": (EVENT, "numeric", lambda f: f["day"].where(f["sick"] > 0)),
    "beyond a threshold": (EVENT, "numeric", lambda f: f["height"] + 100 * f["sick"]),
    "with one error": (EVENT, "numeric", lambda f: f["sick"].where(f.index != 7, 1 - f["sick"])),
}  # fmt: skip


@pytest.mark.parametrize("form", COPIES)
def test_a_copy_is_found(form: str) -> None:
    outcome, kind, made = COPIES[form]
    frame = visits(patients=120)
    spec = study(
        outcome,
        *(CovariateSpec(name=n, kind=k, known="ahead") for n, k in (("copy", kind), ("sex", "numeric"))),
    )
    table = records(frame.assign(copy=made(frame)), spec)
    assert told_ahead(table, 0, is_class=outcome is EVENT) == ("copy",)


def test_covariates_that_hold_it_only_together_are_named_without_the_others() -> None:
    frame = visits()
    part = frame["height"] / 10
    frame = frame.assign(part=part, rest=frame["score"] - part)
    ahead = [CovariateSpec(name=n, known="ahead") for n in ("sex", "part", "rest")]
    assert told_ahead(records(frame, study(ALLOWED, *ahead)), 0, is_class=False) == ("part", "rest")


def test_an_event_that_is_either_of_two_covariates_is_found() -> None:
    frame = visits(patients=150)
    rng = np.random.default_rng(3)
    one, other = rng.random((2, len(frame))) < 0.3
    frame = frame.assign(one=one.astype(float), other=other.astype(float), sick=(one | other).astype(float))
    ahead = [CovariateSpec(name=n, known="ahead") for n in ("one", "height", "other")]
    assert told_ahead(records(frame, study(EVENT, *ahead)), 0, is_class=True) == ("one", "other")


def test_a_strong_predictor_is_no_copy() -> None:
    frame = visits()
    near = frame["score"] + np.random.default_rng(1).normal(size=len(frame))
    spec = study(ALLOWED, CovariateSpec(name="near", known="ahead"))
    assert told_ahead(records(frame.assign(near=near), spec), 0, is_class=False) == ()


def test_an_identifier_is_no_copy() -> None:
    """Each patient has a code of their own, which tells a constant outcome of their other records only."""
    frame = visits().assign(code=lambda f: "c" + f["id"])
    spec = study(
        OutcomeSpec(name="sex", kind="binary", determined="allow"),
        CovariateSpec(name="code", kind="category", known="ahead"),
    )
    assert told_ahead(records(frame, spec), 0, is_class=True) == ()


def test_a_copy_that_the_predicted_record_hides_is_no_matter() -> None:
    frame = visits().assign(copy=lambda f: f["score"])
    table = records(frame, study(ALLOWED, CovariateSpec(name="copy")))
    assert told_ahead(table, 0, is_class=False) == ()
    assert told_before(table, 0, is_class=False) == ()


def test_the_next_outcome_in_a_covariate_of_the_record_before_is_found() -> None:
    frame = visits()
    frame["plan"] = frame.groupby("id")["score"].shift(-1) * 2 + 1
    table = records(frame, study(ALLOWED, CovariateSpec(name="plan"), CovariateSpec(name="height")))
    assert told_before(table, 0, is_class=False) == ("plan",)


def test_an_outcome_that_hardly_changes_is_told_by_itself_and_its_copy_is_no_matter() -> None:
    frame = visits().assign(score=lambda f: f["height"] + 0.001 * f["day"])
    frame["copy"] = frame["score"] / 100
    table = records(frame, study(ALLOWED, CovariateSpec(name="copy")))
    assert told_before(table, 0, is_class=False) == ()


def test_few_patients_decide_nothing() -> None:
    frame = visits(patients=9).assign(copy=lambda f: f["score"])
    table = records(frame, study(ALLOWED, CovariateSpec(name="copy", known="ahead")))
    assert told_ahead(table, 0, is_class=False) == ()
