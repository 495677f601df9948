"""Data quality over runs: history, report, and the data quality of a release."""
