"""Where the bundled data lie, in a checkout and in an installed wheel alike."""

from importlib.resources import files
from pathlib import Path

PREFIX = "bundled:"


def bundled(path: str) -> Path:
    """The file of a bundled table, e.g. `pbc/visits.csv`; the prefix `bundled:` may stay on."""
    relative = Path(path.removeprefix(PREFIX))
    if relative.is_absolute() or ".." in relative.parts:
        raise FileNotFoundError(
            f"{path!r} is no bundled table: write '<study>/<file>', e.g. 'pbc/visits.csv'"
        )
    found = Path(str(files("data_contracts"))) / "bundled" / relative
    if not found.is_file():
        raise FileNotFoundError(
            f"there is no bundled table {path!r}; bundled are: {', '.join(bundled_tables())}"
        )
    return found


def bundled_tables() -> list[str]:
    """Every bundled table as `<study>/<file>`."""
    root = Path(str(files("data_contracts"))) / "bundled"
    return sorted(str(f.relative_to(root)) for f in root.glob("*/*") if f.suffix in {".csv", ".parquet"})
