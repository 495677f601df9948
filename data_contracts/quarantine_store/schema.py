"""The tables of the lasting quarantine. Rows are kept once, however many deliveries bring them again."""

VERSION = 1

SCHEMA = """
CREATE TABLE IF NOT EXISTS batch (          -- one judged delivery of a study
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    study TEXT NOT NULL,
    name TEXT NOT NULL,                     -- the run's fingerprint
    at TEXT NOT NULL,
    verdict TEXT NOT NULL,
    contract TEXT NOT NULL,
    contract_version TEXT NOT NULL,
    contract_sha256 TEXT NOT NULL,
    rows_in INTEGER NOT NULL,
    rows_accepted INTEGER NOT NULL,
    decisions_upto INTEGER NOT NULL,        -- decisions up to this one were in force when it was judged
    UNIQUE (study, name)
);
CREATE TABLE IF NOT EXISTS file (           -- what a batch was read from
    id INTEGER PRIMARY KEY,
    batch INTEGER NOT NULL REFERENCES batch ON DELETE CASCADE,
    source TEXT NOT NULL,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    kept_whole TEXT NOT NULL DEFAULT '',    -- the code, where the file itself is kept and not its rows
    UNIQUE (batch, source, name)
);
CREATE TABLE IF NOT EXISTS sheet (          -- how the rows of a table are written
    id INTEGER PRIMARY KEY,
    study TEXT NOT NULL,
    source TEXT NOT NULL,
    form TEXT NOT NULL,
    header TEXT NOT NULL,                   -- JSON
    delimiter TEXT NOT NULL,
    identity TEXT NOT NULL,                 -- JSON: columns that say whose row it is, and when
    UNIQUE (study, source, form, header, delimiter)
);
CREATE TABLE IF NOT EXISTS held_row (
    id INTEGER PRIMARY KEY,
    sheet INTEGER NOT NULL REFERENCES sheet,
    digest BLOB NOT NULL,
    raw BLOB NOT NULL,                      -- the bytes as they were delivered; JSON of a Parquet row's values
    UNIQUE (sheet, digest)
);
CREATE TABLE IF NOT EXISTS reason (
    id INTEGER PRIMARY KEY,
    rule TEXT NOT NULL,
    code TEXT NOT NULL,
    "column" TEXT NOT NULL,
    releasable INTEGER NOT NULL,
    UNIQUE (rule, code, "column", releasable)
);
CREATE TABLE IF NOT EXISTS held (           -- a row in a batch, once a reason
    batch INTEGER NOT NULL REFERENCES batch ON DELETE CASCADE,
    row INTEGER NOT NULL REFERENCES held_row,
    file INTEGER NOT NULL REFERENCES file ON DELETE CASCADE,
    line INTEGER NOT NULL,
    reason INTEGER NOT NULL REFERENCES reason,
    PRIMARY KEY (batch, row, file, line, reason)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS held_of_row ON held (row);
CREATE TABLE IF NOT EXISTS decision (       -- what a person decided about a row; the latest counts
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    row INTEGER NOT NULL REFERENCES held_row,
    kind TEXT NOT NULL CHECK (kind IN ('fixed', 'confirmed', 'discarded')),
    changes TEXT NOT NULL,                  -- JSON: column -> its corrected text
    rules TEXT NOT NULL,                    -- JSON: rules that a confirmed row need not keep
    entry INTEGER NOT NULL REFERENCES journal
);
CREATE INDEX IF NOT EXISTS decision_of_row ON decision (row);
CREATE TABLE IF NOT EXISTS journal (        -- who did what, when and why; counts and row numbers, never a value
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    account TEXT NOT NULL,                  -- of the operating system
    action TEXT NOT NULL,
    study TEXT NOT NULL,
    why TEXT NOT NULL,
    what TEXT NOT NULL                      -- JSON
);
CREATE TRIGGER IF NOT EXISTS journal_is_not_changed BEFORE UPDATE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END;
CREATE TRIGGER IF NOT EXISTS journal_is_not_shortened BEFORE DELETE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END;
CREATE TRIGGER IF NOT EXISTS decisions_are_not_changed BEFORE UPDATE ON decision
    BEGIN SELECT RAISE(ABORT, 'a decision is followed by another, not changed'); END;
CREATE TRIGGER IF NOT EXISTS decisions_are_not_removed BEFORE DELETE ON decision
    BEGIN SELECT RAISE(ABORT, 'a decision is followed by another, not removed'); END;
CREATE VIEW IF NOT EXISTS row_state AS      -- a released row that is held once more, for its own sake, is open again
SELECT held_row.id AS row, decision.id AS decision, decision.kind, decision.entry,
    CASE
        WHEN decision.id IS NULL THEN 'held'
        WHEN decision.kind = 'discarded' THEN 'discarded'
        WHEN EXISTS (
            SELECT 1 FROM held
            JOIN batch ON batch.seq = held.batch
            JOIN reason ON reason.id = held.reason
            WHERE held.row = held_row.id AND batch.decisions_upto >= decision.id AND reason.code NOT LIKE 'E%'
        ) THEN 'held'
        ELSE 'released'
    END AS status
FROM held_row
LEFT JOIN decision ON decision.id = (SELECT max(id) FROM decision WHERE decision.row = held_row.id);
"""
