"""Scores made up so that the answers are known: error = predictor's own times luck that all predictors share."""

from collections.abc import Mapping

import numpy as np

from meta_med.calibrate.record_scores import Scored
from meta_med.study import OutcomeSpec, RecordsSpec, StudySpec

SPEC = StudySpec(
    study="made_up",
    title="A made-up study",
    contract="none",
    sources={},
    records=RecordsSpec(source="visits", subject="id"),
    outcomes=(OutcomeSpec(name="marker", unit="mmHg"), OutcomeSpec(name="event", kind="binary")),
    covariates=(),
    baselines=("last_value", "population"),
)
FACTOR = {
    "champion": 0.8,
    "learner": 0.85,
    "last_value": 1.0,
    "population": 1.3,
    "un_adapted": 1.2,
    "chosen_baseline": 1.0,
}


def scored(
    factor: Mapping[str, float] = FACTOR, n: int = 60, sizes: int = 4, seed: int = 0, covered: float = 0.9
) -> Scored:
    """`n` patients in two cohorts, each with one record of every support size below `sizes`."""
    rng = np.random.default_rng(seed)
    rows = n * sizes
    subject, size = np.repeat(np.arange(n), sizes), np.tile(np.arange(sizes), n)
    luck = rng.gamma(2.0, 0.5, rows)
    noise = {name: rng.normal(0, 0.05, rows) for name in factor}
    inside = (rng.random(rows) < covered) * 1.0
    y = (rng.random(rows) < 0.4) * 1.0

    def scores(name: str) -> dict[tuple[str, str, str], np.ndarray]:
        error = np.abs(factor[name] * luck + noise[name])
        continuous = {"mae": error, "rmse": error**2, "crps": 0.7 * error, "width_90": 4 * error**0}
        continuous["width_90"] = continuous["width_90"] * factor[name]
        own = {("marker", metric, "mmHg"): 10 * values for metric, values in continuous.items()}
        whole = {("all", metric, "sd"): values for metric, values in continuous.items()}
        binary = {("event", "brier", "1"): 0.2 * error, ("event", "log_loss", "nats"): 0.5 * error}
        binary |= {(o, "log_score", "nats"): np.log(factor[name]) + error for o in ("marker", "all")}
        share = {(o, "coverage_90", "share"): inside for o in ("marker", "all")}
        return own | whole | binary | share

    return Scored(
        size=size,
        subject=subject,
        cohort=subject % 2,
        cohort_names=["north", "south"],
        scores={name: scores(name) for name in factor},
        events={"event": y},
        probabilities={name: {"event": np.full(rows, 0.4)} for name in factor},
        age=np.where(size > 0, 30.0 * size, np.nan),
        groups={
            "sex": np.where(subject % 3 == 0, "f", "m"),
            "age": np.where(subject < 30, "under 50", "50 and over"),
        },
    )
