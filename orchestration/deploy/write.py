"""Writes the deployment files of this version into a folder, where an administrator changes them."""

import shutil
from importlib.resources import files
from pathlib import Path
from typing import Final

from orchestration.errors import StudyError
from orchestration.writable import require_writable

KINDS: Final = {
    "container": ("Dockerfile", "compose.yaml", "nginx.conf"),
    "systemd": ("systemd",),
    "kubernetes": ("kubernetes",),
}
"""What may be asked for -> its files or folders."""


def deployment_files() -> Path:
    """The folder of all deployment files in the package."""
    return Path(str(files("orchestration.deploy") / "files"))


def write_files(kind: str, out: Path) -> list[Path]:
    """Copy the files of a kind into a folder; the paths.

    Raises:
        StudyError: the kind is unknown, or a file is there already.
        PublishedStoreError: the folder cannot be written.

    """
    if kind not in KINDS:
        raise StudyError(
            f'There are no deployment files for "{kind}". There are some for: {", ".join(KINDS)}.'
        )
    root, names = deployment_files(), KINDS[kind]
    sources = [path for name in names for path in _files_of(root / name)]
    targets = {path: out / path.relative_to(root) for path in sources}
    if there := [str(target) for target in targets.values() if target.exists()]:
        raise StudyError(f"{', '.join(there)}: exists already and is kept. Name another folder with --out.")
    require_writable(out.absolute())
    for source, target in targets.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    return list(targets.values())


def _files_of(path: Path) -> list[Path]:
    return sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
