"""One word of the rule vocabulary, with everything that the gate needs to know about it.

A word is declared as the decorator of the function that checks it, in `data_contracts.rules`:

    @WORDS.add(RuleWord(scope="column", level="rows", code="Q_EVEN", outcome="quarantine_rows", promise="is even",
                        violation="is odd", codes=(Code("EVEN", "plausibility", "Odd numbers"),)))
    def even(frame, arguments): ...

Parsing, check specs, the engine, reports, the JSON Schema and the comparison of contracts all read it from
`data_contracts.contract.vocabulary`, so that a new word is added in one place.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeVar, get_args

from data_contracts.contract.codes import Code
from data_contracts.contract.model import Kind, Outcome, Role, Rule, Table

Scope = Literal["column", "table"]
ArgumentKind = Literal[
    "number", "share", "bound", "text", "column", "columns", "values", "table", "flag", "any"
]
Level = Literal["rows", "whole", "relation", "batch"]
Check = TypeVar("Check", bound=Callable[..., Any])

NUMERIC: frozenset[Kind] = frozenset({"number", "integer"})
TEMPORAL: frozenset[Kind] = frozenset({"date", "timestamp"})
TEXT: frozenset[Kind] = frozenset({"string"})
ANY_KIND: frozenset[Kind] = frozenset(get_args(Kind))


@dataclass(frozen=True)
class Argument:
    """One argument of a rule word."""

    kind: ArgumentKind
    required: bool = False
    looser: Literal["up", "down", ""] = ""
    """Direction that makes the rule less strict; "" if there is none."""
    unbounded: bool = False
    """Without it there is no bound; other arguments have a default."""


LOW = Argument("bound", looser="down", unbounded=True)
HIGH = Argument("bound", looser="up", unbounded=True)
LEAST = Argument("number", looser="down", unbounded=True)
MOST = Argument("number", looser="up", unbounded=True)
COLUMN = Argument("column", required=True)
COLUMNS = Argument("columns", required=True)


@dataclass(frozen=True, kw_only=True)
class RuleWord:
    """One word of the rule vocabulary.

    `level` is what the rule is about, and determines how `check` is called:

    - "rows", each row: `check(frame, arguments) -> Mask` of the rows that keep the rule, run by Great Expectations;
    - "whole", the whole table: `check(View, CheckSpec) -> Iterator[Note]`;
    - "relation", two tables: `check(frame, parent frame, CheckSpec) -> Mask` of the rows that break the rule;
    - "batch", this delivery and the previous one: `check(Pair, CheckSpec) -> Iterator[Note]`, or, for a word with a
      `violation`, `-> Positions` of the rows that break the rule.
    """

    name: str = ""
    """Name in a contract; the default is the name of `check`."""
    scope: Scope
    level: Level
    code: str
    """Code of its findings, with the letter of `outcome`."""
    outcome: Outcome
    promise: str
    """Predicate of a sentence whose subject is the column or table, e.g. "has a value in every row"."""
    violation: str = ""
    """The same for rows that break the rule; "" for rules that write their own messages."""
    check: Callable[..., Any] = field(default=lambda *_: None, repr=False)
    takes: Mapping[str, Argument] = field(default_factory=dict)
    codes: tuple[Code, ...] = ()
    """Codes of its findings that no other word declares."""
    kinds: frozenset[Kind] = ANY_KIND
    """Kinds of column that it applies to."""
    roles: tuple[Role, ...] = ()
    """Roles that the table must have; rules of rows then get the subject's column as an argument."""
    across_cohorts: bool = False
    """It compares cohorts, so it cannot be checked cohort by cohort."""
    releasable: bool = False
    """A person may confirm rows that break it, because it is about plausibility."""
    relates_columns: bool = False
    """Checked after the rules of single columns; rows that break one of those in its columns are left out."""
    includes_held_rows: bool = False
    """It also reads rows that are held back."""
    reads: Callable[[Table, Rule], Iterable[str]] | None = None
    """Columns that it reads besides those in its arguments."""
    violation_of: Callable[[Rule], str] | None = None
    """Makes the violation, if it depends on the arguments."""
    default_arguments: Mapping[str, Any] | Callable[[Table], Mapping[str, Any] | None] | None = None
    """Arguments of the default rule of a table that has the roles; None: no default rule."""
    majority: tuple[str, str] | None = None
    """Code and message that reject a delivery in which more than half of the non-missing cells fail."""
    refine: Callable[..., Iterator[tuple[str, str, Any]]] | None = None
    """(spec, failing values, table, now) -> (code, message, mask): more specific codes for some failing rows."""
    companion: "RuleWord | None" = None
    """A check of rows that is added with it, with the same arguments."""

    @property
    def required_arguments(self) -> tuple[str, ...]:
        """Names of the arguments without a default."""
        return tuple(name for name, argument in self.takes.items() if argument.required)

    @property
    def by_cohort(self) -> bool:
        """Whether it can be checked for each cohort by itself."""
        return self.level in {"whole", "batch"} and not self.across_cohorts


class Words(dict[str, RuleWord]):
    """The rule words of one module, by name."""

    def add(self, word: RuleWord) -> Callable[[Check], Check]:
        """Decorator that registers the word with the function that checks it."""

        def register(check: Check) -> Check:
            name = word.name or check.__name__
            self[name] = replace(word, name=name, check=check)
            return check

        return register
