"""What a draft says to its author about the table: guesses, doubts, and what a study of it should know.

A remark holds names of columns and counts, never a value.
"""

import re
from collections.abc import Iterator, Sequence

from data_contracts.draft.column_rules import ColumnContext
from data_contracts.draft.copies import copies
from data_contracts.draft.roles import OF_STAYS, Roles


def remarks(
    people: Sequence[str], prose: Sequence[str], key: Sequence[str], context: ColumnContext
) -> Iterator[str]:
    """The remarks on the table.

    Args:
        people: columns that identify people directly. prose: columns of free text.
        key: the columns that identify a row. context: what is known about the table.

    """
    yield from (f"{n!r} identifies people directly: a delivery that holds it is refused" for n in people)
    yield from (f"{n!r} is free text, which may name people: it is left out and dropped" for n in prose)
    yield f"key: {', '.join(key)}" if key else "no key: no small set of columns identifies every row"
    yield from _without_role(context)
    yield from _stays(context.roles)
    yield from _follow_up(context)
    yield from _spelt_alike(context)
    yield from _constant(context.roles)
    for copy, original in copies(list(context.facts.values())):
        yield (
            f"{copy!r} copies {original!r}: each value of one stands for one of the other. As outcome and covariate "
            "of one study, one gives the other away"
        )


def _without_role(context: ColumnContext) -> Iterator[str]:
    roles = context.roles
    for role in ("subject", "time", "cohort"):
        explained = role == "time" and (roles.follow_up.times or roles.follow_up.doubtful)
        if not getattr(roles, role) and not explained:
            yield f"no column looks like the {role}: give one the role, or leave it out"


def _stays(roles: Roles) -> Iterator[str]:
    if re.fullmatch(OF_STAYS, re.sub(r"[^a-z0-9]+", "_", roles.subject.casefold())):
        yield (
            f"{roles.subject!r}: taken for the patient, because no column says who the person is. Whoever has several "
            "stays counts as several patients, of whom one may be in training and another be held out: deliver the "
            "person's identifier too, if there is one"
        )


def _follow_up(context: ColumnContext) -> Iterator[str]:
    roles, found = context.roles, context.roles.follow_up
    if found.times:
        how_it_ended = f", and {_names(found.events)} for whether the event was seen" if found.events else ""
        yield (
            f"{_names(found.times)}: taken for how long each patient was followed{how_it_ended}, not for the time of a "
            "record. Time to event is no outcome yet, and a study that uses these columns is refused: predict an event "
            "within a fixed time, such as death within a year, from the patients who were followed that long or had "
            "the event before. If a record was made at that time, write 'role: time' instead"
        )
    if found.doubtful and not roles.time:
        yield (
            f"{_names(found.doubtful)}: could be when the record was made, or how long each patient was followed; "
            "write 'role: time' or 'role: follow_up_time'. A table of one row per patient needs no time"
        )


def _spelt_alike(context: ColumnContext) -> Iterator[str]:
    """Identifiers that differ in nothing but letter case and blanks, by column."""
    for column in (context.facts[n] for n in (context.roles.subject, context.roles.cohort) if n):
        names = column.written.dropna().drop_duplicates()
        plain = names.str.casefold().str.replace(r"\s+", "", regex=True)
        if alike := int(plain.duplicated(keep=False).sum()):
            yield (
                f"{alike:,} names in {column.name!r} differ from another only in letter case or blanks: they count as "
                "different ones until the source writes them alike"
            )


def _constant(roles: Roles) -> Iterator[str]:
    if found := [n for n in roles.constant if n not in {*roles.follow_up.times, *roles.follow_up.events}]:
        yield (
            f"never change within a patient: {', '.join(found)}. As an outcome, each is known from the patient's first "
            "record on"
        )


def _names(names: Sequence[str]) -> str:
    return ", ".join(map(repr, names))
