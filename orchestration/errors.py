"""Errors in families by who must act; the family defines the exit code.

A message is one paragraph: what happened, where (file, key or column), which rule and how often, and what to do. It
never holds a patient's value or identifier, because it is written to logs and to Dagster's event log.
"""

from collections.abc import Sequence


class MetaMedError(Exception):
    """The base of all expected errors; shown without a traceback."""

    exit_code = 1
    family = "unexpected"
    may_be_retried = False


class StudyError(MetaMedError):
    """The author of the study or contract, or the caller of the command, must act."""

    exit_code = 2
    family = "study"

    def __init__(self, mistakes: str | Sequence[str]) -> None:
        self.mistakes = (mistakes,) if isinstance(mistakes, str) else tuple(mistakes)
        super().__init__("\n".join(self.mistakes))


class DataError(MetaMedError):
    """The deliverer of the data must act; retrying the same file cannot help."""

    exit_code = 4
    family = "data"


class PublishedStoreError(MetaMedError):
    """The operator of the published store must act."""

    exit_code = 5
    family = "store"


class StoreBusyError(PublishedStoreError):
    """Another writer is using the store, or its server is away for a while: what a retry may solve."""

    may_be_retried = True


class ModelError(MetaMedError):
    """Training or scoring could not give a trustworthy model; the previous release stays."""

    exit_code = 6
    family = "model"


class InternalError(MetaMedError):
    """A defect of the program, reported by its place in the code, without values."""

    exit_code = 1
    family = "internal"


class InterruptedRunError(MetaMedError):
    """The run was interrupted; nobody needs to act."""

    exit_code = 130
    family = "interrupted"


FAMILIES: dict[str, type[MetaMedError]] = {
    kind.family: kind for kind in (StudyError, DataError, PublishedStoreError, ModelError, InternalError)
}
