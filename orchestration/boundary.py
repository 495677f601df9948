"""What may leave a failing stage: a family, a place in the code and a sentence, never a patient's value.

Dagster writes exception texts into its event log, and library exceptions quote the cell they tripped over.
So every failure passes through here. Set META_MED_DEBUG=1, on data that may be seen, to get the original.
"""

import os
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from orchestration.errors import (
    DataError,
    InternalError,
    MetaMedError,
    ModelError,
    StoreBusyError,
    StoreError,
    StudyError,
)

OWN = {"meta_med", "data_contracts", "orchestration", "dashboard"}

# The neighbours' exceptions, by name, so that nobody's package is imported only to be recognised.
FAMILY_OF_NEIGHBOUR: dict[str, type[MetaMedError]] = {
    "ContractError": StudyError,
    "DeliveryError": DataError,
    "CheckBrokenError": InternalError,
    "StudyMismatch": StudyError,
    "TrainingDiverged": ModelError,
    "InvalidInput": ModelError,
    "CheckpointError": ModelError,
    "QuarantineError": StudyError,
    "QuarantineBusyError": StoreBusyError,
    "QuarantineDamagedError": StoreError,
    "StoreBusy": StoreBusyError,
    "StoreError": StoreError,
}


@contextmanager
def expected_errors() -> Iterator[None]:
    """Let only `MetaMedError` through: the neighbours' own are translated, the rest shown by place."""
    try:
        yield
    except MetaMedError:
        raise
    except Exception as error:
        if os.environ.get("META_MED_DEBUG"):
            raise
        raise translated(error) from None


def translated(error: Exception) -> MetaMedError:
    """The error in the family of who must act."""
    for kind in type(error).__mro__:
        if kind.__name__ in FAMILY_OF_NEIGHBOUR:
            return FAMILY_OF_NEIGHBOUR[kind.__name__](str(error))
    return InternalError(
        f"{type(error).__name__} at {place_of(error)}. Its text is withheld: it may quote patient data. "
        "Please report the place; META_MED_DEBUG=1 shows the original on data that may be seen."
    )


def place_of(error: BaseException) -> str:
    """`file:line` of the innermost own code, whether it or a library that it called has raised."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if OWN & set(Path(frame.filename).parts)]
    place = (own or frames)[-1]
    package = Path(place.filename)
    return f"{package.parent.name}/{package.name}:{place.lineno} in {place.name}"
