"""Corruptions that only the delivery before can show."""

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
    rejected,
    remarked,
)  # fmt: skip

SIZE_OF_SECOND = 7


def _swap_first_two(frame: Frame) -> Frame:
    a, b = frame["patient_id"].unique()[:2]
    return frame.assign(patient_id=frame["patient_id"].replace({a: b, b: a}))


def _another_person(frame: Frame) -> Frame:
    mine = first_patient(frame)
    visit = pd.to_datetime(frame["time"], utc=True)
    age = ((visit - pd.Timestamp("2001-01-01", tz="UTC")).dt.days / 365.25).round(2)
    return frame.assign(
        date_of_birth=frame["date_of_birth"].where(~mine, "2001-01-01"), age=frame["age"].where(~mine, age)
    )


def _grown(frame: Frame) -> Frame:
    return pd.concat([frame.assign(patient_id=frame["patient_id"] + f"x{k}") for k in range(10)])


HISTORY = [
    held("C06", "two ids exchanged", "Q_IDENTITY_CHANGED", SIZE_OF_FIRST + SIZE_OF_SECOND, _swap_first_two,
         history=True, patients=2),
    held("C14", "an id given to another person", "Q_IDENTITY_CHANGED", SIZE_OF_FIRST, _another_person,
         history=True, patients=1),
    held("", "another sex than before", "Q_IDENTITY_CHANGED", SIZE_OF_FIRST, in_first_patient("sex", "U"),
         history=True, patients=1),
    remarked("C10", "moved to another cohort", "W_COHORT_MOVED", in_first_patient("cohort_id", "C6"), history=True),
    remarked("C12", "cohort renamed", "W_COHORT_NEW_AND_GONE", change("cohort_id", lambda s: (
        s.replace("C3", "Cohort-3"))), history=True),
    remarked("F16", "cohort gone", "W_COHORT_GONE", lambda f: f[f["cohort_id"] != "C6"], history=True),
    remarked("E16", "drifted", "W_DRIFT_PSI", change("sbp_mmhg", lambda s: s + s.std()), history=True),
    rejected("F17", "shrunk", "E_ROWCOUNT_DROP", lambda f: f.sample(frac=0.1, random_state=1), history=True),
    remarked("F18", "grown", "W_ROWCOUNT_JUMP", _grown, history=True),
    remarked("", "the same delivery again", "W_REPEATED_DELIVERY", lambda f: f, history=True),
    remarked("", "the same rows in another order", "W_REPEATED_DELIVERY", lambda f: f[::-1], history=True),
    remarked("", "most patients gone, as many new", "W_SUBJECTS_GONE", change("patient_id", lambda s: (
        s.where(s < "P0050", "N" + s))), history=True),
    remarked("", "ids in small letters", "W_SPELLINGS", change("patient_id", lambda s: s.str.lower()), history=True),
    remarked("", "ids without their zeros", "W_SPELLINGS", change("patient_id", lambda s: (
        s.str.replace("P0*", "P", regex=True))), history=True),
    remarked("", "outcome drifted", "W_DRIFT_PSI", change("outcome", lambda s: s + s.std()), history=True),
    clean("", "one measurement corrected", put("weight_kg", [71.5]), history=True),
    clean("", "some rows fewer", lambda f: f.sample(frac=0.8, random_state=1), history=True),
]  # fmt: skip
