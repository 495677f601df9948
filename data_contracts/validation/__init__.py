"""The steps of a validation, and its result: accepted tables, quarantined rows and findings."""
