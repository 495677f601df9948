"""Errors, grouped by who must act. Faults in the data are never exceptions: they are findings in the result."""

from collections.abc import Sequence


class DataContractsError(Exception):
    """Base of the package's errors; `exit_code` is the exit code of a command that fails with it."""

    exit_code = 1


class ContractError(DataContractsError):
    """The contract's author must act. Lists every mistake in the file at once, each with its key."""

    exit_code = 2
    what = "data contract"

    def __init__(self, file: str, mistakes: Sequence[str]) -> None:
        self.file = file
        self.mistakes = tuple(mistakes)
        lines = "\n".join(f"  - {m}" for m in self.mistakes)
        noun = "mistake" if len(self.mistakes) == 1 else "mistakes"
        super().__init__(f"{file}: {len(self.mistakes)} {noun} in the {self.what}\n{lines}")


class DeliveryError(DataContractsError):
    """The caller must act: the given files are not those that the contract names."""

    exit_code = 2


class CheckBrokenError(DataContractsError):
    """The developers must act: a check itself failed, so the data were not validated.

    The message names only the type of the cause, because its text may contain a cell's value.
    """

    exit_code = 70

    def __init__(self, check: str, reason: str) -> None:
        self.check = check
        super().__init__(f"the check {check!r} is broken ({reason}); the data were not validated")


class QuarantineError(DataContractsError):
    """The reviewer of held rows must act: the request cannot be fulfilled."""

    exit_code = 2


class QuarantineBusyError(DataContractsError):
    """Nobody must act: another program is writing to the quarantine; try again later."""

    exit_code = 5

    def __init__(self) -> None:
        super().__init__("E_QUARANTINE_BUSY: another program is writing to the quarantine. Try again.")


class QuarantineUnreachableError(DataContractsError):
    """The operator must act: the quarantine is intact, but its folder, disk or permissions prevent access."""

    exit_code = 5

    def __init__(self, folder: str, reason: str) -> None:
        super().__init__(
            f"E_QUARANTINE_UNREACHABLE: the quarantine in {folder} cannot be used: {reason}. Its content was not "
            "changed. Free space or correct its permissions, and run again."
        )


class QuarantineDamagedError(DataContractsError):
    """The operator must act: the quarantine's file is damaged. The message contains no cell's value."""

    exit_code = 5

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"E_QUARANTINE_DAMAGED: the quarantine's file ledger.sqlite cannot be used ({reason}). Restore its "
            "backup, or move the file away; rows that were released by hand are then held again."
        )
