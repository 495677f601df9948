"""What may reach a terminal beside a command's own lines: no library's text, for it may quote a patient's value.

Warnings, logs, and exceptions in threads and finalizers are written by libraries to stderr as they like. Of our own
logs the lines are shown; everything else is told by type and place, or not at all. META_MED_DEBUG=1 shows all of it,
on data that may be seen.
"""

import logging
import os
import sys
import threading
import warnings
from types import TracebackType

from orchestration.boundary import OWN, place_of


def guard_streams() -> None:
    """Keep libraries' texts off stderr, in this process and in those that it starts."""
    if os.environ.get("META_MED_DEBUG"):
        return
    warnings.simplefilter("ignore")
    os.environ["PYTHONWARNINGS"] = "ignore"
    logging.lastResort = None
    handler = logging.StreamHandler()
    handler.setLevel(logging.WARNING)
    handler.addFilter(lambda record: record.name.partition(".")[0] in OWN and not record.exc_info)
    logging.getLogger().addHandler(handler)
    sys.excepthook = _tell
    sys.unraisablehook = lambda told: _tell(told.exc_type, told.exc_value, told.exc_traceback)
    threading.excepthook = lambda told: _tell(told.exc_type, told.exc_value, told.exc_traceback)


def _tell(
    kind: type[BaseException], error: BaseException | None, _traceback: TracebackType | None = None
) -> None:
    where = f" at {place_of(error)}" if error is not None and error.__traceback__ is not None else ""
    sys.stderr.write(f"meta-med: {kind.__name__}{where}. Its text is withheld: it may quote patient data.\n")
