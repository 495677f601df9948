"""Parses the entries under `columns` of a mapping file; the key of an entry decides the kind of column."""

from collections.abc import Callable, Mapping
from typing import Any, get_args

from data_contracts.standards.mapping.codes import token
from data_contracts.standards.mapping.model import (
    STANDARDS,
    Age,
    CodeUse,
    Column,
    Constant,
    HistoryMapping,
    MeasuredValue,
    PatientFact,
    Standard,
    Static,
    Take,
    Unit,
    VisitFact,
    VisitField,
)
from data_contracts.yaml_file import Mistakes, is_number

Entry = Mapping[str, Any]
Codes = dict[str, CodeUse]


def column_of(name: str, entry: Entry, key: str, standard: Standard, mistakes: Mistakes) -> Column | None:
    """The column that the entry describes; None if it has no or several kinds. Mistakes are added to `mistakes`."""
    kinds = [kind for kind in _KINDS if kind in entry]
    if len(kinds) != 1:
        mistakes.add(key, f"must have exactly one of: {', '.join(_KINDS)}")
        mistakes.unknown_keys(key, entry, set().union(_KINDS, *(options for options, _ in _KINDS.values())))
        return None
    options, make = _KINDS[kinds[0]]
    mistakes.unknown_keys(key, entry, {kinds[0], *options})
    return make(name, entry, key, standard, mistakes)


def _measured(name: str, entry: Entry, key: str, standard: Standard, mistakes: Mistakes) -> MeasuredValue:
    take = entry.get("take", "last")
    if take not in get_args(Take):
        mistakes.add(f"{key}.take", f"must be one of: {', '.join(get_args(Take))}")
    levels, categories = _categories(entry, key, standard, mistakes)
    numeric = not levels and take not in ("any", "count")
    units = _units(entry, key, standard, mistakes) if numeric else None
    if not numeric:
        mistakes.unknown_keys(key, {"unit", "units", "bounds"} & set(entry), {"codes", "take", "categories"})
    if levels and take not in ("first", "last"):
        mistakes.add(f"{key}.take", "must be first or last, because answers are not numbers")
    return MeasuredValue(
        name=name,
        codes=_codes(
            entry["codes"], f"{key}.codes", standard, mistakes, factors=numeric and standard == "meds"
        ),
        take=take,
        units=units,
        levels=levels,
        categories=categories,
        bounds=mistakes.expect(f"{key}.bounds", entry.get("bounds", False), bool, "true or false") or False,
    )


def _levelled(name: str, entry: Entry, key: str, standard: Standard, mistakes: Mistakes) -> MeasuredValue:
    codes, levels = _levels(entry["levels"], f"{key}.levels", standard, mistakes)
    take = entry.get("take", "last")
    if take not in ("first", "last"):
        mistakes.add(f"{key}.take", "must be first or last, because levels are not numbers")
    return MeasuredValue(name=name, codes=codes, levels=levels, take=take)


def _history(kind: str) -> Callable[..., HistoryMapping]:
    def make(name: str, entry: Entry, key: str, standard: Standard, mistakes: Mistakes) -> HistoryMapping:
        days = entry.get("within_days")
        if days is not None and not (is_number(days) and days > 0):
            mistakes.add(f"{key}.within_days", "must be a number of days above 0")
            days = None
        codes = _codes(entry[kind], f"{key}.{kind}", standard, mistakes)
        return HistoryMapping(name=name, codes=codes, count=kind == "count_before", within_days=days)

    return make


def _static(name: str, entry: Entry, key: str, standard: Standard, mistakes: Mistakes) -> Static:
    if standard != "meds":
        mistakes.add(f"{key}.static", "is for MEDS; here use {patient: gender} and the like")
    if isinstance(entry["static"], dict):
        codes, levels = _levels(entry["static"], f"{key}.static", standard, mistakes)
        return Static(name=name, codes=codes, levels=levels)
    return Static(name=name, codes=_codes(entry["static"], f"{key}.static", standard, mistakes))


def _patient(name: str, entry: Entry, key: str, standard: Standard, mistakes: Mistakes) -> PatientFact:
    known = STANDARDS[standard].patient_fields
    if entry["patient"] not in known:
        mistakes.add(f"{key}.patient", f"must be one of: {', '.join(sorted(known))}")
    return PatientFact(name=name, what=entry["patient"], values=_values(entry, key, mistakes))


def _visit(name: str, entry: Entry, key: str, _: Standard, mistakes: Mistakes) -> VisitFact:
    if entry["visit"] not in get_args(VisitField):
        mistakes.add(f"{key}.visit", f"must be one of: {', '.join(get_args(VisitField))}")
    return VisitFact(name=name, what=entry["visit"], values=_values(entry, key, mistakes))


def _age(name: str, entry: Entry, key: str, _: Standard, mistakes: Mistakes) -> Age:
    if entry["age"] not in ("years", "days"):
        mistakes.add(f"{key}.age", "must be years or days")
    return Age(name=name, unit="days" if entry["age"] == "days" else "years")


def _constant(name: str, entry: Entry, key: str, _: Standard, mistakes: Mistakes) -> Constant:
    text = mistakes.expect(f"{key}.constant", entry["constant"], str, "text, in quotes")
    return Constant(name=name, text=text or "")


_KINDS: dict[str, tuple[set[str], Callable[..., Column]]] = {
    "codes": ({"take", "unit", "units", "categories", "bounds"}, _measured),
    "levels": ({"take"}, _levelled),
    "static": (set(), _static),
    "patient": ({"values"}, _patient),
    "visit": ({"values"}, _visit),
    "age": (set(), _age),
    "had_before": ({"within_days"}, _history("had_before")),
    "count_before": ({"within_days"}, _history("count_before")),
    "constant": (set(), _constant),
}


def _codes(written: Any, key: str, standard: Standard, mistakes: Mistakes, *, factors: bool = False) -> Codes:
    """A list of codes; for numbers in MEDS also code -> factor, because there the unit is part of the code."""
    if factors and isinstance(written, dict):
        for code, factor in written.items():
            if not is_number(factor):
                mistakes.add(
                    f"{key}.{code}", "must be the factor that brings its values into the column's unit"
                )
        pairs = {code: f for code, f in written.items() if is_number(f)}
    else:
        listed = mistakes.expect(key, written, list, "a list of codes")
        pairs = dict.fromkeys((str(code) for code in listed or []), 1.0)
    if not written:
        mistakes.add(key, "is empty: name at least one code")
    return {
        t: CodeUse(factor=float(f)) for c, f in pairs.items() if (t := _token(c, key, standard, mistakes))
    }


def _levels(written: Any, key: str, standard: Standard, mistakes: Mistakes) -> tuple[Codes, tuple[str, ...]]:
    given = mistakes.expect(key, written, dict, "a mapping: code to level") or {}
    if not given:
        mistakes.add(key, "is empty: name at least one code with its level")
    levels = tuple(dict.fromkeys(str(level) for level in given.values()))
    pairs = {_token(code, key, standard, mistakes): levels.index(str(level)) for code, level in given.items()}
    return {code: CodeUse(level=level) for code, level in pairs.items() if code}, levels


def _categories(
    entry: Entry, key: str, standard: Standard, mistakes: Mistakes
) -> tuple[tuple[str, ...], dict[str, int]]:
    if "categories" not in entry:
        return (), {}
    where = f"{key}.categories"
    given = mistakes.expect(where, entry["categories"], dict, "a mapping: coded answer to category") or {}
    levels = tuple(dict.fromkeys(str(level) for level in given.values()))
    # answers in MEDS are plain text
    named = {
        str(a) if standard == "meds" else _token(a, where, standard, mistakes): v for a, v in given.items()
    }
    return levels, {answer: levels.index(str(level)) for answer, level in named.items() if answer}


def _units(entry: Entry, key: str, standard: Standard, mistakes: Mistakes) -> dict[str, Unit] | None:
    if standard == "meds":
        for word in {"unit", "units"} & set(entry):
            mistakes.add(
                f"{key}.{word}", "MEDS keeps the unit in the code: give each code its factor instead"
            )
        return None
    if ("unit" in entry) == ("units" in entry):
        mistakes.add(key, "needs either 'unit' or 'units'; write 'unit: any' for scores that have none")
        return None
    if "unit" in entry:
        written = mistakes.expect(f"{key}.unit", entry["unit"], str, "text: a unit, or any")
        return None if written in {None, "any"} else {written: Unit()}
    given = mistakes.expect(f"{key}.units", entry["units"], dict, "a mapping: unit to factor") or {}
    return {str(u): unit for u, f in given.items() if (unit := _unit(f, f"{key}.units.{u}", mistakes))}


def _unit(written: Any, key: str, mistakes: Mistakes) -> Unit | None:
    parts = written if isinstance(written, dict) else {"factor": written}
    mistakes.unknown_keys(key, parts, {"factor", "offset"})
    factor, offset = parts.get("factor", 1.0), parts.get("offset", 0.0)
    if is_number(factor) and is_number(offset) and factor:
        return Unit(factor=float(factor), offset=float(offset))
    mistakes.add(key, "must be a factor, or {factor: ..., offset: ...}")
    return None


def _values(entry: Entry, key: str, mistakes: Mistakes) -> dict[str, str]:
    given = mistakes.expect(f"{key}.values", entry.get("values", {}), dict, "a mapping: written to wanted")
    return {str(k): str(v) for k, v in (given or {}).items()}


def _token(code: Any, key: str, standard: Standard, mistakes: Mistakes) -> str:
    try:
        return token(code, standard)
    except ValueError as error:
        mistakes.add(f"{key}.{code}", str(error))
        return ""
