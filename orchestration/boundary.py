"""The boundary of exceptions: a failure leaves a stage as a family, a place in the code and a message without values.

Dagster writes exception texts into its event log, and library exceptions quote cells. So every failure is translated
here. META_MED_DEBUG=1 shows the original, for data that may be seen.
"""

import errno
import os
import re
import sqlite3
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from data_contracts import errors as contracts
from meta_med.published import errors as published
from meta_med.study import ModelFailure, StudyMismatch
from orchestration.errors import (
    DataError,
    InternalError,
    MetaMedError,
    ModelError,
    PublishedStoreError,
    StoreBusyError,
    StudyError,
)
from orchestration.writable import cannot_write

OWN_PACKAGES = {"meta_med", "data_contracts", "orchestration", "dashboard"}

FAMILY_OF_PACKAGE_ERROR: tuple[tuple[type[Exception], type[MetaMedError]], ...] = (
    (contracts.ContractError, StudyError),
    (contracts.DeliveryError, DataError),
    (contracts.CheckBrokenError, InternalError),
    (contracts.QuarantineError, StudyError),
    (contracts.QuarantineBusyError, StoreBusyError),
    (contracts.QuarantineDamagedError, PublishedStoreError),
    (contracts.QuarantineUnreachableError, PublishedStoreError),
    (StudyMismatch, StudyError),
    (ModelFailure, ModelError),
    (published.StoreBusy, StoreBusyError),
    (published.StoreOutage, StoreBusyError),
    (published.StoreError, PublishedStoreError),
)
"""The other packages' exceptions, the first match counts; their modules import nothing heavy (tested)."""


# Refusals of a disk, its permissions or its limits; any other OSError is a defect of the program.
_DISK_ERRORS = {
    getattr(errno, name)
    for name in ("EACCES", "EDQUOT", "EFBIG", "EIO", "EISDIR", "ELOOP", "EMFILE", "ENAMETOOLONG", "ENFILE",
                 "ENODEV", "ENOSPC", "ENOTDIR", "ENXIO", "EPERM", "EROFS", "ESTALE")
}  # fmt: skip
_MISSING = {errno.ENOENT, errno.EEXIST}
_IN_TEXT = re.compile(r"\b(?:os error|errno) (\d{1,3})\b", re.IGNORECASE)
"""Libraries that are not written in Python have the errno in their text only."""
_SQLITE = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_IOERR: errno.EIO,
    sqlite3.SQLITE_READONLY: errno.EROFS,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
}

_MEMORY_ERRORS = {"OutOfMemoryError", "BrokenProcessPool"}
"""Of torch and of Python's process pools, known by name, so that nothing is loaded to recognise them."""
_NO_MEMORY = re.compile(r"can't allocate memory|not enough memory|can't start new thread", re.IGNORECASE)
OUT_OF_MEMORY = (
    "E_MEMORY: this machine is out of memory or of processes, or it has ended a worker process for want of memory. "
    "Nothing incomplete is kept. Free some, or let the study use less (budget.processes, budget.batch_subjects), and "
    "run again: finished work stays."
)


@contextmanager
def expected_errors(place: Path | None = None) -> Iterator[None]:
    """Let only `MetaMedError` through: errors of the other packages are translated, all others reported by place.

    `place`: the folder that is written to, named where a disk's error names no file.
    """
    try:
        yield
    except MetaMedError:
        raise
    except Exception as error:
        if os.environ.get("META_MED_DEBUG"):
            raise
        raise translated(error, place) from None


def translated(error: Exception, place: Path | None = None) -> MetaMedError:
    """The error in the family of who must act."""
    for kind, family in FAMILY_OF_PACKAGE_ERROR:
        if isinstance(error, kind):
            return family(_with_code(error))
    if _is_out_of_memory(error):
        return PublishedStoreError(OUT_OF_MEMORY)
    refused = _refused(error)
    if refused is not None:
        return cannot_write(_folder_of(refused) or place or "the home or output folder", refused)
    return InternalError(
        f"{type(error).__name__} at {place_of(error)}. Its text is withheld: it may quote patient data. "
        "Please report the place; META_MED_DEBUG=1 shows the original on data that may be seen."
    )


def _with_code(error: Exception) -> str:
    """The message of a neighbour's error, with its code in front."""
    text, code = str(error), getattr(error, "code", None)
    return (
        f"{code}: {text}" if isinstance(error, published.StoreError) and not text.startswith("E_") else text
    )


def _is_out_of_memory(error: BaseException) -> bool:
    """Whether this error, or one that caused it, says that memory is short or that a worker process was killed."""
    return any(
        isinstance(cause, MemoryError)
        or type(cause).__name__ in _MEMORY_ERRORS
        or _number(cause) in {errno.ENOMEM, errno.EAGAIN}
        or (isinstance(cause, RuntimeError) and _NO_MEMORY.search(_text_of(cause)) is not None)
        for cause in _chain(error)
    )


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and what caused it."""
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        yield cause
        cause = cause.__cause__ or cause.__context__


def _text_of(error: BaseException) -> str:
    """The error's text, only to be searched; "" where its `str` fails."""
    try:
        return str(error)
    except Exception:  # it is reported by type and place, like any other
        return ""


def _refused(error: BaseException) -> OSError | None:
    """The disk's refusal that the error is, has in its text, or was caused by; None for any other error."""
    for cause in _chain(error):
        number = _number(cause)
        file = getattr(cause, "filename", None)
        if number in _DISK_ERRORS or (number in _MISSING and file is not None and _folder_of(cause) is None):
            refusal = OSError(number, "")
            refusal.filename, refusal.filename2 = file, getattr(cause, "filename2", None)
            return refusal
    return None


def _number(error: BaseException) -> int | None:
    if isinstance(error, OSError) and error.errno:
        return error.errno
    if isinstance(error, sqlite3.Error):
        return _SQLITE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
    found = _IN_TEXT.search(_text_of(error))
    return int(found[1]) if found else None


def _folder_of(error: BaseException) -> Path | None:
    """The folder of the file that the error names, if it exists; the file's own name may hold anything."""
    # a failed copy names two files: the second is the one written
    file = getattr(error, "filename2", None) or getattr(error, "filename", None)
    if not isinstance(file, (str, os.PathLike)):
        return None
    folder = Path(file).absolute().parent
    return folder if folder.is_dir() else None


def place_of(error: BaseException) -> str:
    """`file:line` of the innermost frame of own code, also where a library that it called raised."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if OWN_PACKAGES & set(Path(frame.filename).parts)]
    if not frames:
        return "an unknown place"
    place = (own or frames)[-1]
    package = Path(place.filename)
    return f"{package.parent.name}/{package.name}:{place.lineno} in {place.name}"
