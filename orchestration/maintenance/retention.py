"""How much of the past is kept: settings of an installation, from environment variables. Light to load."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, fields

from orchestration.errors import StudyError

PREFIX = "META_MED_KEEP_"


@dataclass(frozen=True)
class Retention:
    """What is kept of each study. Each field is also a variable, such as META_MED_KEEP_RUNS.

    Attributes:
        runs: number of its newest run folders.
        models: number of its newest model versions, beside those that are needed.
        releases: number of its newest releases.
        days: runs, model versions and releases that are younger than so many days are kept too.
        quarantine_days: held rows without a decision are kept so many days; 0: always.
        history_days: Dagster's runs and ticks are kept so many days; 0: always.

    """

    runs: int = 5
    models: int = 10
    releases: int = 10
    days: int = 0
    quarantine_days: int = 0
    history_days: int = 90

    @classmethod
    def of_environment(cls) -> "Retention":
        """The settings of the environment's variables, with the defaults for the others.

        Raises:
            StudyError: a variable is no whole number in its range; all such variables are named.

        """
        given = {name: os.environ.get(variable(name), "").strip() for name in names()}
        wrong = [name for name, text in given.items() if text and not _is_valid(name, text)]
        if wrong:
            raise StudyError(
                [f"{variable(name)} must be a whole number of at least {least(name)}." for name in wrong]
            )
        return cls(**{name: int(text) for name, text in given.items() if text})


def names() -> Iterator[str]:
    """The settings."""
    return (field.name for field in fields(Retention))


def variable(name: str) -> str:
    """The environment variable of a setting."""
    return f"{PREFIX}{name.upper()}"


def least(name: str) -> int:
    """The smallest value of a setting: the newest one is always kept."""
    return 0 if name.endswith("days") else 1


def _is_valid(name: str, text: str) -> bool:
    return text.isascii() and text.isdigit() and int(text) >= least(name)
