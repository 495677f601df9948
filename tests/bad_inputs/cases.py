"""Corruptions of the base table, each with what a trustworthy gate makes of it."""

import gzip
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

Frame = pd.DataFrame


@dataclass(frozen=True, kw_only=True)
class Case:
    """`corrupt` gets a fresh base table and gives a frame, or the very bytes of the file."""

    name: str
    corrupt: Callable[[Frame], Frame | bytes]
    verdict: str
    code: str = ""
    """The finding that must be there; "" means that there must be none at all."""
    held: int | None = 0
    """Rows in quarantine; None where the delivery is rejected."""
    suffix: str = ".csv"
    history: bool = False
    """Judged with the base table as the previous delivery."""


def csv(frame: Frame) -> bytes:
    return frame.to_csv(index=False).encode()


def first_patient(frame: Frame) -> pd.Series:
    return frame["patient_id"] == frame["patient_id"].iloc[0]


def put(column: str, values: list[object], at: list[int] | None = None) -> Callable[[Frame], Frame]:
    """The table with these cells overwritten."""

    def corrupt(frame: Frame) -> Frame:
        frame[column] = frame[column].astype(object)
        rows = at if at is not None else list(range(len(values)))
        frame.loc[frame.index[rows], column] = values
        return frame

    return corrupt


def change(column: str, how: Callable[[pd.Series], object]) -> Callable[[Frame], Frame]:
    """The table with a whole column changed."""
    return lambda frame: frame.assign(**{column: how(frame[column])})


def in_first_patient(column: str, value: object) -> Callable[[Frame], Frame]:
    """The table with the first patient's cells of a column overwritten."""

    def corrupt(frame: Frame) -> Frame:
        frame[column] = frame[column].astype(object)
        frame.loc[first_patient(frame), column] = value
        return frame

    return corrupt


def rejected(name: str, code: str, corrupt: Callable[[Frame], Frame | bytes], **more: object) -> Case:
    return Case(name=name, corrupt=corrupt, verdict="reject", code=code, held=None, **more)  # type: ignore[arg-type]


def held(name: str, code: str, rows: int, corrupt: Callable[[Frame], Frame | bytes], **more: object) -> Case:
    return Case(name=name, corrupt=corrupt, verdict="quarantine", code=code, held=rows, **more)  # type: ignore[arg-type]


def remarked(name: str, code: str, corrupt: Callable[[Frame], Frame | bytes], **more: object) -> Case:
    return Case(name=name, corrupt=corrupt, verdict="accept", code=code, **more)  # type: ignore[arg-type]


def clean(name: str, corrupt: Callable[[Frame], Frame | bytes], **more: object) -> Case:
    return Case(name=name, corrupt=corrupt, verdict="accept", **more)  # type: ignore[arg-type]


def _lines(frame: Frame) -> list[str]:
    return csv(frame).decode().rstrip("\n").split("\n")


def _zip(frame: Frame) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("table.csv", frame.to_csv(index=False))
    return packed.getvalue()


def _open_quote(frame: Frame) -> bytes:
    lines = _lines(frame)
    lines[5] = '"' + lines[5]
    return ("\n".join(lines) + "\n").encode()


def _mixed_line_ends(frame: Frame) -> bytes:
    return "".join(x + ("\r\n" if i % 2 else "\n") for i, x in enumerate(_lines(frame))).encode()


def _parquet(frame: Frame) -> bytes:
    out = io.BytesIO()
    frame.assign(time=pd.to_datetime(frame["time"], utc=True)).to_parquet(out)
    return out.getvalue()


def _times(frame: Frame) -> pd.Series:
    return pd.to_datetime(frame["time"], utc=True)


def _later_conflict(frame: Frame) -> Frame:
    again = frame.iloc[[3, 30, 77]].copy()
    return pd.concat([frame, again.assign(outcome=again["outcome"] + 3)])


def _swap_first_two(frame: Frame) -> Frame:
    a, b = frame["patient_id"].unique()[:2]
    return frame.assign(patient_id=frame["patient_id"].replace({a: b, b: a}))


def _two_people(frame: Frame) -> Frame:
    return put("date_of_birth", ["1931-01-01", "1931-01-01"])(frame)


def _second_name(frame: Frame) -> Frame:
    return pd.concat([frame, frame[first_patient(frame)].assign(patient_id="P9999")])


def _dead_at_first_visit(frame: Frame) -> Frame:
    death = frame.loc[first_patient(frame), "time"].min()[:10]
    return frame.assign(death_date=np.where(first_patient(frame), death, ""))


def _dominant(frame: Frame) -> Frame:
    n = 3 * len(frame)
    rows = frame.iloc[[0] * n].copy()
    rows["time"] = pd.date_range("2021-01-01", periods=n, freq="h").strftime("%Y-%m-%dT%H:%M:%SZ")
    born = pd.Timestamp(frame["date_of_birth"].iloc[0], tz="UTC")
    rows["age"] = ((pd.to_datetime(rows["time"], utc=True) - born).dt.days / 365.25).round(2)
    rows["outcome"] = np.linspace(-2, 2, n)
    return pd.concat([frame, rows], ignore_index=True)


def _one_bad_cohort(frame: Frame) -> Frame:
    rows = list(np.flatnonzero(frame["cohort_id"] == "C3")[:24])
    return put("weight_kg", [-5] * len(rows), rows)(frame)


def _grown(frame: Frame) -> Frame:
    return pd.concat([frame.assign(patient_id=frame["patient_id"] + f"x{k}") for k in range(5)])


SIZE_OF_FIRST = 9
"""Rows of the base table's first patient; a test keeps it true."""

FILES = [
    rejected("nothing in the file", "E_FILE_EMPTY", lambda f: b""),
    rejected("blank lines only", "E_FILE_EMPTY", lambda f: b"\n\n \n"),
    rejected("header only", "E_NO_ROWS", lambda f: f.iloc[:0]),
    rejected("cut off", "E_TRUNCATED", lambda f: csv(f)[: int(len(csv(f)) * 0.6)]),
    rejected("cut off between two fields", "E_TRUNCATED", lambda f: csv(f).rstrip(b"\n")),
    rejected("Parquet magic, rubbish", "E_UNREADABLE", lambda f: b"PAR1" + bytes(999) + b"PAR1", suffix=".parquet"),
    rejected("CSV named Parquet", "E_MAGIC_MISMATCH", csv, suffix=".parquet"),
    rejected("Parquet named CSV", "E_MAGIC_MISMATCH", _parquet),
    rejected("zip named CSV", "E_MAGIC_MISMATCH", _zip),
    rejected("latin-1", "E_ENCODING", lambda f: csv(f).replace(b"P0003", b"P\xe93", 1)),
    rejected("UTF-16", "E_ENCODING", lambda f: f.to_csv(index=False).encode("utf-16")),
    rejected("semicolons", "E_COLUMNS_MISSING", lambda f: f.to_csv(index=False, sep=";").encode()),
    rejected("open quote", "E_PARSE", _open_quote),
    rejected("a field too many in each row", "E_PARSE", lambda f: "\n".join(
        [_lines(f)[0], *(x + ",1" for x in _lines(f)[1:]), ""]).encode()),
    rejected("column name twice", "E_DUP_COLUMN", lambda f: csv(f).replace(b"sbp_mmhg", b"glucose_mg_dl", 1)),
    rejected("gzip cut off", "E_TRUNCATED", lambda f: gzip.compress(csv(f))[:-100], suffix=".csv.gz"),
    rejected("gzip damaged", "E_UNREADABLE", lambda f: gzip.compress(csv(f))[:40] + b"x" * 500, suffix=".csv.gz"),
    rejected("gzip bomb", "E_TOO_LARGE", lambda f: gzip.compress(bytes(2**24)), suffix=".csv.gz"),
    held("NUL in a cell", "Q_CONTROL_CHAR", 1, lambda f: csv(f).replace(b"P0004", b"P00\x0004", 1)),
    held("footer", "Q_KEY_FORMAT", 1, lambda f: csv(f) + b"Total rows: 123\n"),
    held("a field too many in one row", "Q_FIELD_COUNT", 1, lambda f: csv(f).replace(b"P0002", b"P,0002", 1)),
    remarked("mixed line ends", "N_EOL", _mixed_line_ends),
    remarked("byte-order mark", "N_BOM", lambda f: b"\xef\xbb\xbf" + csv(f)),
    clean("Windows line ends", lambda f: csv(f).replace(b"\n", b"\r\n")),
    clean("gzip", lambda f: gzip.compress(csv(f)), suffix=".csv.gz"),
    clean("Parquet", _parquet, suffix=".parquet"),
    clean("quoted cells", lambda f: f.to_csv(index=False, quoting=1).encode()),
]  # fmt: skip

COLUMNS = [
    rejected("column missing", "E_COLUMNS_MISSING", lambda f: f.drop(columns="sbp_mmhg")),
    rejected("other unit in a name", "E_UNIT_DECLARED_MISMATCH", lambda f: f.rename(
        columns={"glucose_mg_dl": "glucose_mmol_l"})),
    rejected("names of people", "E_PHI_COLUMN", lambda f: f.assign(full_name="Jane Roe")),
    remarked("unknown column", "W_EXTRA_COLUMN", lambda f: f.assign(new_marker=1.0)),
    remarked("free text", "W_FREE_TEXT", lambda f: f.assign(note="seen with Mrs Roe, call 555-0100")),
    remarked("capitals and spaces", "N_HEADER", lambda f: f.rename(columns=lambda c: f" {c.upper()} ")),
    clean("columns in another order", lambda f: f[f.columns[::-1]]),
]  # fmt: skip

TYPES = [
    rejected("unit in the cells", "E_TYPE", change("glucose_mg_dl", lambda s: s.astype(str) + " mg/dL")),
    rejected("decimal commas", "E_LOCALE_DECIMAL", change("weight_kg", lambda s: s.astype(str).str.replace(".", ","))),
    rejected("Excel's day numbers", "E_DATE_FORMAT", lambda f: f.assign(
        time=(_times(f) - pd.Timestamp("1899-12-30", tz="UTC")) / pd.Timedelta("1D"))),
    rejected("day/month/year", "E_DATE_FORMAT", lambda f: f.assign(time=_times(f).dt.strftime("%d/%m/%Y"))),
    rejected("two-digit years", "E_DATE_FORMAT", change("date_of_birth", lambda s: (
        pd.to_datetime(s).dt.strftime("%d-%b-%y")))),
    rejected("no offsets", "E_TZ_MISSING", change("time", lambda s: s.str.replace("Z", ""))),
    rejected("ids in scientific notation", "E_ID_FORMAT", change("patient_id", lambda s: (
        s.str[1:].astype(int) + 123456780000).map(lambda v: f"{v:.5E}"))),
    rejected("other booleans", "E_CATEGORY_DOMAIN", lambda f: f.assign(
        on_drug=(["Y", "1", "true", "N"] * 999)[: len(f)])),
    rejected("outcome in words", "E_TYPE", change("outcome", lambda s: np.where(s > 0, "yes", "no"))),
    held("thousands separators", "Q_TYPE", 2, put("glucose_mg_dl", ["1,020", "1,020"])),
    held("words among numbers", "Q_TYPE", 3, put("sbp_mmhg", ["high", "120/80", "n.d."])),
    held("fraction among whole numbers", "Q_CATEGORY", 1, put("on_drug", ["0.5"])),
    held("infinity", "Q_NONFINITE", 3, put("glucose_mg_dl", ["Infinity", "-inf", "1e400"])),
    held("40 digits", "Q_HARD_RANGE", 1, put("sbp_mmhg", ["9" * 40])),
    held("no such day", "Q_TYPE", 1, put("time", ["2023-02-29T10:00:00Z"])),
    held("one time without offset", "Q_TZ_MISSING", 1, put("time", ["2021-03-01T10:00:00"])),
    held("unknown category", "Q_CATEGORY", 1, put("sex", ["X"])),
    held("formula as id", "Q_ID_FORMAT", SIZE_OF_FIRST, in_first_patient("patient_id", "=cmd|' /C calc'!A0")),
    held("10,000 letters as id", "Q_ID_FORMAT", SIZE_OF_FIRST, in_first_patient("patient_id", "P" * 10_000)),
    held("accents as id", "Q_ID_FORMAT", SIZE_OF_FIRST, in_first_patient("patient_id", "Re\u0301ne")),
    remarked("words for missing", "N_NULL_TOKEN", put("weight_kg", ["NULL", "N/A", "?", ".", "None", "-"])),
    remarked("-999 for missing", "N_SENTINEL", put("weight_kg", [-999, -999])),
    remarked("declared spellings", "N_CATEGORY", change("sex", lambda s: " " + s.str.lower())),
    remarked("spaces around ids", "N_TRIM", put("patient_id", ["P0001\u00a0 "])),
    remarked("mixed offsets", "N_TZ", put("time", ["2021-01-01T09:00:00+09:00"])),
    clean("ids of digits", change("patient_id", lambda s: s.str[1:].str.zfill(8))),
    clean("odd but legal ids", change("patient_id", lambda s: s.replace(
        {"P0001": "nan", "P0002": "None", "P0003": "1e5", "P0004": "inf", "P0005": "0"}))),
]  # fmt: skip

PEOPLE = [
    held("no patient", "Q_KEY_NULL", 3, put("patient_id", ["", "", ""])),
    held("no cohort", "Q_KEY_NULL", 2, put("cohort_id", ["", ""])),
    held("no time", "Q_KEY_NULL", 2, put("time", ["", ""])),
    held("one key, two versions", "Q_KEY_CONFLICT", 6, _later_conflict),
    held("two people under one id", "Q_IDENTITY_CONFLICT", SIZE_OF_FIRST, _two_people),
    held("born after the visit", "Q_BIRTH_AFTER_VISIT", SIZE_OF_FIRST, in_first_patient("date_of_birth", "2030-01-01")),
    held("seen after death", "Q_AFTER_DEATH", SIZE_OF_FIRST, _dead_at_first_visit),
    held("age does not agree", "Q_AGE_DISAGREES", 1, put("age", [7.0])),
    held("in the future", "Q_TIME_FUTURE", 2, put("time", ["2099-01-01T00:00:00Z", "9999-12-31T00:00:00Z"])),
    held("long ago", "Q_TIME_RANGE", 1, put("time", ["1889-01-01T00:00:00Z"])),
    remarked("rows twice", "N_DEDUP", lambda f: pd.concat([f, f.iloc[[5, 9]]]), held=2),
    remarked("one person, two ids", "W_DUP_TRAJECTORY", _second_name),
    remarked("one patient dominates", "W_DOMINANT_PATIENT", _dominant),
    remarked("one patient only", "W_TOO_FEW_TO_TRAIN", lambda f: f[first_patient(f)]),
    held("one bad cohort", "W_QUARANTINE_CONCENTRATED", 24, _one_bad_cohort),
]  # fmt: skip

VALUES = [
    rejected("the other unit", "E_SCALE_SHIFT", change("glucose_mg_dl", lambda s: s * 0.0555)),
    rejected("ten times as much", "E_SCALE_SHIFT", change("weight_kg", lambda s: s * 10)),
    rejected("age in months", "E_SCALE_SHIFT", change("age", lambda s: s * 12)),
    rejected("two columns exchanged", "E_DISTRIBUTION_SHIFT", lambda f: f.rename(
        columns={"sbp_mmhg": "weight_kg", "weight_kg": "sbp_mmhg"})),
    rejected("outcome leaked", "E_LEAKAGE_SUSPECT", lambda f: f.assign(glucose_mg_dl=110 + 10 * f["outcome"])),
    rejected("outcome constant", "E_TARGET_CONSTANT", change("outcome", lambda s: 1.0)),
    rejected("outcome missing", "E_TARGET_MISSING", change("outcome", lambda s: np.nan)),
    rejected("many bad rows", "E_QUARANTINE_FRACTION", put("weight_kg", [-5] * 100)),
    held("rows in the other unit", "Q_UNIT_SUSPECT", 2, put("creatinine_mg_dl", [88.4, 97.0])),
    held("below zero", "Q_HARD_RANGE", 2, put("weight_kg", [-70, 0])),
    remarked("unusual", "W_OOD", in_first_patient("weight_kg", 210.0)),
    remarked("pounds in some rows", "W_WITHIN_PATIENT_JUMP", put("weight_kg", [170.0], [3])),
    remarked("constant", "W_CONSTANT", change("sbp_mmhg", lambda s: 120.0)),
    remarked("mostly missing", "W_COMPLETENESS", put("creatinine_mg_dl", [""] * 500)),
    remarked("heaped", "W_HEAPING", put("outcome", [0.0] * 240)),
    remarked("copied forward", "W_COPY_FORWARD", lambda f: f.assign(
        glucose_mg_dl=f.groupby("patient_id")["glucose_mg_dl"].transform("first"))),
    remarked("no outcome for one", "W_NO_SUPPORT", in_first_patient("outcome", "")),
    remarked("old", "W_STALE_FEED", lambda f: f.assign(
        time=(_times(f) - pd.Timedelta(days=900)).dt.strftime("%Y-%m-%dT%H:%M:%SZ"), age=f["age"] - 900 / 365.25)),
]  # fmt: skip

HISTORY = [
    held("two ids exchanged", "Q_IDENTITY_CHANGED", 0, _swap_first_two, history=True),
    remarked("moved to another cohort", "W_COHORT_MOVED", in_first_patient("cohort_id", "C6"), history=True),
    remarked("cohort renamed", "W_COHORT_NEW_AND_GONE", change("cohort_id", lambda s: (
        s.replace("C3", "Cohort-3"))), history=True),
    remarked("cohort gone", "W_COHORT_GONE", lambda f: f[f["cohort_id"] != "C6"], history=True),
    remarked("drifted", "W_DRIFT_PSI", change("sbp_mmhg", lambda s: s + s.std()), history=True),
    rejected("shrunk", "E_ROWCOUNT_DROP", lambda f: f.sample(frac=0.1, random_state=1), history=True),
    remarked("grown", "W_ROWCOUNT_JUMP", _grown, history=True),
    clean("unchanged", lambda f: f, history=True),
]  # fmt: skip

CASES = [*FILES, *COLUMNS, *TYPES, *PEOPLE, *VALUES, *HISTORY, clean("untouched", lambda f: f)]
