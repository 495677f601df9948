"""Releases small enough to read, each told apart by its `tag` in every row."""

from datetime import UTC, datetime

import numpy as np
import pandas as pd

from meta_med.published.release import Release
from meta_med.published.tables import CONTENT, content_columns

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def small_release(tag: int, n: int = 3, k: int = 2, study: str = "pbc") -> Release:
    """`n` subjects with `k` records each; every number of a release carries its tag."""
    ids = [f"P{i:05d}" for i in range(n)]
    frames = {name: pd.DataFrame(columns=list(content_columns(name))) for name in CONTENT}
    frames["subjects"] = pd.DataFrame(
        {
            "subject_id": ids,
            "cohort": [f"c{i % 2}" for i in range(n)],
            "split": "held_out",
            "n_records": k,
            "newest_record_days": [100.0 * (i % 7) for i in range(n)],
            "status": [("personalised", "cohort", "withheld")[i % 3] for i in range(n)],
            "display": '{"sex": "f"}',
            "remarks": "",
        }
    )
    frames["records"] = pd.DataFrame(
        {
            "subject_id": np.repeat(ids, k),
            "time_days": np.tile(np.arange(k) * 365.0, n),
            "outcome": "bili",
            "value": np.repeat(np.arange(n) + 1.0, k) + float(tag),
        }
    )
    numbers = {c: np.arange(n) + float(tag) for c in content_columns("predictions")}
    words = {"subject_id": ids, "outcome": "bili", "predictor": "champion", "status": "personalised"}
    rest = {
        "support_size": k,
        "reason": "",
        "flags": "",
        "probability": np.nan,
        "unadapted_probability": np.nan,
    }
    frames["predictions"] = pd.DataFrame({**numbers, **words, **rest})
    frames["outcomes"] = pd.DataFrame(
        [["bili", "Bilirubin", "continuous", "mg/dL", "log", 0.1, 1.2, 0, 0]],
        columns=content_columns("outcomes"),
    )
    return Release(study, frames, {"tag": tag, "n": n})
