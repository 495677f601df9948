"""Corruptions of the header: which columns there are, and what they are called."""

import pandas as pd

from tests.bad_inputs.case import change, clean, csv, rejected, remarked

COLUMNS = [
    rejected("", "column missing", "E_COLUMNS_MISSING", lambda f: f.drop(columns="sbp_mmhg")),
    rejected("", "a slip in a name", "E_COLUMNS_MISSING", lambda f: f.rename(
        columns={"glucose_mg_dl": "glucose_mgdl"})),
    rejected("", "a Cyrillic letter in a name", "E_COLUMNS_MISSING", lambda f: f.rename(columns={"age": "\u0430ge"})),
    rejected("", "a column twice", "E_DUP_COLUMN", lambda f: csv(pd.concat([f, f[["age"]]], axis=1))),
    rejected("", "a column twice but for case", "E_DUP_COLUMN", lambda f: f.assign(AGE=f["age"])),
    rejected("B07", "other unit in a name", "E_UNIT_DECLARED_MISMATCH", lambda f: change(
        "glucose_mg_dl", lambda s: s * 0.0555)(f).rename(columns={"glucose_mg_dl": "glucose_mmol_l"})),
    rejected("", "other unit in brackets after a name", "E_UNIT_DECLARED_MISMATCH", lambda f: change(
        "glucose_mg_dl", lambda s: s * 0.0555)(f).rename(columns={"glucose_mg_dl": "Glucose [mmol/L]"})),
    rejected("G01", "names of people", "E_PHI_COLUMN", lambda f: f.assign(
        full_name="Jane Roe", mrn="00112233", email="a@b.org")),
    rejected("", "names of people, spelled otherwise", "E_PHI_COLUMN", lambda f: f.assign(PatientName="Jane Roe")),
    rejected("", "names of people in other languages", "E_PHI_COLUMN", lambda f: f.assign(Nachname="Roe")),
    remarked("B03", "unknown column", "W_EXTRA_COLUMN", lambda f: f.assign(new_marker=1.0)),
    remarked("G03", "free text", "W_FREE_TEXT", lambda f: f.assign(note="seen with Mrs Roe, call 555-0100")),
    remarked("", "free text in a few rows", "W_FREE_TEXT", lambda f: f.assign(
        remark=["seen with Mrs Roe today, will call back"] * 9 + [""] * (len(f) - 9))),
    remarked("B05", "capitals and spaces", "N_HEADER", lambda f: f.rename(columns=lambda c: f" {c.upper()} ")),
    clean("B04", "columns in another order", lambda f: f[f.columns[::-1]]),
]  # fmt: skip
