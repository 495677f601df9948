"""Data quality over runs: history, report, and what a release says of its data."""
