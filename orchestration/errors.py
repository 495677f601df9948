"""Errors in families by who must act; the family defines the exit code.

A message is one paragraph: what happened, where (file, key or column), which rule and how often, and what to do. It
never holds a patient's value or identifier, because it is written to logs and to Dagster's event log.
"""

import re
from collections.abc import Sequence

_CODE = re.compile(r"E_[A-Z][A-Z_]*(?=:)")


class MetaMedError(Exception):
    """The base of all expected errors; shown without a traceback."""

    exit_code = 1
    family = "unexpected"
    family_code = "E_DEFECT"
    may_be_retried = False

    @property
    def code(self) -> str:
        """The code that the message begins with, else that of the family."""
        found = _CODE.match(str(self))
        return found[0] if found else self.family_code

    @property
    def told(self) -> str:
        """The message with its code in front."""
        text = str(self)
        return text if _CODE.match(text) else f"{self.code}: {text}"


class StudyError(MetaMedError):
    """The author of the study or contract, or the caller of the command, must act."""

    exit_code = 2
    family = "study"
    family_code = "E_STUDY"

    def __init__(self, mistakes: str | Sequence[str]) -> None:
        self.mistakes = (mistakes,) if isinstance(mistakes, str) else tuple(mistakes)
        super().__init__("\n".join(self.mistakes))


class DataError(MetaMedError):
    """The deliverer of the data must act; retrying the same file cannot help."""

    exit_code = 4
    family = "data"
    family_code = "E_DATA"


class PublishedStoreError(MetaMedError):
    """The operator of the published store must act."""

    exit_code = 5
    family = "store"
    family_code = "E_STORE"


class StoreBusyError(PublishedStoreError):
    """Another writer is using the store, or its server is away for a while: what a retry may solve."""

    may_be_retried = True


class ModelError(MetaMedError):
    """Training or scoring could not give a trustworthy model; the previous release stays."""

    exit_code = 6
    family = "model"
    family_code = "E_MODEL"


class InternalError(MetaMedError):
    """A defect of the program, reported by its place in the code, without values."""

    exit_code = 1
    family = "internal"
    family_code = "E_DEFECT"


class RunTimeoutError(MetaMedError):
    """A run was at work for longer than it may; the operator must see what it waits for."""

    exit_code = 124
    family = "timeout"
    family_code = "E_TIMEOUT"


class InterruptedRunError(MetaMedError):
    """The run was interrupted; nobody needs to act."""

    exit_code = 130
    family = "interrupted"
    family_code = "E_INTERRUPTED"


INTERRUPTED = "Interrupted. Nothing incomplete is kept; the same command resumes the run."
FAMILIES: dict[str, type[MetaMedError]] = {
    kind.family: kind
    for kind in (StudyError, DataError, PublishedStoreError, ModelError, InternalError, RunTimeoutError)
}
