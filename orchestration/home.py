"""Where the home folder lies; light to load, so that a home that cannot be used is told at once."""

import os
from pathlib import Path

from orchestration.doors import require_writable
from orchestration.errors import StoreError

DEFAULT_HOME = ".meta_med"


def home_folder(home: Path | None = None) -> Path:
    """`home`, else META_MED_HOME, else `.meta_med`, in full.

    Raises:
        StoreError: its name is no text; it could stand in no URL, and so not in the store's.

    """
    place = (home or Path(os.environ.get("META_MED_HOME") or DEFAULT_HOME)).expanduser().absolute()
    try:
        str(place).encode()
    except UnicodeEncodeError:
        raise StoreError(
            "E_STORAGE: the home folder's name is no valid UTF-8. Name another folder."
        ) from None
    return place


def require_home(home: Path | None = None) -> None:
    """Find out that the home can be written, or made, before any library is loaded; nothing is made yet.

    Raises:
        StoreError: with the folder and the cause.

    """
    require_writable(home_folder(home))
