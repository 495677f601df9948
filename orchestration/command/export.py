"""Writing a table to the file form that its name asks for."""

from pathlib import Path

import pandas as pd

from orchestration.errors import StudyError

FORMS = (".parquet", ".csv", ".json")


def write_table(table: pd.DataFrame, path: Path) -> None:
    """Write `table` to `path` by rename."""
    if path.suffix not in FORMS:
        raise StudyError(f"--export {path.name}: the name must end in one of {', '.join(FORMS)}.")
    partial = path.with_name(f".{path.name}.partial")
    if path.suffix == ".parquet":
        table.to_parquet(partial, index=False)
    elif path.suffix == ".csv":
        table.to_csv(partial, index=False)
    else:
        table.to_json(partial, orient="records", indent=1)
    partial.replace(path)
