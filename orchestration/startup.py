"""The start of a command: find the home folder, configure libraries, and keep their texts off the terminal.

Light to load, so that an unusable home is reported at once. Libraries write warnings, logs, and exceptions of threads
and finalizers to stderr, and these may quote a patient's value. Only lines of our own logs are shown; an exception is
reported by type and place, everything else is dropped. META_MED_DEBUG=1 shows all of it, for data that may be seen.
"""

import logging
import os
import sys
import threading
import warnings
from pathlib import Path
from types import TracebackType

from orchestration.boundary import OWN_PACKAGES, place_of
from orchestration.errors import PublishedStoreError, StudyError
from orchestration.monitoring.event_log import LogFormatter
from orchestration.writable import require_writable

DEFAULT_HOME = ".meta_med"


def home_folder(home: Path | None = None) -> Path:
    """The absolute path of `home`, without `..`, else of META_MED_HOME, else of `.meta_med`.

    Raises:
        PublishedStoreError: its name is not valid UTF-8, so it cannot be part of the store's URL.

    """
    place = (home or Path(os.environ.get("META_MED_HOME") or DEFAULT_HOME)).expanduser().absolute()
    if ".." in place.parts:
        place = place.resolve()
    try:
        str(place).encode()
    except UnicodeEncodeError:
        raise PublishedStoreError(
            "E_STORAGE: the home folder's name is not valid UTF-8. Name another folder."
        ) from None
    return place


def require_home(home: Path | None = None) -> None:
    """Check that the home can be written or made, before any library is loaded; nothing is made yet.

    Raises:
        PublishedStoreError: with the folder and the cause.

    """
    require_writable(home_folder(home))


THREADS_VARIABLE = "META_MED_THREADS"
MOST_THREADS = 1024
NOISY_LIBRARIES = ("great_expectations", "dagster", "matplotlib", "alembic", "sqlalchemy", "filelock")


def configure_libraries() -> None:
    """Set environment variables of libraries; to be called before their first import."""
    os.environ.setdefault("DAGSTER_DISABLE_TELEMETRY", "yes")
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    os.environ.setdefault("MPLBACKEND", "Agg")
    threads = os.environ.setdefault(THREADS_VARIABLE, "1")
    # Two OpenMP threads on a busy two-core machine are a hundred times slower than one.
    os.environ.setdefault("OMP_NUM_THREADS", threads)
    warnings.filterwarnings("ignore", module="great_expectations")


def silence_library_logs() -> None:
    """Silence libraries' logs in a command; Dagster's own service still writes them."""
    for name in NOISY_LIBRARIES:
        logging.getLogger(name).setLevel(logging.CRITICAL)


def limit_threads() -> None:
    """One intra-op thread, or as many as META_MED_THREADS."""
    import torch

    torch.set_num_threads(thread_count())


def thread_count() -> int:
    """META_MED_THREADS, or 1.

    Raises:
        StudyError: it is no whole number from 1 to 1024.

    """
    text = os.environ.get(THREADS_VARIABLE) or "1"
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MOST_THREADS):
        raise StudyError(f"{THREADS_VARIABLE} must be a whole number of threads from 1 to {MOST_THREADS:,}.")
    return int(text)


def withhold_library_texts() -> None:
    """Keep libraries' texts off stderr, in this process and its child processes."""
    if os.environ.get("META_MED_DEBUG"):
        return
    warnings.simplefilter("ignore")
    os.environ["PYTHONWARNINGS"] = "ignore"
    logging.lastResort = None
    handler = logging.StreamHandler()
    handler.setLevel(logging.WARNING)
    handler.setFormatter(LogFormatter())
    handler.addFilter(lambda record: record.name.partition(".")[0] in OWN_PACKAGES and not record.exc_info)
    logging.getLogger().addHandler(handler)
    sys.excepthook = _report
    sys.unraisablehook = lambda hook: _report(hook.exc_type, hook.exc_value, hook.exc_traceback)
    threading.excepthook = lambda hook: _report(hook.exc_type, hook.exc_value, hook.exc_traceback)


def _report(
    kind: type[BaseException], error: BaseException | None, _traceback: TracebackType | None = None
) -> None:
    where = f" at {place_of(error)}" if error is not None and error.__traceback__ is not None else ""
    sys.stderr.write(f"meta-med: {kind.__name__}{where}. Its text is withheld: it may quote patient data.\n")
