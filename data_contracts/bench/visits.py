"""Synthetic visits that keep every rule of `visits.yaml`, and the same rules as built-in Great Expectations.

Twelve columns, eight rows per patient, any number of rows. Rules without a built-in expectation (constant within a
patient, the order of two dates with a tolerance, an age that agrees with dates, rules about whole tables) are left out.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from data_contracts.contract.check_specs import CheckSpec, resolve_bound, table_specs
from data_contracts.contract.model import Table

CONTRACT = Path(__file__).with_name("visits.yaml")
ROWS_AT_ONCE = 1_000_000
_VISITS = 8
_COHORTS = np.array([f"C{n}" for n in range(1, 7)])
_MINUTES_A_DAY = 1440

Floats = npt.NDArray[np.float64]


def visits(rows: int, first: int = 0, seed: int = 7) -> pd.DataFrame:
    """Synthetic visits, deterministic for a seed.

    Args:
        rows: number of rows, rounded down to whole patients of eight rows.
        first: number of the first patient.
        seed: seed of the generator.

    """
    rng = np.random.default_rng([seed, first])
    patients = rows // _VISITS
    who = np.repeat(np.arange(patients), _VISITS)
    times, birth = _times(rng, patients), _births(rng, patients)[who]
    glucose = np.clip(_normal_values(rng, who, 110, 18, 10), 60, 390)
    columns = {
        "patient_id": np.char.add("P", np.char.zfill((who + first).astype(str), 8)).astype(object),
        "cohort_id": _COHORTS[(who + first) % len(_COHORTS)].astype(object),
        "time": pd.Series(times).dt.tz_localize("UTC"),
        "date_of_birth": birth,
        "age": np.round((times - birth) / np.timedelta64(1, "D") / 365.25, 2),
        "sex": np.array(["F", "M"])[rng.integers(0, 2, patients)[who]].astype(object),
        "weight_kg": np.round(np.clip(_normal_values(rng, who, 78, 12, 1.2), 40, 150), 1),
        "creatinine_mg_dl": np.round(np.exp(np.clip(_normal_values(rng, who, -0.05, 0.25, 0.08), -1, 2)), 2),
        "glucose_mg_dl": np.round(glucose, 1),
        "sbp_mmhg": np.round(np.clip(_normal_values(rng, who, 128, 12, 7), 90, 210), 1),
        "on_drug": rng.integers(0, 2, len(who)),
        "outcome": np.round((glucose - 110) / 25 + _normal_values(rng, who, 0, 1, 0.4), 3),
    }
    return pd.DataFrame(columns).astype(dict.fromkeys(("patient_id", "cohort_id", "sex"), "str"))


def write_visits(path: Path, rows: int) -> None:
    """Write a file: CSV if its name ends in .csv, else Parquet with one row group per million rows."""
    (_write_csv if path.suffix == ".csv" else _write_parquet)(path, rows)


def _write_csv(path: Path, rows: int) -> None:
    with path.open("w", encoding="utf-8") as out:
        for number, frame in enumerate(_parts(rows)):
            days = frame["date_of_birth"].dt.strftime("%Y-%m-%d")
            written = frame.assign(date_of_birth=days)
            written.to_csv(out, index=False, header=number == 0, date_format="%Y-%m-%dT%H:%M:%SZ")


def _write_parquet(path: Path, rows: int) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    writer = None
    for frame in _parts(rows):
        table = pa.Table.from_pandas(frame, preserve_index=False)
        writer = writer or parquet.ParquetWriter(path, table.schema)
        writer.write_table(table)
    if writer is not None:
        writer.close()


def _parts(rows: int) -> Iterator[pd.DataFrame]:
    for at in range(0, rows, ROWS_AT_ONCE):
        yield visits(min(ROWS_AT_ONCE, rows - at), first=at // _VISITS)


def _times(rng: np.random.Generator, patients: int) -> npt.NDArray[np.datetime64]:
    """Visits 14 to 89 days apart, from 2021 on."""
    days = rng.integers(14, 90, (patients, _VISITS)).cumsum(axis=1) + rng.integers(0, 300, (patients, 1))
    minutes = (days * _MINUTES_A_DAY + rng.integers(0, _MINUTES_A_DAY, days.shape)).ravel()
    times: npt.NDArray[np.datetime64] = np.datetime64("2021-01-01", "us") + minutes.astype("timedelta64[m]")
    return times


def _births(rng: np.random.Generator, patients: int) -> npt.NDArray[np.datetime64]:
    days = rng.integers(0, 20_000, patients).astype("timedelta64[D]")
    births: npt.NDArray[np.datetime64] = (np.datetime64("1940-01-01") + days).astype("datetime64[us]")
    return births


def _normal_values(
    rng: np.random.Generator, who: npt.NDArray[np.int64], mean: float, between: float, within: float
) -> Floats:
    """Normal values with a standard deviation between patients and one within each patient."""
    own = rng.normal(mean, between, who[-1] + 1 if len(who) else 0)
    return own[who] + rng.normal(0, within, len(who))


NOW = datetime(2026, 1, 1, tzinfo=UTC)
"""The end of the present: later than every date of the synthetic table."""


def expectations(table: Table, now: datetime) -> Iterator[Any]:
    """The built-in expectation of each rule about rows that has one."""
    from great_expectations import expectations as gxe

    for spec in table_specs(table):
        column, given = spec.column, spec.arguments
        common = {"meta": {"check": spec.name}, **_condition(spec)}
        if spec.rule == "not_null":
            yield gxe.ExpectColumnValuesToNotBeNull(column=column, **common)
        elif spec.rule == "allowed":
            yield gxe.ExpectColumnValuesToBeInSet(column=column, value_set=list(given["values"]), **common)
        elif spec.rule == "pattern":
            regex = rf"\A(?:{given['regex']})\Z"
            yield gxe.ExpectColumnValuesToMatchRegex(column=column, regex=regex, **common)
        elif spec.rule in {"hard_range", "soft_range"}:
            low, high = (_bound(given.get(k), now) for k in ("min", "max"))
            yield gxe.ExpectColumnValuesToBeBetween(column=column, min_value=low, max_value=high, **common)
        elif spec.rule == "unique_key" and len(given["columns"]) > 1:
            keys = list(given["columns"])
            yield gxe.ExpectCompoundColumnsToBeUnique(
                column_list=keys, ignore_row_if="any_value_is_missing", **common
            )


def _condition(spec: CheckSpec) -> dict[str, str]:
    if not spec.where:
        return {}
    parts = [f"`{column}` in {list(values)!r}" for column, values in spec.where.items()]
    return {"row_condition": " and ".join(parts), "condition_parser": "pandas"}


def _bound(bound: Any, now: datetime) -> Any:
    """The built-in range needs datetimes instead of texts."""
    bound = resolve_bound(bound, now)
    is_date = isinstance(bound, str) and re.match(r"\d{4}-\d{2}-\d{2}", bound)
    return datetime.fromisoformat(bound) if is_date else bound


def failing(frame: pd.DataFrame, wanted: Sequence[Any]) -> dict[str, list[int]]:
    """Check name -> positions of the rows that fail it, sorted."""
    import great_expectations as gx

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    source = context.data_sources.add_pandas("delivery").add_dataframe_asset("table")
    batch = source.add_batch_definition_whole_dataframe("whole").get_batch({"dataframe": frame})
    suite = gx.ExpectationSuite(name="contract", expectations=list(wanted))
    results = batch.validate(suite, result_format={"result_format": "COMPLETE"}).results
    return {
        r.expectation_config.meta["check"]: sorted(r.result.get("unexpected_index_list") or [])
        for r in results
    }
