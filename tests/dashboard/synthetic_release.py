"""A synthetic release from a seed: invented patients, plausible numbers."""

import json
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from meta_med.published.release import Release
from meta_med.published.tables import content_columns
from tests.dashboard.synthetic_horizons import horizon_frames
from tests.dashboard.synthetic_model import model_frames
from tests.dashboard.synthetic_quality import quality_frames
from tests.dashboard.synthetic_replay import explained_frames, replay_frame

STUDY = "pbc"
COHORTS = ("placebo, stage 1-2", "placebo, stage 3", "placebo, stage 4", "D-penicillamine, stage 1-2",
           "D-penicillamine, stage 3", "D-penicillamine, stage 4")  # fmt: skip
SPLITS = ("train", "tuning", "calibration", "held_out")
LEVELS = {50: 0.674, 80: 1.282, 90: 1.645}
YEAR = 365.25


@dataclass(frozen=True)
class MadeOutcome:
    """An outcome and its distribution: typical value, spread between and within patients, decimals."""

    name: str
    label: str
    unit: str
    scale: str
    low: float
    high: float
    typical: float
    between: float
    within: float
    decimals: int


OUTCOMES = (
    MadeOutcome("bili", "Bilirubin", "mg/dL", "log", 0.1, 1.2, 1.6, 0.9, 0.25, 1),
    MadeOutcome("albumin", "Albumin", "g/dL", "identity", 3.5, 5.0, 3.4, 0.35, 0.22, 2),
    MadeOutcome("protime", "Prothrombin time", "s", "log", 9.5, 12.0, 10.8, 0.09, 0.05, 1),
    MadeOutcome("platelet", "Platelets", "10^9/L", "identity", 150.0, 400.0, 235.0, 85.0, 38.0, 0),
    MadeOutcome("alk_phos", "Alkaline phosphatase", "U/L", "log", 40.0, 130.0, 1100.0, 0.55, 0.25, 0),
    MadeOutcome("ast", "Aspartate aminotransferase (AST)", "U/L", "log", 8.0, 40.0, 110.0, 0.45, 0.25, 1),
)


def _spread(outcome: MadeOutcome) -> float:
    """Between the records of a patient, in the outcome's unit."""
    return outcome.within if outcome.scale == "identity" else outcome.typical * outcome.within


def made_release(n: int = 90, seed: int = 7) -> Release:
    """The release; the same for the same arguments."""
    generator = np.random.default_rng(seed)
    subjects = _subjects(n, generator)
    records = pd.concat([_records(s, generator) for s in subjects.to_dict("records")], ignore_index=True)
    predictions = _predictions(subjects, records, generator)
    frames = {
        "subjects": subjects,
        "records": records,
        "predictions": predictions,
        **horizon_frames(predictions),
        "replay": replay_frame(subjects, records),
        **explained_frames(records, predictions),
        **model_frames(STUDY, COHORTS, {o.name: (_spread(o), o.unit) for o in OUTCOMES}),
        **quality_frames(COHORTS),
        "outcomes": _outcomes(),
        "cohorts": _cohorts(subjects),
    }
    manifest = {
        "title": "Primary biliary cholangitis: the next visit",
        "verdict": "quarantine", "rows_in": 640, "rows_accepted": 626, "rows_quarantined": 14,
        "patients_quarantined": 2, "seed": seed, "code_version": "0.1.0",
        "data_sha256": "9f" * 32, "contract": "pbc", "contract_version": "1.0.0",
        "report": ".meta_med/reports/pbc.html",
    }  # fmt: skip
    return Release(STUDY, {k: v[list(content_columns(k))] for k, v in frames.items()}, manifest)


def _subjects(n: int, generator: np.random.Generator) -> pd.DataFrame:
    counts = generator.integers(0, 9, n)
    counts[:4] = (7, 3, 0, 5)
    status = np.where(counts == 0, "cohort", "personalised").astype(object)
    status[3] = "withheld"
    display = [
        json.dumps({"age": f"{age:.1f} years", "sex": sex})
        for age, sex in zip(
            generator.uniform(30, 75, n), generator.choice(["female", "male"], n), strict=True
        )
    ]
    return pd.DataFrame(
        {
            "subject_id": [f"P{i:04d}" for i in range(1, n + 1)],
            "cohort": generator.choice(COHORTS, n),
            "split": [SPLITS[(0, 0, 1, 2, 3)[i % 5]] for i in range(n)],
            "n_records": counts,
            "newest_record_days": np.where(counts > 0, (counts - 1) * YEAR * 0.9, np.nan),
            "status": status,
            "display": display,
            "remarks": [HELD_ROWS if i == 1 else "" for i in range(n)],
        }
    )


def _records(subject: dict, generator: np.random.Generator) -> pd.DataFrame:
    times = np.arange(subject["n_records"]) * YEAR * 0.9
    parts = []
    for outcome in OUTCOMES:
        level = outcome.between * generator.normal()
        drift = 0.15 * outcome.within * generator.normal()
        steps = level + drift * np.arange(len(times)) + outcome.within * generator.normal(size=len(times))
        value = (
            outcome.typical * np.exp(steps)
            if outcome.scale == "log"
            else np.maximum(outcome.typical + steps, 0.3 * outcome.typical)
        )
        parts.append(
            pd.DataFrame(
                {"time_days": times, "outcome": outcome.name, "value": value.round(outcome.decimals)}
            )
        )
    odema = (generator.random(len(times)) < 0.2).astype(float)
    parts.append(pd.DataFrame({"time_days": times, "outcome": "edema", "value": odema}))
    return pd.concat(parts, ignore_index=True).assign(subject_id=subject["subject_id"])


def _predictions(
    subjects: pd.DataFrame, records: pd.DataFrame, generator: np.random.Generator
) -> pd.DataFrame:
    last = records.sort_values("time_days").groupby(["subject_id", "outcome"])["value"].last()
    rows = []
    for subject in subjects.to_dict("records"):
        k = int(subject["n_records"])
        common = {
            "subject_id": subject["subject_id"], "predicted_time_days": max(k - 1, 0) * YEAR * 0.9 + YEAR,
            "predictor": "blend", "support_size": k, "status": subject["status"], "reason": "", "flags": "",
            "newest_value_age_days": YEAR if k else np.nan, "probability": np.nan, "unadapted_probability": np.nan,
        }  # fmt: skip
        if subject["status"] == "cohort":
            common["reason"] = "Never measured in this patient so far: this is the cohort's prediction."
        if subject["subject_id"] == FLAGGED:
            common["flags"] = OLD
        for outcome in OUTCOMES:
            own = last.get((subject["subject_id"], outcome.name), outcome.typical)
            rows.append({**common, "outcome": outcome.name, **_numbers(outcome, own, k, subject["status"])})
            if subject["subject_id"] == FLAGGED and outcome.name == "albumin":
                rows[-1]["flags"] = f"{OLD} {STEP}"
        probability, plain = (round(float(generator.uniform(0.03, 0.6)), 3), 0.214)
        row = {**common, "outcome": "edema", "probability": probability, "unadapted_probability": plain}
        rows.append(
            row if subject["status"] != "withheld" else {**row, "probability": np.nan, "reason": WITHHELD}
        )
    return pd.DataFrame(rows).reindex(columns=list(content_columns("predictions")))


FLAGGED = "P0002"
HELD_ROWS = "Held back and not used: 2 rows (impossible values)."
OLD = "Age lies above that of every training patient."
STEP = "The newest value is much lower than expected from the earlier ones."
WITHHELD = "Last measured more than 3 years before the predicted visit."


def _numbers(outcome: MadeOutcome, own: float, k: int, status: str) -> dict[str, float | str]:
    """Mean and intervals on the outcome's scale; wider without own records; none where withheld."""
    if status == "withheld":
        return {"reason": WITHHELD}
    to = np.log if outcome.scale == "log" else np.asarray
    back: Callable = np.exp if outcome.scale == "log" else np.asarray
    weight = k / (k + 1.0)
    centre = weight * to(own) + (1 - weight) * to(outcome.typical)
    spread = np.hypot(outcome.within, outcome.between / (k + 1.0))
    numbers = {"mean": back(centre), "unadapted_mean": back(to(outcome.typical))}
    for level, z in LEVELS.items():
        numbers[f"lower_{level}"], numbers[f"upper_{level}"] = (
            back(centre - z * spread),
            back(centre + z * spread),
        )
    wide = LEVELS[90] * np.hypot(outcome.within, outcome.between)
    numbers["unadapted_lower_90"] = back(to(outcome.typical) - wide)
    numbers["unadapted_upper_90"] = back(to(outcome.typical) + wide)
    return {name: round(float(value), 4) for name, value in numbers.items()}


def _outcomes() -> pd.DataFrame:
    rows = [
        [o.name, o.label, "continuous", o.unit, o.scale, o.low, o.high, i, 0] for i, o in enumerate(OUTCOMES)
    ]
    rows.append(["edema", "Oedema or ascites", "binary", "", "identity", np.nan, np.nan, len(OUTCOMES), 1])
    return pd.DataFrame(rows, columns=list(content_columns("outcomes")))


def _cohorts(subjects: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for cohort in COHORTS:
        here = subjects[subjects["cohort"] == cohort]
        splits = [int((here["split"] == split).sum()) for split in SPLITS]
        rows.append([cohort, len(here), int(here["n_records"].sum()), *splits])
    return pd.DataFrame(rows, columns=list(content_columns("cohorts")))
