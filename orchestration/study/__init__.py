"""A study file: read, and checked against its contract and mappings."""
