"""A made-up but lifelike table for the contract beside it: visits of patients in six cohorts, all of it valid."""

import numpy as np
import pandas as pd


def base_table(seed: int = 7, patients: int = 120) -> pd.DataFrame:
    """Some 800 rows that break no promise."""
    rng = np.random.default_rng(seed)
    return pd.concat([_patient(rng, n) for n in range(patients)], ignore_index=True)


def _patient(rng: np.random.Generator, number: int) -> pd.DataFrame:
    visits = int(rng.integers(4, 10))
    birth = pd.Timestamp("1940-01-01") + pd.Timedelta(days=int(rng.integers(0, 20_000)))
    gaps = rng.integers(14, 90, size=visits).cumsum() + int(rng.integers(0, 300))
    times = pd.Timestamp("2021-01-01") + pd.to_timedelta(gaps * 1440 + rng.integers(0, 1440), unit="min")
    glucose = np.clip(rng.normal(110, 18) + rng.normal(0, 10, visits), 60, 390)
    return pd.DataFrame(
        {
            "patient_id": f"P{number + 1:04d}",
            "cohort_id": f"C{number % 6 + 1}",
            "time": times.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "date_of_birth": birth.strftime("%Y-%m-%d"),
            "age": np.round((times - birth).days / 365.25, 2),
            "sex": str(rng.choice(["F", "M"])),
            "weight_kg": np.round(np.clip(rng.normal(78, 12) + rng.normal(0, 1.2, visits), 40, 150), 1),
            "creatinine_mg_dl": np.round(rng.lognormal(-0.05, 0.25) * np.exp(rng.normal(0, 0.08, visits)), 2),
            "glucose_mg_dl": np.round(glucose, 1),
            "sbp_mmhg": np.round(np.clip(rng.normal(128, 12) + rng.normal(0, 7, visits), 90, 210), 1),
            "on_drug": int(rng.integers(0, 2)),
            "outcome": np.round(rng.normal(0, 1) + (glucose - 110) / 25 + rng.normal(0, 0.4, visits), 3),
        }
    )
