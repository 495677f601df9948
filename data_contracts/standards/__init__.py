"""Clinical data standards in: MEDS, OMOP CDM and FHIR exports become records by a mapping file."""
