"""From a table's reasons and remarks to findings: counts, shares, lines and one sentence each."""

from data_contracts.codes import KAHN, severity_of
from data_contracts.findings import LINES_SHOWN, Finding, Held, Note
from data_contracts.judge import Judged


def finding_of_held(table: Judged, held: Held) -> Finding:
    """Rows with one reason, as one finding."""
    count, rows = len(held.positions), table.facts.rows
    done = "held back" if held.holds else "worth a look, kept"
    if held.code == "N_DEDUP":
        done = "set aside, one of each kept"
    return Finding(
        code=held.code,
        severity=severity_of(held.code),
        kahn=KAHN[held.code],
        rule=rule_name(table, held.rule),
        source=table.facts.source,
        column=held.column,
        count=count,
        share=count / rows,
        lines=_lines(table, held),
        files=_files(table, held),
        message=f"{count:,} of {rows:,} rows {done}: {held.message.rstrip('.')}.",
    )


def finding_of_note(table: Judged, note: Note) -> Finding:
    """A remark on the whole, as one finding."""
    return Finding(
        code=note.code,
        severity=severity_of(note.code),
        kahn=KAHN[note.code],
        rule=rule_name(table, note.rule),
        source=table.facts.source,
        column=note.column,
        cohort=note.cohort,
        count=note.count,
        share=min(1.0, note.count / table.facts.rows) if table.facts.rows else 1.0,
        lines=note.lines,
        message=note.message,
    )


def rule_name(table: Judged, rule: str) -> str:
    """The rule's full name: what the reader and the types say is of its table."""
    return rule if "." in rule else f"{table.facts.source}.{rule}"


def _lines(table: Judged, held: Held) -> tuple[int, ...]:
    assert table.delivery is not None
    return tuple(int(n) for n in table.delivery.lines[held.positions[:LINES_SHOWN]])


def _files(table: Judged, held: Held) -> tuple[str, ...]:
    assert table.delivery is not None
    return tuple(table.delivery.files_of(held.positions[:LINES_SHOWN]))
