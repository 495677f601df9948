"""Outcomes that are known before their record: the same in all records of a patient, or told by a covariate."""
