"""The first things that a command does: find the home folder, set up libraries, and keep their texts off the terminal.

Light to load, so that a home that cannot be used is told at once. Warnings, logs, and exceptions in threads and
finalizers are written by libraries to stderr as they like, and may quote a patient's value. Of our own logs the lines
are shown; everything else is told by type and place, or not at all. META_MED_DEBUG=1 shows all of it, on data that may
be seen.
"""

import logging
import os
import sys
import threading
import warnings
from pathlib import Path
from types import TracebackType

from orchestration.boundary import OWN_PACKAGES, place_of
from orchestration.errors import PublishedStoreError
from orchestration.writable import require_writable

DEFAULT_HOME = ".meta_med"


def home_folder(home: Path | None = None) -> Path:
    """`home`, else META_MED_HOME, else `.meta_med`, in full.

    Raises:
        PublishedStoreError: its name is no text; it could stand in no URL, and so not in the store's.

    """
    place = (home or Path(os.environ.get("META_MED_HOME") or DEFAULT_HOME)).expanduser().absolute()
    try:
        str(place).encode()
    except UnicodeEncodeError:
        raise PublishedStoreError(
            "E_STORAGE: the home folder's name is no valid UTF-8. Name another folder."
        ) from None
    return place


def require_home(home: Path | None = None) -> None:
    """Find out that the home can be written, or made, before any library is loaded; nothing is made yet.

    Raises:
        PublishedStoreError: with the folder and the cause.

    """
    require_writable(home_folder(home))


THREADS_VARIABLE = "META_MED_THREADS"
NOISY_LIBRARIES = ("great_expectations", "dagster", "matplotlib", "alembic", "sqlalchemy", "filelock")


def configure_libraries() -> None:
    """Set what libraries read from the environment; call before they are first imported."""
    os.environ.setdefault("DAGSTER_DISABLE_TELEMETRY", "yes")
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    os.environ.setdefault("MPLBACKEND", "Agg")
    threads = os.environ.setdefault(THREADS_VARIABLE, "1")
    # Two OpenMP threads on a busy two-core machine are a hundred times slower than one.
    os.environ.setdefault("OMP_NUM_THREADS", threads)
    warnings.filterwarnings("ignore", module="great_expectations")


def silence_library_logs() -> None:
    """Keep libraries' logs off the terminal of a command; Dagster's own service still writes them."""
    for name in NOISY_LIBRARIES:
        logging.getLogger(name).setLevel(logging.CRITICAL)


def limit_threads() -> None:
    """One intra-op thread unless META_MED_THREADS says otherwise."""
    import torch

    torch.set_num_threads(int(os.environ.get(THREADS_VARIABLE, "1")))


def withhold_library_texts() -> None:
    """Keep libraries' texts off stderr, in this process and in those that it starts."""
    if os.environ.get("META_MED_DEBUG"):
        return
    warnings.simplefilter("ignore")
    os.environ["PYTHONWARNINGS"] = "ignore"
    logging.lastResort = None
    handler = logging.StreamHandler()
    handler.setLevel(logging.WARNING)
    handler.addFilter(lambda record: record.name.partition(".")[0] in OWN_PACKAGES and not record.exc_info)
    logging.getLogger().addHandler(handler)
    sys.excepthook = _report
    sys.unraisablehook = lambda told: _report(told.exc_type, told.exc_value, told.exc_traceback)
    threading.excepthook = lambda told: _report(told.exc_type, told.exc_value, told.exc_traceback)


def _report(
    kind: type[BaseException], error: BaseException | None, _traceback: TracebackType | None = None
) -> None:
    where = f" at {place_of(error)}" if error is not None and error.__traceback__ is not None else ""
    sys.stderr.write(f"meta-med: {kind.__name__}{where}. Its text is withheld: it may quote patient data.\n")
