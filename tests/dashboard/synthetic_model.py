"""The model of a synthetic release: its evaluation, champions, guards and leakage checks."""

import json
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from meta_med.published.tables import content_columns

PREDICTORS = {
    "champion": 0.86, "neural_process": 0.88, "bayesian_head": 0.9, "protonet": 1.02, "maml": 0.95,
    "boosted_lags": 0.93, "mixed_model": 0.94, "last_value": 1.0, "patient_mean": 1.15,
    "population": 1.6, "un_adapted": 1.6,
}  # fmt: skip


def model_frames(
    study: str, cohorts: Sequence[str], spreads: Mapping[str, tuple[float, str]]
) -> dict[str, pd.DataFrame]:
    """The tables about the model; `spreads`: outcome -> spread between a patient's records, and its unit."""
    return {
        "evaluation": _evaluation(study, cohorts, spreads),
        "cross_fitted": pd.DataFrame(columns=list(content_columns("cross_fitted"))),
        "champions": _champions(spreads),
        "guards": _guards(),
        "sentinels": _sentinels(),
    }


def _evaluation(study: str, cohorts: Sequence[str], spreads: Mapping[str, tuple[float, str]]) -> pd.DataFrame:
    rows = []
    for outcome, (spread, unit) in {**spreads, "all": (0.55, "sd")}.items():
        for predictor, factor in PREDICTORS.items():
            for k in (-1, 0, 1, 2, 3, 5):
                rows += _metrics(outcome, predictor, "all", k, spread * _shrunk(predictor, factor, k), unit)
            for number, cohort in enumerate(cohorts):
                for k in (0, -1):
                    value = spread * _shrunk(predictor, factor, k) * (0.9 + 0.05 * number)
                    rows += _metrics(outcome, predictor, cohort, k, value, unit)
        rows += _benefit(outcome, cohorts)
    for predictor, factor in PREDICTORS.items():
        for k in (-1, 0, 1, 2, 3, 5):
            auroc = 0.9 - 0.08 * _shrunk(predictor, factor, k)
            rows += [
                _metric("edema", predictor, "all", k, "auroc", auroc, ""),
                _metric("edema", predictor, "all", k, "brier", 0.25 - 0.15 * auroc, ""),
            ]
    return pd.DataFrame(rows).assign(study=study)


def _benefit(outcome: str, cohorts: Sequence[str]) -> list[dict]:
    """Patients helped and harmed by adaptation; fewer are helped in each cohort than in the one before."""
    shares = {"all": 0.61, **{cohort: 0.7 - 0.04 * i for i, cohort in enumerate(cohorts)}}
    return [
        _metric(outcome, "champion", cohort, -1, metric, value, "share")
        for cohort, helped in shares.items()
        for metric, value in (("helped", helped), ("harmed", 0.78 - helped))
    ]


def _shrunk(predictor: str, factor: float, k: int) -> float:
    if predictor in {"population", "un_adapted"}:
        return 1.6
    own = 2.5 if k == -1 else k
    return float(factor + (1.6 - factor) * np.exp(-0.9 * own))


def _metrics(outcome: str, predictor: str, cohort: str, k: int, mae: float, unit: str) -> list[dict]:
    covered = 0.905 - 0.01 * (k == 0) + 0.004 * max(k, 0) - 0.02 * (predictor == "maml")
    return [
        _metric(outcome, predictor, cohort, k, "mae", mae, unit),
        _metric(outcome, predictor, cohort, k, "crps", mae * 0.72, unit),
        _metric(outcome, predictor, cohort, k, "coverage_90", covered, "share"),
        _metric(outcome, predictor, cohort, k, "width_90", mae * 4.1, unit),
    ]


def _metric(outcome: str, predictor: str, cohort: str, k: int, metric: str, value: float, unit: str) -> dict:
    half = 0.03 if metric == "coverage_90" else 0.06 * value
    return {
        "outcome": outcome, "predictor": predictor, "cohort": cohort, "support_size": k,
        "metric": metric, "value": value, "ci_low": value - half, "ci_high": value + half,
        "n_patients": 62 if cohort == "all" else 11, "n_predictions": 62 * max(k, 1), "unit": unit,
    }  # fmt: skip


def _champions(outcomes: Iterable[str]) -> pd.DataFrame:
    rows = []
    for outcome in [*outcomes, "edema"]:
        for k in (0, 1, 2, 3, 6):
            served = "population" if k == 0 else "blend"
            weights = {"population": 1.0} if k == 0 else {"neural_process": 0.6, "boosted_lags": 0.4}
            evidence = (
                "With no own records no learner was better than population on tuning patients."
                if k == 0
                else "On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %)."
            )
            rows.append(
                [
                    outcome,
                    k,
                    served,
                    "population" if k == 0 else "boosted_lags",
                    json.dumps(weights),
                    evidence,
                ]
            )
    return pd.DataFrame(rows, columns=list(content_columns("champions")))


def _guards() -> pd.DataFrame:
    rows = [
        ["trajectory", "The newest own value lies far from what is expected from the earlier ones.",
         1.84, 0.05, 47, 50, 3, 5],
        ["divergence", "Adaptation moved a learner far away from every other predictor.", 2.9, 0.02, 47, 50, 0, 1],
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(content_columns("guards")))


def _sentinels() -> pd.DataFrame:
    rows = [
        ["shuffled_outcomes", "Outcomes dealt at random cannot be predicted.", "held",
         "Skill -21.0 % (95 % interval -25.1 to -17.2 %).", -0.21, -0.251, -0.172, 0.02, 62],
        ["permuted_patient", "A stranger's records do not help.", "held",
         "6 % of the gain is left (95 % interval 0 to 19 %).", 0.06, 0.0, 0.19, 0.5, 62],
        ["changed_future", "What comes later changes nothing.", "held", "None of 180 predictions changed.",
         0.0, np.nan, np.nan, 0.0, 62],
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(content_columns("sentinels")))
