"""Texts of how it did for a patient, of why a prediction is as it is, and of similar patients."""
