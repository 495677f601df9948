"""One check of a table, as plain data: no engine is loaded to know it. Bounds that are relative to now."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from data_contracts.contract.codes import Kahn, Severity
from data_contracts.contract.model import Outcome
from data_contracts.contract.rule_word import Judge, RuleWord

_NOW = re.compile(r"now\s*(?:([+-])\s*(\d+)\s*days?)?$")


@dataclass(frozen=True, kw_only=True)
class CheckSpec:
    """One check. `columns` are all those that it reads."""

    name: str
    table: str
    rule: str
    word: RuleWord | None = field(default=None, repr=False, compare=False)
    """The entry of the vocabulary; None for what the reader and the types check."""
    column: str = ""
    columns: tuple[str, ...] = ()
    arguments: Mapping[str, Any] = field(default_factory=dict)
    where: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    each_cohort: bool = False
    outcome: Outcome
    code: str
    kahn: Kahn
    severity: Severity
    description: str
    """The promise, kept."""
    fault: str = ""
    """The promise, broken by rows."""
    counts_towards_limit: bool = True
    withholds: bool = False
    """Whether a row that fails puts the whole patient in doubt."""

    @property
    def key(self) -> str:
        """The name with letters, digits and underscores only, for engines that allow no more."""
        return re.sub(r"\W+", "_", self.name)

    @property
    def judge(self) -> Judge | None:
        """Who decides; None for what the reader and the types check."""
        return self.word.judge if self.word else None


def days_from_now(bound: Any) -> int | None:
    """Days of a bound 'now + N days'; None for any other."""
    relative = _NOW.match(bound) if isinstance(bound, str) else None
    return None if relative is None else int(relative[2] or 0) * (-1 if relative[1] == "-" else 1)


def definite(bound: Any, now: datetime) -> Any:
    """A bound with 'now + N days' as an ISO moment; any other as it is."""
    days = days_from_now(bound)
    return _moment(bound) if days is None else (_in_utc(now) + timedelta(days=days)).isoformat()


def _moment(bound: Any) -> Any:
    """An ISO date as pandas compares it with the gate's moments, which are UTC; what is no text stays as it is."""
    return _in_utc(datetime.fromisoformat(bound)).isoformat() if isinstance(bound, str) else bound


def _in_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
