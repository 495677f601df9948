"""What the name of a delivered file announces: a table as text or Parquet, packed or not, whole or still on its way.

One list for the gate, for folders of parts, for exports and for the inbox. Light to import: `status` asks it.
"""

import re
from pathlib import PurePath
from typing import Literal

Packing = Literal["gzip", "zstandard"]

TEXT = frozenset({"", ".csv", ".tsv", ".tab", ".txt", ".dat"})
"""Extensions of tables as text; "" is none."""
PARQUET = frozenset({".parquet", ".pq", ".parq"})
PACKINGS: dict[str, Packing] = {".gz": "gzip", ".gzip": "gzip", ".zst": "zstandard", ".zstd": "zstandard"}
UNFINISHED = re.compile(r"\.(tmp|temp|part|partial|filepart|crdownload|download|swp)$|~$", re.IGNORECASE)
"""Names of files that are still being transferred or edited."""


def named_packing(name: str) -> Packing | None:
    """The compression that the file name announces, if any."""
    return PACKINGS.get(PurePath(name).suffix.lower())


def extension(name: str) -> str:
    """The extension of the file without that of its compression; a number is none: `visits_2027.03.01` has none."""
    path = PurePath(name)
    found = PurePath(path.stem if named_packing(name) else path.name).suffix.lower()
    return "" if found[1:].isdigit() else found


def is_table(name: str) -> bool:
    """Whether the name is that of a table which the gate reads, or of a folder of its parts."""
    return extension(name) in TEXT | PARQUET
