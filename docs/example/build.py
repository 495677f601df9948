"""Makes asthma_visits.csv: invented patients of three invented clinics, the same ones every time.

python docs/example/build.py
"""

from pathlib import Path

import numpy as np
import pandas as pd

PATIENTS = 150
CLINICS = {"Harbour": 0.0, "Hill": 25.0, "Riverside": -30.0}
FIRST_DAY = pd.Timestamp("2021-01-04")


def visits(seed: int = 7) -> pd.DataFrame:
    """One row a visit: who, when, where, and the peak flow in litres a minute."""
    rng = np.random.default_rng(seed)
    rows = [row for patient in range(PATIENTS) for row in _visits_of(patient, rng)]
    return pd.DataFrame(rows).sort_values(["patient", "visit_date"], ignore_index=True)


def _visits_of(patient: int, rng: np.random.Generator) -> list[dict[str, object]]:
    clinic = list(CLINICS)[patient % len(CLINICS)]
    sex, age, smoker = rng.choice(["female", "male"]), int(rng.integers(18, 75)), int(rng.random() < 0.2)
    usual = 480 - 2.2 * age + 70 * (sex == "male") - 25 * smoker + CLINICS[clinic] + rng.normal(0, 60)
    slope, day, rows = rng.normal(-6, 8), int(rng.integers(0, 200)), []
    for _ in range(int(rng.integers(2, 9))):
        flow = usual + slope * day / 365.25 + rng.normal(0, 22)
        woken = int(rng.random() < 1 / (1 + np.exp((flow - usual + 15) / 15)))
        rows.append(
            {
                "patient": f"A{patient:03d}",
                "visit_date": (FIRST_DAY + pd.Timedelta(days=day)).date().isoformat(),
                "clinic": clinic,
                "sex": sex,
                "age": age,
                "smoker": smoker,
                "peak_flow": round(float(flow), 0),
                "woken_by_asthma": woken,
            }
        )
        day += int(rng.integers(60, 240))
    return rows


if __name__ == "__main__":
    visits().to_csv(Path(__file__).with_name("asthma_visits.csv"), index=False, lineterminator="\n")
