"""Rules between tables: a row belongs to a row of another table that was itself accepted."""

from collections.abc import Mapping

import numpy as np

from data_contracts.checks import table_specs
from data_contracts.findings import Held
from data_contracts.judge import Judged
from data_contracts.slices import rows_where


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
