"""Writing a table to the file form that its name asks for."""

from pathlib import Path

import pandas as pd

from orchestration.doors import require_file
from orchestration.errors import StudyError

FORMS = (".parquet", ".csv", ".json", ".md")


def require_form(path: Path) -> None:
    """Find out, before anything is computed, that the table can be written there.

    Raises:
        StudyError: no form has this name, or its folder is not there.
        StoreError: its folder cannot be written.

    """
    if path.suffix not in FORMS:
        raise StudyError(f"--export {path.name}: the name must end in one of {', '.join(FORMS)}.")
    if not path.absolute().parent.exists():
        raise StudyError(f"There is no folder {path.parent}. Make it, or name another file with --export.")
    require_file(path)


def write_table(table: pd.DataFrame, path: Path, title: str) -> None:
    """Write an evaluation table to `path` by rename; a .md is a page for readers, with this title."""
    partial = path.with_name(f".{path.name}.partial")
    if path.suffix == ".parquet":
        table.to_parquet(partial, index=False)
    elif path.suffix == ".csv":
        table.to_csv(partial, index=False)
    elif path.suffix == ".md":
        from meta_med.judging.results_page import results_page

        partial.write_text(results_page(table, title))
    else:
        table.to_json(partial, orient="records", indent=1)
    partial.replace(path)
