"""A distribution as an installer leaves it: modules, and metadata with entry points."""

from collections.abc import Mapping
from pathlib import Path


def install(
    folder: Path,
    name: str,
    modules: Mapping[str, str],
    learners: Mapping[str, str] | None = None,
    baselines: Mapping[str, str] | None = None,
    version: str = "1.0",
    lists_files: bool = True,
) -> None:
    """Into a folder that is on the path; without a list of its files it is as one installed to be edited."""
    info = folder / f"{name}-{version}.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
    lines = []
    for group, entries in (("meta_med.learners", learners), ("meta_med.baselines", baselines)):
        lines += [f"[{group}]", *(f"{key} = {value}" for key, value in (entries or {}).items())]
    (info / "entry_points.txt").write_text("\n".join(lines) + "\n")
    for module, text in modules.items():
        (folder / module).parent.mkdir(parents=True, exist_ok=True)
        (folder / module).write_text(text)
    if lists_files:
        (info / "RECORD").write_text("".join(f"{module},,\n" for module in modules))
