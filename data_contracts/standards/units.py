"""Units of measurement: what a mapping declares is converted, anything else is not used."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from data_contracts.standards.mapping import Unit

NO_UNIT = "none"
"""The word under `units` for values without a unit."""
ANOTHER = "another"

_KNOWN_TEXT = """
    % /min 1 10*3/uL 10*6/uL 10*9/L 10*12/L IU/L IU/mL U/L U/mL mU/L bpm breaths/min beats/min cm m mm in ft
    [in_i] [ft_i] kg g mg ug µg ng pg lb [lb_av] oz kg/m2 mm[Hg] mmHg kPa cm[H2O] Cel C °C degC [degF] F °F degF
    mg/dL g/dL ug/dL µg/dL ng/dL g/L mg/L ug/L µg/L ng/L ng/mL pg/mL ug/mL mmol/L umol/L µmol/L nmol/L pmol/L
    mEq/L meq/L mmol/mol mg/g mg/mmol mL/min mL/min/{1.73_m2} mL/min/1.73m2 mL L L/min mL/h fL pg/dL s sec min h
    d mo a wk {score} {ratio} ratio
    """
_KNOWN = frozenset(_KNOWN_TEXT.split())
_KNOWN_CONCEPTS = frozenset(
    {"8840", "8753", "8749", "8713", "8554", "8876", "8541", "8582", "9529", "8645", "8636", "8842", "8736",
     "8848", "8815", "8564", "8583", "586323", "9289", "9330", "9327", "8739", "9557", "8523", "9448", "9531"}
)  # fmt: skip


def shown(unit: str) -> str:
    """The unit if everybody knows it; else a word for it, since a cell in the wrong place may hold anything."""
    return unit if unit in _KNOWN or unit in _KNOWN_CONCEPTS else ANOTHER


def converted(
    values: npt.NDArray[np.float64], units: Any, declared: Mapping[str, Unit]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Values in the column's own unit; which of them have no unit, and which an undeclared one."""
    import pyarrow as pa
    import pyarrow.compute as pc

    coded = units.cast(pa.string()).dictionary_encode()
    distinct = [*coded.dictionary.to_pylist(), NO_UNIT]
    rules = [declared.get(unit) for unit in distinct]
    place = pc.fill_null(coded.indices, len(distinct) - 1).to_numpy(zero_copy_only=False)
    factor = np.array([rule.factor if rule else np.nan for rule in rules])[place]
    offset = np.array([rule.offset if rule else np.nan for rule in rules])[place]
    undeclared = np.isnan(factor)
    absent = place == len(distinct) - 1
    return values * factor + offset, undeclared & absent, undeclared & ~absent
