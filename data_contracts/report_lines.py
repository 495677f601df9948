"""From a table's reasons and remarks to findings: counts, shares, lines and one sentence each."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from data_contracts.codes import KAHN, severity_of
from data_contracts.findings import LINES_SHOWN, Finding, Held, Note
from data_contracts.judge import Judged

_COHORT_COLUMNS = ["source", "rule", "code", "cohort", "count", "rows"]


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
        rule=_rule_name(table, held.rule),
        source=table.facts.source,
        column=held.column,
        count=count,
        share=count / rows,
        lines=_lines(table, held),
        message=f"{count:,} of {rows:,} rows {done}: {held.message.rstrip('.')}.",
    )


def finding_of_note(table: Judged, note: Note) -> Finding:
    """A remark on the whole, as one finding."""
    return Finding(
        code=note.code,
        severity=severity_of(note.code),
        kahn=KAHN[note.code],
        rule=_rule_name(table, note.rule),
        source=table.facts.source,
        column=note.column,
        count=note.count,
        share=min(1.0, note.count / table.facts.rows) if table.facts.rows else 1.0,
        lines=note.lines,
        message=note.message,
    )


def _rule_name(table: Judged, rule: str) -> str:
    return rule if "." in rule else f"{table.facts.source}.{rule}"


def _lines(table: Judged, held: Held) -> tuple[int, ...]:
    assert table.delivery is not None
    return tuple(int(n) for n in table.delivery.lines[held.positions[:LINES_SHOWN]])


def by_cohort(tables: Iterable[Judged]) -> pd.DataFrame:
    """How often each rule is broken in each cohort; cohorts without a break are there too, with 0."""
    parts = [part for t in tables for part in _cohort_parts(t)]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=_COHORT_COLUMNS)


def _cohort_parts(table: Judged) -> list[pd.DataFrame]:
    cohort = table.table.cohort
    if cohort is None or cohort not in table.frame:
        return []
    cells = table.frame[cohort].astype("str").fillna("(none)").to_numpy()
    names, codes = np.unique(cells.astype(str), return_inverse=True)
    rows = np.bincount(codes, minlength=len(names))
    return [
        pd.DataFrame(
            {
                "source": table.facts.source,
                "rule": _rule_name(table, held.rule),
                "code": held.code,
                "cohort": names,
                "count": np.bincount(codes[held.positions], minlength=len(names)),
                "rows": rows,
            }
        )
        for held in table.held
    ]
