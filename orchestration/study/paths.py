"""The files that a study may read: below its own folder, or below the data folder that the operator names.

A study may be run by another person than its author, on a machine with other files. It may therefore read only below
its folder, or, where its contract is in a sibling folder (`studies/x.yaml`, `contracts/x.yaml`, `data/x.csv`), below
the folder of both.
"""

import os
import re
from pathlib import Path

from data_contracts.bundled.tables import bundled
from orchestration.errors import StudyError

BUNDLED_PREFIX, DATA_PREFIX = "bundled:", "data:"
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")


def root_of(study: Path, contract: str) -> Path:
    """The folder that the study may read from: its own, or the one above it if its contract is below that."""
    own = study.parent
    beside = _joined(own, contract, study.name, "contract")
    above = own.parent
    if not beside.is_file() or _below(beside, own) or above.parent == above or not _below(beside, above):
        return own
    return above


def file_in(root: Path, study: Path, written: str, key: str) -> Path:
    """The file that `key` names, below `root`.

    Raises:
        StudyError: it leads elsewhere by `..`, as an absolute path, by a link, or as a URL.

    """
    path = _joined(study.parent, written, study.name, key)
    if not _below(path, root):
        raise StudyError(
            f'{study.name}: "{key}": the path leads out of the folder of the study, {root}. Put the file there, or '
            'write it as "data:..." and name its folder with --data.'
        )
    if path in (root, study.parent):
        raise StudyError(f'{study.name}: "{key}": this is the folder of the study itself. Name a file in it.')
    return path


def file_below(folder: Path, study: Path, written: str, key: str) -> Path:
    """The file below the data folder.

    Raises:
        StudyError: it leads out of the data folder.

    """
    path = _joined(folder, written, study.name, key)
    if path == folder or not _below(path, folder):
        raise StudyError(f'{study.name}: "{key}": {written} leads out of the data folder.')
    return path


def bundled_file(study: Path, written: str, key: str) -> Path:
    """The file of a bundled table.

    Raises:
        StudyError: there is none of that name.

    """
    try:
        return bundled(written)
    except FileNotFoundError as error:
        raise StudyError(f'{study.name}: "{key}": {error}.') from None


def _joined(folder: Path, written: str, study: str, key: str) -> Path:
    if _URL.match(written):
        raise StudyError(f'{study}: "{key}": a study reads files, not URLs. Fetch it, and name the file.')
    if not written or "\0" in written:
        raise StudyError(f'{study}: "{key}" names no file.')
    return Path(os.path.abspath(folder / written))


def _below(path: Path, folder: Path) -> bool:
    """Whether the path is below the folder, also after following links."""
    real, top = Path(os.path.realpath(path)), Path(os.path.realpath(folder))
    return path.is_relative_to(folder) and real.is_relative_to(top)
