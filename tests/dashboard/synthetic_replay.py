"""Earlier predictions of a synthetic release: the value before, with an interval that misses some values."""

import numpy as np
import pandas as pd

from meta_med.published.tables import content_columns

ROLES = {"train": "out_of_part", "tuning": "tuning", "calibration": "calibration", "held_out": "held_out"}
WIDE = {50: 0.08, 80: 0.15, 90: 0.2}
TOO_OLD = "Last measured more than 3 years before the predicted visit."


def replay_frame(subjects: pd.DataFrame, records: pd.DataFrame) -> pd.DataFrame:
    """Table `replay` of these records: each is predicted as the last value, the first one as the outcome's median."""
    rows = records.sort_values(["subject_id", "outcome", "time_days"], ignore_index=True)
    groups = rows.groupby(["subject_id", "outcome"])
    own, last = groups.cumcount(), groups["value"].shift()
    typical = rows.groupby("outcome")["value"].transform("median")
    mean = last.fillna(typical)
    risk = rows["outcome"] == "edema"
    bounds = {
        f"{side}_{level}": np.where(risk, np.nan, mean * (1 + sign * share))
        for level, share in WIDE.items()
        for side, sign in (("lower", -1), ("upper", 1))
    }
    frame = rows.assign(
        own_records=own,
        last_value=last,
        mean=np.where(risk, np.nan, mean),
        probability=np.where(risk, 0.2 + 0.5 * mean, np.nan),
        **bounds,
        support_size=own,
        reason="",
        role=rows["subject_id"].map(subjects.set_index("subject_id")["split"]).map(ROLES),
    )
    return frame.reindex(columns=list(content_columns("replay")))
