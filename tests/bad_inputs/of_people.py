"""Corruptions of who, when and where: keys, identities, births, deaths, cohorts."""

import numpy as np
import pandas as pd

from tests.bad_inputs.case import (
    SIZE_OF_FIRST,
    Frame,
    change,
    clean,
    first_patient,
    held,
    in_first_patient,
    put,
    remarked,
    times,
)  # fmt: skip


def _half_in_small_letters(frame: Frame) -> Frame:
    second_half = np.arange(len(frame)) % 2 == 1
    return frame.assign(patient_id=frame["patient_id"].mask(second_half, frame["patient_id"].str.lower()))


def _later_conflict(frame: Frame) -> Frame:
    again = frame.iloc[[3, 30, 77, 130, 400]].copy()
    return pd.concat([frame, again.assign(outcome=again["outcome"] + 3)])


def _two_people(frame: Frame) -> Frame:
    first = np.flatnonzero(first_patient(frame))
    frame = put("sex", ["M"] * 2 + ["F"] * (len(first) - 2), list(first))(frame)
    return put("date_of_birth", ["1931-01-01", "1931-01-01"])(frame)


def _second_name(frame: Frame) -> Frame:
    return pd.concat([frame, frame[first_patient(frame)].assign(patient_id="P9999")])


def _second_name_for_a_part(frame: Frame) -> Frame:
    again = frame[first_patient(frame)].iloc[1:].assign(patient_id="P9999")
    return pd.concat([frame, again])


def _dead_at_first_visit(frame: Frame) -> Frame:
    death = frame.loc[first_patient(frame), "time"].min()[:10]
    return frame.assign(death_date=np.where(first_patient(frame), death, ""))


def _dominant(frame: Frame) -> Frame:
    n = 9 * len(frame)
    rows = frame.iloc[[0] * n].copy()
    rows["time"] = pd.date_range("2021-01-01", periods=n, freq="h").strftime("%Y-%m-%dT%H:%M:%SZ")
    born = pd.Timestamp(frame["date_of_birth"].iloc[0], tz="UTC")
    rows["age"] = ((pd.to_datetime(rows["time"], utc=True) - born).dt.days / 365.25).round(2)
    rows["outcome"] = np.linspace(-2, 2, n)
    return pd.concat([frame, rows], ignore_index=True)


def _one_bad_cohort(frame: Frame) -> Frame:
    rows = np.flatnonzero(frame["cohort_id"] == "C3")
    return put("weight_kg", [-5] * 24, list(rows[:24]))(frame)


def _few_of_another_sex(frame: Frame) -> Frame:
    first = frame.loc[frame["cohort_id"] == "C1", "patient_id"].unique()[:3]
    return frame.assign(sex=frame["sex"].where(~frame["patient_id"].isin(first), "U"))


def _old(frame: Frame) -> Frame:
    moved = (times(frame) - pd.Timedelta(days=900)).dt.strftime("%Y-%m-%dT%H:%M:%SZ")
    return frame.assign(time=moved, age=frame["age"] - 900 / 365.25)


def _long(frame: Frame) -> Frame:
    return pd.concat([frame.assign(patient_id=frame["patient_id"] + f"_{k}") for k in range(26)])


PEOPLE = [
    held("C01", "no patient", "Q_KEY_NULL", 3, put("patient_id", ["", "", ""], [5, 200, 500])),
    held("C02", "no cohort", "Q_KEY_NULL", 3, put("cohort_id", ["", "", ""], [5, 200, 500])),
    held("D15", "no time", "Q_KEY_NULL", 5, put("time", [""] * 5, [5, 100, 200, 300, 500])),
    held("C04", "one key, two versions", "Q_KEY_CONFLICT", 10, _later_conflict),
    held("C07", "two people under one id", "Q_IDENTITY_CONFLICT", SIZE_OF_FIRST, _two_people, patients=1),
    held("D02", "born after the visit", "Q_BIRTH_AFTER_VISIT", SIZE_OF_FIRST,
         in_first_patient("date_of_birth", "2030-01-01"), patients=1),
    held("D16", "seen after death", "Q_AFTER_DEATH", SIZE_OF_FIRST, _dead_at_first_visit, patients=1),
    held("", "age does not agree", "Q_AGE_DISAGREES", 1, put("age", [7.0])),
    held("D01", "in the future", "Q_TIME_FUTURE", 4, put("time", ["2099-01-01T00:00:00Z"] * 4, [5, 100, 200, 300])),
    held("D13", "at the end of time", "Q_TIME_FUTURE", 2, put("time", ["9999-12-31T00:00:00Z"] * 2)),
    held("", "at the beginning of computers, and of time", "Q_TIME_RANGE", 2, put(
        "time", ["1970-01-01T00:00:00Z", "0001-01-01T00:00:00Z"])),
    held("", "born long ago", "Q_TIME_RANGE", SIZE_OF_FIRST, in_first_patient("date_of_birth", "1850-01-01")),
    remarked("", "rows twice", "N_DEDUP", lambda f: pd.concat([f, f.iloc[[5, 9]]]), held=2),
    remarked("", "every row twice", "N_DEDUP", lambda f: pd.concat([f, f]), held=764),
    remarked("C08", "one person, two ids", "W_DUP_TRAJECTORY", _second_name),
    remarked("", "one person, two ids, one visit under one of them only", "W_DUP_TRAJECTORY", _second_name_for_a_part),
    remarked("", "one person, two ids, in two spellings", "W_SPELLINGS", _half_in_small_letters),
    remarked("", "a cohort in two spellings", "W_SPELLINGS", put("cohort_id", ["c1", "c1"])),
    remarked("", "another sex in one row", "W_IDENTITY_CONFLICT", put("sex", ["U"])),
    remarked("F06", "one patient dominates", "W_DOMINANT_PATIENT", _dominant),
    remarked("F01", "one patient only", "W_TOO_FEW_TO_TRAIN", lambda f: f[first_patient(f)]),
    remarked("", "one row only", "W_TOO_FEW_TO_TRAIN", lambda f: f[:1]),
    held("F20", "one bad cohort", "W_QUARANTINE_CONCENTRATED", 24, _one_bad_cohort),
    remarked("D18", "old", "W_STALE_FEED", _old),
    clean("F21", "twenty thousand rows", _long),
    clean("G05", "three patients of another sex", _few_of_another_sex),
    clean("", "rows in another order", lambda f: f.sample(frac=1, random_state=3)),
    clean("", "ids that sort otherwise", change("patient_id", lambda s: s.str[::-1])),
]  # fmt: skip
