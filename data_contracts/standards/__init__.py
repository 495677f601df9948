"""Converts MEDS, OMOP CDM and FHIR exports to records by a mapping file."""
