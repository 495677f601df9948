"""Options of a learner: a frozen dataclass with the range of each option beside its default.

A study file is validated against it while it is read. Learners of other distributions use the same functions: `whole`,
`number`, `one_of`, `fixed`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import Any

MOST = 100_000
LARGEST = 1e15


@dataclass(frozen=True)
class Range:
    """Numbers from `least` to `most`; `above` excludes `least`, `below` excludes `most`."""

    least: float = -LARGEST
    most: float = LARGEST
    above: bool = False
    below: bool = False

    def holds(self, value: float) -> bool:
        """Whether the range contains the value."""
        low = value > self.least if self.above else value >= self.least
        return low and (value < self.most if self.below else value <= self.most)

    def __str__(self) -> str:
        low = f"above {self.least:,.15g}" if self.above else f"{self.least:,.15g} or more"
        return f"{low} and {'below' if self.below else 'at most'} {self.most:,.15g}"


@dataclass(frozen=True)
class Allowed:
    """Allowed values of an option: a number in a range, one of some words, or (with neither) true and false."""

    range: Range | None = None
    is_whole: bool = True
    words: tuple[str, ...] = ()

    def __str__(self) -> str:
        if self.words:
            return f"one of {', '.join(self.words)}"
        if self.range is None:
            return "true or false"
        return f"{'a whole number' if self.is_whole else 'a number'}, {self.range}"

    def mistake(self, value: object) -> str | None:
        """The requirement that the value violates; None where it is valid."""
        return None if self.holds(value) else str(self)

    def holds(self, value: object) -> bool:
        """Whether the value is allowed."""
        if self.words:
            return value in self.words
        if self.range is None:
            return isinstance(value, bool)
        is_number = isinstance(value, int if self.is_whole else (int, float)) and not isinstance(value, bool)
        return is_number and self.range.holds(value)  # type: ignore[arg-type]


def whole(default: int | None, *, least: int = 0, most: int = MOST) -> Any:
    """An option that is a whole number; None is allowed only where it is the default."""
    return field(default=default, metadata={"allowed": Allowed(Range(least, most))})


def number(
    default: float | None, *, least: float = 0.0, most: float = MOST, above: bool = False, below: bool = False
) -> Any:
    """An option that is a finite number; `above` and `below` exclude the ends. None only where None is the default."""
    within = Range(least, most, above, below)
    return field(default=default, metadata={"allowed": Allowed(within, is_whole=False)})


def one_of(*words: str, default: str) -> Any:
    """An option that is one of some words."""
    return field(default=default, metadata={"allowed": Allowed(words=words)})


def fixed(value: object) -> Any:
    """An option that a preset fixes; it cannot be chosen."""
    return field(default=value, init=False)


@dataclass(frozen=True, kw_only=True)
class LearnerOptions:
    """Options of every learner. A field without a range is true or false.

    Attributes:
        history: give each record the subject's own earlier outcomes as inputs (see `Learner`). Studies switch it on.

    Raises:
        ValueError: an option is outside its range, or two options are incompatible; it names the option.

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
        """The requirement that a value of one option violates; None where it is valid."""
        may_be_none = value is None and cls.defaults()[option] is None
        return None if may_be_none else cls.allowed(option).mistake(value)

    @classmethod
    def allowed(cls, option: str) -> Allowed:
        """The values that an option may have."""
        found: Allowed = cls.__dataclass_fields__[option].metadata.get("allowed", Allowed())
        return found

    @classmethod
    def check(cls, option: str, value: object) -> None:
        """Refuse a value outside the option's range.

        Raises:
            ValueError: names the option, the requirement and the value.

        """
        if (right := cls.mistake(option, value)) is not None:
            raise ValueError(f"{option}: must be {right}, got {value!r}")

    def conflicts(self) -> Iterator[tuple[str, str]]:
        """Pairs of an option and the reason why it is incompatible with the others."""
        yield from ()
