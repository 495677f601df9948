"""From bytes to cells: file formats, unpacking, CSV, Parquet, data frames, parts of a table."""
