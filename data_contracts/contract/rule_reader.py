"""Read one entry under `quality` as a rule, and collect every mistake in it with its key and the correction."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, get_args

from data_contracts.contract.check_specs import days_from_now
from data_contracts.contract.codes import with_outcome
from data_contracts.contract.known_keys import check_quality
from data_contracts.contract.model import Column, Outcome, Rule, Table
from data_contracts.contract.rule_word import NUMERIC, TEMPORAL, ArgumentKind, RuleWord
from data_contracts.contract.vocabulary import code_entry, vocabulary, withholds
from data_contracts.yaml_file import Mistakes, is_number

COMMON_KEYS = {"rule", "where", "each_cohort", "outcome", "code", "counts_towards_limit", "releasable"}
"""Keys of every rule besides its own arguments."""
_OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)


class RuleReader:
    """Reads the quality entries of one table."""

    def __init__(self, table: Table, entry: Mapping[str, Any], tables: set[str], mistakes: Mistakes) -> None:
        self.table = table
        self.tables = tables
        self.mistakes = mistakes
        self.columns = {c.name for c in table.columns}
        self.categories = dict(_categories(entry))

    def read(self, quality: Mapping[str, Any], column: str) -> Iterator[Rule]:
        """The rule of one entry; none for plain text, and none if the entry is wrong."""
        key = ".".join(k for k in ("schema", self.table.name, column, "quality") if k)
        check_quality(quality, key, self.mistakes)
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
        word = vocabulary().get(str(given.get("rule")))
        if word is None:
            self.mistakes.unknown_keys(f"{key}.rule", [str(given.get("rule"))], set(vocabulary()))
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
            arguments={k: v for k, v in given.items() if k not in COMMON_KEYS},
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
        self._check_place(key, str(given["rule"]), word, column)
        self.mistakes.unknown_keys(key, given, COMMON_KEYS | set(word.takes))
        for missing in (n for n in word.required_arguments if n not in given):
            self.mistakes.add(f"{key}.{missing}", "is missing")
        self._check_bounds(key, given, word)
        if given.get("outcome", word.outcome) not in _OUTCOMES:
            self.mistakes.add(f"{key}.outcome", f"must be one of {', '.join(_OUTCOMES)}")
        if not word.violation:
            self._check_whole(key, given)
        if code_entry(str(given.get("code", word.code))) is None:
            self.mistakes.add(f"{key}.code", "is not a known code of a finding")
        if "each_cohort" in given:
            self._check_each_cohort(key, given, word)
        if not isinstance(given.get("counts_towards_limit", True), bool):
            self.mistakes.add(f"{key}.counts_towards_limit", "must be true or false")
        if not isinstance(given.get("where", {}), dict):
            self.mistakes.add(f"{key}.where", "must be a mapping, column: value")
        if "releasable" in given:
            self._check_releasable(f"{key}.releasable", given, word, column)
        self._check_where(f"{key}.where", _mapping(given.get("where")))
        for name, argument in word.takes.items():
            if name in given:
                self._check_argument(f"{key}.{name}", argument.kind, given[name], column)

    def _check_bounds(self, key: str, given: Mapping[str, Any], word: RuleWord) -> None:
        """A rule must have a bound, and bounds that some value can satisfy."""
        if {"min", "max"} <= set(word.takes) and not set(word.takes) & set(given):
            self.mistakes.add(key, f"needs one of {', '.join(word.takes)}")
        low, high = given.get("min"), given.get("max")
        alike = (is_number(low) and is_number(high)) or (_is_day(low) and _is_day(high))
        if low is not None and high is not None and alike and low > high:
            self.mistakes.add(key, "has a min above its max: no value could satisfy both")

    def _check_whole(self, key: str, given: Mapping[str, Any]) -> None:
        """A rule about a whole table has no single rows to quarantine."""
        if str(given.get("outcome", "warn")).startswith("quarantine"):
            self.mistakes.add(
                f"{key}.outcome", f"{given['rule']} is about the whole table: use reject or warn"
            )

    def _check_each_cohort(self, key: str, given: Mapping[str, Any], word: RuleWord) -> None:
        if not isinstance(given["each_cohort"], bool):
            self.mistakes.add(f"{key}.each_cohort", "must be true or false")
        if not word.by_cohort:
            self.mistakes.add(f"{key}.each_cohort", f"{given['rule']} cannot be checked cohort by cohort")
        if self.table.cohort is None:
            self.mistakes.add(f"{key}.each_cohort", "needs a column with 'role: cohort'")

    def _check_releasable(self, key: str, given: Mapping[str, Any], word: RuleWord, column: str) -> None:
        """A person may confirm an unusual value, but never a key or an identity."""
        if not isinstance(given["releasable"], bool):
            self.mistakes.add(key, "must be true or false")
        if not word.releasable or column in self.table.identity_columns:
            known = sorted(name for name, known in vocabulary().items() if known.releasable)
            self.mistakes.add(key, f"is only for {', '.join(known)}, and not for a key or identity column")
        if given.get("outcome", word.outcome) != "quarantine_rows" or withholds(_code(given, word)):
            self.mistakes.add(
                key, "is only for a rule that quarantines single rows and does not withhold whole patients"
            )

    def _check_where(self, key: str, where: Mapping[str, Any]) -> None:
        """The columns must exist and the values must have their kind; otherwise no row would ever match."""
        for name, values in where.items():
            self._check_argument(key, "column", name, "")
            kind = self.table.column(name).kind if name in self.columns else ""
            if kind in TEMPORAL:
                self.mistakes.add(f"{key}.{name}", "cannot be a date column; use text or numbers")
            elif (known := self.categories.get(name)) and not set(_as_tuple(values)) <= known:
                self.mistakes.add(
                    f"{key}.{name}", "has a value that the column's 'allowed' rule does not list"
                )
            elif kind and not all(
                is_number(v) if kind in NUMERIC else isinstance(v, str) for v in _as_tuple(values)
            ):
                self.mistakes.add(f"{key}.{name}", f"must be {'a number' if kind in NUMERIC else 'text'}")

    def _check_place(self, key: str, rule: str, word: RuleWord, column: str) -> None:
        """The word must support the column's kind, and the table must have the roles that it needs."""
        kind = self.table.column(column).kind if column in self.columns else ""
        if kind and kind not in word.kinds:
            known = ", ".join(sorted(word.kinds))
            self.mistakes.add(key, f"{rule} does not apply to a {kind}; it is for {known}")
        for role in word.roles:
            if self.table.by_role(role) is None:
                self.mistakes.add(key, f"{rule} needs a column with 'role: {role}'")

    def _check_argument(self, key: str, kind: ArgumentKind, value: Any, column: str) -> None:
        what = _argument_mistake(kind, value, self.columns, self.tables)
        if kind == "values" and not what and column in self.columns:
            what = values_mistake(value, self.table.column(column))
        if kind == "bound" and not what and column in self.columns:
            of_dates = self.table.column(column).kind in TEMPORAL
            if of_dates == isinstance(value, int | float):
                what = "must be a date" if of_dates else "must be a number"
        if key.endswith(".regex") and not what:
            what = _regex_mistake(value)
        if what:
            self.mistakes.add(key, what)


def _categories(entry: Mapping[str, Any]) -> Iterator[tuple[str, set[Any]]]:
    """Column -> its allowed values, if a rule lists them for all rows."""
    for column in entry.get("properties") or []:
        rules = [_mapping(q.get("implementation")) for q in column.get("quality") or []]
        for rule in rules:
            if rule.get("rule") == "allowed" and "where" not in rule and isinstance(rule.get("values"), list):
                yield str(column.get("name")), {v for v in rule["values"] if isinstance(v, str | int | float)}


def _is_day(bound: Any) -> bool:
    """Whether a bound is a date or timestamp, so that its text sorts in time order."""
    return isinstance(bound, str) and re.match(r"\d{4}-\d{2}-\d{2}", bound) is not None


def _code(given: Mapping[str, Any], word: RuleWord) -> str:
    """The declared code or the word's own, with the letter of the declared outcome."""
    code, outcome = str(given.get("code", word.code)), str(given.get("outcome"))
    chosen = next((o for o in _OUTCOMES if o == outcome), None)
    return with_outcome(code, chosen) if chosen else code


def _argument_mistake(kind: ArgumentKind, value: Any, columns: set[str], tables: set[str]) -> str:
    """What is wrong with an argument; "" if nothing is."""
    valid, mistake = {
        "number": (is_number(value), "must be a number"),
        "share": (is_number(value) and 0 <= value <= 1, "must be a share between 0 and 1"),
        "bound": (_is_bound(value), "must be a number, an ISO date in quotes, or 'now + N days'"),
        "column": (_all_in([value], columns), f"is not a column of this table: {value!r}"),
        "columns": (_all_in(value, columns), f"must be a list of this table's columns, not {value!r}"),
        "table": (_all_in([value], tables), f"is not a table of this contract: {value!r}"),
        "values": (isinstance(value, list) and bool(value), "must be a list of values"),
        "text": (isinstance(value, str), "must be text"),
        "flag": (isinstance(value, bool), "must be true or false"),
        "any": (True, ""),
    }[kind]
    return "" if valid else mistake


def _all_in(names: Any, known: set[str]) -> bool:
    return isinstance(names, list) and all(isinstance(n, str) and n in known for n in names)


def _regex_mistake(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        return f"is not a regular expression: {error}"
    return ""


def _is_bound(value: Any) -> bool:
    if not isinstance(value, str):
        return is_number(value)
    if days_from_now(value) is not None:
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
    """The column that a table's rule is reported under: its first argument that is a single column."""
    of_columns = [n for n, a in word.takes.items() if a.kind == "column" and n in given]
    return str(given[of_columns[0]]) if of_columns else ""


def values_mistake(values: Any, column: Column) -> str:
    """What is wrong with a list of categories; a value of another type than the column's would never match."""
    if not isinstance(values, list) or not values:
        return "must be a list of values"
    if column.kind not in vocabulary()["allowed"].kinds:
        return "is for text and numbers"
    if column.kind == "string":
        valid, what = (
            all(isinstance(v, str) for v in values),
            "must be text; put it in quotes (no is false, 01 is 1)",
        )
    else:
        valid, what = all(map(is_number, values)), "must be numbers"
    return "" if valid else what
