"""Rules about identity: rows without a parent, one person under two identifiers, one name in two spellings."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from data_contracts.columns.coded import Coded, Hashes, distinct_hashes, factorize, is_repeated, row_hashes
from data_contracts.contract.check_specs import CheckSpec
from data_contracts.contract.codes import Code
from data_contracts.contract.model import Table
from data_contracts.contract.rule_word import COLUMN, COLUMNS, NUMERIC, TEXT, Argument, RuleWord, Words
from data_contracts.findings import Note
from data_contracts.reading.arrow_cells import Mask
from data_contracts.rules.slices import View, column_note, rows_where

WORDS = Words()
_MOST_ALIKE = 3
"""Records shared by more subjects than this are default or invented values, not one person's history."""
_ENOUGH_SHARED, _SHARE = 3, 0.75
"""Number and share of the longer history's records that two subjects must have in common."""
_MOSTLY_UNLIKE = 0.9
"""Share of distinct records from which common records are unlikely to be chance."""
_FEWEST_MEASURED = 2


@WORDS.add(RuleWord(
    scope="table", level="relation", code="Q_NO_PARENT", outcome="quarantine_rows",
    takes={
        "column": COLUMN, "table": Argument("table", required=True),
        "parent_column": Argument("text", required=True),
    },
    promise="belongs to a row of the other table", violation="belongs to no accepted row of the other table",
    codes=(
        Code("NO_PARENT", "conformance", "A row without its parent row",
             "Deliver the parent rows as well; they are missing, or were held back themselves."),
    ),
))  # fmt: skip
def in_parent(frame: pd.DataFrame, parent: pd.DataFrame, spec: CheckSpec) -> Mask:
    """Mask of the rows whose parent is not among the accepted rows of the other table."""
    keys = parent[spec.arguments["parent_column"]].dropna().unique()
    cells = frame[spec.arguments["column"]]
    orphaned: Mask = (cells.notna() & ~cells.isin(keys)).to_numpy(dtype=bool) & rows_where(frame, spec.where)
    return orphaned


def _default_arguments(table: Table) -> Mapping[str, Any] | None:
    measured = [c.name for c in table.columns if c.kind in NUMERIC and c.role in {"", "outcome"}]
    if table.time is None or len(measured) < _FEWEST_MEASURED:
        return None
    return {"columns": [table.time, *measured], "min_distinct": _MOSTLY_UNLIKE}


@WORDS.add(RuleWord(
    scope="table", level="whole", code="W_DUP_TRAJECTORY", outcome="warn",
    takes={"columns": COLUMNS, "min_distinct": Argument("share", looser="up")},
    promise="has no two patients with the same records", roles=("subject",), across_cohorts=True,
    default_arguments=_default_arguments,
    codes=(Code("DUP_TRAJECTORY", "plausibility", "Patients with the same records"),),
))  # fmt: skip
def no_twins(view: View, spec: CheckSpec) -> Iterator[Note]:
    """No two subjects have the same records, or nearly the same."""
    columns = pd.DataFrame({c: view.values(c) for c in spec.arguments["columns"]}, copy=False)
    subjects, hashes = view.subjects(), row_hashes(columns)
    if distinct_hashes(hashes) < spec.arguments.get("min_distinct", 0) * len(hashes):
        return
    groups = {*_groups_with_equal_records(subjects, hashes), *_pairs_with_shared_records(subjects, hashes)}
    if groups:
        linked = sorted(tuple(str(subjects.values[i]) for i in group) for group in groups)
        count = len({i for group in groups for i in group})
        message = (
            f"{count} patients have all or nearly all records of another: one person with two identifiers?"
        )
        yield Note(code=spec.code, message=message, rule=spec.name, count=count, linked=tuple(linked))


def _groups_with_equal_records(subjects: Coded, hashes: Hashes) -> Iterator[tuple[int, ...]]:
    """Groups of subjects with the same set of at least two records."""
    traces = np.zeros(len(subjects.values) + 1, dtype=np.uint64)
    # the sum of row hashes does not depend on the order of rows; rows without subject go to the last position
    np.add.at(traces, subjects.codes, hashes)
    sizes = subjects.counts()
    several = pd.DataFrame({"trace": traces[:-1], "size": sizes})[sizes >= 2]
    alike = several[several.duplicated(keep=False)]
    for places in alike.groupby(["trace", "size"]).indices.values():
        if len(places) <= _MOST_ALIKE:
            yield tuple(int(i) for i in alike.index[places])


def _pairs_with_shared_records(subjects: Coded, hashes: Hashes) -> Iterator[tuple[int, ...]]:
    """Pairs of subjects who share most of their records."""
    again = np.flatnonzero(is_repeated(hashes) & subjects.present)
    shared = pd.DataFrame({"record": hashes[again], "who": subjects.codes[again]}).drop_duplicates()
    alike = shared.groupby("record")["who"].transform("size").between(2, _MOST_ALIKE)
    pairs = shared[alike].merge(shared[alike], on="record")
    counts = pairs[pairs["who_x"] < pairs["who_y"]].groupby(["who_x", "who_y"]).size().reset_index(name="n")
    sizes = subjects.counts()
    longer = np.maximum(sizes[counts["who_x"]], sizes[counts["who_y"]])
    near = counts[counts["n"] >= np.maximum(_ENOUGH_SHARED, _SHARE * longer)]
    yield from zip(near["who_x"].tolist(), near["who_y"].tolist(), strict=True)


_LEADING_ZEROS = r"(^|[^0-9.,])0+([0-9])"


def normalise_spelling(names: "pd.Series[Any] | pd.Index[Any]") -> "pd.Series[str]":
    """Lower case and without leading zeros, which programs may change during export."""
    import pyarrow as pa
    import pyarrow.compute as pc

    lowered = pc.utf8_lower(pa.array(np.asarray(names, dtype=object), type=pa.string()))
    return pd.Series(pc.replace_substring_regex(lowered, _LEADING_ZEROS, r"\1\2").to_pandas(), dtype="str")


@WORDS.add(RuleWord(
    scope="column", level="whole", code="W_SPELLINGS", outcome="warn", promise="has one spelling per name",
    kinds=TEXT, across_cohorts=True, codes=(Code("SPELLINGS", "conformance", "One name in two spellings"),),
))  # fmt: skip
def one_spelling(view: View, spec: CheckSpec) -> Iterator[Note]:
    """No two names differ only in letter case or leading zeros: one patient or site would become two."""
    found = factorize(view.values(spec.column))
    several = int(normalise_spelling(found.values[found.counts() > 0]).duplicated(keep=False).sum())
    if several:
        message = (
            f"{several:,} names in {spec.column!r} differ from another only in letter case or leading zeros."
        )
        yield column_note(spec, message, several)
