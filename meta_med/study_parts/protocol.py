"""The protocol of a study: cohorts, splits, meta-training and evaluation."""

from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(frozen=True, kw_only=True)
class CohortFactor:
    """One factor of the cohort rule; a cohort is a combination of the factors' levels.

    Attributes:
        column: the column with the levels.
        at: "entry" takes the subject's first record, "record" the newest record before prediction time (so a
            subject may move between cohorts, but only by what is known by then).
        bands: inner cut points of a numeric column, left-closed.
        labels: one name for each level of `bands` or `values`.
        values: the levels that make a cohort, as the column writes them; others are unknown.

    """

    column: str
    at: Literal["entry", "record"] = "entry"
    bands: tuple[float, ...] = ()
    labels: tuple[str, ...] = ()
    values: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CohortsSpec:
    """The cohort rule.

    Attributes:
        factors: what cohorts differ in; without any, everyone is one cohort.
        min_subjects: cohorts with fewer persons are pooled into "other cohorts".

    """

    factors: tuple[CohortFactor, ...] = ()
    min_subjects: int = 10


@dataclass(frozen=True, kw_only=True)
class SplitsSpec:
    """How patients are divided into training, tuning, calibration and held-out ones: by a hash of their identifiers.

    Attributes:
        folds: how many parts patients are divided into; one of them is held out.
        fold: the part that a run holds out, from 0. An evaluation with pages holds out each once.
        parts: into how many parts the patients who are not held out are divided. Each part is predicted by predictors
            that were fitted without it; champion, intervals and guards are fitted on these predictions, and the mean of
            the fits is served. It takes as many times as long as there are parts. 1: patients are divided into
            training, tuning and calibration ones instead, and everything is fitted once.
        tuning: share of patients that stop training early; without parts they also choose the champion.
        calibration: without parts, share of patients that calibrate intervals and probabilities.
        leave_cohorts_out: holds out whole cohorts instead of a part of each: a number of cohorts, drawn by `seed` and
            moved on by `fold`; or the names of cohorts, as an external validation. Nothing of a patient with a record
            in such a cohort is used for training, tuning or calibration.
        seed: the key of the hash that divides patients; with it, and with nothing else in the data, a patient's split
            changes.

    """

    folds: int = 5
    fold: int = 0
    parts: int = 1
    tuning: float = 0.15
    calibration: float = 0.2
    leave_cohorts_out: int | tuple[str, ...] = 0
    seed: int = 0

    @property
    def named_cohorts(self) -> tuple[str, ...]:
        """The cohorts that are held out by name; none where they are drawn."""
        return () if isinstance(self.leave_cohorts_out, int) else self.leave_cohorts_out


@dataclass(frozen=True, kw_only=True)
class LearnerSpec:
    """A learner that is trained.

    Attributes:
        name: a built-in learner, or one of an installed plug-in.
        options: `option: value`. The learner's own options.
        steps: the largest number of steps of meta-training, instead of `budget.steps`.
        learning_rate: the learning rate of meta-training, instead of the learner's own.
        seeds: how many times it is trained, with different seeds; the forecasts are averaged.

    """

    name: str
    options: dict[str, float | int | str | bool] = field(default_factory=dict)
    steps: int | None = None
    learning_rate: float | None = None
    seeds: int = 1

    @property
    def chosen(self) -> dict[str, Any]:
        """The options with own history switched on unless they set it."""
        return {"history": True, **self.options}


@dataclass(frozen=True, kw_only=True)
class BudgetSpec:
    """Limits of meta-training.

    Attributes:
        steps: the largest number of steps of the outer loop.
        batch_subjects: subjects in a step.
        context_records: records of other patients of the cohort that a prediction sees: series of up to 12 records of
            each, of at least 16 patients where it has so many.
        max_support: the largest support size k: own records that a prediction uses.
        max_query: records of a subject that are predicted in a step.
        patience: training stops after so many evaluations without a lower tuning loss.
        evaluate_every: steps between two evaluations of the tuning loss.
        processes: how many learners are trained, or pieces of patients adapted, at once; 0: one per core. It changes
            no result.

    """

    steps: int = 1500
    batch_subjects: int = 128
    context_records: int = 128
    max_support: int = 10
    max_query: int = 2
    patience: int = 8
    evaluate_every: int = 100
    processes: int = 0


Setting = Literal["next", "recent", "later", "new_cohort"]


@dataclass(frozen=True, kw_only=True)
class EvaluationSpec:
    """How predictions are judged on held-out patients; the first setting is the main one.

    Attributes:
        settings: "next": every record, from the most recent ones before it, as many as the largest k that it has; a
            record with fewer earlier ones than the smallest k is not predicted. "recent": any record from exactly the
            k most recent ones before it: for long, dense series. "later": all later records from the first k.
            "new_cohort": whole cohorts held out of fitting, tuning and calibration; their subjects are predicted in
            the main setting, with m other subjects of that cohort as context, for each m of `cohort_sizes`.
        support_sizes: the numbers k of own records that are evaluated, at most `budget.max_support`; a patient is
            served from the largest k that they have. Without it, in "next" every k, in "recent" and "later" 0, 1, 2, 3,
            5 and 10.
        most_per_subject: the largest number of predicted records per subject and support size, evenly spread; 0: all.
        repeats: how often patients are divided and everything is fitted again, with new random folds.
        cohort_sizes: the numbers m of a new cohort's subjects that are evaluated in "new_cohort".
        cohort_folds: the number of folds for "new_cohort".
        cohorts_out: how many cohorts each of these folds leaves out.
        groups: covariates whose values coverage is shown for.
        bands: `covariate: [cut points]`. The inner cut points of the numeric ones under `groups`.
        claims: whether the study counts in the verdicts over all studies; false where its outcome proves nothing, like
            one that is interpolated between few measurements.
        used_in_development: whether the product's own options were chosen by looking at patients of this study. The
            claims are then also reported without it.

    """

    settings: tuple[Setting, ...] = ("next",)
    support_sizes: tuple[int, ...] | None = None
    most_per_subject: int = 0
    repeats: int = 1
    cohort_sizes: tuple[int, ...] = (0, 5, 20)
    cohort_folds: int = 3
    cohorts_out: int = 1
    groups: tuple[str, ...] = ()
    bands: dict[str, tuple[float, ...]] = field(default_factory=dict)
    claims: bool = True
    used_in_development: bool = False


@dataclass(frozen=True, kw_only=True)
class PromoteSpec:
    """When a newly trained model replaces the champion, the model that serves.

    Attributes:
        margin: the share of the champion's proper score by which the new model may be worse. It is promoted where the
            upper limit of the difference, by a paired bootstrap over held-out patients whom neither model has seen, is
            at most this (one-sided 95 %).

    """

    margin: float = 0.02
