"""Who traced a prediction, written to the audit before anything of it is shown."""

import getpass
from datetime import datetime
from pathlib import Path

from dashboard.audit.entry import Entry, plain_text, time_text
from dashboard.audit.store import store_of_home
from orchestration.lineage.origin import Origin

ACTION, SESSION = "lineage", "command line"


def note_traced(found: Origin, home: Path, purpose: str, now: datetime) -> None:
    """Write that this account is about to see the origin of a patient's prediction.

    Args:
        found: what is to be shown.
        home: of the installation; its audit is that of the dashboard.
        purpose: what it is read for; of a fixed list, because free text could tell of a patient.
        now: the time.

    Raises:
        AuditError: it cannot be written, so nothing must be shown.

    """
    store = store_of_home(home)
    entry = Entry(
        at=time_text(now),
        who=plain_text(getpass.getuser()),
        role="",
        session=SESSION,
        action=ACTION,
        purpose=purpose,
        study=plain_text(found.study),
        release=plain_text(found.release["release_id"]),
        patients=store.keys().in_audit(found.study, found.subject),
        result="shown",
        detail=plain_text(found.outcome),
    )
    store.append(entry)
