"""Names of series: the patient's identifier and the levels of the series, separated by a mark.

Marks inside of a part are escaped (as in RFC 6901), so that names are unique and can be taken apart again. Published
names begin with the person where the study says who that is, so that a person's identifier finds all of their series.
"""

from collections.abc import Iterable

from meta_med.study_parts.sources import RecordsSpec

MARK = "/"
ESCAPES = (("~", "~0"), (MARK, "~1"))
EMPTY = "~"


def escaped(part: str) -> str:
    """A part as it stands in a name."""
    for mark, written in ESCAPES:
        part = part.replace(mark, written)
    return part or EMPTY


def plain(part: str) -> str:
    """The part that `escaped` wrote."""
    if part == EMPTY:
        return ""
    for mark, written in reversed(ESCAPES):
        part = part.replace(written, mark)
    return part


def published_names(subjects: Iterable[str], persons: Iterable[str], records: RecordsSpec) -> list[str]:
    """The published name of each subject: its own, after the person where `records.person` is given.

    Args:
        subjects: their names in the records.
        persons: the person of each; one that is made of several columns has a blank for the mark between them.
        records: of the study.

    """
    if not records.person:
        return [str(subject) for subject in subjects]
    several = len(records.person) > 1
    return [
        f"{person.replace(MARK, ' ') if several else escaped(person)}{MARK}"
        f"{subject if records.series else escaped(subject)}"
        for subject, person in zip(subjects, persons, strict=True)
    ]


def shown_name(name: str) -> str:
    """A published name of a series as it is shown: the parts as delivered, with a dot between them."""
    return " · ".join(plain(part) for part in name.split(MARK))


def person_part(name: str) -> str:
    """The part of a published name of a series that all series of a person share."""
    return name.split(MARK, maxsplit=1)[0]


def patient_of(name: str, records: RecordsSpec) -> str:
    """The patient's identifier in the source table, from a published name."""
    if not (records.person or records.series):
        return name
    own = name.split(MARK)[1:] if records.person else name.split(MARK)
    return plain(own[0]) if own else name
