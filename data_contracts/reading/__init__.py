"""Read deliveries: file formats, decompression, CSV, Parquet, data frames, tables in several parts."""
