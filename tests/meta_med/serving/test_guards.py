"""Guards: each remarks on what it watches, and on hardly anybody else; a patient led astray falls back alone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pytest
from torch import Tensor

from meta_med.calibrate.calibration import Calibration
from meta_med.calibrate.champion import Champion
from meta_med.calibrate.choose_and_calibrate import choose_and_calibrate
from meta_med.cohorts.assemble import assemble
from meta_med.cohorts.record_table import RecordTable
from meta_med.episodes.prepared import Prepared
from meta_med.episodes.queries import Queries
from meta_med.forecast import Forecast
from meta_med.meta_train.predictors import CHAMPION, FittedPredictors, LearnersOfCohorts
from meta_med.serving.adapt import FALLBACK, AdaptedSubjects, Serving, adapt_subjects, next_records
from meta_med.serving.fitted_guards import guards_of
from meta_med.serving.guards import (
    COVARIATES,
    DIVERGENCE,
    FALSE_ALARMS,
    Guards,
    training_ranges,
)
from meta_med.serving.predict import predictions
from meta_med.serving.statuses import WITHHELD, flag_texts, statuses
from meta_med.study import ServeSpec
from tests import scenario

Judgement = tuple[Champion, dict[str, Calibration]]


@pytest.fixture(scope="module")
def judgement() -> Judgement:
    return choose_and_calibrate(scenario.prepared(), scenario.fitted())[:2]


@pytest.fixture(scope="module")
def guards(judgement: Judgement) -> Guards:
    return guards_of(scenario.prepared(), scenario.fitted(), judgement[0], judgement[1][CHAMPION])


def serving_of(table: RecordTable) -> Serving:
    """Everybody's next record, from a table of the study's shape; what training determined stays."""
    ready = scenario.prepared()
    study = replace(ready.study, serve=ServeSpec(horizon_days=200))
    changed = Prepared.with_scaling(study, table, ready.splits, ready.scaling)
    return next_records(replace(changed, context=ready.context), np.ones(table.n_subjects, dtype=bool))


def watched(
    judgement: Judgement, guards: Guards, table: RecordTable, fitted: FittedPredictors | None = None
) -> tuple[Serving, AdaptedSubjects]:
    found = serving_of(table)
    champion, calibrations = judgement
    return found, adapt_subjects(found, fitted or scenario.fitted(), champion, calibrations[CHAMPION], guards)


def flags_of(found: Serving, done: AdaptedSubjects, guards: Guards) -> np.ndarray:
    return flag_texts(done.alarm, found.prepared, guards, done.instead)


def changed_x(column: str, row: int, value: float) -> RecordTable:
    table = scenario.table()
    x = table.x.copy()
    x[row, table.covariates.index(column)] = value
    return replace(table, x=x)


def test_hardly_anybody_is_flagged_where_nothing_is_wrong(judgement: Judgement, guards: Guards) -> None:
    _, done = watched(judgement, guards, scenario.table())
    for name, raised in done.alarm.raised().items():
        assert raised.mean() <= 0.15, name
        cut = guards.cutoffs[name]
        assert cut.false_alarms <= max(FALSE_ALARMS[name], 1 / (cut.n + 1)) + 1e-9


def test_a_covariate_beyond_training_is_named_and_no_value_of_it(
    judgement: Judgement, guards: Guards
) -> None:
    table = scenario.table()
    found, done = watched(judgement, guards, changed_x("age", int(table.newest[4]), 123.4))
    said = flags_of(found, done, guards)[4]
    assert all("Age lies above that of every training patient." in text for text in said)
    assert not any("123" in text for text in said)


def test_a_level_that_no_training_patient_had_is_flagged(judgement: Judgement) -> None:
    frame = scenario.visits()
    ready = scenario.prepared()
    someone = ready.table.subject_ids[np.flatnonzero(ready.splits.subjects("held_out"))[0]]
    frame.loc[frame["id"] == someone, "sex"] = "x"
    table = assemble({"visits": frame}, scenario.study())
    ranges = training_ranges(
        table.x, table.log_covariate, ["=" in n for n in table.covariates],
        [n != "sex=x" for n in table.covariates],
    )  # fmt: skip
    row = int(table.offsets[table.subject_ids.tolist().index(someone)])
    beyond = ranges.beyond(table.x[[row, 0]])
    column = table.covariates.index("sex=x")
    assert np.isinf(beyond[0, column])
    assert (np.abs(beyond[1]) == 0).all()


def test_a_newest_value_far_from_the_earlier_ones_is_flagged_at_its_outcome(
    judgement: Judgement, guards: Guards
) -> None:
    table = scenario.table()
    who = int(np.flatnonzero((np.diff(table.offsets) >= 4) & ~np.isnan(table.y[table.newest, 0]))[0])
    y = table.y.copy()
    y[table.newest[who], 0] *= 60.0
    before, after = (
        flags_of(*watched(judgement, guards, t), guards)[who] for t in (table, replace(table, y=y))
    )
    assert "much higher than expected from the earlier ones" in after[0]
    assert after[1:].tolist() == before[1:].tolist()


def test_a_first_record_is_no_step(judgement: Judgement, guards: Guards) -> None:
    table = scenario.table()
    single = np.flatnonzero(np.diff(table.offsets) == 1)
    y = table.y.copy()
    y[table.newest[single], 0] *= 400.0
    _, done = watched(judgement, guards, replace(table, y=y))
    assert not done.alarm.trajectory[single].any()


class Astray(FittedPredictors):
    """All predictors, one of whose learners loses its way for one patient."""

    subject = 7
    moved = np.nan

    def of_cohorts(
        self, prepared: Prepared, cohorts: Tensor, names: Sequence[str] | None = None
    ) -> LearnersOfCohorts:
        found = super().of_cohorts(prepared, cohorts, names)
        return AstrayOfCohorts(found.prepared, found.seeds, self.subject, self.moved)


@dataclass(frozen=True)
class AstrayOfCohorts(LearnersOfCohorts):
    """The same after adaptation to cohorts."""

    subject: int
    moved: float

    def forecast(self, name: str, queries: Queries, cohort: Tensor) -> Forecast:
        found = super().forecast(name, queries, cohort)
        if name != "neural_process":
            return found
        lost = self.prepared.table.subject[queries.rows] == self.subject
        mean = np.where(lost[:, None], self.moved, found.mean)
        return replace(found, mean=mean)


def in_use(judgement: Judgement) -> Judgement:
    """The champion with the learner that goes astray in every decision."""
    champion, calibrations = judgement
    weights = {"neural_process": 0.5, "mixed_model": 0.5}
    decisions = tuple(replace(d, weights=weights, predictor="blend") for d in champion.decisions)
    return replace(champion, decisions=decisions), calibrations


@pytest.mark.fault("M08")
@pytest.mark.parametrize("moved", [np.nan, np.inf, 1e4])
def test_a_patient_whose_adaptation_diverges_falls_back_alone(
    judgement: Judgement, guards: Guards, moved: float
) -> None:
    judgement = in_use(judgement)
    fitted = Astray(scenario.fitted().learners, scenario.fitted().baselines)
    fitted.__dict__["moved"] = moved
    found, done = watched(judgement, guards, scenario.table(), fitted)
    assert np.flatnonzero(done.alarm.diverged).tolist() == [Astray.subject]
    flags = flags_of(found, done, guards)
    frame = statuses(found, np.zeros(len(found.rows), dtype=bool), flags, done.lost)
    instead = np.where(done.alarm.diverged[:, None], done.instead, "").ravel()
    champion, calibrations = judgement
    served = predictions(found, frame.assign(instead=instead), done.forecasts, champion, calibrations)
    own = served[served["subject_id"] == scenario.table().subject_ids[Astray.subject]]
    assert own["predictor"].tolist() == done.instead[Astray.subject].tolist()
    assert own.loc[own["outcome"] != "swelling", ["mean", "lower_90", "upper_90"]].notna().all(axis=None)
    assert own["flags"].str.contains("implausible result").all()
    expected = found.prepared.scaling.clinical(done.forecasts[FALLBACK].mean[Astray.subject, 1], 1)
    assert own["mean"].iloc[1] == pytest.approx(float(expected))
    others = served[~served["subject_id"].isin(own["subject_id"])]
    assert (others["predictor"] == "blend").all()


def test_a_prediction_that_nobody_could_make_is_withheld() -> None:
    found = serving_of(scenario.table())
    shape = (len(found.rows), 3)
    lost = np.zeros(shape, dtype=bool)
    lost[2, 1] = True
    frame = statuses(found, np.zeros(len(found.rows), dtype=bool), np.full(shape, ""), lost)
    gone = frame[(frame["status"] == WITHHELD)]
    assert gone[["subject", "outcome"]].to_numpy().tolist() == [[2, "pressure"]]
    assert "No predictor gave a number" in gone["reason"].iloc[0]


def test_a_prediction_is_withheld_where_a_required_covariate_is_not_known() -> None:
    table = changed_x("dose", 0, np.nan)
    x = table.x.copy()
    x[table.offsets[5] : table.offsets[6], table.covariates.index("dose")] = np.nan
    x[table.newest[6], [i for i, n in enumerate(table.covariates) if n.startswith("sex=")]] = np.nan
    found = serving_of(replace(table, x=x))
    asked = tuple(replace(c, required=c.name != "age") for c in found.prepared.study.covariates)
    found = replace(
        found, prepared=replace(found.prepared, study=replace(found.prepared.study, covariates=asked))
    )
    shape = (len(found.rows), 3)
    frame = statuses(
        found, np.zeros(shape[0], dtype=bool), np.full(shape, ""), np.zeros(shape, dtype=bool)
    ).set_index("subject")
    assert set(frame.loc[5, "reason"]) == {"Dose is required and not known for this patient."}
    assert set(frame.loc[6, "reason"]) == {"Sex is required and not known for this patient."}


def test_a_prediction_is_withheld_where_every_record_used_is_too_old() -> None:
    """An outcome that was never measured too: it would rest on the other values, and those are as old."""
    table = scenario.table()
    found = serving_of(table)
    old = replace(found.prepared.study, serve=ServeSpec(horizon_days=200, max_age_days=150))
    found = replace(found, prepared=replace(found.prepared, study=old))
    shape = (len(found.rows), 3)
    frame = statuses(found, np.zeros(shape[0], dtype=bool), np.full(shape, ""), np.zeros(shape, dtype=bool))
    assert set(frame["status"]) == {WITHHELD}
    assert set(frame["reason"]) == {
        "All records of this patient were made more than 150 days before the predicted visit."
    }


def test_a_next_record_later_than_any_in_training_is_the_usual_case_and_no_alarm(
    judgement: Judgement,
) -> None:
    """Everybody has the same visits, so the time since entry of the next one is beyond all records."""
    frame = scenario.visits(most_visits=8)
    frame["day"] = frame.groupby("id").cumcount() * 100
    frame = frame[frame.groupby("id")["day"].transform("max") == frame["day"].max()]
    ready = scenario.prepare(assemble({"visits": frame}, scenario.study()))
    table = ready.table
    champion, calibrations = judgement
    everybody = np.ones(table.n_subjects, dtype=bool)
    guards = guards_of(ready, scenario.fitted(), champion, calibrations[CHAMPION])
    done = adapt_subjects(
        next_records(ready, everybody), scenario.fitted(), champion, calibrations[CHAMPION], guards
    )
    column = table.covariates.index("years_since_entry")
    assert not done.alarm.covariates[:, column].any()


def test_the_held_out_patients_beyond_each_cutoff_are_counted(guards: Guards) -> None:
    ready = scenario.prepared()
    held_out = int(ready.splits.subjects("held_out").sum())
    for cut in guards.cutoffs.values():
        assert 0 < cut.n_held_out <= held_out
        assert cut.n_held_out_flagged <= cut.n_held_out


def test_guards_come_back_as_they_were(guards: Guards) -> None:
    again = Guards.from_json(guards.to_json())
    assert again.cutoffs == guards.cutoffs
    for name, values in vars(guards.ranges).items():
        np.testing.assert_array_equal(getattr(again.ranges, name), values)


def test_a_patient_is_flagged_alone_as_in_a_batch(judgement: Judgement, guards: Guards) -> None:
    table = changed_x("age", int(scenario.table().newest[4]), 123.4)
    found, done = watched(judgement, guards, table)
    alone = replace(found, rows=found.rows[4:5], subject=found.subject[4:5], age=found.age[4:5])
    champion, calibrations = judgement
    own = adapt_subjects(alone, scenario.fitted(), champion, calibrations[CHAMPION], guards)
    for name, raised in own.alarm.raised().items():
        assert raised.tolist() == done.alarm.raised()[name][4:5].tolist()
    assert own.alarm.raised()[COVARIATES].all()
    assert not own.alarm.raised()[DIVERGENCE].any()
