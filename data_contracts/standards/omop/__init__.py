"""OMOP CDM extracts."""
