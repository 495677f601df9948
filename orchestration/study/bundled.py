"""The studies that come with the product: their files and tables, found without loading a study."""

from importlib.resources import files
from pathlib import Path


def bundled_studies() -> dict[str, Path]:
    """The studies that come with the product, by name."""
    folder = Path(str(files("orchestration"))) / "studies"
    return {path.stem: path for path in sorted(folder.glob("*.yaml"))}


def bundled_tables(name: str) -> tuple[str, ...]:
    """The tables that a bundled study reads; empty where there is no such study."""
    file = bundled_studies().get(name)
    if file is None:
        return ()
    from data_contracts.yaml_file import read_yaml  # only where it is needed: `status` is asked for often

    return tuple(read_yaml(file.read_bytes())["sources"])
