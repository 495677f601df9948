"""The model of a contract: frozen dataclasses for the contract, its tables, columns and rules."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

Kind = Literal["string", "number", "integer", "date", "timestamp"]
Role = Literal["", "subject", "time", "cohort", "outcome", "identifier", "follow_up_time", "event_indicator"]
Outcome = Literal["reject", "quarantine_rows", "quarantine_patient", "warn"]

TEXT_NULLS = ("NA", "N/A", "n/a", "NULL", "null", "None", "?", ".", "-")


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: type, role, unit, and how its text is parsed."""

    name: str
    kind: Kind
    required: bool = False
    """Every row must have a value."""
    optional: bool = False
    """The whole column may be missing from a delivery."""
    unique: bool = False
    role: Role = ""
    unit: str = ""
    description: str = ""
    format: str = ""
    """`strptime` format of dates; "" is ISO 8601."""
    timezone: str = ""
    """Time zone of timestamps without offset; "" requires an offset in every cell."""
    alternative_units: Mapping[str, float] = field(default_factory=dict)
    """Other unit -> factor from `unit` to the other unit."""
    spellings: Mapping[str, str] = field(default_factory=dict)
    """Declared spelling -> its category; letter case is ignored."""

    @property
    def is_identifier(self) -> bool:
        """Whether the text identifies something; identifiers such as "NA" are never read as missing."""
        return self.kind == "string" and self.role in {"subject", "cohort", "identifier"}


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule: a word of the rule vocabulary with its arguments."""

    name: str
    """Unique in the contract: `table.column.rule`, with a number if it repeats."""
    rule: str
    table: str
    column: str = ""
    arguments: Mapping[str, Any] = field(default_factory=dict)
    where: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    """Column -> values; the rule is about rows that have one of them."""
    each_cohort: bool = False
    """Checked for each cohort by itself; only for rules about whole tables."""
    outcome: Outcome
    code: str
    description: str = ""
    counts_towards_limit: bool = True
    releasable: bool = False
    """A named person may confirm rows that break it, so that they are accepted as delivered."""


@dataclass(frozen=True, kw_only=True)
class Table:
    """One table of the contract (a schema object of the standard)."""

    name: str
    columns: tuple[Column, ...]
    rules: tuple[Rule, ...]
    description: str = ""
    delimiter: str = ","
    max_quarantine_fraction: float = 0.05
    null_tokens: tuple[str, ...] = TEXT_NULLS
    sentinels: tuple[float, ...] = ()
    final_newline: bool = True
    """A CSV file must end with a newline, else it counts as truncated; False: `finalNewline: optional`."""

    def column(self, name: str) -> Column:
        """The column with this name."""
        return next(c for c in self.columns if c.name == name)

    def by_role(self, role: Role) -> str | None:
        """Name of the first column with this role, or None."""
        return next((c.name for c in self.columns if c.role == role), None)

    @property
    def subject(self) -> str | None:
        """Name of the column with the subject's identifier."""
        return self.by_role("subject")

    @property
    def time(self) -> str | None:
        """Name of the column with the time of the record."""
        return self.by_role("time")

    @property
    def cohort(self) -> str | None:
        """Name of the column with the cohort."""
        return self.by_role("cohort")

    @property
    def identity_columns(self) -> tuple[str, ...]:
        """Names of the subject, time and cohort columns; without them a row cannot be assigned."""
        return tuple(c.name for c in self.columns if c.role in {"subject", "time", "cohort"})


@dataclass(frozen=True, kw_only=True)
class Contract:
    """A contract: name, version, SHA-256 of its file, and its tables by name."""

    name: str
    version: str
    sha256: str
    tables: Mapping[str, Table]
    title: str = ""
    description: str = ""
    informative_keys: tuple[str, ...] = ()
    """Keys of the standard that only inform people and other tools; nothing is checked by them."""

    def with_outcomes(self, outcomes: Mapping[str, Collection[str]]) -> "Contract":
        """A copy in which these columns (table -> names) have the role "outcome", if they have no other role."""
        return replace(
            self, tables={n: _with_outcomes(t, outcomes.get(n, ())) for n, t in self.tables.items()}
        )


def _with_outcomes(table: Table, names: Collection[str]) -> Table:
    columns = (replace(c, role="outcome") if c.name in names and not c.role else c for c in table.columns)
    return replace(table, columns=tuple(columns))
