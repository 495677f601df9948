"""JSON for machines: what every reader of RFC 8259 can read."""

import json
import math
from collections.abc import Mapping
from typing import Any

import numpy as np


def machine_json(content: Any, indent: int | None = None) -> str:
    """The content as JSON; a number that is infinite or not one is null, for JSON has no word for it.

    Args:
        content: mappings, sequences and plain or NumPy values; anything else is written as its text.
        indent: spaces a level, all in one line without it.

    """
    return json.dumps(_plain(content), indent=indent, default=str, allow_nan=False)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {_plain_key(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, np.ndarray | np.generic):
        return _plain(value.tolist())
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def _plain_key(key: Any) -> Any:
    """NumPy's numbers as names, as Python's own would be written; the rest is for `json` to judge."""
    return key.item() if isinstance(key, np.generic) else key
