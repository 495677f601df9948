"""Entries of the audit and readers' feedback for the pages that list them; that they are read is audited too."""

from collections.abc import Iterable

from dashboard.access import record
from dashboard.access.authorize import Action, Scope, User, authorize
from dashboard.audit import export, feedback, read
from dashboard.audit.entry import time_text
from dashboard.audit.feedback import REASONS
from dashboard.audit.read import AuditFilter, AuditPage
from dashboard.audit.verify import Head, verify
from dashboard.patients import ReadPatient
from dashboard.release import Served

MOST_FEEDBACK = 500


def page(user: User, wanted: AuditFilter, limit: int, offset: int) -> AuditPage:
    """One page of the audit; that it is read is an entry of it."""
    grant = authorize(user, Action.AUDIT, Scope())
    record.shown(grant, detail=_told(wanted))
    return read.page(record.store(), wanted, limit, offset)


def studies(user: User) -> tuple[str, ...]:
    """The studies that entries name, to filter by."""
    authorize(user, Action.AUDIT, Scope())
    return read.studies(record.store())


def verified(user: User) -> Head:
    """The end of the chain, after every link was recomputed.

    Raises:
        AuditBroken: with the first place that does not fit.

    """
    authorize(user, Action.AUDIT, Scope())
    return verify(record.store())


def exported(user: User, wanted: AuditFilter, form: export.Format) -> str:
    """The entries that fit, as text; that they are exported is an entry."""
    grant = authorize(user, Action.EXPORT_AUDIT, Scope())
    record.done(grant, "exported", detail=f"{form}; {_told(wanted)}")
    rows = export.rows_of(read.every(record.store(), wanted))
    return "".join(export.lines(rows, export.COLUMNS, form))


def listed_feedback(user: User, studies: Iterable[str]) -> list[dict[str, object]]:
    """The newest feedback on the studies that the user may list it of."""
    seen: list[str] = []
    for study in studies:
        grant = authorize(user, Action.LIST_FEEDBACK, Scope(study))
        record.shown(grant)
        seen.append(study)
    return feedback.newest(record.store(), tuple(seen), MOST_FEEDBACK)


def own_feedback(served: Served, patient: ReadPatient) -> dict[str, str]:
    """The user's own verdict on each outcome of a patient in this release."""
    authorize(served.user, Action.GIVE_FEEDBACK, patient.grant.scope)
    return feedback.own(
        record.store(), served.user.name, served.head.study, served.release_id, patient.subject_id
    )


def give_feedback(served: Served, patient: ReadPatient, outcome: str, verdict: str, reason: str) -> None:
    """Keep the user's view of a prediction, with its entry in the audit, in one transaction.

    Raises:
        AuditError: it cannot be written. Nothing was kept.
        ValueError: the verdict or its reason is none of those to choose from.

    """
    grant = authorize(served.user, Action.GIVE_FEEDBACK, patient.grant.scope)
    if reason not in REASONS.get(verdict, ()):
        raise ValueError("no such reason")
    kept = {
        "at": time_text(record.now()),
        "who": served.user.name,
        "study": served.head.study,
        "release": served.release_id,
        "subject_id": patient.subject_id,
        "outcome": outcome,
        "verdict": verdict,
        "reason": reason,
    }
    record.done(
        grant,
        "saved",
        release=served.release_id,
        patients=[patient.subject_id],
        detail=f"{outcome}: {verdict}, {reason}",
        feedback=kept,
    )


def may_give_feedback(served: Served, patient: ReadPatient) -> bool:
    """Whether the user may leave feedback on this patient."""
    return served.user.may(Action.GIVE_FEEDBACK, patient.grant.scope)


def _told(wanted: AuditFilter) -> str:
    """A filter in an entry: of parts that are typed only the name, because anything may be typed."""
    used = ((name, value) for name, value in vars(wanted).items() if value)
    return ", ".join(name if name in {"who", "patient"} else f"{name}={value}" for name, value in used)
