"""The tables of a release, as SQLAlchemy Core; those of the store itself are in `store_tables`.

Rows of a release are immutable. `row_number` keeps their order, so that a release read back equals the published one:
in `subjects` and in tables of no patient the order of the release, elsewhere that of a patient's own rows.

The rows of a patient who did not change since the release before are not written again: `subjects.rows_in` names the
release that wrote them. So a patient's rows in the other tables have the release's own id only where they were new.

A patient's rows of a table lie together, in the order of its key: a page reads them at once. SQLite has that order only
(`WITHOUT ROWID`), which takes two fifths of the room of a table with two indexes (docs/adr/0030).

A change here is a new schema: it needs a revision in `migrations/versions` (see docs/extending.md), and new columns and
tables say `since` which revision they are there, because the hash of an older release does not cover them.
"""

from collections.abc import Mapping

from sqlalchemy import (
    Column,
    Double,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    func,
)

REVISION = "0013"
"""The newest revision of `migrations/versions`: what this program writes and reads."""
SCHEMA_VERSION = int(REVISION)
FIRST = "0001"

metadata = MetaData()


def _content(
    name: str,
    *columns: Column[str] | Column[float] | Column[int],
    key: tuple[str, ...] = (),
    since: str = FIRST,
) -> Table:
    """A table of a release. `key`: columns that are not missing, and unique together within a release."""
    return Table(
        name,
        metadata,
        Column("release_id", String(16), primary_key=True),
        Column("row_number", Integer, primary_key=True, autoincrement=False),
        *columns,
        info={"key": key, "since": since},
    )


def _of_patients(
    name: str,
    *columns: Column[str] | Column[float] | Column[int],
    key: tuple[str, ...] = (),
    since: str = FIRST,
) -> Table:
    """A table of a release whose rows are each about a patient; `key` as of `_content`."""
    return Table(
        name,
        metadata,
        Column("release_id", String(16), nullable=False),
        Column("row_number", Integer, nullable=False, autoincrement=False),
        *columns,
        PrimaryKeyConstraint("release_id", "subject_id", "row_number"),
        info={"key": key, "since": since},
        sqlite_with_rowid=False,
    )


def _texts(*names: str, since: str = FIRST) -> list[Column[str]]:
    return [Column(name, Text, info={"since": since}) for name in names]


def _floats(*names: str, since: str = FIRST) -> list[Column[float]]:
    return [Column(name, Double, info={"since": since}) for name in names]


def _ints(*names: str, since: str = FIRST) -> list[Column[int]]:
    return [Column(name, Integer, info={"since": since}) for name in names]


subjects = _content(
    "subjects",
    *_texts("subject_id", "cohort", "split"),
    *_ints("n_records"),
    *_floats("newest_record_days"),
    *_texts("status", "display"),
    *_texts("remarks", since="0003"),
    Column("rows_in", String(16), nullable=False, server_default=""),
    *(Column(name, Integer, nullable=False, server_default="0") for name in ("flagged", "outside")),
    key=("subject_id",),
)
records = _of_patients(
    "records", *_texts("subject_id"), *_floats("time_days"), *_texts("outcome"), *_floats("value")
)
predictions = _of_patients(
    "predictions",
    *_texts("subject_id", "outcome"),
    *_floats("predicted_time_days", "mean"),
    *_floats("lower_50", "upper_50", "lower_80", "upper_80", "lower_90", "upper_90", "probability"),
    *_floats("unadapted_mean", "unadapted_lower_90", "unadapted_upper_90", "unadapted_probability"),
    *_texts("predictor"),
    *_ints("support_size"),
    *_floats("newest_value_age_days"),
    *_texts("status", "reason"),
    *_texts("flags", since="0002"),
    key=("subject_id", "outcome"),
)
# Forecasts over time: a row for every horizon of the study; numbers are missing where a reason stands instead.
horizons = _of_patients(
    "horizons",
    *_texts("subject_id", "outcome"),
    *_floats("horizon_days", "predicted_time_days", "mean"),
    *_floats("lower_50", "upper_50", "lower_80", "upper_80", "lower_90", "upper_90", "probability"),
    *_texts("reason"),
    key=("subject_id", "outcome", "horizon_days"),
    since="0006",
)
# How the model's horizons did on held-out patients, and why one is not published ("" where it is).
horizon_check = _content(
    "horizon_check",
    *_texts("outcome"),
    *_floats(
        "horizon_days", "coverage_50", "coverage_80", "coverage_90", "coverage_90_low", "coverage_90_high"
    ),
    *_floats("pooled_coverage_90", "predicted", "observed"),
    *_ints("n_patients", "n_predictions"),
    *_texts("reason"),
    key=("outcome", "horizon_days"),
    since="0006",
)
# Earlier records of each subject beside what would have been predicted before them; numbers are missing where a reason
# stands instead. `own_records`: how many the subject had then; `role`: what the subject was to the fits that predicted.
replay = _of_patients(
    "replay",
    *_texts("subject_id", "outcome"),
    *_ints("own_records"),
    *_floats("time_days", "value", "last_value", "mean"),
    *_floats("lower_50", "upper_50", "lower_80", "upper_80", "lower_90", "upper_90", "probability"),
    *_ints("support_size"),
    *_texts("reason", "role"),
    key=("subject_id", "outcome", "own_records"),
    since="0008",
)
# Of each prediction: the own records that moved it most, `moved` in the outcome's unit or as a probability; the parts
# of its variance; and what is predicted for other values of modifiable covariates, an association and not an effect.
influences = _of_patients(
    "influences",
    *_texts("subject_id", "outcome"),
    *_floats("time_days", "moved", "narrowed"),
    key=("subject_id", "outcome", "time_days"),
    since="0008",
)
width_reasons = _of_patients(
    "width_reasons",
    *_texts("subject_id", "outcome", "reason"),
    *_floats("share", "narrower"),
    key=("subject_id", "outcome", "reason"),
    since="0008",
)
what_if = _of_patients(
    "what_if",
    *_texts("subject_id", "outcome", "covariate"),
    *_ints("position"),
    *_texts("value"),
    *_ints("current"),
    *_floats("mean", "lower_90", "upper_90", "probability"),
    key=("subject_id", "outcome", "covariate", "position"),
    since="0008",
)


def _evaluation(name: str, since: str = FIRST) -> Table:
    return _content(
        name,
        *_texts("study", "outcome", "predictor", "cohort"),
        *_ints("support_size"),
        *_texts("metric"),
        *_floats("value", "ci_low", "ci_high"),
        *_ints("n_patients", "n_predictions"),
        *_texts("unit"),
        key=("study", "outcome", "predictor", "cohort", "support_size", "metric"),
        since=since,
    )


# Of the published model on its held-out patients, and of all patients held out once, where that was evaluated. Without
# rows of cohorts with few patients.
evaluation = _evaluation("evaluation")
cross_fitted = _evaluation("cross_fitted", since="0005")
champions = _content(
    "champions",
    *_texts("outcome"),
    *_ints("support_size"),
    *_texts("predictor", "best_baseline", "weights", "evidence"),
    key=("outcome", "support_size"),
)
findings = _content(
    "findings",
    *_texts("code", "severity", "rule", "source", "column", "cohort"),
    *_ints("count"),
    *_floats("share"),
    *_texts("message"),
    *_texts("title", "kahn", since="0003"),
    *_ints("patients", "predictions", "withheld", since="0003"),
)
# A small count is stored as NULL, so that the store reveals no more than the page.
quality_rules = _content(
    "quality_rules",
    *_texts("source", "rule", "code", "title", "cohort", "unit"),
    *_ints("count", "size"),
    key=("rule", "code", "cohort"),
    since="0003",
)
quality_missing = _content(
    "quality_missing",
    *_texts("source", "column", "unit", "cohort"),
    *_ints("count", "size"),
    key=("source", "column", "cohort"),
    since="0003",
)
quality_shapes = _content(
    "quality_shapes",
    *_texts("source", "column", "part", "unit", "axis", "labels", "counts"),
    key=("source", "column", "part"),
    since="0003",
)
outcomes = _content(
    "outcomes",
    *_texts("name", "label", "kind", "unit", "scale"),
    *_floats("reference_low", "reference_high"),
    *_ints("position"),
    *_ints("whole", since="0005"),  # 1 where every value is a whole number
    key=("name",),
)
cohorts = _content(
    "cohorts",
    *_texts("cohort"),
    *_ints("n_subjects", "n_records", "n_train", "n_tuning", "n_calibration", "n_held_out"),
    key=("cohort",),
)
guards = _content(
    "guards",
    *_texts("guard", "rule"),
    *_floats("cut_off", "false_alarms"),
    *_ints("n_calibration"),
    *_ints("n_held_out", "n_held_out_flagged", since="0004"),
    *_ints("n_flagged"),
    key=("guard",),
    since="0002",
)
sentinels = _content(
    "sentinels",
    *_texts("sentinel", "claim", "verdict", "evidence"),
    *_floats("value", "ci_low", "ci_high", "limit"),
    *_ints("n_patients"),
    key=("sentinel",),
    since="0002",
)

CONTENT: Mapping[str, Table] = dict(metadata.tables)
"""Name -> table of a release: all tables above, in their order."""

OF_PATIENTS: Mapping[str, Table] = {
    name: table for name, table in CONTENT.items() if "subject_id" in table.columns and table is not subjects
}
"""The tables whose rows may be those of an earlier release."""

Index("subjects_by_id", subjects.c.release_id, subjects.c.subject_id)
# The order of the worklist (shorter ids first, so that 13 precedes 101), with all that choosing a page of it reads.
Index(
    "subjects_in_order",
    subjects.c.release_id,
    func.length(subjects.c.subject_id),
    subjects.c.subject_id,
    subjects.c.row_number,
)
# what needs eyes first: most predictions with remarks
Index("subjects_to_look_at", subjects.c.release_id, subjects.c.flagged.desc(), subjects.c.row_number)
Index("subjects_by_cohort", subjects.c.release_id, subjects.c.cohort, subjects.c.status)
Index("evaluation_by_metric", evaluation.c.release_id, evaluation.c.outcome, evaluation.c.metric)
Index("cross_fitted_by_metric", cross_fitted.c.release_id, cross_fitted.c.outcome, cross_fitted.c.metric)


def content_tables(revision: str = REVISION) -> tuple[str, ...]:
    """The tables of a release that was published with this revision."""
    return tuple(name for name, table in CONTENT.items() if table.info["since"] <= revision)


def content_columns(name: str, revision: str = REVISION) -> tuple[str, ...]:
    """The columns of a release's frame of this table, in order, as of this revision."""
    return tuple(c.name for c in CONTENT[name].columns if "since" in c.info and c.info["since"] <= revision)
