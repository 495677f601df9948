"""Covariates of a study as columns of its records: as delivered, computed from the time, or over a patient's rows."""
