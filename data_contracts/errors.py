"""Errors by who must act. A fault of the data is no exception: it is a finding in the result."""

from collections.abc import Sequence


class DataContractsError(Exception):
    """Any error of this package; `exit_code` is what a command ends with."""

    exit_code = 1


class ContractError(DataContractsError):
    """The contract's author must act: every mistake of the file at once, each with file and key."""

    exit_code = 2
    what = "data contract"

    def __init__(self, file: str, mistakes: Sequence[str]) -> None:
        self.file = file
        self.mistakes = tuple(mistakes)
        lines = "\n".join(f"  - {m}" for m in self.mistakes)
        noun = "mistake" if len(self.mistakes) == 1 else "mistakes"
        super().__init__(f"{file}: {len(self.mistakes)} {noun} in the {self.what}\n{lines}")


class DeliveryError(DataContractsError):
    """Whoever calls must act: the files handed over are not those that the contract names."""

    exit_code = 2


class CheckBrokenError(DataContractsError):
    """A check itself failed, so nothing is known about the data; the developers must act.

    Only the exception's type is told, since its text may hold a cell's value.
    """

    exit_code = 70

    def __init__(self, check: str, reason: str) -> None:
        self.check = check
        super().__init__(f"the check {check!r} is broken ({reason}); no judgement was made about the data")


class QuarantineError(DataContractsError):
    """Whoever reviews held rows must act: the call asks for something that cannot be."""

    exit_code = 2


class QuarantineBusyError(DataContractsError):
    """Another program is writing to the quarantine; waiting cures it."""

    exit_code = 5

    def __init__(self) -> None:
        super().__init__("E_QUARANTINE_BUSY: another program is writing to the quarantine. Try again.")


class QuarantineUnreachableError(DataContractsError):
    """The operator must act: the quarantine is sound, but its folder, its disk or its rights refuse."""

    exit_code = 5

    def __init__(self, folder: str, reason: str) -> None:
        super().__init__(
            f"E_QUARANTINE_UNREACHABLE: the quarantine in {folder} cannot be used: {reason}. What it holds was not "
            "changed. Free space or mend its rights, and run again."
        )


class QuarantineDamagedError(DataContractsError):
    """The operator must act: the quarantine's file cannot be used. The text names no value."""

    exit_code = 5

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"E_QUARANTINE_DAMAGED: the quarantine's file ledger.sqlite cannot be used ({reason}). Put back its "
            "backup, or move the file away; rows that were let in by hand are then held again."
        )
