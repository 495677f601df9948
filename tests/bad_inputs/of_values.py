"""Corruptions of the values themselves: units, scales, columns exchanged, outcomes."""

import numpy as np

from tests.bad_inputs.case import Frame, change, held, in_first_patient, put, rejected, remarked


def _zero_for_missing(frame: Frame) -> Frame:
    rows = [int(i) for i in np.random.default_rng(4).permutation(len(frame))[: int(0.3 * len(frame))]]
    return put("outcome", [0.0] * len(rows), rows)(put("on_drug", [0] * len(rows), rows)(frame))


def _one_cohort_without(frame: Frame) -> Frame:
    return frame.assign(glucose_mg_dl=frame["glucose_mg_dl"].where(frame["cohort_id"] != "C2"))


VALUES = [
    rejected("E01", "the other unit", "E_SCALE_SHIFT", change("glucose_mg_dl", lambda s: s * 0.0555)),
    rejected("", "the other unit of another column", "E_SCALE_SHIFT", change("creatinine_mg_dl", lambda s: s * 88.42)),
    rejected("", "pounds everywhere", "E_SCALE_SHIFT", change("weight_kg", lambda s: s * 2.2046)),
    rejected("", "kilopascals", "E_SCALE_SHIFT", change("sbp_mmhg", lambda s: s / 7.5)),
    rejected("B10", "ten times as much", "E_SCALE_SHIFT", change("weight_kg", lambda s: s * 10)),
    rejected("D05", "age in months", "E_SCALE_SHIFT", change("age", lambda s: s * 12)),
    rejected("E06", "two columns exchanged", "E_DISTRIBUTION_SHIFT", lambda f: f.rename(
        columns={"sbp_mmhg": "weight_kg", "weight_kg": "sbp_mmhg"})),
    rejected("E17", "outcome leaked", "E_LEAKAGE_SUSPECT", lambda f: f.assign(glucose_mg_dl=100 + 10 * f["outcome"])),
    rejected("", "outcome leaked upside down", "E_LEAKAGE_SUSPECT", lambda f: f.assign(
        sbp_mmhg=128 - 10 * f["outcome"])),
    rejected("", "outcome leaked by its order", "E_LEAKAGE_SUSPECT", lambda f: f.assign(
        creatinine_mg_dl=np.exp(f["outcome"] / 2).round(4).clip(0.1, 29))),
    rejected("", "pounds in one cohort", "E_SCALE_SHIFT", lambda f: f.assign(
        weight_kg=f["weight_kg"].mask(f["cohort_id"] == "C4", f["weight_kg"] * 2.2046))),
    rejected("", "two columns exchanged in one cohort", "E_DISTRIBUTION_SHIFT", lambda f: f.assign(
        weight_kg=f["weight_kg"].mask(f["cohort_id"] == "C4", f["sbp_mmhg"]),
        sbp_mmhg=f["sbp_mmhg"].mask(f["cohort_id"] == "C4", f["weight_kg"]))),
    rejected("F07", "outcome constant", "E_TARGET_CONSTANT", change("outcome", lambda s: 1.0)),
    rejected("F10", "outcome of one class", "E_TARGET_CONSTANT", change("outcome", lambda s: 0)),
    rejected("F08", "outcome missing", "E_TARGET_MISSING", change("outcome", lambda s: np.nan)),
    rejected("F19", "many bad rows", "E_QUARANTINE_FRACTION", put("weight_kg", [-5] * 115, list(range(0, 690, 6)))),
    held("", "as many bad rows as may be", "Q_HARD_RANGE", 38, put("weight_kg", [-5] * 38, list(range(0, 760, 20)))),
    rejected("", "one bad row more", "E_QUARANTINE_FRACTION", put("weight_kg", [-5] * 39, list(range(0, 780, 20)))),
    held("E03", "rows in the other unit", "Q_UNIT_SUSPECT", 4, put(
        "creatinine_mg_dl", [88.4, 97.0, 75.0, 110.0], [5, 100, 200, 300])),
    held("E05", "a decimal point slipped", "Q_HARD_RANGE", 3, put("weight_kg", [780, 812, 655], [5, 100, 200])),
    held("E07", "below zero", "Q_HARD_RANGE", 2, put("weight_kg", [-70, 0])),
    held("", "outcome out of range", "Q_HARD_RANGE", 2, put("outcome", [500, -500])),
    remarked("E09", "unusual", "W_OOD", in_first_patient("weight_kg", 210.0)),
    remarked("E04", "pounds in some rows", "W_WITHIN_PATIENT_JUMP", put("weight_kg", [170.0], [3])),
    remarked("E10", "constant", "W_CONSTANT", change("sbp_mmhg", lambda s: 120.0)),
    remarked("", "constant in one cohort", "W_CONSTANT", lambda f: f.assign(
        creatinine_mg_dl=f["creatinine_mg_dl"].mask(f["cohort_id"] == "C2", 1.0))),
    remarked("", "outcome constant in one cohort", "W_CONSTANT", lambda f: f.assign(
        outcome=f["outcome"].mask(f["cohort_id"] == "C2", 0.0))),
    remarked("E12", "mostly missing", "W_COMPLETENESS", put("creatinine_mg_dl", [""] * 480)),
    remarked("", "all missing", "W_COMPLETENESS", change("glucose_mg_dl", lambda s: np.nan)),
    remarked("", "missing in one cohort", "W_COMPLETENESS", _one_cohort_without),
    remarked("B26", "zero for missing", "W_HEAPING", _zero_for_missing),
    remarked("E14", "copied forward", "W_COPY_FORWARD", lambda f: f.assign(
        glucose_mg_dl=f.groupby("patient_id")["glucose_mg_dl"].transform("first"))),
    remarked("F05", "no outcome for one", "W_NO_SUPPORT", in_first_patient("outcome", "")),
]  # fmt: skip
