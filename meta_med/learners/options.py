"""How a learner states its options: a frozen dataclass with the range of each option beside its default.

A study file is checked against it while it is read. Learners of other distributions use the same words: `whole`,
`number`, `one_of`, `fixed`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import Any

MOST = 100_000
LARGEST = 1e15


@dataclass(frozen=True)
class Range:
    """From `least` to `most`; `above`: the least itself is too little, `below`: the most itself too much."""

    least: float = -LARGEST
    most: float = LARGEST
    above: bool = False
    below: bool = False

    def holds(self, value: float) -> bool:
        """Whether the value lies in it."""
        low = value > self.least if self.above else value >= self.least
        return low and (value < self.most if self.below else value <= self.most)

    def __str__(self) -> str:
        low = f"above {self.least:,.15g}" if self.above else f"{self.least:,.15g} or more"
        return f"{low} and {'below' if self.below else 'at most'} {self.most:,.15g}"


@dataclass(frozen=True)
class Allowed:
    """What an option may be: a number of a range, one of some words, or (with neither) true and false."""

    range: Range | None = None
    is_whole: bool = True
    words: tuple[str, ...] = ()

    def mistake(self, value: object) -> str | None:
        """What the value must be instead; None where it is right."""
        if self.words:
            return None if value in self.words else f"one of {', '.join(self.words)}"
        if self.range is None:
            return None if isinstance(value, bool) else "true or false"
        is_number = isinstance(value, int if self.is_whole else (int, float)) and not isinstance(value, bool)
        if is_number and self.range.holds(value):  # type: ignore[arg-type]
            return None
        return f"{'a whole number' if self.is_whole else 'a number'}, {self.range}"


def whole(default: int | None, *, least: int = 0, most: int = MOST) -> Any:
    """An option that is a whole number; None only where None is the default."""
    return field(default=default, metadata={"allowed": Allowed(Range(least, most))})


def number(
    default: float | None, *, least: float = 0.0, most: float = MOST, above: bool = False, below: bool = False
) -> Any:
    """An option that is a finite number; `above` and `below` exclude the ends. None only where it is the default."""
    within = Range(least, most, above, below)
    return field(default=default, metadata={"allowed": Allowed(within, is_whole=False)})


def one_of(*words: str, default: str) -> Any:
    """An option that is one of some words."""
    return field(default=default, metadata={"allowed": Allowed(words=words)})


def fixed(value: object) -> Any:
    """What a preset has settled: nobody can choose it."""
    return field(default=value, init=False)


@dataclass(frozen=True, kw_only=True)
class LearnerOptions:
    """What every learner can be told. A field that states no range is a switch.

    Attributes:
        history: give each record the subject's own earlier outcomes as inputs (see `Learner`). Studies switch it on.

    Raises:
        ValueError: an option outside its range, or two that do not go together; it names the option.

    """

    history: bool = False

    def __post_init__(self) -> None:
        for option in self.defaults():
            self.check(option, getattr(self, option))
        for option, why in self.conflicts():
            raise ValueError(f"{option}: {why}")

    @classmethod
    def defaults(cls) -> dict[str, Any]:
        """Every option that can be chosen, with its default."""
        return {f.name: f.default for f in fields(cls) if f.init}

    @classmethod
    def mistake(cls, option: str, value: object) -> str | None:
        """What the value of one option must be instead; None where it is right."""
        allowed: Allowed = cls.__dataclass_fields__[option].metadata.get("allowed", Allowed())
        may_be_none = value is None and cls.defaults()[option] is None
        return None if may_be_none else allowed.mistake(value)

    @classmethod
    def check(cls, option: str, value: object) -> None:
        """Refuse a value outside the option's range.

        Raises:
            ValueError: names the option, what it must be, and what came.

        """
        if (right := cls.mistake(option, value)) is not None:
            raise ValueError(f"{option}: must be {right}, got {value!r}")

    def conflicts(self) -> Iterator[tuple[str, str]]:
        """Options that are right alone and wrong together: which one, and why."""
        yield from ()
