"""One corruption of the base table with the outcome that a trustworthy gate gives it, and how to write one down."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

Frame = pd.DataFrame
Corrupt = Callable[[Frame], Frame | bytes]

SIZE_OF_FIRST = 9
"""Rows of the base table's first patient; a test keeps it true."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """`corrupt` gets a fresh base table and gives a frame, or the very bytes of the file."""

    id: str
    """In the catalogue of bad inputs; "" for those that were thought of here."""
    name: str
    corrupt: Corrupt
    verdict: str
    code: str = ""
    """The finding that must be there; "" means that there must be none at all."""
    held: int | None = 0
    """Rows in quarantine; None where the delivery is rejected."""
    patients: int = 0
    """Patients all of whose rows are held."""
    suffix: str = ".csv"
    history: bool = False
    """Judged with the base table as the previous delivery."""
    timezone: str = ""
    grows_to: Corrupt | None = None
    """What the file becomes while it is judged."""

    @property
    def title(self) -> str:
        """The catalogue's id, where there is one, and what happened."""
        return f"{self.id} {self.name}".strip()


def csv(frame: Frame) -> bytes:
    """As a delivery would be written."""
    return frame.to_csv(index=False).encode()


def lines(frame: Frame) -> list[str]:
    """Header and rows of the CSV file."""
    return csv(frame).decode().rstrip("\n").split("\n")


def times(frame: Frame) -> "pd.Series[pd.Timestamp]":
    """When the records were made."""
    return pd.to_datetime(frame["time"], utc=True)


def first_patient(frame: Frame) -> "pd.Series[bool]":
    """Rows of the first patient."""
    return frame["patient_id"] == frame["patient_id"].iloc[0]


def put(column: str, values: list[object], at: list[int] | None = None) -> Corrupt:
    """The table with these cells overwritten."""

    def corrupt(frame: Frame) -> Frame:
        frame[column] = frame[column].astype(object)
        rows = at if at is not None else list(range(len(values)))
        frame.loc[frame.index[rows], column] = values
        return frame

    return corrupt


def change(column: str, how: Callable[["pd.Series[object]"], object]) -> Corrupt:
    """The table with a whole column changed."""
    return lambda frame: frame.assign(**{column: how(frame[column])})


def in_first_patient(column: str, value: object) -> Corrupt:
    """The table with the first patient's cells of a column overwritten."""

    def corrupt(frame: Frame) -> Frame:
        frame[column] = frame[column].astype(object)
        frame.loc[first_patient(frame), column] = value
        return frame

    return corrupt


def rejected(id: str, name: str, code: str, corrupt: Corrupt, **more: object) -> Case:
    """Nothing of the delivery is used."""
    return Case(id=id, name=name, corrupt=corrupt, verdict="reject", code=code, held=None, **more)  # type: ignore[arg-type]


def held(id: str, name: str, code: str, rows: int, corrupt: Corrupt, **more: object) -> Case:
    """So many rows are held back, the others go on."""
    return Case(id=id, name=name, corrupt=corrupt, verdict="quarantine", code=code, held=rows, **more)  # type: ignore[arg-type]


def remarked(id: str, name: str, code: str, corrupt: Corrupt, **more: object) -> Case:
    """Put right or worth a look; every row goes on."""
    return Case(id=id, name=name, corrupt=corrupt, verdict="accept", code=code, **more)  # type: ignore[arg-type]


def clean(id: str, name: str, corrupt: Corrupt, **more: object) -> Case:
    """Nothing to be said."""
    return Case(id=id, name=name, corrupt=corrupt, verdict="accept", **more)  # type: ignore[arg-type]
