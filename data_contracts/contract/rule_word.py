"""One word of the rule vocabulary, with everything that the gate knows of it.

A word stands directly above the function that checks it, in `data_contracts.rules`:

    @WORDS.add(RuleWord(scope="column", judge="rows", code="Q_EVEN", outcome="quarantine_rows", says="is even",
                        breaks="is odd", codes=(Code("EVEN", "plausibility", "Odd numbers"),)))
    def even(frame, arguments): ...

Contract parsing, check specs, the engine, reports, the JSON Schema and the comparison of contracts read it from
`data_contracts.contract.vocabulary`, so that a new word is written in one place.
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
    """Which way it moves when the rule asks less; "" where neither way is looser."""
    unbounded: bool = False
    """Left out, it asks nothing; other arguments fall back to a default."""


LOW = Argument("bound", looser="down", unbounded=True)
HIGH = Argument("bound", looser="up", unbounded=True)
LEAST = Argument("number", looser="down", unbounded=True)
MOST = Argument("number", looser="up", unbounded=True)
COLUMN = Argument("column", required=True)
COLUMNS = Argument("columns", required=True)


@dataclass(frozen=True, kw_only=True)
class RuleWord:
    """One word of the vocabulary.

    `judge` says who decides, and so how `check` is called:

    - "rows": `check(frame, arguments) -> Mask` of the rows that keep the rule, run by Great Expectations;
    - "whole": `check(View, CheckSpec) -> Iterator[Note]`, about the table as a whole;
    - "relation": `check(frame, parent frame, CheckSpec) -> Mask` of the rows that break the rule;
    - "batch": `check(Pair, CheckSpec) -> Iterator[Note]`, or `-> Positions` of the rows that break the rule where
      `breaks` says what is wrong with them; it needs the previous delivery.
    """

    name: str = ""
    """As a contract writes it; the name of `check` if not given."""
    scope: Scope
    level: Level
    code: str
    """Of its findings, with the letter of `outcome`."""
    outcome: Outcome
    promise: str
    """The promise kept, after the name of the column or table."""
    violation: str = ""
    """The promise broken by rows, likewise; rules about the whole word their own findings."""
    check: Callable[..., Any] = field(default=lambda *_: None, repr=False)
    takes: Mapping[str, Argument] = field(default_factory=dict)
    codes: tuple[Code, ...] = ()
    """What it may find, as far as no other word says so."""
    kinds: frozenset[Kind] = ANY_KIND
    """Kinds of column that it makes sense for."""
    roles: tuple[Role, ...] = ()
    """Roles that columns of the table must have; rules of rows get the subject's column as an argument."""
    across_cohorts: bool = False
    """It looks across cohorts: split up, it would miss what it is there for."""
    releasable: bool = False
    """It is about what is plausible: a person may know better."""
    relates_columns: bool = False
    """Checked after the rules of single columns: a cell that they fault must not also condemn its relations."""
    includes_held_rows: bool = False
    """It speaks of the rows that are held back too."""
    reads: Callable[[Table, Rule], Iterable[str]] | None = None
    """Columns that it reads beside those of its arguments."""
    violation_of: Callable[[Rule], str] | None = None
    """What a row does wrong, where that depends on the arguments."""
    default_arguments: Mapping[str, Any] | Callable[[Table], Mapping[str, Any] | None] | None = None
    """The arguments with which a table that has the roles is asked though its contract does not say so."""
    majority: tuple[str, str] | None = None
    """Code and words of the note that rejects a delivery of which more than half of the filled cells fail."""
    refine: Callable[..., Iterator[tuple[str, str, Any]]] | None = None
    """(spec, failing values, table, now) -> (code, words, mask): more telling codes for some failing rows."""
    companion: "RuleWord | None" = None
    """A check of rows that comes with it, with the same arguments."""

    @property
    def required_arguments(self) -> tuple[str, ...]:
        """Arguments that must be given."""
        return tuple(name for name, argument in self.takes.items() if argument.required)

    @property
    def by_cohort(self) -> bool:
        """Whether it can be asked of every cohort by itself."""
        return self.level in {"whole", "batch"} and not self.across_cohorts


class Words(dict[str, RuleWord]):
    """The rule words of one module, by name."""

    def add(self, word: RuleWord) -> Callable[[Check], Check]:
        """A decorator: the function that checks the word."""

        def register(check: Check) -> Check:
            name = word.name or check.__name__
            self[name] = replace(word, name=name, check=check)
            return check

        return register
