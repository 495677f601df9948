"""How counts are told: a count from 1 to `SMALL_CELL` could point at a person, and is not."""

from data_contracts.result import SMALL_CELL

FEW = f"1–{SMALL_CELL}"


def is_small(count: int) -> bool:
    """Whether so few could be known by who they are."""
    return 0 < count <= SMALL_CELL


def told_share(count: int, of: int) -> float | None:
    """The share as a number; None where it is not told, or nothing was counted."""
    return None if not of or is_small(count) else round(count / of, 4)


def told(count: int, of: int) -> str:
    """The share in words: empty for none, never the height of a small count."""
    if not of:
        return "–"
    if count == 0:
        return ""
    return FEW if is_small(count) else percent(count / of)


def percent(share: float) -> str:
    """A share as a percentage that never rounds something to nothing, nor nearly all to all."""
    if 0 < share < 0.001:
        return "<0.1%"
    if 0.999 < share < 1:
        return ">99.9%"
    return f"{share:.1%}" if share < 0.1 else f"{share:.0%}"
