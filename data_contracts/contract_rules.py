"""The rules of a table: those its columns imply (required, key) and those it declares under `quality`."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, get_args

from data_contracts.codes import KAHN, WITHHOLDING, with_outcome
from data_contracts.mistakes import Mistakes
from data_contracts.rules import VOCABULARY, Argument, RuleWord
from data_contracts.terms import Column, Outcome, Rule, Table

OWN_KEYS = {"rule", "where", "each_cohort", "outcome", "code", "counts_towards_limit", "releasable"}
"""Keys that every rule takes beside its arguments."""
_OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
_NUMERIC = frozenset({"number", "integer"})
_ORDERED = _NUMERIC | {"date", "timestamp"}
_KINDS: dict[str, frozenset[str]] = {
    "hard_range": _ORDERED,
    "soft_range": _ORDERED,
    "allowed": _NUMERIC | {"string"},
    **dict.fromkeys(("pattern", "one_spelling"), frozenset({"string"})),
    "fresh": frozenset({"date", "timestamp"}),
    "categories_stay": _NUMERIC | {"string"},
    **dict.fromkeys(
        ("no_jump", "typical_median", "no_heaping", "not_leaked", "no_drift", "same_scale"), _NUMERIC
    ),
}
"""Kinds of column that a word makes sense for; any, where it is not named."""
_NEEDS_SUBJECT = {"constant_per_subject", "no_jump", "no_copy_forward", "target", "enough_subjects"} | {
    "no_dominant_subject", "no_twins", "same_person", "cohorts_stay", "subjects_stay",
}  # fmt: skip
_NOT_BY_COHORT = {"same_person", "cohorts_stay", "subjects_stay", "no_twins", "one_spelling", "new_content"}
"""Rules that look across cohorts: split up, they would miss what they are there for."""
_RELEASABLE = {"hard_range", "soft_range", "no_jump", "not_after", "age_agrees", "not_a_copy"}
"""Rules about what is plausible: a person may know better."""
_NOW = re.compile(r"now(\s*[+-]\s*\d+\s*days?)?$")


def implied_rules(table: Table, entry: Mapping[str, Any]) -> Iterator[Rule]:
    """Rules that follow from `required`, `unique` and `primaryKey`, and that a table has rows at all."""
    name = f"{table.name}.row_count"
    yield Rule(
        name=name,
        rule="row_count",
        table=table.name,
        arguments={"min": 1},
        outcome="reject",
        code="E_NO_ROWS",
    )
    for column in table.columns:
        if column.required:
            code = "Q_KEY_NULL" if column.name in table.identity_columns else "Q_NULL"
            yield _of_column(table, column, "not_null", {}, code)
        if column.unique:
            yield _unique(table, [column.name])
    key = [p for p in entry.get("properties") or [] if isinstance(p, dict) and p.get("primaryKey")]
    if key:
        yield _unique(
            table, [str(p["name"]) for p in sorted(key, key=lambda p: p.get("primaryKeyPosition", 0))]
        )


def _of_column(table: Table, column: Column, rule: str, arguments: Mapping[str, Any], code: str) -> Rule:
    return Rule(
        name=f"{table.name}.{column.name}.{rule}",
        rule=rule,
        table=table.name,
        column=column.name,
        arguments=arguments,
        outcome=VOCABULARY[rule].outcome,
        code=code,
    )


def _unique(table: Table, columns: list[str]) -> Rule:
    return Rule(
        name=f"{table.name}.unique_key",
        rule="unique_key",
        table=table.name,
        arguments={"columns": columns},
        outcome="quarantine_rows",
        code="Q_KEY_CONFLICT",
    )


def declared_rules(
    table: Table, entry: Mapping[str, Any], tables: set[str], mistakes: Mistakes
) -> Iterator[Rule]:
    """Rules written under `quality`, of the table and of each column."""
    reader = _RuleReader(table, tables, mistakes)
    for quality in entry.get("quality") or []:
        yield from reader.read(quality, column="")
    for column in entry.get("properties") or []:
        for quality in column.get("quality") or []:
            yield from reader.read(quality, column=str(column.get("name")))


class _RuleReader:
    """Reads the quality entries of one table."""

    def __init__(self, table: Table, tables: set[str], mistakes: Mistakes) -> None:
        self.table = table
        self.tables = tables
        self.mistakes = mistakes
        self.columns = {c.name for c in table.columns}

    def read(self, quality: Mapping[str, Any], column: str) -> Iterator[Rule]:
        """The rule of one entry: none for plain text, none when it is mistaken."""
        key = ".".join(k for k in ("schema", self.table.name, column, "quality") if k)
        if quality.get("type") == "text":
            return
        given = quality.get("implementation")
        if (
            quality.get("type") != "custom"
            or quality.get("engine") != "meta-med"
            or not isinstance(given, dict)
        ):
            self.mistakes.add(
                key, "must have 'type: custom', 'engine: meta-med' and an 'implementation' mapping"
            )
            return
        word = VOCABULARY.get(str(given.get("rule")))
        if word is None:
            self.mistakes.unknown_keys(f"{key}.rule", [str(given.get("rule"))], set(VOCABULARY))
            return
        self._check(f"{key}.{given['rule']}", given, word, column)
        yield self._rule(quality, given, word, column)

    def _rule(
        self, quality: Mapping[str, Any], given: Mapping[str, Any], word: RuleWord, column: str
    ) -> Rule:
        where = {str(c): _as_tuple(v) for c, v in _mapping(given.get("where")).items()}
        suffix = [str(v[0]) for v in where.values()] + [str(given[k]) for k in ("name",) if k in given]
        parts = [self.table.name, column, str(given["rule"]), *suffix]
        return Rule(
            name=".".join(p for p in parts if p),
            rule=str(given["rule"]),
            table=self.table.name,
            column=column or _main_column(given, word),
            arguments={k: v for k, v in given.items() if k not in OWN_KEYS},
            where=where,
            each_cohort=given.get("each_cohort") is True,
            outcome=given.get("outcome", word.outcome),
            code=_code(given, word),
            description=str(quality.get("description") or quality.get("name") or ""),
            counts_towards_limit=bool(given.get("counts_towards_limit", True)),
            releasable=given.get("releasable") is True,
        )

    def _check(self, key: str, given: Mapping[str, Any], word: RuleWord, column: str) -> None:
        if (word.scope == "column") != bool(column):
            self.mistakes.add(key, f"belongs under a {word.scope}, not here")
        self._check_place(key, str(given["rule"]), column)
        self.mistakes.unknown_keys(key, given, OWN_KEYS | set(word.takes))
        for missing in (n for n in word.needs if n not in given):
            self.mistakes.add(f"{key}.{missing}", "is missing")
        if given.get("outcome", word.outcome) not in _OUTCOMES:
            self.mistakes.add(f"{key}.outcome", f"must be one of {', '.join(_OUTCOMES)}")
        if word.judge in {"whole", "batch"} and word.outcome in {"reject", "warn"}:
            self._check_whole(key, given)
        if str(given.get("code", word.code)) not in KAHN:
            self.mistakes.add(f"{key}.code", "is no known code of a finding")
        if "each_cohort" in given:
            self._check_each_cohort(key, given, word)
        if "releasable" in given:
            self._check_releasable(f"{key}.releasable", given, word, column)
        self._check_where(f"{key}.where", _mapping(given.get("where")))
        for name, kind in word.takes.items():
            if name in given:
                self._check_argument(f"{key}.{name}", kind, given[name], column)

    def _check_whole(self, key: str, given: Mapping[str, Any]) -> None:
        """A rule about the whole has no rows to hold, and looks at all of them."""
        if str(given.get("outcome", "warn")).startswith("quarantine"):
            self.mistakes.add(f"{key}.outcome", f"{given['rule']} is about the whole table: reject or warn")

    def _check_each_cohort(self, key: str, given: Mapping[str, Any], word: RuleWord) -> None:
        if not isinstance(given["each_cohort"], bool):
            self.mistakes.add(f"{key}.each_cohort", "must be true or false")
        if given["rule"] in _NOT_BY_COHORT or word.judge in {"rows", "relation"}:
            self.mistakes.add(f"{key}.each_cohort", f"{given['rule']} cannot be asked cohort by cohort")
        if self.table.cohort is None:
            self.mistakes.add(f"{key}.each_cohort", "needs a column with 'role: cohort'")

    def _check_releasable(self, key: str, given: Mapping[str, Any], word: RuleWord, column: str) -> None:
        """A person may know that an odd value is true, never that a row belongs to somebody else's key."""
        if not isinstance(given["releasable"], bool):
            self.mistakes.add(key, "must be true or false")
        if given["rule"] not in _RELEASABLE or column in self.table.identity_columns:
            self.mistakes.add(key, f"only {', '.join(sorted(_RELEASABLE))} may be, and of no key or identity")
        if given.get("outcome", word.outcome) != "quarantine_rows" or _code(given, word) in WITHHOLDING:
            self.mistakes.add(key, "is for a rule that holds single rows, and puts no patient in doubt")

    def _check_where(self, key: str, where: Mapping[str, Any]) -> None:
        """The columns exist, and the values are of their kind; another kind would match no row, in silence."""
        for name, values in where.items():
            self._check_argument(key, "column", name, "")
            kind = self.table.column(name).kind if name in self.columns else ""
            if kind in {"date", "timestamp"}:
                self.mistakes.add(f"{key}.{name}", "cannot be about a date; it is for text and numbers")
            elif kind and any(_is_number(v) != (kind in _NUMERIC) for v in _as_tuple(values)):
                self.mistakes.add(f"{key}.{name}", f"must be {'a number' if kind in _NUMERIC else 'text'}")

    def _check_place(self, key: str, rule: str, column: str) -> None:
        """The word suits the column's kind, and the table has the roles that it leans on."""
        kind = self.table.column(column).kind if column in self.columns else ""
        if kind and kind not in _KINDS.get(rule, {kind}):
            self.mistakes.add(
                key, f"{rule} makes no sense for a {kind}; it is for {', '.join(sorted(_KINDS[rule]))}"
            )
        if rule in _NEEDS_SUBJECT and self.table.subject is None:
            self.mistakes.add(key, f"{rule} needs a column with 'role: subject'")
        if rule == "cohorts_stay" and self.table.cohort is None:
            self.mistakes.add(key, f"{rule} needs a column with 'role: cohort'")

    def _check_argument(self, key: str, kind: Argument, value: Any, column: str) -> None:
        what = _argument_mistake(kind, value, self.columns, self.tables)
        if kind == "bound" and not what and column in self.columns:
            of_dates = self.table.column(column).kind in {"date", "timestamp"}
            if of_dates == isinstance(value, int | float):
                what = "must be a date" if of_dates else "must be a number"
        if key.endswith(".regex") and not what:
            what = _regex_mistake(value)
        if what:
            self.mistakes.add(key, what)


def _code(given: Mapping[str, Any], word: RuleWord) -> str:
    """The code that was given or the word's own; its letter follows an outcome that was chosen."""
    code, outcome = str(given.get("code", word.code)), str(given.get("outcome"))
    chosen = next((o for o in _OUTCOMES if o == outcome), None)
    return with_outcome(code, chosen) if chosen else code


def _argument_mistake(kind: Argument, value: Any, columns: set[str], tables: set[str]) -> str:
    """What is wrong with an argument; empty when nothing is."""
    right, says = {
        "number": (_is_number(value), "must be a number"),
        "bound": (_is_bound(value), "must be a number, an ISO date in quotes, or 'now + N days'"),
        "column": (_all_in([value], columns), f"names no column of this table: {value!r}"),
        "columns": (_all_in(value, columns), f"must be a list of this table's columns, not {value!r}"),
        "table": (_all_in([value], tables), f"names no table of this contract: {value!r}"),
        "values": (isinstance(value, list) and bool(value), "must be a list of values"),
        "text": (isinstance(value, str), "must be text"),
        "flag": (isinstance(value, bool), "must be true or false"),
        "any": (True, ""),
    }[kind]
    return "" if right else says


def _all_in(names: Any, known: set[str]) -> bool:
    return isinstance(names, list) and all(isinstance(n, str) and n in known for n in names)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _regex_mistake(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        return f"is no regular expression: {error}"
    return ""


def _is_bound(value: Any) -> bool:
    if not isinstance(value, str):
        return _is_number(value)
    if _NOW.match(value):
        return True
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _as_tuple(value: Any) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, list) else (value,)


def _main_column(given: Mapping[str, Any], word: RuleWord) -> str:
    """The column that a table's rule speaks of, for the report: its first single-column argument."""
    of_columns = [n for n, kind in word.takes.items() if kind == "column" and n in given]
    return str(given[of_columns[0]]) if of_columns else ""
