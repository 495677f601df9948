"""The terms of a contract, as plain frozen dataclasses: what a table promises, column by column."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

Kind = Literal["string", "number", "integer", "date", "timestamp"]
Role = Literal["", "subject", "time", "cohort", "outcome", "identifier"]
Outcome = Literal["reject", "quarantine_rows", "quarantine_patient", "warn"]

TEXT_NULLS = ("NA", "N/A", "n/a", "NULL", "null", "None", "?", ".", "-")


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: its type, whether it may be missing, its unit, and how its text is read."""

    name: str
    kind: Kind
    required: bool = False
    """Every row has a value."""
    optional: bool = False
    """The whole column may be absent from a delivery."""
    unique: bool = False
    role: Role = ""
    unit: str = ""
    description: str = ""
    format: str = ""
    """`strptime` format of a date; empty is ISO 8601."""
    timezone: str = ""
    """Of a timestamp: "" demands an offset in every cell, else the site's zone for cells without one."""
    alternative_units: Mapping[str, float] = field(default_factory=dict)
    """Other unit -> factor by which a value in `unit` grows when written in it."""
    spellings: Mapping[str, str] = field(default_factory=dict)
    """Declared spellings of a category -> the category; letter case is ignored."""

    @property
    def is_identifier(self) -> bool:
        """Text that names something; never a missing-value token, whatever it spells."""
        return self.kind == "string" and self.role in {"subject", "cohort", "identifier"}


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One promise beyond the type: a word of the rule vocabulary with its arguments."""

    name: str
    """Unique within the contract: `table.column.rule`, numbered where it repeats."""
    rule: str
    table: str
    column: str = ""
    arguments: Mapping[str, Any] = field(default_factory=dict)
    where: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    """Only rows whose column has one of the values."""
    each_cohort: bool = False
    """Asked of every cohort by itself; rules about the whole only."""
    outcome: Outcome
    code: str
    description: str = ""
    counts_towards_limit: bool = True
    releasable: bool = False
    """A person who knows better may confirm a row that breaks it, and let the row in as it is."""


@dataclass(frozen=True, kw_only=True)
class Table:
    """One schema object of the contract: a table that a delivery must hold."""

    name: str
    columns: tuple[Column, ...]
    rules: tuple[Rule, ...]
    description: str = ""
    delimiter: str = ","
    max_quarantine_fraction: float = 0.05
    null_tokens: tuple[str, ...] = TEXT_NULLS
    sentinels: tuple[float, ...] = ()
    final_newline: bool = True
    """A CSV file without a line end at its end was cut off; `finalNewline: optional` takes it as whole."""

    def column(self, name: str) -> Column:
        """The column of that name."""
        return next(c for c in self.columns if c.name == name)

    def by_role(self, role: Role) -> str | None:
        """Name of the first column with the role."""
        return next((c.name for c in self.columns if c.role == role), None)

    @property
    def subject(self) -> str | None:
        """The column that names the patient."""
        return self.by_role("subject")

    @property
    def time(self) -> str | None:
        """The column that says when."""
        return self.by_role("time")

    @property
    def cohort(self) -> str | None:
        """The column that names the cohort, where the table has one."""
        return self.by_role("cohort")

    @property
    def identity_columns(self) -> tuple[str, ...]:
        """Columns without which a row belongs to nobody: subject, time, cohort."""
        return tuple(c.name for c in self.columns if c.role in {"subject", "time", "cohort"})


@dataclass(frozen=True, kw_only=True)
class Contract:
    """A whole contract: name, version, the hash of its file, and its tables by name."""

    name: str
    version: str
    sha256: str
    tables: Mapping[str, Table]
    title: str = ""
    description: str = ""
    informative_keys: tuple[str, ...] = ()
    """Keys of the standard that are for people and other tools: nothing is checked by them."""

    def with_outcomes(self, outcomes: Mapping[str, Collection[str]]) -> "Contract":
        """The same contract where these columns (table -> names) are outcomes, if they have no other role."""
        return replace(
            self, tables={n: _with_outcomes(t, outcomes.get(n, ())) for n, t in self.tables.items()}
        )


def _with_outcomes(table: Table, names: Collection[str]) -> Table:
    columns = (replace(c, role="outcome") if c.name in names and not c.role else c for c in table.columns)
    return replace(table, columns=tuple(columns))
