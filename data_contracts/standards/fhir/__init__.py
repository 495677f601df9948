"""FHIR R4 exports."""
