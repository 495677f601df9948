"""Early settings of third parties: no telemetry, no chatter, as many threads as asked for."""

import logging
import os
import warnings

THREADS_VARIABLE = "META_MED_THREADS"
CHATTY = ("great_expectations", "dagster", "matplotlib", "alembic", "sqlalchemy", "filelock")


def hush() -> None:
    """Set what libraries read from the environment; call before they are first imported."""
    os.environ.setdefault("DAGSTER_DISABLE_TELEMETRY", "yes")
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    os.environ.setdefault("MPLBACKEND", "Agg")
    threads = os.environ.setdefault(THREADS_VARIABLE, "1")
    # Two OpenMP threads on a busy two-core machine are a hundred times slower than one.
    os.environ.setdefault("OMP_NUM_THREADS", threads)
    warnings.filterwarnings("ignore", module="great_expectations")


def hush_logs() -> None:
    """Keep libraries' logs off the terminal of a command; Dagster's own service still writes them."""
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.CRITICAL)


def limit_threads() -> None:
    """One intra-op thread unless META_MED_THREADS says otherwise."""
    import torch

    torch.set_num_threads(int(os.environ.get(THREADS_VARIABLE, "1")))
