"""Behind the predictions of a synthetic release: earlier ones, and why the present ones are as they are."""

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


def explained_frames(records: pd.DataFrame, predictions: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Tables `influences`, `width_reasons` and `what_if` of the predictions that are shown."""
    shown = predictions[predictions["status"] != "withheld"]
    keys = shown[["subject_id", "outcome"]]
    newest = records.sort_values("time_days").groupby(["subject_id", "outcome"]).tail(2)
    moved = newest.merge(keys).sort_values(
        ["subject_id", "outcome", "time_days"], ascending=[True, True, False]
    )
    risk = moved["outcome"] == "edema"
    influences = moved.assign(
        moved=np.where(risk, 0.031, 0.1 * moved["value"]), narrowed=np.where(risk, np.nan, 0.12)
    )
    level = keys[keys["outcome"] != "edema"]
    parts = {
        "outside_range": (0.0, 0.0),
        "old_value": (0.1, 0.05),
        "few_records": (0.3, 0.18),
        "varies": (0.6, np.nan),
    }
    reasons = pd.concat([level.assign(reason=r, share=s, narrower=n) for r, (s, n) in parts.items()])
    if_ = [
        shown.assign(covariate="trt", position=i, value=value, current=int(i == 1))
        for i, value in enumerate(("0", "1"))
    ]
    frames = {
        "influences": influences,
        "width_reasons": reasons.sort_values(["subject_id", "outcome"], kind="stable"),
        "what_if": pd.concat(if_).sort_values(["subject_id", "outcome"], kind="stable"),
    }
    return {
        name: f.reindex(columns=list(content_columns(name))).reset_index(drop=True)
        for name, f in frames.items()
    }
