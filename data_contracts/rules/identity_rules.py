"""Rules between tables: a row belongs to a row of another table that was itself accepted.

Patients with one another's records: one person under two identifiers could stand on both sides of a split.

Names that differ in letter case or leading zeros only: 007 and 7, c3 and C3 are seldom two.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from data_contracts.columns.coded import Coded, Words, coded, row_hashes
from data_contracts.contract.check_specs import CheckSpec, table_specs
from data_contracts.findings import Held, Note
from data_contracts.rules.checked_table import Judged
from data_contracts.rules.slices import View, on_column, rows_where


def orphans(child: Judged, tables: Mapping[str, Judged]) -> list[Held]:
    """Reasons against rows whose parent is absent or held back itself."""
    if child.rejected:
        return []
    found = []
    for spec in (s for s in table_specs(child.table) if s.judge == "relation"):
        parent = tables.get(spec.arguments["table"])
        if parent is None or parent.rejected:
            continue
        keys = parent.frame.loc[~parent.held_mask, spec.arguments["parent_column"]].dropna().unique()
        cells = child.frame[spec.arguments["column"]]
        orphaned = cells.notna() & ~cells.isin(keys) & rows_where(child.frame, spec.where)
        positions = np.flatnonzero(orphaned)
        if len(positions):
            found.append(
                Held(
                    code=spec.code,
                    rule=spec.name,
                    column=spec.column,
                    positions=positions,
                    message=spec.fault,
                    holds=spec.outcome != "warn",
                    counts_towards_limit=spec.counts_towards_limit,
                )
            )
    return found


_MOST_ALIKE = 3
"""Records that more patients share are defaults or made up, not the trace of one person."""
_ENOUGH_SHARED, _SHARE = 3, 0.75
"""Two identifiers rarely end on the same day: of the longer trace so many records must be the other's as well."""


def no_twins(view: View, spec: CheckSpec) -> Iterator[Note]:
    """No two patients have the same records, or nearly all of them."""
    columns = pd.DataFrame({c: view.values(c) for c in spec.arguments["columns"]}, copy=False)
    subjects, hashes = view.subjects(), row_hashes(columns)
    if len(np.unique(hashes)) < spec.arguments.get("min_distinct", 0) * len(hashes):
        return
    groups = {*_of_equal_trace(subjects, hashes), *_of_nearly_equal_trace(subjects, hashes)}
    if groups:
        linked = sorted(tuple(str(subjects.values[i]) for i in group) for group in groups)
        count = len({i for group in groups for i in group})
        message = f"{count} patients have the records of another, or nearly all: one person, two identifiers?"
        yield Note(code=spec.code, message=message, rule=spec.name, count=count, linked=tuple(linked))


def _of_equal_trace(subjects: Coded, hashes: Words) -> Iterator[tuple[int, ...]]:
    """Patients who share one set of two records or more, group by group."""
    traces = np.zeros(len(subjects.values) + 1, dtype=np.uint64)
    # the sum of row hashes does not depend on the rows' order; nobody's rows go to the last place
    np.add.at(traces, subjects.codes, hashes)
    sizes = subjects.counts()
    several = pd.DataFrame({"trace": traces[:-1], "size": sizes})[sizes >= 2]
    alike = several[several.duplicated(keep=False)]
    for places in alike.groupby(["trace", "size"]).indices.values():
        if len(places) <= _MOST_ALIKE:
            yield tuple(int(i) for i in alike.index[places])


def _of_nearly_equal_trace(subjects: Coded, hashes: Words) -> Iterator[tuple[int, ...]]:
    """Pairs of patients who share most records, though one has a few that the other lacks."""
    again = np.flatnonzero(pd.Series(hashes).duplicated(keep=False).to_numpy() & subjects.there)
    shared = pd.DataFrame({"record": hashes[again], "who": subjects.codes[again]}).drop_duplicates()
    alike = shared.groupby("record")["who"].transform("size").between(2, _MOST_ALIKE)
    pairs = shared[alike].merge(shared[alike], on="record")
    counts = pairs[pairs["who_x"] < pairs["who_y"]].groupby(["who_x", "who_y"]).size().reset_index(name="n")
    sizes = subjects.counts()
    longer = np.maximum(sizes[counts["who_x"]], sizes[counts["who_y"]])
    near = counts[counts["n"] >= np.maximum(_ENOUGH_SHARED, _SHARE * longer)]
    yield from zip(near["who_x"].tolist(), near["who_y"].tolist(), strict=True)


_LEADING_ZEROS = r"(^|[^0-9.,])0+([0-9])"


def loose(names: "pd.Series[Any] | pd.Index[Any]") -> "pd.Series[str]":
    """The names without what a program on the way may change: capitals, and zeros before a number."""
    import pyarrow as pa
    import pyarrow.compute as pc

    lowered = pc.utf8_lower(pa.array(np.asarray(names, dtype=object), type=pa.string()))
    return pd.Series(pc.replace_substring_regex(lowered, _LEADING_ZEROS, r"\1\2").to_pandas(), dtype="str")


def one_spelling(view: View, spec: CheckSpec) -> Iterator[Note]:
    """No name stands in two spellings: one patient, or one site, would be two."""
    found = coded(view.values(spec.column))
    several = int(loose(found.values[found.counts() > 0]).duplicated(keep=False).sum())
    if several:
        message = (
            f"{several:,} names in {spec.column!r} differ from another in letter case or leading zeros only."
        )
        yield on_column(spec, message, several)
