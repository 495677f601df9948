"""Old deliveries leave the quarantine: what nobody decided about is overwritten, what was decided stays in force."""

from dataclasses import asdict, dataclass
from datetime import date

from data_contracts.quarantine_store.journal import Signature, add_entry
from data_contracts.quarantine_store.ledger import Ledger, remove_kept

_OLD = """
INSERT INTO old SELECT seq FROM batch WHERE study = :study AND at < :before
    AND seq < (SELECT max(seq) FROM batch WHERE study = :study)
"""
_HELD = """
DELETE FROM held WHERE batch IN (SELECT seq FROM old) AND row NOT IN (SELECT row FROM decision)
"""
_FILES = """
UPDATE file SET kept_whole = '' WHERE kept_whole != '' AND batch IN (SELECT seq FROM old) RETURNING sha256
"""
_BATCHES = """
DELETE FROM batch WHERE seq IN (SELECT seq FROM old)
    AND NOT EXISTS (SELECT 1 FROM held WHERE held.batch = batch.seq)
"""
_ROWS = """
DELETE FROM held_row WHERE sheet IN (SELECT id FROM sheet WHERE study = :study)
    AND NOT EXISTS (SELECT 1 FROM held WHERE held.row = held_row.id)
    AND NOT EXISTS (SELECT 1 FROM decision WHERE decision.row = held_row.id)
"""
_STILL_KEPT = "SELECT sha256 FROM file WHERE kept_whole != ''"


@dataclass(frozen=True, kw_only=True)
class Forgotten:
    """How much is no longer there."""

    batches: int
    rows: int
    files: int


def forget(ledger: Ledger, study: str, before: date, signed: Signature) -> Forgotten:
    """Removes what deliveries judged before that day left, and says so in the journal.

    The newest delivery of the study stays, whatever its age; so do rows that somebody decided about, for a release
    goes on to hold. Raises `QuarantineBusyError` or `QuarantineDamagedError`; nothing is removed then.
    """
    asked = {"study": study, "before": before.isoformat()}
    with ledger.writing() as connection:
        # pages of patients' rows are overwritten, not only marked as free
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("CREATE TEMP TABLE old (seq INTEGER PRIMARY KEY)")
        connection.execute(_OLD, asked)
        connection.execute(_HELD)
        files = {str(row["sha256"]) for row in connection.execute(_FILES).fetchall()}
        batches = connection.execute(_BATCHES).rowcount
        rows = connection.execute(_ROWS, asked).rowcount
        unused = files - {str(row["sha256"]) for row in connection.execute(_STILL_KEPT)}
        done = Forgotten(batches=batches, rows=rows, files=len(unused))
        add_entry(connection, "forgot", study, signed, {"before": asked["before"], **asdict(done)})
        remove_kept(ledger, unused)
    return done
