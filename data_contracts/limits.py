"""How much one delivery may be. Beyond these it is refused before it can fill a memory or a disk."""

MAX_FILE_BYTES = 2 * 1024**3
"""Of one file, and of all parts of one folder together, as delivered."""
MAX_UNPACKED_BYTES = 4 * 1024**3
MAX_UNPACKED_RATIO = 100
"""A table packs to a tenth, perhaps to a thirtieth; what grows more than this was made to harm."""
SMALL_UNPACKED_BYTES = 1024**2
"""Whatever unpacks to less than this does no harm, at any ratio."""
MAX_COLUMNS = 4096
MAX_ROW_BYTES = 1024**2
"""Of one CSV row. A longer one is a lost quotation mark or a document in a cell; the row is held back."""
MAX_PARTS = 10_000
"""Files in one folder."""
MAX_PARQUET_CELLS = 10**9
"""A Parquet file of a few kilobytes can claim any number of rows; this many cells are never real."""
MAX_REJECTED_ROWS_TOLD = 100_000
"""A rejected table with more rows is kept as its file: it holds every row, and nobody reviews so many one by one."""
