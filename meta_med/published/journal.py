"""The store's journal: every stage, promotion and rollback, in order, never changed."""

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, func, select

from meta_med.published.tables import journal


@dataclass(frozen=True)
class Step:
    """One step: what was done with which release of which study, when (UTC, ISO 8601) and by whom."""

    study: str
    release_id: str
    action: Literal["stage", "promote", "rollback"]
    at: str
    actor: str


def note(connection: Connection, step: Step) -> int:
    """Append the step and return its sequence; order is by this number, never by the clock."""
    newest = connection.execute(select(func.coalesce(func.max(journal.c.sequence), 0))).scalar_one()
    sequence = int(newest) + 1
    connection.execute(journal.insert().values(sequence=sequence, **vars(step)))
    return sequence


def served(connection: Connection, study: str) -> list[str]:
    """The releases one could go back through, oldest first, the head last: a rollback takes the last away."""
    query = select(journal.c.action, journal.c.release_id).where(journal.c.study == study)
    stack: list[str] = []
    for action, release_id in connection.execute(query.order_by(journal.c.sequence)):
        if action == "promote":
            stack.append(release_id)
        elif action == "rollback":
            stack.pop()
            while stack[-1] != release_id:  # pruned releases in between were passed over
                stack.pop()
    return stack
