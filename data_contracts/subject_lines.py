"""Where a subject's rows are in a delivered file: the file's name and line of each, with the row as typed columns."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from data_contracts.contract.model import Table
from data_contracts.corrections.correction import Correction
from data_contracts.errors import DeliveryError
from data_contracts.validation.check_table import cast, read

FILE, LINE, DECIDED_BY = "__file", "__line", "__decided_by"
"""Columns beside the table's own: the file's name, the line in it, and who has let a held row in ("" where nobody)."""


def subject_lines(
    table: Table, path: Path, column: str, subject: str, corrections: Sequence[Correction] = ()
) -> pd.DataFrame:
    """The rows of a delivered table that are of this subject, as they were written, in the order of the file.

    Args:
        table: of the contract; path: its file, or a folder of files that together are the table.
        column: of the table, which names the subject; subject: whose rows are wanted.
        corrections: decisions of people about rows that were held.

    Returns:
        The rows in typed columns, with FILE, LINE and DECIDED_BY. Values that were corrected later are as delivered.

    Raises:
        DeliveryError: the file cannot be read as this table.

    """
    found = cast(read(table, path))
    if found.delivery is None or column not in found.frame:
        raise DeliveryError(f'E_UNREADABLE: table "{table.name}": {path.name} cannot be read as this table.')
    positions = np.flatnonzero((found.frame[column].astype("str") == subject).fillna(False).to_numpy(bool))
    decided = {c.raw: c.by for c in corrections if c.source == table.name}
    texts = found.delivery.raw.text(positions) if decided else [""] * len(positions)
    return found.frame.iloc[positions].assign(
        **{
            FILE: found.delivery.files_of(positions) or path.name,
            LINE: found.delivery.lines[positions],
            DECIDED_BY: [decided.get(str(text), "") for text in texts],
        }
    )
