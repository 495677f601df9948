"""Each cohort on a scale of its own."""

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from meta_med.cohorts.assemble import assemble
from meta_med.cohorts.record_table import RecordTable
from meta_med.episodes.scaling import Scaling, fit_scaling
from meta_med.study import (
    CohortFactor,
    CohortsSpec,
    CovariateSpec,
    DosesSpec,
    OutcomeSpec,
    RecordsSpec,
    TimeSpec,
)
from tests import scenario

OUTCOMES = (OutcomeSpec(name="value", standardise="cohort", log_cohorts=("enzyme",)),)
CENTRES = {"enzyme": 5.0, "height": 120.0, "rare": 40.0}


def study():
    return scenario.study(
        records=RecordsSpec(
            source="t", subject="id", time=TimeSpec(column="day"), doses=DosesSpec(amount="amt")
        ),
        outcomes=OUTCOMES,
        covariates=(CovariateSpec(name="age"),),
        cohorts=CohortsSpec(factors=(CohortFactor(column="kind"),), min_subjects=1),
    )


def values(n: int = 30, seed: int = 0) -> RecordTable:
    """`n` subjects of an enzyme (skewed), as many heights, and three of something rare."""
    rng = np.random.default_rng(seed)
    kinds = np.repeat(["enzyme", "height", "rare"], [n, n, 3])
    frame = pd.DataFrame({"id": [f"P{i:03d}" for i in range(len(kinds))], "kind": kinds})
    frame = frame.loc[frame.index.repeat(3)].assign(day=np.tile([0.0, 30.0, 60.0], len(kinds)), age=50.0)
    normal = rng.normal(size=len(frame))
    skewed = np.exp(np.log(5) + normal)
    plain = frame["kind"].map(CENTRES) * (1 + 0.1 * normal)
    dose = np.where(frame["kind"] == "height", 1000.0, 1.0)
    frame = frame.assign(value=np.where(frame["kind"] == "enzyme", skewed, plain), amt=dose)
    return assemble({"t": frame}, study())


def scaling(table: RecordTable, train: np.ndarray | None = None) -> Scaling:
    return fit_scaling(table, OUTCOMES, np.ones(table.n_subjects, bool) if train is None else train)


def test_every_large_cohort_has_mean_0_and_about_sd_1() -> None:
    table = values()
    z = scaling(table).outcomes(table.y, table.cohort)[:, 0]
    for name in ("enzyme", "height"):
        of = z[table.cohort == table.cohort_names.index(name)]
        assert of.mean() == pytest.approx(0, abs=1e-9)
        assert of.std() == pytest.approx(1, abs=0.1)


def test_there_and_back_gives_each_cohorts_own_unit() -> None:
    table = values()
    fitted = scaling(table)
    z = fitted.outcomes(table.y, table.cohort)[:, 0]
    np.testing.assert_allclose(fitted.clinical(z, 0, table.cohort), table.y[:, 0], rtol=1e-12)
    assert fitted.clinical(z, 0) is z


def test_without_the_cohort_there_is_no_scale() -> None:
    with pytest.raises(ValueError, match="expected the cohort of each row"):
        scaling(values()).outcomes(values().y)


def test_the_spread_of_a_small_cohort_is_drawn_towards_what_is_usual() -> None:
    table = values()
    rare = table.cohort_names.index("rare")
    y = table.y.copy()
    y[table.cohort == rare] = 40.0 + np.tile([0.0, 1e-3, -1e-3], 3)[:, None]
    scale = scaling(replace(table, y=y)).cohorts
    assert scale is not None
    assert (
        0.5 * 4.0 < scale.sd[rare][0] < 4.5
    )  # a tenth of the centre is usual; its own spread is next to none


def test_a_new_cohort_gets_its_scale_from_the_rows_it_is_told_by() -> None:
    table = values()
    new = table.cohort_names.index("height")
    fitted = scaling(table, table.entry_cohort != new)
    assert np.isnan(fitted.outcomes(table.y, table.cohort)[table.cohort == new]).all()
    told = np.flatnonzero(table.cohort == new)[:15]
    z = fitted.with_cohort(table, told, new).outcomes(table.y, table.cohort)[:, 0]
    assert np.abs(z[table.cohort == new].mean()) < 1
    assert np.isfinite(z).all()


def test_other_cohorts_scales_stay_when_one_is_added() -> None:
    table = values()
    new = table.cohort_names.index("height")
    fitted = scaling(table, table.entry_cohort != new)
    rows = np.flatnonzero(table.cohort == new)
    old = table.cohort != new
    one, two = (
        s.outcomes(table.y, table.cohort)[old] for s in (fitted, fitted.with_cohort(table, rows, new))
    )
    assert np.array_equal(one, two)


def test_doses_are_compared_within_their_own_cohort() -> None:
    table = values()
    x = scaling(table).covariates(table.x, table.cohort)
    given = [n for n, used in zip(table.covariates, scaling(table).x_used, strict=True) if used].index(
        "dose_given"
    )
    for c in range(3):
        assert np.nanmean(x[table.cohort == c, given]) == pytest.approx(0, abs=1e-9)


def test_a_scaling_by_cohort_is_json() -> None:
    fitted = scaling(values())
    assert Scaling(**json.loads(json.dumps(fitted.to_json()))) == fitted


def test_each_cohort_counts_time_by_its_own_gaps() -> None:
    table = values()
    new = table.cohort_names.index("height")
    time = table.time * np.where(table.cohort == new, 100.0, 1.0)
    units = scaling(replace(table, time=time)).time(time, table.cohort)
    later = table.position > 0
    assert (units[later] - units[np.flatnonzero(later) - 1]).tolist() == pytest.approx([1.0] * later.sum())
