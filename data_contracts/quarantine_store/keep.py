"""Keep the held rows of a delivery in the quarantine, and purge old deliveries; each in one transaction.

Rows without a decision can be purged; decisions stay in force.
"""

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

import pandas as pd

from data_contracts.atomic_write import OWNER_ONLY_FOLDER, atomic_write, make_private
from data_contracts.contract.model import Contract
from data_contracts.corrections.correction import RowForm
from data_contracts.findings import SourceFacts
from data_contracts.quarantine_store.journal import Signature, add_entry
from data_contracts.quarantine_store.ledger import Ledger, remove_kept
from data_contracts.validation.result import GateResult

_DIGEST_BYTES = 16


@dataclass(frozen=True, kw_only=True)
class HeldDelivery:
    """A validated delivery: study, fingerprint of the run, time, and number of the latest decision applied to it."""

    study: str
    name: str
    at: datetime
    decisions_upto: int = 0


def keep(
    ledger: Ledger, batch: HeldDelivery, result: GateResult, contract: Contract, files: Mapping[str, Path]
) -> None:
    """Keep every held row of the delivery; replaces the rows of an earlier validation of the same batch.

    Args:
        ledger: the quarantine.
        batch: the delivery.
        result: the result of its validation.
        contract: the contract it was validated against.
        files: table name -> its file. A file is kept as a whole if its rows cannot be read or are too many to list.

    Raises:
        QuarantineBusyError, QuarantineDamagedError: nothing is kept then.

    """
    whole = _whole_files(result)
    with ledger.writing() as connection:
        for facts in whole:
            _keep_file(ledger, files[facts.source], facts.sha256)
        connection.execute("DELETE FROM batch WHERE study = ? AND name = ?", (batch.study, batch.name))
        number = _batch(connection, batch, result)
        for facts in result.sources:
            _file(connection, number, facts, facts.file, whole.get(facts, ""))
        for source, rows in result.quarantined.groupby("source", sort=False):
            facts = next(f for f in result.sources if f.source == source)
            sheet = _sheet(connection, batch.study, facts.source, result.written[facts.source], contract)
            _rows(connection, number, sheet, facts, _numbered(connection, rows, contract, facts.source))


def _whole_files(result: GateResult) -> dict[SourceFacts, str]:
    """Sources of a rejected delivery without listed rows, each with its code."""
    if result.verdict != "reject":
        return {}
    codes = {f.source: f.code for f in reversed(result.findings) if f.code.startswith("E_")}
    listed = {str(source) for source in result.quarantined["source"].unique()}
    return {
        s: codes.get(s.source, "E_DELIVERY_REJECTED")
        for s in result.sources
        if s.sha256 and s.source not in listed
    }


def _keep_file(ledger: Ledger, path: Path, sha256: str) -> None:
    target = ledger.files / sha256
    if target.exists() or not path.exists():
        return
    ledger.make_folders()
    with atomic_write(target) as draft:
        if path.is_dir():
            _copy_parts(path, draft)
        else:
            make_private(draft)
            shutil.copyfile(path, draft)


def _copy_parts(folder: Path, to: Path) -> None:
    """Copy the parts, or each of successive deliveries, so that only the owner can read them."""
    to.mkdir(mode=OWNER_ONLY_FOLDER)
    for part in (p for p in folder.iterdir() if not p.is_symlink()):
        if part.is_dir():
            _copy_parts(part, to / part.name)
        elif part.is_file():
            make_private(to / part.name)
            shutil.copyfile(part, to / part.name)


def _batch(connection: sqlite3.Connection, batch: HeldDelivery, result: GateResult) -> int:
    added = connection.execute(
        "INSERT INTO batch (study, name, at, verdict, contract, contract_version, contract_sha256, rows_in,"
        " rows_accepted, decisions_upto) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            batch.study,
            batch.name,
            batch.at.isoformat(timespec="seconds"),
            result.verdict,
            result.contract,
            result.contract_version,
            result.contract_sha256,
            result.rows_in,
            result.rows_accepted,
            batch.decisions_upto,
        ),
    )
    return int(added.lastrowid or 0)


def _file(connection: sqlite3.Connection, batch: int, facts: SourceFacts, name: str, whole: str) -> None:
    connection.execute(
        "INSERT OR IGNORE INTO file (batch, source, name, sha256, bytes, kept_whole) VALUES (?, ?, ?, ?, ?, ?)",
        (batch, facts.source, name, facts.sha256, facts.bytes, whole),
    )


def _sheet(connection: sqlite3.Connection, study: str, source: str, form: RowForm, contract: Contract) -> int:
    table = contract.tables[source]
    key = (study, source, form.form, json.dumps(form.header, ensure_ascii=False), form.delimiter)
    identity = json.dumps(sorted({*table.identity_columns, *(c.name for c in table.columns if c.unique)}))
    connection.execute(
        "INSERT INTO sheet (study, source, form, header, delimiter, identity) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET identity = excluded.identity",
        (*key, identity),
    )
    found = connection.execute(
        "SELECT id FROM sheet WHERE study = ? AND source = ? AND form = ? AND header = ? AND delimiter = ?",
        key,
    )
    return int(found.fetchone()[0])


def _numbered(
    connection: sqlite3.Connection, rows: pd.DataFrame, contract: Contract, source: str
) -> pd.DataFrame:
    """The held rows with the number of their reason."""
    releasable = {rule.name for rule in contract.tables[source].rules if rule.releasable}
    words = ["rule", "code", "column"]
    kinds = rows[words].drop_duplicates().astype("str")
    numbers = []
    for rule, code, column in kinds.itertuples(index=False):
        key = (rule, code, column, int(rule in releasable))
        connection.execute(
            'INSERT OR IGNORE INTO reason (rule, code, "column", releasable) VALUES (?, ?, ?, ?)', key
        )
        found = connection.execute(
            'SELECT id FROM reason WHERE rule = ? AND code = ? AND "column" = ? AND releasable = ?', key
        )
        numbers.append(int(found.fetchone()[0]))
    reasons = kinds.assign(reason=numbers)
    return rows[["file", "line", "raw", *words]].astype(dict.fromkeys(words, "str")).merge(reasons, on=words)


def _rows(
    connection: sqlite3.Connection, batch: int, sheet: int, facts: SourceFacts, rows: pd.DataFrame
) -> None:
    """Insert the held rows; rows kept before are found by their digest, so that nightly deliveries add no copies."""
    for name in rows["file"].unique():
        _file(connection, batch, facts, str(name), "")
    place, texts = pd.factorize(rows["raw"])
    raws = [str(text).encode() for text in texts]
    connection.execute("CREATE TEMP TABLE raw_row (n INTEGER PRIMARY KEY, digest BLOB, raw BLOB)")
    arriving = zip(range(len(raws)), map(_digest, raws), raws, strict=True)
    connection.executemany("INSERT INTO raw_row VALUES (?, ?, ?)", arriving)
    connection.execute(
        "INSERT OR IGNORE INTO held_row (sheet, digest, raw) SELECT ?, digest, raw FROM raw_row ORDER BY n",
        (sheet,),
    )
    connection.execute("CREATE TEMP TABLE arriving (n INTEGER, file TEXT, line INTEGER, reason INTEGER)")
    connection.executemany(
        "INSERT INTO arriving VALUES (?, ?, ?, ?)",
        _columns(place, rows["file"], rows["line"], rows["reason"]),
    )
    connection.execute(
        "INSERT OR IGNORE INTO held (batch, row, file, line, reason)"
        " SELECT :batch, held_row.id, file.id, arriving.line, arriving.reason FROM arriving"
        " JOIN raw_row ON raw_row.n = arriving.n"
        " JOIN held_row ON held_row.sheet = :sheet AND held_row.digest = raw_row.digest"
        " JOIN file ON file.batch = :batch AND file.source = :source AND file.name = arriving.file",
        {"batch": batch, "sheet": sheet, "source": facts.source},
    )
    connection.execute("DROP TABLE arriving")
    connection.execute("DROP TABLE raw_row")


def _columns(*columns: Iterable[object]) -> Iterable[tuple[object, ...]]:
    """Rows of plain Python values, as SQLite requires."""
    return zip(*(pd.Series(c).tolist() for c in columns), strict=True)


def _digest(raw: bytes) -> bytes:
    return hashlib.blake2b(raw, digest_size=_DIGEST_BYTES).digest()


_OLD_BATCHES = """
SELECT seq FROM batch WHERE study = :study AND at < :before
    AND seq < (SELECT max(seq) FROM batch WHERE study = :study)
"""
_OLD = "INSERT INTO old " + _OLD_BATCHES
_PURGEABLE = f"""
SELECT count(*) AS n FROM ({_OLD_BATCHES}) WHERE
    EXISTS (SELECT 1 FROM held WHERE held.batch = seq AND row NOT IN (SELECT row FROM decision))
    OR NOT EXISTS (SELECT 1 FROM held WHERE held.batch = seq)
"""  # noqa: S608
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
class PurgedCounts:
    """Numbers of purged batches, rows and files."""

    batches: int
    rows: int
    files: int


def studies(ledger: Ledger) -> tuple[str, ...]:
    """The studies of which deliveries are known."""
    with ledger.reading() as connection:
        return tuple(
            row["study"] for row in connection.execute("SELECT DISTINCT study FROM batch ORDER BY study")
        )


def purgeable(ledger: Ledger, study: str, before: date) -> int:
    """The number of deliveries that `purge` would remove, wholly or in part."""
    with ledger.reading() as connection:
        found = connection.execute(_PURGEABLE, {"study": study, "before": before.isoformat()}).fetchone()
        return int(found["n"])


def purge(ledger: Ledger, study: str, before: date, signed: Signature) -> PurgedCounts:
    """Remove the held rows and files of deliveries before a day, and record it in the journal.

    The newest delivery of the study and all rows with a decision stay.

    Raises:
        QuarantineBusyError, QuarantineDamagedError: nothing is removed then.

    """
    parameters = {"study": study, "before": before.isoformat()}
    with ledger.writing() as connection:
        # overwrite the deleted pages instead of only marking them as free
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("CREATE TEMP TABLE old (seq INTEGER PRIMARY KEY)")
        connection.execute(_OLD, parameters)
        connection.execute(_HELD)
        files = {str(row["sha256"]) for row in connection.execute(_FILES).fetchall()}
        batches = connection.execute(_BATCHES).rowcount
        rows = connection.execute(_ROWS, parameters).rowcount
        unused = files - {str(row["sha256"]) for row in connection.execute(_STILL_KEPT)}
        done = PurgedCounts(batches=batches, rows=rows, files=len(unused))
        add_entry(connection, "forgot", study, signed, {"before": parameters["before"], **asdict(done)})
        remove_kept(ledger, unused)
    return done
