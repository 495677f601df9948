"""One entry of the audit, and its link to the entry before."""

import hmac
import json
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Literal

Result = Literal["shown", "denied", "saved", "exported", "begun", "ended"]
BEGINNING = "0" * 64
"""Stands before the first entry."""
LONGEST = 400
LONGEST_LIST = 8_000


@dataclass(frozen=True)
class Entry:
    """Who did what, when, as which role.

    Attributes:
        at: UTC, ISO 8601, to the millisecond.
        who: the claim that names the person, or the machine's account.
        role: under which the action was allowed; "" where it was denied, and of a command, which knows no roles.
        session: the log-in that it belongs to.
        action: what was asked for.
        purpose: what the role reads for.
        study: the study; "" where it concerns none.
        release: the release that was shown.
        patients: keyed hashes of the patients shown, separated by blanks.
        result: what came of it.
        detail: more of it, without any patient's data.

    """

    at: str
    who: str
    role: str
    session: str
    action: str
    purpose: str
    study: str
    release: str
    patients: str
    result: str
    detail: str = ""


NAMES: tuple[str, ...] = tuple(field.name for field in fields(Entry))


@dataclass(frozen=True)
class Linked:
    """An entry as it is stored.

    Attributes:
        sequence: 1, 2, 3, ...
        entry: the entry.
        previous: the link of the entry before.
        link: the keyed hash over `previous`, `sequence` and the entry.

    """

    sequence: int
    entry: Entry
    previous: str
    link: str


def linked(sequence: int, entry: Entry, previous: str, key: bytes) -> Linked:
    """The entry with its link. Without the key nobody can make one that fits."""
    return Linked(sequence, entry, previous, link_of(sequence, entry, previous, key))


def link_of(sequence: int, entry: Entry, previous: str, key: bytes) -> str:
    """The HMAC-SHA-256, as hex digits, that ties an entry to the one before."""
    content = [previous, sequence, *(getattr(entry, name) for name in NAMES)]
    text = json.dumps(content, ensure_ascii=True, separators=(",", ":"))
    return hmac.digest(key, text.encode(), "sha256").hex()


def time_text(now: datetime) -> str:
    """A time as entries write it."""
    return now.astimezone(UTC).isoformat(timespec="milliseconds")


def plain_text(text: object, longest: int = LONGEST) -> str:
    """Text that every database stores as it is: valid Unicode without control characters, cut to `longest`."""
    valid = str(text).encode("utf-8", "replace").decode()
    return "".join(c if c.isprintable() else " " for c in valid)[:longest]
