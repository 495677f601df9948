"""Corruptions of how cells are written: numbers, dates, times, identifiers, categories."""

import numpy as np
import pandas as pd

from tests.bad_inputs.case import (
    SIZE_OF_FIRST,
    Frame,
    change,
    clean,
    held,
    in_first_patient,
    put,
    rejected,
    remarked,
    times,
)  # fmt: skip


def _stamped(form: str):
    return lambda f: f.assign(time=times(f).dt.strftime(form))


def _two_forms(frame: Frame) -> Frame:
    """One name in two Unicode forms."""
    changed = in_first_patient("patient_id", "Re\u0301ne")(frame)
    return put("patient_id", ["R\u00e9ne"])(changed)


def _half_in_tokyo(frame: Frame) -> Frame:
    other = np.arange(len(frame)) % 2 == 1
    return frame.assign(time=frame["time"].where(~other, frame["time"].str.replace("Z", "+09:00")))


def _renamed(names: dict[str, str]):
    return change("patient_id", lambda s: s.replace(names))


TYPES = [
    rejected("B08", "unit in the cells", "E_TYPE", change("glucose_mg_dl", lambda s: s.astype(str) + " mg/dL")),
    rejected("B09", "decimal commas", "E_LOCALE_DECIMAL", change("weight_kg", lambda s: (
        s.astype(str).str.replace(".", ",")))),
    rejected("", "decimal commas after thousands points", "E_LOCALE_DECIMAL", change("glucose_mg_dl", lambda s: (
        (s * 10).map(lambda v: f"{v:,.1f}".translate(str.maketrans(",.", ".,")))))),
    rejected("B12", "Excel's day numbers", "E_DATE_FORMAT", lambda f: f.assign(
        time=(times(f) - pd.Timestamp("1899-12-30", tz="UTC")) / pd.Timedelta("1D"))),
    rejected("B13", "day/month/year", "E_DATE_FORMAT", _stamped("%d/%m/%Y")),
    rejected("", "month/day/year with AM and PM", "E_DATE_FORMAT", _stamped("%m/%d/%Y %I:%M %p")),
    rejected("", "seconds since 1970", "E_DATE_FORMAT", lambda f: f.assign(time=times(f).map(pd.Timestamp.timestamp))),
    rejected("B14", "two-digit years", "E_DATE_FORMAT", change("date_of_birth", lambda s: (
        pd.to_datetime(s).dt.strftime("%d-%b-%y")))),
    rejected("D09", "no offsets", "E_TZ_MISSING", change("time", lambda s: s.str.replace("Z", ""))),
    held("D10", "hours that a clock skips or repeats", "Q_TIME_AMBIGUOUS", 2, lambda f: put(
        "time", ["2024-03-31T02:30:00", "2024-10-27T02:30:00"])(f.assign(time=f["time"].str.replace("Z", ""))),
         timezone="Europe/Paris"),
    rejected("B15", "ids in scientific notation", "E_ID_FORMAT", change("patient_id", lambda s: (
        s.str[1:].astype(int) + 123456780000).map(lambda v: f"{v:.5E}"))),
    rejected("", "ids that became decimal numbers", "E_ID_FORMAT", change("patient_id", lambda s: (
        s.str[1:].astype(float)))),
    rejected("B34", "other booleans", "E_CATEGORY_DOMAIN", lambda f: f.assign(
        on_drug=(["Y", "1", "true", "N"] * 999)[: len(f)])),
    rejected("", "other codes of sex", "E_CATEGORY_DOMAIN", change("sex", lambda s: s.map({"F": 2, "M": 1}))),
    rejected("F13", "outcome in words", "E_TYPE", change("outcome", lambda s: np.where(s > 0, "yes", "no"))),
    held("B11", "thousands separators", "Q_TYPE", 4, put("glucose_mg_dl", ["1,020"] * 4, [9, 99, 199, 299])),
    held("B20", "words among numbers", "Q_TYPE", 3, put("sbp_mmhg", ["high", "120/80", "n.d."])),
    held("", "numbers of programmers", "Q_TYPE", 4, put("weight_kg", ["0x46", "7_0", "\u0667\u0660", "70%"])),
    held("", "fraction among whole numbers", "Q_CATEGORY", 1, put("on_drug", ["0.5"])),
    held("B22", "infinity", "Q_NONFINITE", 2, put("glucose_mg_dl", ["Infinity", "-inf"])),
    held("B23", "a number too large to be one", "Q_NONFINITE", 1, put("glucose_mg_dl", ["1e400"])),
    held("B19", "40 digits", "Q_HARD_RANGE", 1, put("sbp_mmhg", ["9" * 40])),
    held("D14", "no such day", "Q_TYPE", 1, put("time", ["2023-02-29T10:00:00Z"])),
    held("", "no such hour or second", "Q_TYPE", 2, put("time", ["2021-03-01T24:00:00Z", "2016-12-31T23:59:60Z"])),
    held("", "another date format in two rows", "Q_TYPE", 2, put("time", ["01/02/2021", "03/04/2021"])),
    held("", "one time without offset", "Q_TZ_MISSING", 1, put("time", ["2021-03-01T10:00:00"])),
    held("", "unknown category", "Q_CATEGORY", 1, put("sex", ["X"])),
    held("B37", "formula as id", "Q_ID_FORMAT", SIZE_OF_FIRST, in_first_patient("patient_id", "=cmd|' /C calc'!A0")),
    held("B40", "SQL as id", "Q_ID_FORMAT", SIZE_OF_FIRST, in_first_patient(
        "patient_id", "P1'; DROP TABLE predictions;--")),
    held("B41", "10,000 letters as id", "Q_ID_FORMAT", SIZE_OF_FIRST, in_first_patient("patient_id", "P" * 10_000)),
    held("B32", "one name in two Unicode forms", "Q_ID_FORMAT", SIZE_OF_FIRST, _two_forms),
    held("", "letters that look alike as id", "Q_ID_FORMAT", SIZE_OF_FIRST, in_first_patient(
        "patient_id", "\u04200001")),
    held("", "something invisible in an id", "Q_ID_FORMAT", SIZE_OF_FIRST, in_first_patient(
        "patient_id", "P0001\u200b")),
    held("", "a script as id", "Q_ID_FORMAT", SIZE_OF_FIRST, in_first_patient(
        "patient_id", "<script>alert(1)</script>")),
    held("", "a path as id", "Q_ID_FORMAT", SIZE_OF_FIRST, in_first_patient("patient_id", "../../etc/passwd")),
    held("", "a line end in an id", "Q_ID_FORMAT", 1, put("patient_id", ["P0001\nP0002"])),
    remarked("B27", "words for missing", "N_NULL_TOKEN", put("weight_kg", ["NULL", "N/A", "?", ".", "None", "-"])),
    remarked("", "-999 for missing", "N_SENTINEL", put("weight_kg", [-999, -999])),
    remarked("B35", "declared spellings", "N_CATEGORY", lambda f: f.assign(
        sex=([" f", "F", "m ", "M"] * 999)[: len(f)])),
    remarked("B30", "spaces around ids", "N_TRIM", change("patient_id", lambda s: (
        s.where(np.arange(len(s)) % 25 > 0, s + "\u00a0 ")))),
    remarked("D08", "mixed offsets", "N_TZ", _half_in_tokyo),
    clean("", "hours as offsets, as PostgreSQL writes them", _stamped("%Y-%m-%d %H:%M:%S+00")),
    clean("", "plus signs and powers of ten", put("weight_kg", ["+70", "7.0e1"])),
    clean("B16", "ids of digits", change("patient_id", lambda s: s.str[1:].str.zfill(8))),
    clean("B29", "patients called nan, None and TRUE", _renamed({"P0001": "nan", "P0002": "None", "P0003": "TRUE"})),
    clean("F23", "odd but legal ids", _renamed({"P0001": "0", "P0002": "1e5", "P0003": "P-1_2.3", "P0004": "inf"})),
]  # fmt: skip
