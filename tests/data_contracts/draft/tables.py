"""Made-up tables in the shape of well-known survival tables, and of tables that are none."""

import numpy as np
import pandas as pd

PATIENTS = 120


def _times(rng: np.random.Generator, mean: float, rows: int = PATIENTS) -> np.ndarray:
    return rng.exponential(mean, rows).astype(int) + 1


def _flags(rng: np.random.Generator, rows: int = PATIENTS) -> np.ndarray:
    return (rng.random(rows) < 0.4).astype(int)


def survival_tables() -> dict[str, tuple[pd.DataFrame, set[str], set[str]]]:
    """Name -> (table, its follow-up times, its event indicators)."""
    rng = np.random.default_rng(5)
    ids, age = np.arange(PATIENTS) + 1, rng.integers(30, 80, PATIENTS)
    one, two = (lambda: _flags(rng)), (lambda: _flags(rng) + 1)
    days = lambda mean: _times(rng, mean)  # noqa: E731
    text = lambda *levels: rng.choice(levels, PATIENTS)  # noqa: E731
    last_seen = pd.Timestamp("2019-01-01") + pd.to_timedelta(days(200), "D")
    tables = {
        "lung": ({"inst": two(), "time": days(300), "status": two(), "age": age, "sex": two()}, "time", "status"),
        "pbc": (
            {"id": ids, "time": days(900), "status": rng.choice([0, 1, 2], PATIENTS), "trt": two(), "age": age,
             "protime": rng.uniform(9, 20, PATIENTS).round(1)},
            "time", "status",
        ),
        "flchain": ({"age": age, "sample.yr": 1995 + ids % 9, "futime": days(900), "death": one()}, "futime", "death"),
        "veteran": ({"trt": two(), "celltype": text("large", "small"), "time": days(90), "status": one()}, "time",
                    "status"),
        "nafld1": ({"id": ids, "age": age, "male": one(), "case.id": ids, "futime": days(900), "status": one()},
                   "futime", "status"),
        "rotterdam": (
            {"pid": ids, "year": 1978 + ids % 15, "age": age, "hormon": one(), "rtime": days(800), "recur": one(),
             "dtime": days(900), "death": one()},
            "rtime dtime", "recur death",
        ),
        "mgus2": ({"id": ids, "age": age, "ptime": days(80), "pstat": one(), "futime": days(90), "death": one()},
                  "ptime futime", "pstat death"),
        "TCGA": ({"barcode": [f"T-{i}" for i in ids], "OS": one(), "OS.time": days(900), "PFI": one(),
                  "PFI.time": days(700)}, "OS.time PFI.time", "OS PFI"),
        "cBioPortal": ({"patient_id": ids, "OS_MONTHS": days(40) + 0.5, "OS_STATUS": text("0:LIVING", "1:DECEASED")},
                       "OS_MONTHS", "OS_STATUS"),
        "gbsg": ({"pid": ids, "age": age, "rfstime": days(900), "status": one()}, "rfstime", "status"),
        "registry": ({"patient": ids, "followup_days": days(900), "died": text("yes", "no")}, "followup_days", "died"),
        "ADTTE": ({"USUBJID": ids, "PARAMCD": "OS", "AVAL": days(300), "CNSR": one()}, "AVAL", "CNSR"),
        "last seen": ({"patient_id": ids, "last_contact_date": last_seen.strftime("%Y-%m-%d"),
                       "vital_status": text("Alive", "Dead")}, "last_contact_date", "vital_status"),
    }  # fmt: skip
    each = {n: (pd.DataFrame(c), set(t.split()), set(e.split())) for n, (c, t, e) in tables.items()}
    each["colon"] = (_colon(rng), {"time"}, {"status"})
    each["heart"] = (_intervals(rng), {"stop"}, {"event"})
    return each


def _colon(rng: np.random.Generator) -> pd.DataFrame:
    """Two rows a patient: until the tumour came back, and until death."""
    columns = {
        "id": np.arange(PATIENTS),
        "age": rng.integers(30, 80, PATIENTS),
        "nodes": rng.integers(0, 9, PATIENTS),
    }
    ends = {"etype": np.tile([1, 2], PATIENTS), "time": _times(rng, 900, 2 * PATIENTS)}
    return pd.DataFrame(columns).loc[np.repeat(np.arange(PATIENTS), 2)].assign(
        **ends, status=_flags(rng, 2 * PATIENTS)
    )  # fmt: skip


def _intervals(rng: np.random.Generator) -> pd.DataFrame:
    """One row per interval of a patient's follow-up."""
    split, end = _times(rng, 30), _times(rng, 90)
    before = pd.DataFrame({"id": np.arange(PATIENTS), "start": 0, "stop": split, "event": 0, "transplant": 0})
    after = before.assign(start=split, stop=split + end, event=_flags(rng), transplant=1)
    return pd.concat([before, after]).sort_values(["id", "start"])


def visits(*, times: str = "day", **columns: object) -> pd.DataFrame:
    """Four visits of each patient, with a measurement; more columns as given."""
    rng = np.random.default_rng(6)
    rows = 4 * PATIENTS
    return pd.DataFrame(
        {
            "patient": np.repeat([f"P{k}" for k in range(PATIENTS)], 4),
            times: np.tile([0, 90, 180, 365], PATIENTS) + rng.integers(0, 20, rows),
            "hb": rng.normal(13, 1, rows).round(1),
        }
    ).assign(**columns)
