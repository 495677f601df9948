"""One difference between two contracts, and what follows from it."""

from dataclasses import dataclass
from typing import Literal

Effect = Literal["compatible", "additive", "breaking"]
Direction = Literal["tighter", "looser", "other"]


@dataclass(frozen=True, kw_only=True)
class Change:
    """One difference.

    `producer` is what it means for whoever delivers: breaking, when a file that was accepted may no longer be.
    `consumer` is what it means for whoever reads accepted rows: breaking, when they may meet what could not
    happen before. Additive is something new that they may ignore.
    """

    place: str
    """The table, column or rule: `visits.creatinine.hard_range`."""
    what: str
    """One sentence, of the contracts' own words."""
    before: str = ""
    after: str = ""
    producer: Effect = "compatible"
    consumer: Effect = "compatible"
    words_only: bool = False
    """Nothing that is checked changes: a description or a title."""

    @property
    def breaks(self) -> bool:
        """Whether anyone must act before the new contract holds."""
        return "breaking" in {self.producer, self.consumer}


def tightened(place: str, what: str, before: object = "", after: object = "") -> Change:
    """A promise that asks more of a delivery; whoever reads it loses nothing."""
    return Change(place=place, what=what, before=str(before), after=str(after), producer="breaking")


def loosened(place: str, what: str, before: object = "", after: object = "") -> Change:
    """A promise that asks less; whoever relied on it must look."""
    return Change(place=place, what=what, before=str(before), after=str(after), consumer="breaking")


def replaced(place: str, what: str, before: object = "", after: object = "") -> Change:
    """Neither more nor less, but something else."""
    return Change(
        place=place, what=what, before=str(before), after=str(after), producer="breaking", consumer="breaking"
    )


def harmless(place: str, what: str, before: object = "", after: object = "") -> Change:
    """A change that leaves every file accepted and every accepted row as promised."""
    return Change(place=place, what=what, before=str(before), after=str(after))


def moved(direction: Direction, place: str, what: str, before: object = "", after: object = "") -> Change:
    """The change of a promise that was moved in this direction."""
    make = {"tighter": tightened, "looser": loosened, "other": replaced}[direction]
    return make(place, what, before, after)
