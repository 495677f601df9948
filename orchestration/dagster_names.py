"""What a study is called in Dagster, which takes ASCII letters, digits and _ only, and keeps some words for itself."""

import hashlib
import keyword
import re

RESERVED = frozenset(
    {"context", "conf", "config", "meta", "arg_dict", "dict", "input_arg_dict", "output_arg_dict",
     "int", "str", "float", "bool", "input", "output", "type", *keyword.kwlist}
)  # fmt: skip
"""Written out so that reading a study loads no Dagster; a test holds them to Dagster's own."""
_TAKEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_]*", re.ASCII)
_DIGITS = 8


def dagster_name(study: str) -> str:
    """The study's own name where Dagster takes it; else a name that is like it, and no other study's.

    `try` becomes `try_0a1b2c3d`, with the first digits of its SHA-256.
    """
    if _TAKEN.fullmatch(study) and study not in RESERVED:
        return study
    like = re.sub(r"[^A-Za-z0-9]+", "_", study).strip("_") or "study"
    return f"{like}_{hashlib.sha256(study.encode()).hexdigest()[:_DIGITS]}"
