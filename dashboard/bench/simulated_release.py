"""A release of any number of simulated patients, with everything that a patient's page shows; made without a loop."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from meta_med.published.release import Release
from meta_med.published.tables import CONTENT, content_columns

STUDY = "simulated"
COHORTS = tuple(f"clinic {letter}" for letter in "ABCDEFGH")
SPLITS = ("train", "tuning", "calibration", "held_out")
STATUSES = ("personalised", "cohort", "withheld")
OUTCOMES = (
    ("glucose", "Fasting glucose", "mmol/L", 3.9, 5.6, 7.0),
    ("ldl", "LDL cholesterol", "mmol/L", 1.0, 3.0, 3.4),
)
"""Name, label, unit, reference range, and the typical value."""
QUARTER = 365.25 / 4
HORIZONS = (QUARTER, 2 * QUARTER)
ENDS = {50: 0.674, 80: 1.282, 90: 1.645}
MOST_RECORDS = 5
REPLAYED, INFLUENTIAL = 2, 1
WITHHELD = "Last measured more than 3 years before the predicted visit."

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class _Series:
    """One outcome of every patient.

    Attributes:
        name: the outcome.
        patient: of each record, its patient's position.
        own: of each record, how many records the patient had before.
        value: of each record.
        mean: of each patient, the predicted value.

    """

    name: str
    patient: npt.NDArray[np.int64]
    own: npt.NDArray[np.int64]
    value: Numbers
    mean: Numbers


def subject_id(number: int) -> str:
    """The id of the patient of this number, from 1."""
    return f"S{number:08d}"


def simulated_release(patients: int, outcomes: int = 1, seed: int = 0) -> Release:
    """A release of simulated patients; the same for the same arguments.

    Args:
        patients: how many.
        outcomes: how many of OUTCOMES each has.
        seed: of the random numbers.

    """
    generator = np.random.default_rng(seed)
    subjects = _subjects(patients, generator)
    parts = [_of_outcome(subjects, number, generator) for number in range(outcomes)]
    frames = {name: pd.DataFrame(columns=list(content_columns(name))) for name in CONTENT}
    frames |= {"subjects": subjects, "outcomes": _outcomes(outcomes), "cohorts": _cohorts(subjects)}
    frames |= {name: _together([part[name] for part in parts], name) for name in parts[0]}
    manifest = {
        "title": "Simulated patients",
        "seed": seed,
        "patients": patients,
        "rows_in": len(frames["records"]),
    }
    return Release(STUDY, frames, manifest)


def _subjects(n: int, generator: np.random.Generator) -> pd.DataFrame:
    counts = generator.integers(0, MOST_RECORDS + 1, n)
    old = generator.random(n) < 0.02
    status = np.where(counts == 0, 1, np.where(old, 2, 0))
    age = pd.Series(generator.integers(18, 95, n)).astype(str)
    sex = pd.Series(generator.choice(np.array(["female", "male"]), n))
    return pd.DataFrame(
        {
            "subject_id": "S" + pd.Series(np.arange(1, n + 1)).astype(str).str.zfill(8),
            "cohort": generator.choice(np.array(COHORTS), n),
            "split": np.array(SPLITS)[np.arange(n) % len(SPLITS)],
            "n_records": counts,
            "newest_record_days": np.where(counts > 0, (counts - 1) * QUARTER, np.nan),
            "status": np.array(STATUSES)[status],
            "display": '{"age": "' + age + ' years", "sex": "' + sex + '"}',
            "remarks": "",
        }
    )


def _of_outcome(
    subjects: pd.DataFrame, number: int, generator: np.random.Generator
) -> dict[str, pd.DataFrame]:
    """Table -> rows of one outcome."""
    name, *_, typical = OUTCOMES[number]
    counts = subjects["n_records"].to_numpy(dtype=np.int64)
    patient = np.repeat(np.arange(len(counts)), counts)
    own = np.arange(len(patient)) - np.repeat(np.cumsum(counts) - counts, counts)
    level = typical * np.exp(0.25 * generator.normal(size=len(counts)))
    value = (level[patient] * np.exp(0.1 * generator.normal(size=len(patient)))).round(1)
    total = np.bincount(patient, value, minlength=len(counts))
    series = _Series(name, patient, own, value, ((total + typical) / (counts + 1)).round(4))
    return {
        "records": _records(subjects, series),
        "predictions": _predictions(subjects, series, typical),
        "horizons": _horizons(subjects, series),
        "replay": _replay(subjects, series),
        **_explained(subjects, series, generator),
    }


def _records(subjects: pd.DataFrame, series: _Series) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "subject_id": subjects["subject_id"].to_numpy()[series.patient],
            "time_days": series.own * QUARTER,
            "outcome": series.name,
            "value": series.value,
        }
    )


def _bounds(mean: Numbers, spread: Numbers) -> dict[str, Numbers]:
    return {
        f"{side}_{level}": (mean * np.exp(sign * z * spread)).round(4)
        for level, z in ENDS.items()
        for side, sign in (("lower", -1.0), ("upper", 1.0))
    }


def _predictions(subjects: pd.DataFrame, series: _Series, typical: float) -> pd.DataFrame:
    counts, withheld = (
        subjects["n_records"].to_numpy(dtype=np.float64),
        (subjects["status"] == "withheld").to_numpy(),
    )
    mean = np.where(withheld, np.nan, series.mean)
    flagged = np.arange(len(subjects)) % 50 == 7
    return pd.DataFrame(
        {
            "subject_id": subjects["subject_id"],
            "outcome": series.name,
            "predicted_time_days": np.maximum(counts, 1) * QUARTER,
            "mean": mean,
            **_bounds(mean, 0.1 + 0.2 / (counts + 1)),
            "probability": np.nan,
            "unadapted_mean": np.where(withheld, np.nan, typical),
            "unadapted_lower_90": 0.6 * typical,
            "unadapted_upper_90": 1.6 * typical,
            "unadapted_probability": np.nan,
            "predictor": "blend",
            "support_size": subjects["n_records"],
            "newest_value_age_days": np.where(counts > 0, QUARTER, np.nan),
            "status": subjects["status"],
            "reason": np.where(withheld, WITHHELD, ""),
            "flags": np.where(flagged, "Age lies above that of every training patient.", ""),
        }
    )


def _horizons(subjects: pd.DataFrame, series: _Series) -> pd.DataFrame:
    """A row for each patient and horizon, the patient's together."""
    patient = np.repeat(np.arange(len(subjects)), len(HORIZONS))
    days = np.tile(np.array(HORIZONS), len(subjects))
    withheld = (subjects["status"] == "withheld").to_numpy()[patient]
    mean = np.where(withheld, np.nan, series.mean[patient])
    last = np.maximum(subjects["n_records"].to_numpy(dtype=np.float64) - 1, 0)[patient] * QUARTER
    return pd.DataFrame(
        {
            "subject_id": subjects["subject_id"].to_numpy()[patient],
            "outcome": series.name,
            "horizon_days": days,
            "predicted_time_days": last + days,
            "mean": mean,
            **_bounds(mean, 0.15 + 0.05 * days / QUARTER),
            "probability": np.nan,
            "reason": np.where(withheld, WITHHELD, ""),
        }
    )


def _newest(series: _Series, counts: npt.NDArray[np.int64], most: int) -> npt.NDArray[np.bool_]:
    """Of each record, whether it is one of so many newest of its patient."""
    return np.asarray(counts[series.patient] - series.own <= most)


def _replay(subjects: pd.DataFrame, series: _Series) -> pd.DataFrame:
    kept = _newest(series, subjects["n_records"].to_numpy(dtype=np.int64), REPLAYED)
    patient, own = series.patient[kept], series.own[kept]
    last = np.where(series.own > 0, np.roll(series.value, 1), np.nan)[kept]
    mean = np.where(own > 0, 0.5 * last + 0.5 * series.mean[patient], series.mean[patient]).round(4)
    return pd.DataFrame(
        {
            "subject_id": subjects["subject_id"].to_numpy()[patient],
            "outcome": series.name,
            "own_records": own,
            "time_days": own * QUARTER,
            "value": series.value[kept],
            "last_value": last,
            "mean": mean,
            **_bounds(mean, 0.1 + 0.2 / (own.astype(np.float64) + 1.0)),
            "probability": np.nan,
            "support_size": own,
            "reason": "",
            "role": "held_out",
        }
    )


def _explained(
    subjects: pd.DataFrame, series: _Series, generator: np.random.Generator
) -> dict[str, pd.DataFrame]:
    """Two influences of each patient with records, and two parts of the width of each prediction that is shown."""
    kept = _newest(series, subjects["n_records"].to_numpy(dtype=np.int64), INFLUENTIAL)
    ids = subjects["subject_id"].to_numpy()
    shown = ids[(subjects["status"] != "withheld").to_numpy()]
    share = generator.random(len(shown)).round(3)
    influences = pd.DataFrame(
        {
            "subject_id": ids[series.patient[kept]],
            "outcome": series.name,
            "time_days": series.own[kept] * QUARTER,
            "moved": (0.2 * (series.value[kept] - series.mean[series.patient[kept]])).round(4),
            "narrowed": 0.1,
        }
    )
    reasons = pd.DataFrame(
        {
            "subject_id": np.repeat(shown, 2),
            "outcome": series.name,
            "reason": np.tile(np.array(["few_records", "varies"]), len(shown)),
            "share": np.stack([share, 1 - share], 1).ravel().round(3),
            "narrower": np.tile(np.array([0.1, np.nan]), len(shown)),
        }
    )
    return {"influences": influences, "width_reasons": reasons}


def _together(parts: list[pd.DataFrame], name: str) -> pd.DataFrame:
    """The rows of all outcomes, a patient's together, in the table's columns."""
    rows = pd.concat(parts, ignore_index=True) if len(parts) > 1 else parts[0]
    ordered = rows.sort_values("subject_id", kind="stable", ignore_index=True) if len(parts) > 1 else rows
    return ordered[list(content_columns(name))]


def _outcomes(number: int) -> pd.DataFrame:
    rows = [
        [name, label, "continuous", unit, "log", low, high, position, 0]
        for position, (name, label, unit, low, high, _) in enumerate(OUTCOMES[:number])
    ]
    return pd.DataFrame(rows, columns=list(content_columns("outcomes")))


def _cohorts(subjects: pd.DataFrame) -> pd.DataFrame:
    groups = subjects.groupby("cohort")
    sizes = pd.crosstab(subjects["cohort"], subjects["split"]).reindex(columns=list(SPLITS), fill_value=0)
    frame = pd.DataFrame({"n_subjects": groups.size(), "n_records": groups["n_records"].sum()})
    frame = frame.join(sizes.add_prefix("n_")).rename_axis("cohort").reset_index()
    return frame[list(content_columns("cohorts"))]
